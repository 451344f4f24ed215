/*
 * JPEGs that every decoder takes, of blocks of 8 x 8 pixels with one colour each: only the middle of each block
 * is written, in codes of one table for all components.
 */

export interface BlockJpeg {
  /** Rows of blocks; a block is its components, 0 to 255: one (grey), three (Y, Cb, Cr) or four (inks, inverted). */
  readonly blocks: readonly (readonly (readonly number[])[])[];
  /** Pixels that are cut off on the right and below, less than 8. */
  readonly less?: { readonly width: number; readonly height: number };
  /** Whole segments in front of all others. */
  readonly before?: readonly number[];
}

const word = (value: number): number[] => [value >> 8, value & 255];
export const segment = (marker: number, content: readonly number[]): number[] => [
  0xff,
  marker,
  ...word(content.length + 2),
  ...content,
];

/** Sixteen codes of five bits, of which these numbers of bits have the first twelve: more than any needs. */
const DC_TABLE = [0x00, 0, 0, 0, 0, 12, ...Array.from({ length: 11 }, () => 0), ...Array(12).keys()];
/** One code, of one bit: that nothing more comes in a block. */
const AC_TABLE = [0x10, 1, ...Array.from({ length: 15 }, () => 0), 0];

export function blockJpeg({ blocks, less = { width: 0, height: 0 }, before = [] }: BlockJpeg): Uint8Array {
  const components = blocks[0]![0]!.length;
  const ids = Array.from({ length: components }, (_, at) => at + 1);
  const width = blocks[0]!.length * 8 - less.width;
  const height = blocks.length * 8 - less.height;
  const adobe = segment(0xee, [...Buffer.from("Adobe"), 0, 100, 0, 0, 0, 0, components === 4 ? 0 : 1]);
  return Uint8Array.from([
    ...[0xff, 0xd8],
    ...before,
    ...(components === 1 ? [] : adobe),
    ...segment(0xdb, [0, ...Array.from({ length: 64 }, () => 8)]),
    ...segment(0xc0, [8, ...word(height), ...word(width), components, ...ids.flatMap((id) => [id, 0x11, 0])]),
    ...segment(0xc4, [...DC_TABLE, ...AC_TABLE]),
    ...segment(0xda, [components, ...ids.flatMap((id) => [id, 0]), 0, 63, 0]),
    ...scanOf(blocks.flat(), components),
    ...[0xff, 0xd9],
  ]);
}

function scanOf(blocks: readonly (readonly number[])[], components: number): number[] {
  const last = Array.from({ length: components }, () => 0);
  let bits = "";
  for (const block of blocks) {
    for (const [component, value] of block.entries()) {
      // The middle of a block is an eighth of the sum of its rows' and columns' middles, divided by 8 as said.
      const difference = value - 128 - last[component]!;
      last[component] = value - 128;
      const size = difference === 0 ? 0 : Math.floor(Math.log2(Math.abs(difference))) + 1;
      const digits = difference < 0 ? difference + 2 ** size - 1 : difference;
      bits += size.toString(2).padStart(5, "0");
      if (size > 0) bits += digits.toString(2).padStart(size, "0");
      bits += "0";
    }
  }
  const bytes: number[] = [];
  for (let at = 0; at < bits.length; at += 8) {
    const byte = Number.parseInt(bits.slice(at, at + 8).padEnd(8, "1"), 2);
    bytes.push(byte, ...(byte === 0xff ? [0] : []));
  }
  return bytes;
}

/** What a camera says of how it was held, 1 to 8, in either order of bytes, behind another value. */
export function exifSegment(orientation: number, order: "II" | "MM"): number[] {
  const number = (value: number, bytes: number): number[] => {
    const big = Array.from({ length: bytes }, (_, at) => (value >>> (8 * (bytes - 1 - at))) & 255);
    return order === "MM" ? big : big.reverse();
  };
  const entry = (tag: number, value: number): number[] => [
    ...number(tag, 2),
    ...number(3, 2),
    ...number(1, 4),
    ...number(value, 2),
    ...[0, 0],
  ];
  const tiff = [...Buffer.from(order), ...number(42, 2), ...number(8, 4)];
  const list = [...number(2, 2), ...entry(0x0100, 5), ...entry(0x0112, orientation), ...number(0, 4)];
  return segment(0xe1, [...Buffer.from("Exif\0\0"), ...tiff, ...list]);
}
