import type { Cancel, Clock } from "../env/clock.ts";

/** `slow`: on whole seconds only; `stopped`: tasks wait until the timers run again. */
export type TimerMode = "normal" | "slow" | "stopped";

export interface PageClock extends Clock {
  setTimers(mode: TimerMode): void;
  /** The page is gone: nothing runs any more. */
  close(): void;
}

const SLOW_STEP = 1000;

/** The timers of one page on a shared clock: they can be throttled, halted, and end with the page. */
export function createPageClock(clock: Clock): PageClock {
  let mode: TimerMode = "normal";
  let closed = false;
  let held: (() => void)[] = [];

  const plan = (delay: number, work: () => void): Cancel => {
    // Let go when it is cancelled, and not only when it would be due: it may hold a whole document.
    let task: (() => void) | undefined = work;
    const due = (): void => {
      if (!task || closed) return;
      if (mode === "stopped") {
        held.push(due);
        return;
      }
      const late = clock.now() % SLOW_STEP;
      if (mode === "slow" && late !== 0) clock.after(SLOW_STEP - late, run);
      else run();
    };
    const run = (): void => {
      if (mode === "stopped") due();
      else if (!closed) task?.();
    };
    clock.after(delay, due);
    return () => {
      task = undefined;
    };
  };

  return {
    now: () => clock.now(),
    after: (delay, task) => plan(delay, task),
    setTimers(next) {
      mode = next;
      if (mode === "stopped") return;
      const tasks = held;
      held = [];
      for (const task of tasks) clock.after(0, task);
    },
    close() {
      closed = true;
      held = [];
    },
  };
}
