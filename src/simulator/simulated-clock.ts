/*
 * A clock that a test moves by hand: the same run each time, and no waiting.
 */
import type { Clock } from "../env/clock.ts";

/** Time that passes only when told to. Starts at 0. */
export interface SimulatedClock extends Clock {
  /** Runs everything that is due within the next `ms` milliseconds, promises settled after each task. */
  advance(ms: number): Promise<void>;
  /**
   * Advances until `condition` holds, `limit` milliseconds at most, and says whether it holds. The
   * condition is tried every `step` milliseconds, so it may be expensive.
   */
  runUntil(condition: () => boolean, limit: number, step?: number): Promise<boolean>;
  /** How many tasks are planned. */
  pending(): number;
}

interface Planned {
  readonly at: number;
  readonly order: number;
  task: (() => void) | undefined;
}

const DEFAULT_STEP = 50;

const isBefore = (a: Planned, b: Planned): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/**
 * One turn of the event loop: by then every promise has settled, however long its chain. It is no
 * timer, and the order in which things happen does not depend on it.
 */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    // No other way tells that the queue of promise reactions is empty.
    // oxlint-disable-next-line no-restricted-globals
    setImmediate(resolve);
  });
}

/** A binary heap of planned tasks; the same calls always give the same order of execution. */
export function createSimulatedClock(): SimulatedClock {
  const heap: Planned[] = [];
  let now = 0;
  let order = 0;
  let live = 0;

  const push = (entry: Planned): void => {
    let at = heap.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(entry, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = entry;
  };

  const pop = (): void => {
    const last = heap.pop()!;
    if (heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!isBefore(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
  };

  /** Runs the next task that is due at `until` or before; false where there is none. */
  const step = (until: number): boolean => {
    for (;;) {
      const first = heap[0];
      if (!first || first.at > until) return false;
      pop();
      const { task } = first;
      if (!task) continue;
      first.task = undefined;
      live--;
      now = first.at;
      task();
      return true;
    }
  };

  const advance = async (ms: number): Promise<void> => {
    const until = now + ms;
    await settle();
    while (step(until)) await settle();
    now = until;
  };

  return {
    now: () => now,
    after(delay, task) {
      const entry: Planned = { at: now + Math.max(0, delay), order: order++, task };
      push(entry);
      live++;
      return () => {
        if (entry.task) live--;
        entry.task = undefined;
      };
    },
    advance,
    async runUntil(condition, limit, every = DEFAULT_STEP) {
      const until = now + limit;
      await settle();
      while (!condition()) {
        if (now >= until) return false;
        await advance(Math.min(every, until - now));
      }
      return true;
    },
    pending: () => live,
  };
}
