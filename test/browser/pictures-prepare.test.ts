import { fileURLToPath } from "node:url";
import { crc32 } from "node:zlib";
import { build } from "esbuild";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blockJpeg, exifSegment } from "../base/block-jpeg.ts";
import { adobeSegment, animationChunk, madeJpeg, madePng, madeWebp } from "../base/made-pictures.ts";
import type { MadeKind, PreparePage, SeenPicture } from "./prepare-page.ts";
import { sharedBrowser } from "./shared-browser.ts";

/*
 * What becomes of pictures before they are put on a board, in a real browser.
 */

const CORNERS = [
  [0.1, 0.1],
  [0.9, 0.1],
  [0.1, 0.9],
  [0.9, 0.9],
] as const;

let context: BrowserContext;
let page: Page;
beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("prepare-page.ts", import.meta.url))],
    bundle: true,
    format: "iife",
    write: false,
  });
  context = await (await sharedBrowser()).newContext();
  page = await context.newPage();
  await page.addScriptTag({ content: outputFiles[0]!.text });
});
afterAll(() => context.close());

const prepare = (bytes: Uint8Array | string, type = ""): Promise<SeenPicture | string> =>
  page.evaluate(
    ([content, named, places]) =>
      (window as unknown as { preparePage: PreparePage }).preparePage.prepare(content, named, places),
    [typeof bytes === "string" ? bytes : Buffer.from(bytes).toString("base64"), type, CORNERS] as const,
  );

/** The same, of what a board takes. */
async function prepared(bytes: Uint8Array | string): Promise<SeenPicture> {
  const made = await prepare(bytes);
  if (typeof made === "string") throw new Error(`Not taken: ${made}`);
  return made;
}

const make = (kind: MadeKind, type: string, width: number, height: number): Promise<string> =>
  page.evaluate(
    ([what, as, w, h]) =>
      (window as unknown as { preparePage: PreparePage }).preparePage.make(what, as, w, h),
    [kind, type, width, height] as const,
  );

/** Each colour as the letter of the channel that is by far the largest; k: dark, w: light. */
const letters = (colors: SeenPicture["colors"]): string =>
  colors
    .map(([r, g, b]) => {
      const [red, green, blue] = [r! > 128, g! > 128, b! > 128];
      return red && green && blue ? "w" : red ? "r" : green ? "g" : blue ? "b" : "k";
    })
    .join("");

describe("a picture on its way in", () => {
  it("gets 1600 pixels a side at most, keeps its shape, and takes 300 kB at most", async () => {
    for (const [kind, width, height, least] of [
      ["photo", 4000, 3000, 1600],
      ["photo", 300, 4000, 1600],
      // Only what is all noise loses pixels for its bytes.
      ["noise", 1000, 1000, 500],
    ] as const) {
      const made = await prepared(await make(kind, "image/jpeg", width, height));
      const longest = Math.max(made.width, made.height);
      expect(longest, kind).toBeLessThanOrEqual(1600);
      expect(made.bytes, kind).toBeLessThanOrEqual(300_000);
      expect(made.width / made.height).toBeCloseTo(width / height, 1);
      expect(Math.max(made.thumbnail.width, made.thumbnail.height)).toBe(32);
      expect(longest).toBeGreaterThanOrEqual(least);
    }
  });

  it("stays as large as it is where it is small", async () => {
    const made = await prepared(await make("drawing", "image/png", 20, 10));
    expect([made.width, made.height, made.thumbnail]).toEqual([20, 10, { width: 20, height: 10 }]);
  });

  it("is a lossy WebP where it is a photograph, and every pixel of a drawing is as it was", async () => {
    expect((await prepared(await make("photo", "image/jpeg", 800, 600))).type).toBe("webp");
    for (const size of [8, 800]) {
      const drawing = await prepared(await make("drawing", "image/png", size, size));
      const [red, white] = [
        [255, 0, 0, 255],
        [255, 255, 255, 255],
      ];
      expect(drawing.colors).toEqual([red, white, white, white]);
      expect(letters(drawing.small)).toBe("rwww");
      expect(drawing.bytes).toBeLessThan(5000);
    }
  });

  it("keeps what one sees through", async () => {
    const made = await prepared(await make("glass", "image/png", 400, 200));
    for (const colors of [made.colors, made.small]) {
      expect(colors[0]).toEqual([expect.closeTo(255, -1), expect.closeTo(0, -1), expect.closeTo(0, -1), 255]);
      expect(Math.abs(colors[3]![3]! - 128)).toBeLessThan(4);
    }
  });

  it("is turned as its camera was held, and says nothing of it any more", async () => {
    // Red and white above, blue and black below; 24 x 16.
    const [R, W, B, K] = [
      [76, 85, 255],
      [255, 128, 128],
      [29, 255, 107],
      [0, 128, 128],
    ];
    const blocks = [
      [R, R, W],
      [B, B, K],
    ] as number[][][];
    const asSeen = ["", "rwbk", "wrkb", "kbwr", "bkrw", "rbwk", "brkw", "kwbr", "wkrb"];
    for (const order of ["II", "MM"] as const)
      for (let turn = 1; turn <= 8; turn++) {
        const jpeg = blockJpeg({ blocks, before: exifSegment(turn, order) });
        const made = await prepared(jpeg);
        expect([made.width, made.height], `turn ${turn}`).toEqual(turn > 4 ? [16, 24] : [24, 16]);
        expect(letters(made.colors), `turn ${turn}`).toBe(asSeen[turn]);
        expect(letters(made.small), `turn ${turn}`).toBe(asSeen[turn]);
        expect(Buffer.from(made.content, "base64").includes("Exif")).toBe(false);
      }
  });
});

