/*
 * A timer that decides about pointers must not overtake them: on a page that was busy, the timer is due
 * while what a hand did in time still waits to be told.
 */
import type { Cancel, Clock } from "../../env/clock.ts";

/** Time, and the moments before the page is painted: until then, the browser tells of all waiting movements. */
export interface InputClock extends Clock {
  /** Calls back before the next paint; returns how to take it back. */
  requestFrame(task: () => void): Cancel;
}

/** A timer that is as late as this tells that the page was busy. In milliseconds. */
const LATE_MS = 50;
/** After that, what was made meanwhile is told within this time. */
const CATCH_UP_MS = 100;

/** Runs `task` `ms` milliseconds from now at the earliest, and after all input that was made until then. */
export function afterInput(clock: InputClock, ms: number, task: () => void): Cancel {
  const due = clock.now() + ms;
  const onFrame = (): void => {
    cancel = clock.requestFrame(task);
  };
  let cancel = clock.after(ms, () => {
    if (clock.now() - due <= LATE_MS) onFrame();
    else cancel = clock.after(CATCH_UP_MS, onFrame);
  });
  return () => cancel();
}
