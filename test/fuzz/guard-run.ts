import { createPrng } from "../../src/base/prng.ts";
import { makeCase } from "./guard-cases.ts";
import type { Case } from "./guard-cases.ts";
import { createMaterial, createStage } from "./guard-stage.ts";
import type { Material, Stage } from "./guard-stage.ts";

export interface FuzzOptions {
  readonly seed: number;
  readonly cases: number;
  /** The longest that the handler of one message may take, in milliseconds. */
  readonly maxMs: number;
  /** Told now and then how many cases are done. */
  onProgress?(done: number): void;
}

export interface FuzzResult {
  readonly cases: number;
  readonly messages: number;
  /** By the case's kind: how many there were, and how many of them changed the document. */
  readonly kinds: ReadonlyMap<string, { readonly cases: number; readonly applied: number }>;
  readonly refusals: ReadonlyMap<string, number>;
  readonly slowest: { readonly ms: number; readonly case: number };
  /** Undefined where every case went well. */
  readonly failure: FuzzFailure | undefined;
}

export interface FuzzFailure {
  readonly case: number;
  readonly error: string;
  /** The messages, as they came in: base64. */
  readonly texts: readonly string[];
}

/** Cases that one page takes in before a fresh one steps in for it. */
const CASES_PER_STAGE = 16;
const STAGES_PER_MATERIAL = 64;
const PROGRESS_CASES = 10_000;
/** A message that took longer is measured again. */
const SLOW_MS = 20;

/**
 * Cases `0 .. cases - 1` of a seed. After each, the page must tell of its changes, save, load equal,
 * and take what an honest contact draws next.
 */
export function runFuzz({ seed, cases, maxMs, onProgress }: FuzzOptions): FuzzResult {
  const kinds = new Map<string, { cases: number; applied: number }>();
  const refusals = new Map<string, number>();
  let slowest = { ms: 0, case: -1 };
  let messages = 0;
  let material: Material | undefined;
  let stage: Stage | undefined;
  let failure: FuzzFailure | undefined;

  for (let i = 0; i < cases && !failure; i++) {
    if (i % CASES_PER_STAGE === 0) {
      const number = Math.floor(i / CASES_PER_STAGE);
      if (stage) collect(refusals, stage);
      stage?.close();
      if (number % STAGES_PER_MATERIAL === 0) material = createMaterial(mix(seed, number, 1));
      stage = createStage(material!, mix(seed, number, 2));
    }
    const each = makeCase(createPrng(mix(seed, i, 3)), material!, stage!);
    messages += each.texts.length;
    const before = stage!.mark();
    const { ms: once, error } = play(stage!, each);
    const ms = once > SLOW_MS ? Math.min(once, again(material!, seed, i)) : once;
    const count = kinds.get(each.kind) ?? { cases: 0, applied: 0 };
    count.cases++;
    if (stage!.mark() !== before) count.applied++;
    kinds.set(each.kind, count);
    if (ms > slowest.ms) slowest = { ms, case: i };
    const found = error ?? checked(stage!) ?? (ms > maxMs ? `it took ${ms.toFixed(0)} ms` : undefined);
    if (found !== undefined) failure = { case: i, error: found, texts: each.texts };
    if (i % PROGRESS_CASES === PROGRESS_CASES - 1) onProgress?.(i + 1);
  }
  if (stage) collect(refusals, stage);
  stage?.close();
  const done = [...kinds.values()].reduce((sum, count) => sum + count.cases, 0);
  return { cases: done, messages, kinds, refusals, slowest, failure };
}

/** The time that a case takes on a page of its own: the first time the machine may have been busy. */
function again(material: Material, seed: number, number: number): number {
  let shortest = Infinity;
  for (let tries = 0; tries < 3; tries++) {
    const first = number - (number % CASES_PER_STAGE);
    const stage = createStage(material, mix(seed, first / CASES_PER_STAGE, 2));
    for (let i = first; i <= number; i++) {
      const { ms } = play(stage, makeCase(createPrng(mix(seed, i, 3)), material, stage));
      if (i === number) shortest = Math.min(shortest, ms);
    }
    stage.close();
  }
  return shortest;
}

function play(stage: Stage, { texts }: Case): { ms: number; error: string | undefined } {
  let ms = 0;
  try {
    for (const text of texts) ms = Math.max(ms, stage.deliver(text));
  } catch (error) {
    return { ms, error: `an exception left the handler: ${String(error)}` };
  }
  return { ms, error: undefined };
}

function checked(stage: Stage): string | undefined {
  try {
    stage.check();
    return undefined;
  } catch (error) {
    return String(error);
  }
}

function collect(refusals: Map<string, number>, stage: Stage): void {
  for (const [reason, count] of stage.refusals) refusals.set(reason, (refusals.get(reason) ?? 0) + count);
}

function mix(seed: number, number: number, purpose: number): number {
  return Math.imul(Math.imul(seed, 0x9e3779b1) ^ number, 0x85ebca6b) + purpose;
}
