import { describe, expect, test } from "vitest";
import { PNG } from "pngjs";
import type { Matrix } from "../../../src/base/matrix.ts";
import { IDENTITY, translation } from "../../../src/base/matrix.ts";
import type { PictureItem } from "../../../src/board/document/board.ts";
import { croppedBox, NO_CROP, type Crop, type Picture } from "../../../src/board/document/picture.ts";
import {
  createBitmaps,
  NO_PICTURES,
  type Bitmap,
  type PictureSource,
} from "../../../src/render/shapes/bitmaps.ts";
import { paintPiece } from "../../../src/render/shapes/canvas-painter.ts";
import { createPicturePiece } from "../../../src/render/shapes/picture-piece.ts";
import { madePng } from "../../base/made-pictures.ts";
import { pictureOf } from "../../support/pictures.ts";

const pngOf = (width: number, height: number): Uint8Array =>
  Uint8Array.from(PNG.sync.write(new PNG({ width, height })));

/** What a page would have, where a decoder says what it was asked for. */
function createDesk() {
  const bytes = new Map<string, Uint8Array>();
  const listeners = new Set<(hash: string) => void>();
  const log: string[] = [];
  let time = 0;
  const bitmaps = createBitmaps({
    bytesOf: (hash) => Promise.resolve(bytes.get(hash)),
    onBytes(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    decode(given, type) {
      log.push(`decode ${type}`);
      const image = { given, close: () => void log.push("close") };
      return given.length > 0
        ? Promise.resolve(image as unknown as ImageBitmap)
        : Promise.reject(new Error());
    },
    createCanvas: () => {
      throw new Error("no thumbnail is wanted here");
    },
    now: () => time,
    onError: (error) => void log.push((error as Error).message),
  });
  bitmaps.onChange((hash) => log.push(`came ${hash.slice(0, 4)}`));
  return {
    bitmaps,
    log,
    pass: (ms: number) => (time += ms),
    bring(hash: string, its: Uint8Array) {
      bytes.set(hash, its);
      for (const listener of listeners) listener(hash);
    },
    /** Asks, and waits for what comes of it. */
    async ask(picture: Picture): Promise<Bitmap | undefined> {
      bitmaps.bitmapOf(picture);
      for (let i = 0; i < 10; i++) await Promise.resolve();
      return bitmaps.bitmapOf(picture);
    },
  };
}

const recordOf = (bytes: Uint8Array, width: number, height: number): Picture =>
  pictureOf(bytes, { type: "png", width, height });

describe("the bitmap of a picture", () => {
  test("is decoded when it is asked for, once, and told of", async () => {
    const desk = createDesk();
    const bytes = pngOf(8, 6);
    const picture = recordOf(bytes, 8, 6);
    desk.bring(picture.hash, bytes);
    expect(desk.bitmaps.bitmapOf(picture)).toBeUndefined();
    expect(await desk.ask(picture)).toMatchObject({ width: 8, height: 6 });
    expect(desk.log).toEqual(["decode png", `came ${picture.hash.slice(0, 4)}`]);
    desk.bitmaps.close();
    expect(desk.log.at(-1)).toBe("close");
  });

  test("whose bytes are not here comes when they are", async () => {
    const desk = createDesk();
    const bytes = pngOf(8, 6);
    const picture = recordOf(bytes, 8, 6);
    expect(await desk.ask(picture)).toBeUndefined();
    expect(await desk.ask(picture)).toBeUndefined();
    expect(desk.log).toEqual([]);
    desk.bring(picture.hash, bytes);
    // Whoever painted its thumbnail paints once more, and so asks again.
    expect(desk.log).toEqual([`came ${picture.hash.slice(0, 4)}`]);
    expect(await desk.ask(picture)).toBeDefined();
  });

  test("of bytes that are another kind, or size, than the record says is not decoded", async () => {
    const bytes = pngOf(8, 6);
    for (const lie of [{ type: "jpeg" }, { width: 9 }, { height: 1 }] as const) {
      const desk = createDesk();
      const picture = { ...recordOf(bytes, 8, 6), ...lie };
      desk.bring(picture.hash, bytes);
      expect(await desk.ask(picture)).toBeUndefined();
      expect(await desk.ask(picture)).toBeUndefined();
      expect(desk.log).toEqual(["a picture that is not what its record says"]);
    }
  });

  test("is let go for others that need its room, but not while it is in use", async () => {
    const desk = createDesk();
    const all = [4096, 4095, 4094].map((width) => {
      // Its pixels are never read here.
      const bytes = madePng(width, 4096);
      const picture = recordOf(bytes, width, 4096);
      desk.bring(picture.hash, bytes);
      return picture;
    });
    expect(await desk.ask(all[0]!)).toBeDefined();
    expect(await desk.ask(all[1]!)).toBeDefined();
    expect(await desk.ask(all[2]!)).toBeUndefined();
    expect(desk.log.filter((each) => each === "close")).toEqual([]);
    desk.pass(2000);
    desk.bitmaps.bitmapOf(all[0]!);
    desk.pass(2000);
    expect(await desk.ask(all[2]!)).toBeDefined();
    expect(desk.log.filter((each) => each === "close")).toHaveLength(1);
    expect(desk.bitmaps.bitmapOf(all[0]!)).toBeDefined();
    expect(desk.bitmaps.bitmapOf(all[1]!)).toBeUndefined();
  });
});

function itemOf(crop: Crop, matrix: Matrix): PictureItem {
  const size = { width: 200, height: 100 };
  return {
    kind: "picture",
    id: "1.1",
    client: 1,
    layer: "",
    attributes: {},
    header: { tool: "picture", color: 0, width: 1, input: "mouse", pressure: false, scale: 0 },
    matrix,
    size,
    crop,
    shown: croppedBox(size, crop),
    picture: recordOf(pngOf(40, 20), 40, 20),
    ended: true,
  };
}

/** What a piece does to a context. */
function painted(item: PictureItem, pictures: PictureSource): unknown[] {
  const calls: unknown[] = [];
  const context = {
    setTransform: (...numbers: number[]) => calls.push(["place", ...numbers]),
    drawImage: (image: unknown, ...numbers: number[]) => calls.push([image, ...numbers]),
    fillRect: (...numbers: number[]) => calls.push(["fill", ...numbers]),
  };
  const placed = { transform: { scale: 2, x: 5, y: 6 }, matrix: translation(1, 0) };
  const piece = createPicturePiece(item, pictures);
  paintPiece(context as unknown as CanvasRenderingContext2D, piece, placed, { dark: false });
  return calls;
}

describe("a picture's piece", () => {
  const crop = { ...NO_CROP, left: 0.5, bottom: 0.25 };
  const bitmap = { image: "bitmap" as unknown as ImageBitmap, width: 40, height: 20 };
  const thumbnail = { image: "thumbnail" as unknown as ImageBitmap, width: 8, height: 4 };

  test("shows of its bitmap what is not cropped, where it lies", () => {
    const item = itemOf(crop, translation(10, 20));
    expect(createPicturePiece(item, NO_PICTURES).box()).toEqual({ minX: 110, minY: 20, maxX: 210, maxY: 95 });
    const calls = painted(item, { ...NO_PICTURES, bitmapOf: () => bitmap });
    expect(calls).toEqual([
      ["place", 2, 0, 0, 2, 27, 46],
      ["bitmap", 20, 0, 20, 15, 100, 0, 100, 75],
    ]);
  });

  test("shows the thumbnail as long as there is none, and else that something is there", () => {
    const item = itemOf(crop, IDENTITY);
    const [, small] = painted(item, { ...NO_PICTURES, thumbnailOf: () => thumbnail });
    expect(small).toEqual(["thumbnail", 4, 0, 4, 3, 100, 0, 100, 75]);
    expect(painted(item, NO_PICTURES)[1]).toEqual(["fill", 100, 0, 100, 75]);
  });
});
