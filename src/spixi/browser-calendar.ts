import type { Calendar } from "../env/calendar.ts";

/** The part of `window` that a calendar needs. */
export interface CalendarScope {
  readonly Date: { now(): number };
}

const MINUTE_MS = 60_000;
const LAST_MINUTE = 2 ** 31 - 1;

/** The browser's wall clock as a `Calendar`. `scope` is `window`. */
export function createBrowserCalendar(scope: CalendarScope): Calendar {
  return {
    minutes: () => Math.min(Math.max(Math.floor(scope.Date.now() / MINUTE_MS), 0), LAST_MINUTE),
  };
}
