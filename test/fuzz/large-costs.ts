/*
 * What messages that are large and legal cost a page with 10,000 items, in milliseconds of the processor: each of
 * them, and what is small and honest after all of them.
 */
import type { HonestCost } from "./guard-stage.ts";
import type { LargeKind } from "./large-kind.ts";
import { MARK_KINDS } from "./large-marks.ts";
import { MESSAGE_KINDS } from "./large-messages.ts";
import { createLargeStage } from "./large-stage.ts";
import type { LargeStage } from "./large-stage.ts";
import { WRITE_KINDS } from "./large-writes.ts";

export const LARGE_KINDS: readonly LargeKind[] = [...MARK_KINDS, ...WRITE_KINDS, ...MESSAGE_KINDS];

export interface LargeCost {
  /** Of the dearest message. */
  readonly message: number;
  readonly honest: HonestCost;
}

/** What a part of a run is: a kind, and how large it is, 0 .. 1. */
export interface LargePart {
  readonly kind: LargeKind;
  readonly size: number;
}

/** Plays a part on a page. */
export function play(on: LargeStage, { kind, size }: LargePart): LargeCost {
  let message = 0;
  for (const each of kind.messages(on, size)) message = Math.max(message, on.tell(each));
  return { message, honest: on.stage.honest() };
}

/**
 * The least that the last of some parts cost in several rounds, each on a fresh page that had the others before:
 * others may have had the processor, or its caches. Stops as soon as all is within `enough`.
 */
export function leastCost(parts: readonly LargePart[], rounds: number, enough: number): LargeCost {
  const last = parts.at(-1)!;
  let messages: number[] = [];
  let honest: HonestCost = { update: Infinity, own: Infinity };
  for (let round = 0; round < rounds; round++) {
    const on = createLargeStage();
    on.stage.honest();
    for (const part of parts.slice(0, -1)) play(on, part);
    collectGarbage("major");
    messages = [...last.kind.messages(on, last.size)].map((message, i) => {
      collectGarbage("minor");
      return Math.min(messages[i] ?? Infinity, on.tell(message));
    });
    // Twice: the first one may have to take in what the messages left to be done.
    for (const { update, own } of [on.stage.honest(), on.stage.honest()])
      honest = { update: Math.min(honest.update, update), own: Math.min(honest.own, own) };
    on.stage.close();
    if (Math.max(...messages, honest.update, honest.own) <= enough) break;
  }
  return { message: Math.max(0, ...messages), honest };
}

/** What was left behind by the round before, and by the making of pages and messages, is no message's cost. */
function collectGarbage(type: "major" | "minor"): void {
  globalThis.gc?.({ type });
}
