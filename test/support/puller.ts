import type { Cancel, Clock } from "../../src/env/clock.ts";

export interface PullerDeps {
  readonly clock: Clock;
  dueAt(): number | undefined;
  take(): void;
}

/**
 * Takes what is due when it is due, as the scheduler does with a bridge that is always free. Returns what
 * is to be called when something may be due earlier.
 */
export function createPuller({ clock, dueAt, take }: PullerDeps): () => void {
  let cancel: Cancel | undefined;

  function plan(): void {
    cancel?.();
    const at = dueAt();
    if (at === undefined) return;
    cancel = clock.after(Math.max(0, at - clock.now()), () => {
      if ((dueAt() ?? Infinity) <= clock.now()) take();
      plan();
    });
  }

  return plan;
}
