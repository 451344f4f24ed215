import type { BitCoder } from "../base/range-coder.ts";

/** Numbers as bits, each bit with a probability that follows what was seen in its place before. */
export interface Probabilities {
  /** One bit. `cell`: its place; so in all that follow, where a number takes several cells. */
  flag(coder: BitCoder, cell: number, value: boolean): boolean;
  /** A whole number, 0 .. 2^20 - 2: small ones are short. Takes NUMBER_CELLS. */
  number(coder: BitCoder, cell: number, value: number): number;
  /** The same with a sign. Takes SIGNED_CELLS. */
  signed(coder: BitCoder, cell: number, value: number): number;
  /** One of 64. Takes DIGIT_CELLS. */
  digit(coder: BitCoder, cell: number, value: number): number;
}

const MAX_SIZE = 20;
export const NUMBER_CELLS = 4 * MAX_SIZE;
export const SIGNED_CELLS = 2 + NUMBER_CELLS;
export const DIGIT_CELLS = 64;
const DIGIT_BITS = 6;

const EVEN = 32_768;
/** No bit is ever taken for certain. */
const LEAST = 512;
/** Each bit moves its probability by a part; this is how small the part gets. */
const SLOWEST = 40;

/** `cells`: how many there are. All start even. */
export function createProbabilities(cells: number): Probabilities {
  const ones = new Uint16Array(cells).fill(EVEN);
  const seen = new Uint8Array(cells);

  function bit(coder: BitCoder, cell: number, value: number): number {
    const one = ones[cell]!;
    const read = coder.code(value, one);
    const count = seen[cell]!;
    const moved = one + Math.trunc(((read ? 65_535 : 0) - one) / (count + 1.6));
    ones[cell] = Math.min(Math.max(moved, LEAST), 65_536 - LEAST);
    if (count < SLOWEST) seen[cell] = count + 1;
    return read;
  }

  /** The number of binary digits, one by one; then the digits, of which only two are worth learning. */
  function number(coder: BitCoder, cell: number, value: number): number {
    const digits = 31 - Math.clz32(value + 1);
    let size = 0;
    while (size < MAX_SIZE - 1 && bit(coder, cell + size, digits > size ? 1 : 0)) size++;
    let read = 1;
    for (let left = size - 1; left >= 0; left--) {
      const digit = ((value + 1) >>> left) & 1;
      const place = size - left;
      const at = cell + MAX_SIZE * (place === 1 ? 1 : read) + size;
      read = read * 2 + (place <= 2 ? bit(coder, at, digit) : coder.code(digit, EVEN));
    }
    return read - 1;
  }

  return {
    flag: (coder, cell, value) => bit(coder, cell, value ? 1 : 0) === 1,
    number,
    signed(coder, cell, value) {
      if (bit(coder, cell, value === 0 ? 1 : 0)) return 0;
      const isNegative = bit(coder, cell + 1, value < 0 ? 1 : 0);
      const size = number(coder, cell + 2, Math.max(Math.abs(value) - 1, 0)) + 1;
      return isNegative ? -size : size;
    },
    digit(coder, cell, value) {
      let node = 1;
      for (let left = DIGIT_BITS - 1; left >= 0; left--) {
        node = node * 2 + bit(coder, cell + node, (value >> left) & 1);
      }
      return node - DIGIT_CELLS;
    },
  };
}

/** A number that nobody has learned anything about: its size in `sizeBits` bits, then its digits. */
export function plainNumber(coder: BitCoder, sizeBits: number, value: number): number {
  const size = plainBits(coder, sizeBits, 32 - Math.clz32(value));
  if (size === 0) return 0;
  return 2 ** (size - 1) + plainBits(coder, size - 1, value - 2 ** (size - 1));
}

/** The lowest `count` bits, at most 32, of a whole number. */
export function plainBits(coder: BitCoder, count: number, value: number): number {
  let read = 0;
  for (let left = count - 1; left >= 0; left--) read = read * 2 + coder.code((value >>> left) & 1, EVEN);
  return read;
}
