import type { Cancel, Clock } from "../../env/clock.ts";

/** Between any two writes. */
const GAP_MS = 500;

export interface WriteTimer {
  /** Works in so many milliseconds, or sooner where that was planned; never soon after the write before. */
  in(delay: number): void;
  /** A write begins now. */
  wrote(): void;
  /** Nothing is written from now on. */
  close(): void;
}

export function createWriteTimer(clock: Clock, work: () => void): WriteTimer {
  let lastWrite = -Infinity;
  let plan: { readonly at: number; readonly cancel: Cancel } | undefined;
  let closed = false;
  return {
    in(delay) {
      const at = Math.max(clock.now() + delay, lastWrite + GAP_MS);
      if (closed || (plan && plan.at <= at)) return;
      plan?.cancel();
      const cancel = clock.after(at - clock.now(), () => {
        plan = undefined;
        work();
      });
      plan = { at, cancel };
    },
    wrote() {
      lastWrite = clock.now();
    },
    close() {
      closed = true;
      plan?.cancel();
    },
  };
}
