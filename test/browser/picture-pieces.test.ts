import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { multiply, translation, type Matrix } from "../../src/base/matrix.ts";
import { croppedBox, NO_CROP } from "../../src/board/document/picture.ts";
import { encodeThumbnail } from "../../src/board/document/thumbnail.ts";
import { PEN } from "../support/strokes.ts";
import { pictureOf } from "../support/pictures.ts";
import { useRenderPages } from "./render-tab.ts";

/*
 * Pictures in a real engine: small and blurred before their bytes are there, then as they are, cropped and turned, under
 * ink that was drawn later.
 */
const pages = useRenderPages();

const SIDE = 64;
const SIZE = { width: 200, height: 200 };
const HEADER = { ...PEN, tool: "picture", color: 0, width: 1 } as const;
const RED = [230, 30, 30];
const BLUE = [30, 30, 230];
const TURN: Matrix = { a: 0, b: 1, c: -1, d: 0, e: 0, f: 0 };

/** Red on the left, blue on the right. */
function halves(): PNG {
  const png = new PNG({ width: SIDE, height: SIDE });
  for (let i = 0; i < SIDE * SIDE; i++) png.data.set([...(i % SIDE < SIDE / 2 ? RED : BLUE), 255], 4 * i);
  return png;
}

const BYTES = PNG.sync.write(halves());
const SMALL = encodeThumbnail({ width: SIDE, height: SIDE, data: new Uint8ClampedArray(halves().data) });
const PICTURE = pictureOf(BYTES, { type: "png", width: SIDE, height: SIDE, thumbnail: SMALL });
const item = (matrix: Matrix, crop = NO_CROP) => ({
  header: HEADER,
  matrix,
  size: SIZE,
  crop,
  shown: croppedBox(SIZE, crop),
  picture: PICTURE,
});

function expectColor(found: readonly number[], meant: readonly number[], within = 12): void {
  for (const [i, channel] of meant.entries())
    expect(Math.abs(found[i]! - channel), found.join()).toBeLessThan(within);
}

describe("a picture", () => {
  it("is blurred before its bytes are there, and then as it is; ink that was drawn later lies on it", async () => {
    const page = await pages.open(1);
    await page.evaluate((lab, each) => lab.show(each), item(translation(-100, -100)));
    const bar = [-90, 90].map((x) => ({ x, y: 50, pressure: 0.5 }));
    const ink = [{ header: { ...PEN, tool: "marker", width: 12, color: 0x10c010 } as const, points: bar }];
    await page.evaluate((lab, strokes) => lab.fill(strokes), ink);
    await page.evaluate((lab) => lab.rest());
    const colorAt = (x: number, y: number): Promise<readonly number[]> =>
      page.evaluate((lab, at) => lab.colorAt(...at), [x, y] as const);
    expectColor(await colorAt(-60, 0), RED);
    expectColor(await colorAt(60, 0), BLUE);
    // Where the two meet, a thumbnail of 32 pixels passes from the one to the other.
    const blurred = await colorAt(-1, 0);
    expect(blurred[2]).toBeGreaterThan(60);
    expectColor(await colorAt(-60, 50), [0x10, 0xc0, 0x10], 25);
    await page.evaluate((lab, given) => lab.bring(...given), [PICTURE.hash, [...BYTES]] as const);
    await page.evaluate((lab) => lab.rest());
    expectColor(await colorAt(-3, 0), RED);
    expectColor(await colorAt(3, 0), BLUE);
    expectColor(await colorAt(-60, 50), [0x10, 0xc0, 0x10], 25);
  });

  it("is cropped where it lies, turned too, and leaves nothing behind where it was", async () => {
    const page = await pages.open(2);
    await page.evaluate((lab, given) => lab.bring(...given), [PICTURE.hash, [...BYTES]] as const);
    const lies = multiply(translation(100, -100), TURN);
    const id = await page.evaluate((lab, each) => lab.show(each), item(lies));
    await page.evaluate((lab) => lab.rest());
    const colorAt = (x: number, y: number): Promise<readonly number[]> =>
      page.evaluate((lab, at) => lab.colorAt(...at), [x, y] as const);
    const paper = await colorAt(-200, 0);
    expectColor(await colorAt(0, -50), RED);
    expectColor(await colorAt(0, 50), BLUE);
    const shown = croppedBox(SIZE, { ...NO_CROP, left: 0.5 });
    await page.evaluate((lab, change) => lab.alter(change.id, { shown: change.shown }), { id, shown });
    await page.evaluate((lab) => lab.rest());
    expect(await colorAt(0, -50)).toEqual(paper);
    expectColor(await colorAt(0, 50), BLUE);
  });

  it("is the same from tiles as painted plainly, at every zoom", async () => {
    const page = await pages.open(1);
    await page.evaluate((lab, given) => lab.bring(...given), [PICTURE.hash, [...BYTES]] as const);
    for (const matrix of [translation(-160, -90), multiply(translation(60, 20), TURN)])
      await page.evaluate((lab, each) => lab.show(each), item(matrix));
    await page.evaluate((lab) => lab.rest());
    for (const zoom of [1, 0.3, 2.2]) {
      const { pixels, inked } = await page.evaluate((lab, camera) => lab.againstPlain(camera), {
        x: 5,
        y: 3,
        zoom,
      });
      expect(inked).toBeGreaterThan(500);
      expect(pixels / inked).toBeLessThan(0.02);
    }
  });
});
