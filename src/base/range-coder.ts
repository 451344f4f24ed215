/**
 * A binary arithmetic coder: a row of bits, each with the probability that both sides give it, becomes
 * nearly as few bytes as these probabilities allow. Whole numbers only, so that every engine agrees.
 */
export interface BitCoder {
  /**
   * Takes a bit, or, where it reads, returns the next one whatever is handed in. `one`: how likely a 1
   * is, in 1/65536, within 1 .. 65535.
   */
  code(bit: number, one: number): number;
}

export interface BitEncoder extends BitCoder {
  /** The bytes of all bits so far; nothing can be added after that. */
  finish(): Uint8Array;
}

const TOP = 2 ** 24;

/** A range between two 32-bit numbers, whose common leading bytes are shifted out: nothing is carried. */
export function createBitEncoder(): BitEncoder {
  const bytes: number[] = [];
  let low = 0;
  let high = 0xffffffff;
  return {
    code(bit, one) {
      const middle = split(low, high, one);
      if (bit) high = middle;
      else low = middle + 1;
      while (sameTop(low, high)) {
        bytes.push(high >>> 24);
        low = (low << 8) >>> 0;
        high = ((high << 8) | 255) >>> 0;
      }
      return bit;
    },
    finish() {
      // The shortest number in the range; the reader thinks of zeros after the end.
      for (let unit = 2 ** 32; ; unit /= 256) {
        let value = Math.ceil(low / unit) * unit;
        if (value > high) continue;
        for (let left = unit; left < 2 ** 32; left *= 256) {
          bytes.push(Math.floor(value / TOP));
          value = (value % TOP) * 256;
        }
        while (bytes.at(-1) === 0) bytes.pop();
        return Uint8Array.from(bytes);
      }
    },
  };
}

/** Reads what `createBitEncoder` wrote, with the same probabilities. Bytes that are missing are zeros. */
export function createBitDecoder(bytes: Uint8Array): BitCoder {
  let low = 0;
  let high = 0xffffffff;
  let at = 0;
  let value = 0;
  const next = (): void => {
    value = ((value << 8) | (bytes[at++] ?? 0)) >>> 0;
  };
  for (let i = 0; i < 4; i++) next();
  return {
    code(_bit, one) {
      const middle = split(low, high, one);
      const bit = value <= middle ? 1 : 0;
      if (bit) high = middle;
      else low = middle + 1;
      while (sameTop(low, high)) {
        low = (low << 8) >>> 0;
        high = ((high << 8) | 255) >>> 0;
        next();
      }
      return bit;
    },
  };
}

/** Takes part in the learning of probabilities, and writes nothing. */
export const LISTENER: BitCoder = { code: (bit) => bit };

/** At least one number is left on either side: what is left after shifting is never a single one. */
function split(low: number, high: number, one: number): number {
  return low + Math.floor(((high - low) * one) / 65536);
}

function sameTop(low: number, high: number): boolean {
  return (low ^ high) >>> 24 === 0;
}
