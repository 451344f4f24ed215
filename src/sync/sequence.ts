/** Notices which numbers of a row are missing, while late ones may still come. */
export interface Sequence {
  see(number: number): void;
  hasGap(): boolean;
  /** What is missing came another way. */
  forgive(): void;
}

/** More than this many missing numbers are not told apart: the gap is there either way. */
const MAX_MISSING = 256;

/** The row starts with the first number seen: what was before it is not missed. */
export function createSequence(): Sequence {
  let highest: number | undefined;
  const missing = new Set<number>();
  return {
    see(number) {
      missing.delete(number);
      if (highest !== undefined) {
        const from = Math.max(highest + 1, number - MAX_MISSING);
        for (let lost = from; lost < number; lost++) missing.add(lost);
        for (const lost of missing) {
          if (missing.size <= MAX_MISSING) break;
          missing.delete(lost);
        }
      }
      highest = Math.max(highest ?? number, number);
    },
    hasGap: () => missing.size > 0,
    forgive: () => missing.clear(),
  };
}
