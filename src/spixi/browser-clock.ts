import type { Clock } from "../env/clock.ts";

/** The part of `window` that a clock needs. */
export interface TimerScope<Handle> {
  readonly performance: { now(): number };
  setTimeout(task: () => void, delay: number): Handle;
  clearTimeout(handle: Handle): void;
}

/** Browsers take a longer delay for none at all. */
const LONGEST_DELAY = 2 ** 31 - 1;

/** The browser's time and timers as a `Clock`. `scope` is `window`. */
export function createBrowserClock<Handle>(scope: TimerScope<Handle>): Clock {
  const now = (): number => scope.performance.now();
  return {
    now,
    after(delay, task) {
      const due = now() + delay;
      let handle: Handle;
      const wait = (): void => {
        // Whole milliseconds, rounded up: some engines cut off the fraction and would be early.
        const left = Math.max(0, Math.ceil(due - now()));
        handle = scope.setTimeout(() => (now() < due ? wait() : task()), Math.min(LONGEST_DELAY, left));
      };
      wait();
      return () => scope.clearTimeout(handle);
    },
  };
}
