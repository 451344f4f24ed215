/*
 * The local changes of one document, until they leave as one update. It only says when; the scheduler
 * says whether. Rules: PROTOCOL.md, S3.
 */
import * as Y from "yjs";
import type { Clock } from "../../env/clock.ts";

export interface OutboxDeps {
  readonly clock: Clock;
  /** How many times the usual pauses pass between messages: at least once. */
  pace(): number;
  /** Puts ink that waits into the document; its update arrives in `add` before this returns. */
  flushInk(): void;
  /** An update is due, or due earlier. */
  wake(): void;
}

/** Collects local changes and decides when they leave. */
export interface Outbox {
  /** A local change of the document. */
  add(update: Uint8Array): void;
  /** Ink waits: `soon` while the pen is down, `now` when it was lifted. */
  wake(urgency: "soon" | "now"): void;
  /** When the next update is due; undefined: nothing waits. */
  dueAt(): number | undefined;
  /** Everything up to now as one update, whatever the cadence; undefined where nothing changed. */
  take(): Uint8Array | undefined;
}

/** The first ink of a stroke waits this long: a stroke that a pinch takes back was never sent. */
const FIRST_INK_MS = 50;
/** Between messages while the pen is down. */
const INK_MS = 150;
/** Between messages in any case: under nine a second. */
const GAP_MS = 115;

export function createOutbox({ clock, pace, flushInk, wake }: OutboxDeps): Outbox {
  let updates: Uint8Array[] = [];
  let lastSent = -Infinity;
  let due: number | undefined;
  let isFlushing = false;

  function planAt(at: number): void {
    if (due !== undefined && due <= at) return;
    due = at;
    wake();
  }

  return {
    add(update) {
      updates.push(update);
      // What is flushed now needs no plan, which would send the next ink at once.
      if (!isFlushing) planAt(lastSent + GAP_MS * pace());
    },
    wake(urgency) {
      if (urgency === "now") planAt(lastSent + GAP_MS * pace());
      else planAt(Math.max(clock.now() + FIRST_INK_MS, lastSent + INK_MS * pace()));
    },
    dueAt: () => due,
    take() {
      due = undefined;
      isFlushing = true;
      flushInk();
      isFlushing = false;
      if (updates.length === 0) return undefined;
      const update = updates.length === 1 ? updates[0]! : Y.mergeUpdates(updates);
      updates = [];
      lastSent = clock.now();
      return update;
    },
  };
}
