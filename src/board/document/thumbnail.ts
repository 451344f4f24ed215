/*
 * A picture in small, for its record: to be shown before the bytes are there, by nothing but this code.
 *
 *   byte  width - 1, byte  height - 1, each 1 .. 32
 *   rest  deflated (RFC 1951): red, green, blue in 5 bits, then opacity in 4 bits where anything shows through; each
 *         plane line by line, a byte for each pixel: by how much it differs from the one before
 */
import { deflateSync, Inflate } from "fflate";
import { LIMITS } from "./limits.ts";

/** Pixels in rows from the top left: red, green, blue and opacity, a byte each, not premultiplied. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** On its longer side. */
const MAX_SIDE = 32;
/** What a channel is kept in, by how many bits are dropped. */
const DROPPED = [3, 3, 3, 4] as const;

/** Of a picture of any size; as large as fits into a record, MAX_SIDE pixels at most. */
export function encodeThumbnail(picture: Pixels): Uint8Array {
  for (let side = MAX_SIDE; ; side /= 2) {
    const bytes = packed(scaledTo(picture, side));
    if (bytes.length <= LIMITS.thumbnailBytes.writes || side <= 1) return bytes;
  }
}

/** Undefined for what is none. Never throws. */
export function decodeThumbnail(bytes: Uint8Array): Pixels | undefined {
  const [width, height] = [(bytes[0] ?? MAX_SIDE) + 1, (bytes[1] ?? MAX_SIDE) + 1];
  if (width > MAX_SIDE || height > MAX_SIDE) return undefined;
  const count = width * height;
  const planes = inflated(bytes.subarray(2), count * DROPPED.length);
  if (planes?.length !== count * 3 && planes?.length !== count * 4) return undefined;
  const data = new Uint8ClampedArray(count * 4).fill(255);
  for (const [channel, dropped] of DROPPED.entries()) {
    const most = 255 >> dropped;
    let value = 0;
    for (let i = 0; i < count && channel * count < planes.length; i++) {
      value = (value + planes[channel * count + i]!) & 255;
      data[4 * i + channel] = Math.round((Math.min(value, most) * 255) / most);
    }
  }
  return { width, height, data };
}

function packed({ width, height, data }: Pixels): Uint8Array {
  const count = width * height;
  const isOpaque = data.every((value, i) => i % 4 !== 3 || value === 255);
  const planes = new Uint8Array(count * (isOpaque ? 3 : 4));
  for (let channel = 0; channel * count < planes.length; channel++) {
    let before = 0;
    for (let i = 0; i < count; i++) {
      const value = data[4 * i + channel]! >> DROPPED[channel]!;
      planes[channel * count + i] = value - before;
      before = value;
    }
  }
  const deflated = deflateSync(planes, { level: 9 });
  const bytes = new Uint8Array(2 + deflated.length);
  bytes.set([width - 1, height - 1]);
  bytes.set(deflated, 2);
  return bytes;
}

/** The mean of all that comes to lie on a pixel; what shows through counts by how much it does not. */
function scaledTo(picture: Pixels, side: number): Pixels {
  const factor = Math.min(side / Math.max(picture.width, picture.height), 1);
  const width = Math.max(Math.round(picture.width * factor), 1);
  const height = Math.max(Math.round(picture.height * factor), 1);
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set(meanOf(picture, { x, y, width, height }), 4 * (y * width + x));
  }
  return { width, height, data };
}

function meanOf(
  { width, height, data }: Pixels,
  at: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): number[] {
  const end = (from: number, to: number): number => Math.max(Math.floor(to), Math.floor(from) + 1);
  const [left, top] = [(at.x * width) / at.width, (at.y * height) / at.height];
  const right = end(left, left + width / at.width);
  const bottom = end(top, top + height / at.height);
  const sums = [0, 0, 0, 0];
  let count = 0;
  for (let y = Math.floor(top); y < bottom; y++) {
    for (let x = Math.floor(left); x < right; x++) {
      const i = 4 * (y * width + x);
      const opacity = data[i + 3]!;
      for (let channel = 0; channel < 3; channel++) sums[channel]! += data[i + channel]! * opacity;
      sums[3]! += opacity;
      count++;
    }
  }
  const opacity = sums[3]!;
  return [...sums.slice(0, 3).map((sum) => (opacity > 0 ? sum / opacity : 0)), opacity / count];
}

/** Undefined for what cannot be read, or is more. */
function inflated(bytes: Uint8Array, most: number): Uint8Array | undefined {
  const whole = new Uint8Array(most);
  let length = 0;
  try {
    const inflate = new Inflate((part) => {
      whole.set(part, length);
      length += part.length;
    });
    inflate.push(bytes, true);
  } catch {
    return undefined;
  }
  return whole.subarray(0, length);
}
