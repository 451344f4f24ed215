/*
 * Makes of a picture that a person brings one that a board takes: judged by its bytes, decoded, turned as the
 * camera was held, made smaller and written anew, so that nothing is in it but what is seen.
 *
 *   bytes --header--> decoded, 1600 px at most --WebP or JPEG, or PNG--> 300 kB at most
 *
 * Decoding, making smaller and writing are the engine's own, which does them beside the page's script. A worker
 * of ours cannot: the page's policy has no addresses of blobs for scripts, and a page that is a file none of files.
 */
import { type ImageHeader, type ImageType, readImageHeader } from "../../base/image-header.ts";
import { isAnimated, isCmyk, isDecodable, isWholePicture } from "../../base/picture-check.ts";
import type { Pixels } from "../../board/document/thumbnail.ts";
import { type Orientation, takeOrientation } from "../../base/picture-orientation.ts";

export interface PreparedPicture {
  readonly bytes: Uint8Array;
  readonly type: ImageType;
  /** In pixels, the longer of the two 1600 at most. */
  readonly width: number;
  readonly height: number;
  /** The same in 32 pixels a side at most. */
  readonly thumbnail: Pixels;
}

/**
 * - `kind`: it is none of the pictures that are read here, whatever its name says, or has more pixels than are ever
 *   decoded, or more bytes than are read.
 * - `animated`: it would stand still, or only a part of it would be seen.
 * - `cmyk`: it is made for a printer, and nobody knows in what colours it would be seen.
 * - `damaged`: it was cut off, or the engine cannot read it.
 */
export type PictureProblem = "kind" | "animated" | "cmyk" | "damaged";

/** What is read of a file at all. */
const MOST_READ = 64 << 20;
/** What a picture takes on a board. */
const MOST_BYTES = 300_000;
const LONGEST_SIDE = 1600;
const THUMBNAIL_SIDE = 32;
/** Of a lossy writing, the best first; after the last of them the picture gets smaller. */
const QUALITIES = [0.85, 0.7, 0.5];
/** Then WebP loses nothing. */
const EXACT = 1;
const SMALLER = 0.75;
/** What has no more colours was drawn, as far as about so many of its pixels tell. */
const FEW_COLORS = 256;
const PIXELS_TO_COUNT = 1 << 16;

/** Never rejects. Where it is none that a board takes, the reason; nothing is left of it then. */
export async function preparePicture(source: Blob): Promise<PreparedPicture | PictureProblem> {
  if (source.size > MOST_READ) return "kind";
  try {
    const bytes = new Uint8Array(await source.arrayBuffer());
    const header = readImageHeader(bytes);
    if (isAnimated(bytes)) return "animated";
    if (!header || !isDecodable(header)) return "kind";
    if (isCmyk(bytes, header)) return "cmyk";
    if (!isWholePicture(bytes, header)) return "damaged";
    const turn = header.type === "jpeg" ? takeOrientation(bytes) : 1;
    const bitmap = await decode(bytes, header);
    try {
      return await writeAnew(drawn(bitmap, sizeWithin(header, LONGEST_SIDE), turn));
    } finally {
      bitmap.close();
    }
  } catch {
    // The file is gone, or the engine cannot decode it.
    return "damaged";
  }
}

