/** Takes back a planned task, or ends a subscription. Calling it again does nothing. */
export type Cancel = () => void;

/**
 * The only source of time and of timers.
 *
 * - Tasks planned for the same moment run in the order in which they were planned.
 * - A task never runs inside the call that planned it.
 * - A hidden page's timers may be late by any amount; they are never early.
 */
export interface Clock {
  /** Milliseconds since a fixed moment of this page's life. Never goes back. */
  now(): number;
  /** Runs `task` once, at least `delay` milliseconds from now. */
  after(delay: number, task: () => void): Cancel;
}
