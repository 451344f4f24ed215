/*
 * Cases of the fuzzer that are large and legal: kinds chosen by dice, of sizes chosen by dice, several on one page,
 * so that what stays of one meets the next.
 */
import { createPrng } from "../../src/base/prng.ts";
import { pick } from "./guard-values.ts";
import { LARGE_KINDS, leastCost, play } from "./large-costs.ts";
import type { LargeCost, LargePart } from "./large-costs.ts";
import { createLargeStage } from "./large-stage.ts";
import type { LargeStage } from "./large-stage.ts";

export interface LargeOptions {
  readonly seed: number;
  readonly cases: number;
  /** The most that a message, or what is small and honest after it, may cost: milliseconds of the processor. */
  readonly maxMs: number;
}

export interface LargeResult {
  readonly cases: number;
  /** Of all: by what it is, and in which case. */
  readonly dearest: { readonly ms: number; readonly case: number; readonly name: string };
  /** Undefined where every case went well. */
  readonly failure: { readonly case: number; readonly error: string } | undefined;
}

/** Cases that one page takes in before a fresh one steps in for it. */
const CASES_PER_STAGE = 4;
/** What was over the limit is measured again so often: the machine may have been busy, or the code not compiled yet. */
const ROUNDS = 10;

export function runLarge({ seed, cases, maxMs }: LargeOptions): LargeResult {
  let dearest = { ms: 0, case: -1, name: "" };
  let failure: LargeResult["failure"];
  let done = 0;
  while (done < cases && !failure) {
    const on = createLargeStage();
    const parts: LargePart[] = [];
    const last = Math.min(done + CASES_PER_STAGE, cases);
    for (; done < last && !failure; done++) {
      parts.push(partOf(seed, done));
      const ms = dearestOf(costOf(on, parts, maxMs));
      const name = parts.map(({ kind, size }) => `${kind.name} (${size.toFixed(2)})`).join("; then ");
      if (ms > dearest.ms) dearest = { ms, case: done, name };
      if (ms > maxMs) failure = { case: done, error: `it took ${ms.toFixed(0)} ms: ${name}` };
    }
    failure ??= checked(on, done - 1);
    on.stage.close();
  }
  return { cases: done, dearest, failure };
}

function partOf(seed: number, number: number): LargePart {
  const prng = createPrng(Math.imul(Math.imul(seed, 0x9e3779b1) ^ number, 0x85ebca6b) + 4);
  return { kind: pick(prng, LARGE_KINDS), size: prng.chance(0.5) ? 1 : (1 + prng.below(100)) / 100 };
}

/** The cost of the last of the parts on a page that had the others. */
function costOf(on: LargeStage, parts: readonly LargePart[], maxMs: number): LargeCost {
  const once = play(on, parts.at(-1)!);
  return dearestOf(once) > maxMs ? leastCost(parts, ROUNDS, maxMs) : once;
}

function dearestOf({ message, honest }: LargeCost): number {
  return Math.max(message, honest.update, honest.own);
}

function checked({ stage }: LargeStage, number: number): LargeResult["failure"] {
  try {
    stage.check();
    return undefined;
  } catch (error) {
    return { case: number, error: String(error) };
  }
}
