/**
 * What the device says the time is: for words to people and for what is remembered, never for ordering
 * anything. It may be wrong, and may go back at any moment.
 */
export interface Calendar {
  /** Whole minutes since 1970 began in UTC, 0 .. 2^31 - 1. */
  minutes(): number;
}
