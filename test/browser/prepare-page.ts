/*
 * Runs in a page of its own: prepares pictures, and looks at what came of it.
 */
import { decodeBase64, encodeBase64 } from "../../src/base/bytes.ts";
import { preparePicture } from "../../src/ui/pictures/prepare-picture.ts";

/** A picture that was prepared. */
export interface SeenPicture {
  readonly type: string;
  readonly width: number;
  readonly height: number;
  /** How many. */
  readonly bytes: number;
  /** The bytes as base64. */
  readonly content: string;
  readonly thumbnail: { readonly width: number; readonly height: number };
  /** Red, green, blue and opacity at places in parts of the sides, of the picture and of its thumbnail. */
  readonly colors: readonly (readonly number[])[];
  readonly small: readonly (readonly number[])[];
}

export interface PreparePage {
  /** `places`: where to look. The reason, where it is none that a board takes. */
  prepare(
    content: string,
    type: string,
    places: readonly (readonly [number, number])[],
  ): Promise<SeenPicture | string>;
  /** A picture of the kind that a canvas makes, as base64. */
  make(kind: MadeKind, type: string, width: number, height: number): Promise<string>;
}

/** `noise` can hardly be made smaller; `glass` is half seen through. */
export type MadeKind = "noise" | "photo" | "drawing" | "glass";

const page: PreparePage = {
  async prepare(content, type, places) {
    const made = await preparePicture(new Blob([bytesOf(content)], { type }));
    if (typeof made === "string") return made;
    const { bytes, width, height, thumbnail } = made;
    const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: `image/${made.type}` }));
    const canvas = canvasOf(bitmap.width, bitmap.height);
    canvas.context.drawImage(bitmap, 0, 0);
    const seen = canvas.context.getImageData(0, 0, bitmap.width, bitmap.height);
    return {
      type: made.type,
      width,
      height,
      bytes: bytes.length,
      content: encodeBase64(bytes),
      thumbnail: { width: thumbnail.width, height: thumbnail.height },
      colors: places.map((place) => colorAt(seen, place)),
      small: places.map((place) => colorAt(thumbnail, place)),
    };
  },
  async make(kind, type, width, height) {
    const { canvas, context } = canvasOf(width, height);
    paint(context, kind, width, height);
    const blob = await new Promise<Blob>((resolve) => {
      canvas.toBlob((made) => resolve(made!), type, 0.95);
    });
    return encodeBase64(new Uint8Array(await blob.arrayBuffer()));
  },
};
Object.assign(window, { preparePage: page });

function bytesOf(content: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(decodeBase64(content)!);
}

function canvasOf(width: number, height: number) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  return { canvas, context: canvas.getContext("2d")! };
}

function colorAt(
  {
    width,
    height,
    data,
  }: { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray },
  [x, y]: readonly [number, number],
) {
  const at = (Math.floor(y * height) * width + Math.floor(x * width)) * 4;
  return [...data.subarray(at, at + 4)];
}

function paint(context: CanvasRenderingContext2D, kind: MadeKind, width: number, height: number): void {
  if (kind === "drawing" || kind === "glass") {
    context.fillStyle = kind === "glass" ? "rgb(0 0 255 / 50%)" : "white";
    context.fillRect(0, 0, width, height);
    context.fillStyle = "red";
    context.fillRect(0, 0, width / 2, height / 2);
    return;
  }
  const image = context.createImageData(width, height);
  let seed = 1;
  for (let i = 0; i < image.data.length; i += 4) {
    const x = (i / 4) % width;
    const y = Math.floor(i / 4 / width);
    for (let c = 0; c < 3; c++) {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      const noise = seed >>> 24;
      const smooth = 128 + 100 * Math.sin((x / width) * (4 + c) + (y / height) * 5 * (c + 1));
      image.data[i + c] = kind === "noise" ? noise : smooth + noise / 16;
    }
    image.data[i + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}
