import type { BitCoder } from "./range-coder.ts";

/**
 * A model of text: it guesses each bit of the next byte from what followed the last bytes, the word so far
 * and the line before, and learns which of these guesses to trust. With base/range-coder.ts it packs
 * short texts into three quarters of what deflate makes of them. Method: context mixing, as in PAQ
 * (M. Mahoney).
 *
 * Nothing but additions, multiplications and divisions, so that every engine reads what another wrote.
 */
export interface TextModel {
  /** Writes the bytes of a text, or learns from them (LISTENER). */
  write(coder: BitCoder, bytes: Uint8Array): void;
  /** Reads so many bytes. */
  read(coder: BitCoder, length: number): Uint8Array;
}

/** How many of the last bytes a guess goes by; one more goes by the word, one by the line. */
const ORDERS = [0, 1, 2, 3, 4, 5];
const GUESSES = ORDERS.length + 2;
const CELLS = 2 ** 17;
/** How fast a guess follows at the slowest, and trust in the guesses. */
const SLOWEST = 30;
const TRUST_RATE = 0.02;
const FIRST_TRUST = 0.3;
/** Guesses are kept as log odds in steps, up to a certainty that is never complete. */
const STEPS = 4096;
const MAX_ODDS = 8;

const NEWLINE = 10;
const SPACE = 32;
const LAST_PUNCTUATION = 47;

export function createTextModel(): TextModel {
  const ones = Array.from({ length: GUESSES }, () => new Float32Array(CELLS).fill(0.5));
  const seen = Array.from({ length: GUESSES }, () => new Uint8Array(CELLS));
  const trust = new Float32Array(256 * GUESSES).fill(FIRST_TRUST);
  const odds = oddsTable();
  const contexts = new Int32Array(GUESSES);
  const cells = new Int32Array(GUESSES);
  const inputs = new Float64Array(GUESSES);
  /** The last bytes, the newest first. */
  const last = new Uint8Array(Math.max(...ORDERS));
  let word = 0;
  let line = 0;

  function lookAround(): void {
    for (const [i, order] of ORDERS.entries()) {
      let hash = i + 1;
      for (let back = 0; back < order; back++) hash = mix(hash, last[back]!);
      contexts[i] = hash;
    }
    contexts[GUESSES - 2] = mix(word, -1);
    contexts[GUESSES - 1] = mix(mix(line, last[0]!), last[1]!);
  }

  function bit(coder: BitCoder, node: number, value: number): number {
    let sum = 0;
    for (let i = 0; i < GUESSES; i++) {
      const cell = (mix(contexts[i]!, node) >>> 7) & (CELLS - 1);
      cells[i] = cell;
      const input = seen[i]![cell] === 0 ? 0 : odds[Math.floor(ones[i]![cell]! * (STEPS - 1))]!;
      inputs[i] = input;
      sum += trust[node * GUESSES + i]! * input;
    }
    const one = probability(sum);
    const read = coder.code(value, Math.min(Math.max(Math.floor(one * 65_536), 16), 65_520));
    const error = (read - one) * TRUST_RATE;
    for (let i = 0; i < GUESSES; i++) {
      const cell = cells[i]!;
      const count = seen[i]![cell]!;
      trust[node * GUESSES + i]! += error * inputs[i]!;
      ones[i]![cell]! += (read - ones[i]![cell]!) / (count + 1.5);
      if (count < SLOWEST) seen[i]![cell] = count + 1;
    }
    return read;
  }

  function byte(coder: BitCoder, value: number): number {
    lookAround();
    let node = 1;
    for (let left = 7; left >= 0; left--) node = node * 2 + bit(coder, node, (value >> left) & 1);
    const read = node - 256;
    last.copyWithin(1, 0);
    last[0] = read;
    if (read === NEWLINE) line++;
    word = read <= LAST_PUNCTUATION || read === SPACE ? 0 : mix(word, read);
    return read;
  }

  return {
    write(coder, bytes) {
      line = 0;
      for (const value of bytes) byte(coder, value);
    },
    read(coder, length) {
      line = 0;
      return Uint8Array.from({ length }, () => byte(coder, 0));
    },
  };
}

function mix(hash: number, value: number): number {
  const mixed = Math.imul(hash ^ Math.imul(value + 1, 0x9e3779b1), 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}

/** 1 / (1 + e^-x): e^x as (1 + x / 1024)^1024. */
function probability(logOdds: number): number {
  let power = 1 + Math.min(Math.max(logOdds, -MAX_ODDS), MAX_ODDS) / 1024;
  for (let i = 0; i < 10; i++) power *= power;
  return power / (1 + power);
}

/** The log odds of each probability, by trying: what `probability` makes of it is the nearest. */
function oddsTable(): Float64Array {
  const table = new Float64Array(STEPS);
  let at = 0;
  for (let step = -MAX_ODDS * 512; step <= MAX_ODDS * 512; step++) {
    const upTo = Math.floor(probability(step / 512) * (STEPS - 1));
    while (at <= upTo) table[at++] = step / 512;
  }
  return table.fill(MAX_ODDS, at);
}