/** A moment of a camera. Never rejects. */
export async function prepareFrame(video: HTMLVideoElement): Promise<PreparedPicture | PictureProblem> {
  const { videoWidth: width, videoHeight: height } = video;
  if (width === 0 || height === 0) return "damaged";
  try {
    return await writeAnew(drawn(video, sizeWithin({ width, height }, LONGEST_SIDE), 1));
  } catch {
    return "damaged";
  }
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The same shape, with no side longer than that. */
function sizeWithin({ width, height }: Size, side: number): Size {
  const scale = Math.min(1, side / Math.max(width, height));
  const scaled = (length: number): number => Math.max(1, Math.round(length * scale));
  return { width: scaled(width), height: scaled(height) };
}

/** Rejects where the engine cannot, or what it finds has another size than was said. */
async function decode(bytes: Uint8Array<ArrayBuffer>, header: ImageHeader): Promise<ImageBitmap> {
  const blob = new Blob([bytes], { type: `image/${header.type}` });
  const wanted = sizeWithin(header, LONGEST_SIDE);
  const options = { resizeWidth: wanted.width, resizeHeight: wanted.height, resizeQuality: "high" } as const;
  const bitmap = await createImageBitmap(blob, options);
  // An engine that does not know the options gives it as it is.
  const fits = [wanted, header].some(
    ({ width, height }) => width === bitmap.width && height === bitmap.height,
  );
  if (!fits) throw new Error("another size");
  return bitmap;
}

/** `size`: before the turn. */
function drawn(source: CanvasImageSource, { width, height }: Size, turn: Orientation): HTMLCanvasElement {
  const sides = turn > 4 ? { width: height, height: width } : { width, height };
  const { canvas, context } = createCanvas(sides);
  const [a, b, c, d] = TURNS[turn];
  // What is turned to the other side of the corner is moved back.
  const back = (x: number, y: number): number => (x < 0 || y < 0 ? 1 : 0);
  context.setTransform(a, b, c, d, back(a, c) * sides.width, back(b, d) * sides.height);
  context.drawImage(source, 0, 0, width, height);
  return canvas;
}

/** Where the right and the lower side of what is stored are seen: x and y of each. */
const TURNS: Readonly<Record<Orientation, readonly [number, number, number, number]>> = {
  1: [1, 0, 0, 1],
  2: [-1, 0, 0, 1],
  3: [-1, 0, 0, -1],
  4: [1, 0, 0, -1],
  5: [0, 1, 1, 0],
  6: [0, 1, -1, 0],
  7: [0, -1, -1, 0],
  8: [0, -1, 1, 0],
};

function createCanvas({ width, height }: Size): {
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
} {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  // Throws below where the engine has no more memory for one.
  const context = canvas.getContext("2d", { willReadFrequently: true })!;
  context.imageSmoothingQuality = "high";
  return { canvas, context };
}

function pixelsOf(canvas: HTMLCanvasElement): ImageData {
  return canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
}

async function writeAnew(whole: HTMLCanvasElement): Promise<PreparedPicture> {
  const { isDrawn, isClear, isEmpty } = looksOf(pixelsOf(whole));
  // WebKit decodes many a damaged one so.
  if (isEmpty) throw new Error("nothing to see");
  const thumbnail = pixelsOf(drawn(whole, sizeWithin(whole, THUMBNAIL_SIDE), 1));
  for (let side = Math.max(whole.width, whole.height); ; side = Math.round(side * SMALLER)) {
    const size = sizeWithin(whole, side);
    const canvas = drawn(whole, size, 1);
    let best = isDrawn || isClear ? await write(canvas, "png") : undefined;
    for (const quality of isDrawn ? [EXACT, ...QUALITIES] : QUALITIES) {
      const other = await writeLossy(canvas, quality, isClear);
      if (other && (!best || other.size < best.size)) best = other;
      if (best && best.size <= MOST_BYTES) break;
    }
    if (!best) throw new Error("not written");
    if (best.size > MOST_BYTES) continue;
    const bytes = new Uint8Array(await best.arrayBuffer());
    return { bytes, type: best.type.slice("image/".length) as ImageType, ...size, thumbnail };
  }
}

/** Whether it has few colours, whether one sees through it, and whether nothing else is to be seen. */
function looksOf({ data }: ImageData): Record<"isDrawn" | "isClear" | "isEmpty", boolean> {
  const pixels = new Uint32Array(data.buffer);
  const colors = new Set<number>();
  const step = Math.ceil(pixels.length / PIXELS_TO_COUNT);
  for (let i = 0; i < pixels.length && colors.size <= FEW_COLORS; i += step) colors.add(pixels[i]!);
  let [isClear, isEmpty] = [false, true];
  for (let i = 3; i < data.length && (isEmpty || !isClear); i += 4) {
    isClear ||= data[i] !== 255;
    isEmpty &&= data[i] === 0;
  }
  return { isDrawn: colors.size <= FEW_COLORS, isClear, isEmpty };
}

/** Safari writes no WebP: it is asked once. */
let writesWebp = true;

/** Undefined where the engine writes nothing that one sees through, and that is needed. */
async function writeLossy(
  canvas: HTMLCanvasElement,
  quality: number,
  isClear: boolean,
): Promise<Blob | undefined> {
  const webp = writesWebp ? await write(canvas, "webp", quality) : undefined;
  writesWebp = webp !== undefined;
  return webp ?? (isClear ? undefined : write(canvas, "jpeg", quality));
}

/** Undefined where the engine does not write this type: it writes another one then, or nothing. */
async function write(
  canvas: HTMLCanvasElement,
  type: ImageType,
  quality?: number,
): Promise<Blob | undefined> {
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, `image/${type}`, quality);
  });
  return blob?.type === `image/${type}` ? blob : undefined;
}
