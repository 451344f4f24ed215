import type { Calendar } from "../env/calendar.ts";
import type { Clock } from "../env/clock.ts";

/** A calendar that can be set, as people do with the clocks of their phones. */
export interface SimulatedCalendar extends Calendar {
  /** From now on it says so many minutes more than before. */
  shift(minutes: number): void;
}

const MINUTE_MS = 60_000;
/** Midnight at the beginning of 2030. */
const FIRST_MINUTE = 31_557_600;

/** The time of day that goes with a simulated clock: where that starts, a year begins. */
export function createSimulatedCalendar(clock: Pick<Clock, "now">): SimulatedCalendar {
  let shifted = 0;
  return {
    minutes: () => FIRST_MINUTE + shifted + Math.floor(clock.now() / MINUTE_MS),
    shift(minutes) {
      shifted += minutes;
    },
  };
}
