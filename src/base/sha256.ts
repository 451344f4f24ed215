/*
 * SHA-256 (FIPS 180-4), part by part: what is long is hashed in several tasks, and no platform is asked.
 */

/** The first 64 primes: their cube roots are the round constants, the square roots of the first eight the state. */
const PRIMES: number[] = [];
for (let n = 2; PRIMES.length < 64; n++) if (PRIMES.every((prime) => n % prime !== 0)) PRIMES.push(n);
const ROUNDS = Int32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)));
const START = Int32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
const BLOCK = 64;

/** The first 32 bits behind the point. */
function fraction(root: number): number {
  return ((root - Math.floor(root)) * 2 ** 32) | 0;
}

export interface Sha256 {
  update(bytes: Uint8Array): void;
  /** 64 lower-case hexadecimal digits. Nothing is to be added after it. */
  digest(): string;
}

export function createSha256(): Sha256 {
  const state = START.slice();
  const words = new Int32Array(64);
  const rest = new Uint8Array(BLOCK);
  let length = 0;

  function block(bytes: Uint8Array, at: number): void {
    for (let i = 0; i < 16; i++) {
      const j = at + 4 * i;
      words[i] = (bytes[j]! << 24) | (bytes[j + 1]! << 16) | (bytes[j + 2]! << 8) | bytes[j + 3]!;
    }
    for (let i = 16; i < 64; i++) {
      const [w, v] = [words[i - 15]!, words[i - 2]!];
      const s0 = turn(w, 7) ^ turn(w, 18) ^ (w >>> 3);
      const s1 = turn(v, 17) ^ turn(v, 19) ^ (v >>> 10);
      words[i] = (words[i - 16]! + s0 + words[i - 7]! + s1) | 0;
    }
    let [a, b, c, d, e, f, g, h] = state as unknown as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    for (let i = 0; i < 64; i++) {
      const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + ROUNDS[i]! + words[i]!) | 0;
      const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
    }
    for (const [i, value] of [a, b, c, d, e, f, g, h].entries()) state[i] = (state[i]! + value) | 0;
  }

  function update(bytes: Uint8Array): void {
    let at = 0;
    const begun = length % BLOCK;
    length += bytes.length;
    if (begun > 0) {
      at = Math.min(BLOCK - begun, bytes.length);
      rest.set(bytes.subarray(0, at), begun);
      if (begun + at < BLOCK) return;
      block(rest, 0);
    }
    for (; at + BLOCK <= bytes.length; at += BLOCK) block(bytes, at);
    rest.set(bytes.subarray(at));
  }

  return {
    update,
    digest() {
      const bits = length * 8;
      const end = new Uint8Array(
        ((length + 8) % BLOCK < length % BLOCK ? 2 * BLOCK : BLOCK) - (length % BLOCK),
      );
      end[0] = 0x80;
      const view = new DataView(end.buffer);
      view.setUint32(end.length - 8, Math.floor(bits / 2 ** 32));
      view.setUint32(end.length - 4, bits >>> 0);
      update(end);
      return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
    },
  };
}

export function sha256(bytes: Uint8Array): string {
  const hash = createSha256();
  hash.update(bytes);
  return hash.digest();
}

function turn(value: number, by: number): number {
  return (value >>> by) | (value << (32 - by));
}
