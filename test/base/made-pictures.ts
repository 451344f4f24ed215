/*
 * Pictures of each kind, from their parts, for tests without a browser: headers as the formats' specifications
 * have them, around content that no decoder would take.
 */
import { crc32 } from "node:zlib";

const text = (of: string): number[] => Array.from(of, (letter) => letter.charCodeAt(0));
const big = (value: number, bytes: number): number[] =>
  Array.from({ length: bytes }, (_, at) => Math.floor(value / 256 ** (bytes - 1 - at)) % 256);
const little = (value: number, bytes: number): number[] => big(value, bytes).reverse();

export const pngChunk = (name: string, content: readonly number[]): number[] => {
  const summed = [...text(name), ...content];
  return [...big(content.length, 4), ...summed, ...big(crc32(Uint8Array.from(summed)), 4)];
};

export function madePng(width: number, height: number, between: readonly number[] = []): Uint8Array {
  return Uint8Array.from([
    ...[0x89, ...text("PNG"), 0x0d, 0x0a, 0x1a, 0x0a],
    ...pngChunk("IHDR", [...big(width, 4), ...big(height, 4), 8, 6, 0, 0, 0]),
    ...between,
    ...pngChunk("IDAT", [1, 2, 3]),
    ...pngChunk("IEND", []),
  ]);
}

/** Says that there are frames; their data would follow. */
export const animationChunk = pngChunk("acTL", [0, 0, 0, 2, 0, 0, 0, 0]);

const segment = (marker: number, content: readonly number[]): number[] => [
  0xff,
  marker,
  ...big(content.length + 2, 2),
  ...content,
];

export interface MadeJpeg {
  /** The kind of frame, as its marker's second byte: 0xc0 is baseline. */
  readonly frame?: number;
  readonly components?: number;
  readonly scans?: number;
  /** Whole segments in front of the frame. */
  readonly before?: readonly number[];
}

export function madeJpeg(
  width: number,
  height: number,
  { frame = 0xc0, components = 3, scans = 1, before = [] }: MadeJpeg = {},
): Uint8Array {
  const parts = Array.from({ length: components }, (_, at) => [at + 1, 0x11, 0]).flat();
  // With a byte that had to be told from a marker, and a mark that divides the scan.
  const scan = [...segment(0xda, [components, ...parts, 0, 63, 0]), 7, 0xff, 0, 9, 0xff, 0xd0, 5];
  return Uint8Array.from([
    ...[0xff, 0xd8],
    ...before,
    ...segment(0xdb, [0, 1, 2]),
    ...segment(frame, [8, ...big(height, 2), ...big(width, 2), components, ...parts]),
    ...segment(0xc4, [0, 1]),
    ...Array.from({ length: scans }, () => scan).flat(),
    ...[0xff, 0xd9],
  ]);
}

/** An EXIF segment with a small picture of its own in it, which has an end. */
export const thumbnailSegment = segment(0xe1, [...text("Exif"), 0, 0, 0xff, 0xd8, 0xff, 0xd9]);

/** What Adobe says of the components: 0 is RGB or CMYK, 2 is YCCK. */
export const adobeSegment = (transform: number): number[] =>
  segment(0xee, [...text("Adobe"), 0, 100, 0, 0, 0, 0, transform]);

export function madeWebp(width: number, height: number, kind: "VP8 " | "VP8L" | "VP8X"): Uint8Array {
  const chunk = {
    "VP8 ": [0x10, 0, 0, 0x9d, 0x01, 0x2a, ...little(width, 2), ...little(height, 2), 1, 2],
    VP8L: [0x2f, ...little((width - 1 + (height - 1) * 0x4000) % 2 ** 32, 4), 1, 2, 3, 4, 5, 6, 7],
    VP8X: [0x10, 0, 0, 0, ...little(width - 1, 3), ...little(height - 1, 3)],
  }[kind];
  const body = [...text("WEBP"), ...text(kind), ...little(chunk.length, 4), ...chunk];
  return Uint8Array.from([...text("RIFF"), ...little(body.length, 4), ...body]);
}
