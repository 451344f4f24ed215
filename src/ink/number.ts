export const DIGIT_BASE = 0x40;
/** 35 bits: enough for the largest zigzag residual, 2^34. */
const MAX_DIGITS = 7;

/** Zigzag, digits of 5 bits, lowest first. */
export function encodeNumber(value: number): string {
  let rest = value < 0 ? -2 * value - 1 : 2 * value;
  let text = "";
  do {
    const digit = rest % 32;
    rest = (rest - digit) / 32;
    text += String.fromCharCode(DIGIT_BASE + digit + (rest > 0 ? 32 : 0));
  } while (rest > 0);
  return text;
}

export interface NumberReader {
  /** Takes one digit; after `malformed` or a value the next one starts a new number. */
  read(code: number): number | "more" | "malformed";
}

export function createNumberReader(): NumberReader {
  let digits = 0;
  let weight = 1;
  let sum = 0;
  const reset = (): void => {
    digits = 0;
    weight = 1;
    sum = 0;
  };
  return {
    read(code) {
      const digit = code - DIGIT_BASE;
      if (digit < 0 || digit > 63) {
        reset();
        return "malformed";
      }
      sum += (digit % 32) * weight;
      weight *= 32;
      digits++;
      if (digit >= 32 && digits < MAX_DIGITS) return "more";
      const value = sum % 2 === 0 ? sum / 2 : -(sum + 1) / 2;
      reset();
      return value;
    },
  };
}
