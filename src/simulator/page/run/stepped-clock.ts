/*
 * The clock of a run that is recorded or replayed. Time does not pass while code runs: each task sees the
 * moment for which it was planned, however late the browser comes to it, and everything else that happens
 * has its place between two tasks. So the order of things can be written down, and be had again.
 */
import type { Clock } from "../../../env/clock.ts";

export interface SteppedClock extends Clock {
  /** How many tasks have run. */
  steps(): number;
  /** The moment of the first planned task; undefined where there is none. */
  nextAt(): number | undefined;
  /** Runs that task. */
  runNext(): void;
  /** It is later now; planned tasks that are due wait all the same. Never goes back. */
  moveTo(at: number): void;
}

interface Planned {
  readonly at: number;
  readonly task: () => void;
}

/** `planned` is told whenever there is a new task. */
export function createSteppedClock(planned: () => void): SteppedClock {
  /** In the order in which they are to run. */
  const tasks: Planned[] = [];
  let now = 0;
  let steps = 0;
  return {
    now: () => now,
    after(delay, task) {
      const entry: Planned = { at: now + Math.max(0, delay), task };
      const later = tasks.findIndex(({ at }) => at > entry.at);
      tasks.splice(later < 0 ? tasks.length : later, 0, entry);
      planned();
      return () => {
        const at = tasks.indexOf(entry);
        if (at >= 0) tasks.splice(at, 1);
      };
    },
    steps: () => steps,
    nextAt: () => tasks[0]?.at,
    runNext() {
      const next = tasks.shift();
      if (!next) return;
      now = Math.max(now, next.at);
      steps++;
      next.task();
    },
    moveTo(at) {
      now = Math.max(now, at);
    },
  };
}
