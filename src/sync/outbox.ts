import * as Y from "yjs";
import type { Cancel, Clock } from "../env/clock.ts";

export interface OutboxDeps {
  readonly clock: Clock;
  /** Puts ink that waits into the document; its update arrives in `add` before this returns. */
  flushInk(): void;
  /** Requests that wait at the bridge. */
  backlog(): number;
  /** Sends one update to everybody. */
  send(update: Uint8Array): void;
}

/** Collects local changes and decides when they leave. */
export interface Outbox {
  /** A local change of the document. */
  add(update: Uint8Array): void;
  /** Ink waits: `soon` while the pen is down, `now` when it was lifted. */
  wake(urgency: "soon" | "now"): void;
  /** Sends everything at once, whatever the cadence. */
  flush(): void;
  /** Changes wait here that nobody has been sent. */
  isEmpty(): boolean;
  /** A message leaves soon. */
  isDue(): boolean;
  close(): void;
}

/** The first ink of a stroke waits this long: a stroke that a pinch takes back was never sent. */
const FIRST_INK_MS = 50;
/** Between messages while the pen is down. */
const INK_MS = 150;
/** Between messages in any case: under nine a second. */
const GAP_MS = 115;
/** With requests waiting at the bridge, messages get rarer and larger, up to one a second. */
const BACKLOG_MS = 60;
const SLOWEST_MS = 1000;

/** Rules: PROTOCOL.md, S3. */
export function createOutbox({ clock, flushInk, backlog, send }: OutboxDeps): Outbox {
  let updates: Uint8Array[] = [];
  let lastSent = -Infinity;
  let planned: { at: number; cancel: Cancel } | undefined;
  let isFlushing = false;

  function flush(): void {
    planned?.cancel();
    planned = undefined;
    isFlushing = true;
    flushInk();
    isFlushing = false;
    if (updates.length === 0) return;
    const update = updates.length === 1 ? updates[0]! : Y.mergeUpdates(updates);
    updates = [];
    lastSent = clock.now();
    send(update);
  }

  function planAt(at: number): void {
    if (planned && planned.at <= at) return;
    planned?.cancel();
    planned = { at, cancel: clock.after(Math.max(0, at - clock.now()), flush) };
  }

  function pause(shortest: number): number {
    return Math.min(SLOWEST_MS, shortest + backlog() * BACKLOG_MS);
  }

  return {
    add(update) {
      updates.push(update);
      // What is flushed now needs no plan, which would send the next ink at once.
      if (!isFlushing) planAt(lastSent + pause(GAP_MS));
    },
    wake(urgency) {
      if (urgency === "now") planAt(lastSent + pause(GAP_MS));
      else planAt(Math.max(clock.now() + FIRST_INK_MS, lastSent + pause(INK_MS)));
    },
    flush,
    isEmpty: () => updates.length === 0,
    isDue: () => planned !== undefined,
    close: () => planned?.cancel(),
  };
}
