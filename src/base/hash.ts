/** A 64-bit hash as two unsigned 32-bit halves. Not secret, not collision-proof against an attacker. */
export interface Hash64 {
  readonly hi: number;
  readonly lo: number;
}

/** The last step of MurmurHash3 (Austin Appleby, public domain): every input bit moves every output bit. */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Hash of two whole numbers in 0 .. 2^32 - 1. */
export function hashPair(a: number, b: number): Hash64 {
  const lo = mix(mix(a ^ 0x9e3779b9) + b);
  const hi = mix(mix(b ^ 0x7f4a7c15) + Math.imul(a, 0x27d4eb2f));
  return { hi, lo };
}

/** Hash of bytes, for finding damage and for comparing states. */
export function hashBytes(bytes: Uint8Array): Hash64 {
  let hi = 0x9e3779b9 ^ bytes.length;
  let lo = 0x85ebca6b ^ bytes.length;
  for (const byte of bytes) {
    hi = Math.imul(hi ^ byte, 0x01000193);
    lo = Math.imul(lo ^ byte, 0x5bd1e995);
    lo ^= lo >>> 15;
  }
  return { hi: mix(hi ^ lo), lo: mix(lo + Math.imul(hi, 0x27d4eb2f)) };
}

/** Sum without order: the hash of a set is the sum of its members' hashes. */
export function addHash(a: Hash64, b: Hash64): Hash64 {
  return { hi: (a.hi + b.hi) >>> 0, lo: (a.lo + b.lo) >>> 0 };
}

export function subtractHash(a: Hash64, b: Hash64): Hash64 {
  return { hi: (a.hi - b.hi) >>> 0, lo: (a.lo - b.lo) >>> 0 };
}

export function equalHash(a: Hash64, b: Hash64): boolean {
  return a.hi === b.hi && a.lo === b.lo;
}

/** 16 lower-case hexadecimal digits. */
export function hashText({ hi, lo }: Hash64): string {
  return hi.toString(16).padStart(8, "0") + lo.toString(16).padStart(8, "0");
}

export const NO_HASH: Hash64 = { hi: 0, lo: 0 };
