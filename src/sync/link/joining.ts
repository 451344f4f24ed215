import type { Cancel, Clock } from "../../env/clock.ts";

/** Holds an answer back until it is whole: ink that a later chunk hides must not flash. */
export interface Joining {
  /** This page opened or returned: what is missing comes as an answer of several chunks. */
  announced(): void;
  /** A chunk comes, and is applied; `last`: nothing follows. */
  take(last: boolean, apply: () => void): void;
  close(): void;
}

/** So long after this page opened or returned, an answer may be held back. */
const JOIN_MS = 60_000;
/** What came of an answer is shown when no more chunks come. */
const SILENCE_MS = 1500;

/** `hold`: while held, what is applied is not shown. */
export function createJoining(clock: Clock, hold: (on: boolean) => void): Joining {
  /** Ends the wait for the next chunk. */
  let waiting: Cancel | undefined;
  let until = -Infinity;

  function show(): void {
    if (!waiting) return;
    waiting();
    waiting = undefined;
    hold(false);
  }

  return {
    announced() {
      until = clock.now() + JOIN_MS;
    },
    take(last, apply) {
      if (!last && clock.now() < until) {
        if (waiting) waiting();
        else hold(true);
        waiting = clock.after(SILENCE_MS, show);
      }
      apply();
      if (last) show();
    },
    close: show,
  };
}
