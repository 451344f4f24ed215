import { zlibAsync } from "@gfx/zopfli";
import { crc32 } from "node:zlib";

/** Pixels row by row, four bytes each: red, green, blue, alpha. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A colour and how often it occurs. */
interface Counted {
  readonly channels: readonly number[];
  readonly count: number;
}

const CHANNELS = [0, 1, 2, 3];

/**
 * A PNG with a palette of at most 256 colours: a third of the size of one with all colours, for
 * pictures that have few. Format: PNG specification, colour type 3. The palette is found by median cut
 * and then moved to the means of the pixels that are nearest.
 */
export async function encodeIndexedPng(
  { width, height, data }: Pixels,
  paletteSize: number,
): Promise<Uint8Array> {
  const colors = countColors(data);
  let palette = medianCut(colors, paletteSize);
  for (let round = 0; round < 8; round++) palette = means(colors, palette);
  palette = palette.map((color) => color.map(Math.round));
  const indexes = new Map(colors.map(({ channels }) => [pack(channels), nearest(palette, channels)]));

  const rows = new Uint8Array((width + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = 4 * (y * width + x);
      rows[y * (width + 1) + 1 + x] = indexes.get(pack(data.subarray(at, at + 4)))!;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", header),
    chunk("PLTE", Uint8Array.from(palette.flatMap((color) => color.slice(0, 3)))),
    chunk("tRNS", Uint8Array.from(palette.map((color) => color[3]!))),
    chunk("IDAT", await zlibAsync(rows, { numiterations: 15 })),
    chunk("IEND", new Uint8Array()),
  ]);
}

function chunk(type: string, content: Uint8Array): Uint8Array {
  const named = Buffer.concat([Buffer.from(type, "latin1"), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

function pack(channels: ArrayLike<number>): number {
  return ((channels[0]! * 256 + channels[1]!) * 256 + channels[2]!) * 256 + channels[3]!;
}

function countColors(data: Uint8Array): Counted[] {
  const counts = new Map<number, { channels: readonly number[]; count: number }>();
  for (let at = 0; at < data.length; at += 4) {
    const channels = [...data.subarray(at, at + 4)];
    const found = counts.get(pack(channels));
    if (found) found.count++;
    else counts.set(pack(channels), { channels, count: 1 });
  }
  return [...counts.values()];
}

/** Splits the colours, always the box with the largest error, until there are enough boxes. */
function medianCut(colors: readonly Counted[], size: number): number[][] {
  const boxes = [[...colors]];
  while (boxes.length < size) {
    const errors = boxes.map(spread);
    const widest = errors.reduce((best, { error }, i) => (error > errors[best]!.error ? i : best), 0);
    const { channel, error } = errors[widest]!;
    if (error === 0) break;
    const box = boxes[widest]!.sort((a, b) => a.channels[channel]! - b.channels[channel]!);
    let left = box.reduce((sum, { count }) => sum + count, 0) / 2;
    const middle = box.findIndex(({ count }) => (left -= count) <= 0);
    boxes.push(box.splice(Math.min(Math.max(1, middle), box.length - 1)));
  }
  return boxes.map(mean);
}

/** The channel in which a box's colours differ most, and by how much in all. */
function spread(box: readonly Counted[]): { channel: number; error: number } {
  const center = mean(box);
  const errors = CHANNELS.map((channel) =>
    box.reduce((sum, { channels, count }) => sum + count * (channels[channel]! - center[channel]!) ** 2, 0),
  );
  const error = Math.max(...errors);
  return { channel: errors.indexOf(error), error: box.length > 1 ? error : 0 };
}

function mean(box: readonly Counted[]): number[] {
  const total = box.reduce((sum, { count }) => sum + count, 0);
  return CHANNELS.map(
    (channel) => box.reduce((sum, { channels, count }) => sum + count * channels[channel]!, 0) / total,
  );
}

/** Each colour of the palette moved to the mean of the colours that are nearest to it. */
function means(colors: readonly Counted[], palette: readonly number[][]): number[][] {
  const boxes = palette.map((): Counted[] => []);
  for (const color of colors) boxes[nearest(palette, color.channels)]!.push(color);
  return boxes.map((box, i) => (box.length > 0 ? mean(box) : palette[i]!));
}

function nearest(palette: readonly (readonly number[])[], channels: readonly number[]): number {
  let best = 0;
  let least = Infinity;
  for (const [i, color] of palette.entries()) {
    const distance = CHANNELS.reduce((sum, at) => sum + (color[at]! - channels[at]!) ** 2, 0);
    if (distance < least) [best, least] = [i, distance];
  }
  return best;
}
