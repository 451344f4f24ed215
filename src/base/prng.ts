/** A repeatable stream of numbers: the same seed gives the same stream on every engine. */
export interface Prng {
  /** A whole number in 0 .. 2^32 - 1. */
  uint32(): number;
  /** A number in [0, 1). */
  next(): number;
  /** A whole number in 0 .. n - 1; `n` at least 1. */
  below(n: number): number;
  /** True with probability `p`. */
  chance(p: number): boolean;
}

/** Small fast counting generator, "sfc32" (Chris Doty-Humphrey, PractRand, public domain design). */
export function createPrng(seed: number): Prng {
  let a = seed | 0;
  let b = Math.imul(seed, 0x9e3779b1) | 0;
  let c = 0x1234567;
  let counter = 1;
  const uint32 = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  // Close seeds start alike; the first dozen numbers are mixing time.
  for (let i = 0; i < 12; i++) uint32();
  const next = (): number => uint32() / 0x1_0000_0000;
  return {
    uint32,
    next,
    below: (n) => Math.floor(next() * n),
    chance: (p) => next() < p,
  };
}
