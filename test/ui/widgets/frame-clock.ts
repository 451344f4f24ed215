import type { InputClock } from "../../../src/ui/widgets/after-input.ts";

/** A page's time that passes only when told to, with its frames. */
export interface FrameClock extends InputClock {
  /** Runs every timer when it is due. */
  pass(ms: number): void;
  /** The page is busy so long; what became due meanwhile runs after that. */
  stall(ms: number): void;
  /** Runs what waits for the next frame. */
  paint(): void;
}

export function createFrameClock(): FrameClock {
  let now = 0;
  const timers = new Set<{ readonly due: number; readonly task: () => void }>();
  const frames = new Set<() => void>();

  const runDue = (): void => {
    for (const timer of [...timers]) {
      if (timer.due > now || !timers.delete(timer)) continue;
      timer.task();
    }
  };
  return {
    now: () => now,
    after(delay, task) {
      const timer = { due: now + delay, task };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    requestFrame(task) {
      frames.add(task);
      return () => frames.delete(task);
    },
    pass(ms) {
      for (let left = ms; left > 0; left--) {
        now++;
        runDue();
      }
    },
    stall(ms) {
      now += ms;
      runDue();
    },
    paint() {
      const waiting = [...frames];
      frames.clear();
      for (const task of waiting) task();
    },
  };
}