/** An extension of a GIF: for ever again. */
const LOOP = Buffer.from("21ff0b4e45545343415045322e300301000000", "hex");

describe("what is no picture for a board", () => {
  const svg = Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>");
  const gif = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

  it.each([
    ["an SVG with a script", svg, "image/svg+xml", "kind"],
    ["an SVG that calls itself a PNG", svg, "image/png", "kind"],
    ["a GIF", gif, "image/gif", "kind"],
    ["a GIF that calls itself a JPEG", gif, "image/jpeg", "kind"],
    [
      "a GIF that moves",
      Buffer.concat([gif.subarray(0, 19), LOOP, gif.subarray(19)]),
      "image/gif",
      "animated",
    ],
    ["a PNG of frames", madePng(9, 9, animationChunk), "image/png", "animated"],
    ["a JPEG in the inks of a printer", blockJpeg({ blocks: [[[0, 255, 255, 255]]] }), "image/jpeg", "cmyk"],
    [
      "one that says that it is a PNG, with brightness instead of three inks",
      madeJpeg(9, 9, { components: 4, before: adobeSegment(2) }),
      "image/png",
      "cmyk",
    ],
    ["nothing", Buffer.alloc(0), "image/png", "kind"],
    ["a PNG of 65,535 pixels a side", madePng(65_535, 65_535), "image/png", "kind"],
    ["a picture of 1 x 60,000", madePng(1, 60_000), "image/png", "kind"],
    ["a WebP of 16,383 pixels a side", madeWebp(16_383, 16_383, "VP8L"), "image/webp", "kind"],
    ["a JPEG without pixels in it", madeJpeg(100, 100), "image/jpeg", "damaged"],
    ["a PNG with the pixels of another", madePng(100, 100), "image/png", "damaged"],
    ["a WebP with nothing in it", madeWebp(100, 100, "VP8 "), "image/webp", "damaged"],
  ] as const)("%s is told from one", async (_, bytes, type, problem) => {
    expect(await prepare(bytes, type)).toBe(problem);
  });

  it.each([0, 9, 65_535])("may say that its camera was held as none can be: %i", async (turn) => {
    const blocks = [
      [
        [76, 85, 255],
        [255, 128, 128],
      ],
    ] as number[][][];
    const made = await prepared(blockJpeg({ blocks, before: exifSegment(turn, "II") }));
    expect([made.width, made.height]).toEqual([16, 8]);
  });

  it("is a PNG that claims more rows than it has", async () => {
    const png = Buffer.from(await make("photo", "image/png", 300, 200), "base64");
    for (const rows of [201, 4000]) {
      png.writeUInt32BE(rows, 20);
      png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
      expect(await prepare(png)).toBe("damaged");
    }
  });

  it.each(["image/png", "image/jpeg", "image/webp"])(
    "one of %s that was cut off is damaged",
    async (type) => {
      const whole = Buffer.from(await make("photo", type, 300, 200), "base64");
      expect(await prepare(whole)).toMatchObject({ width: 300 });
      for (const part of [0.999, 0.5, 0.1])
        expect(await prepare(whole.subarray(0, whole.length * part)), `${part}`).toBe("damaged");
    },
  );

  it("is one whose file calls itself something else, but which is one", async () => {
    const png = await make("drawing", "image/png", 30, 30);
    expect(await prepare(png, "text/html")).toMatchObject({ width: 30, height: 30 });
  });
});
