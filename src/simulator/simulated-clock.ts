import type { Clock } from "../env/clock.ts";

/** Time that passes only when told to. Starts at 0. */
export interface SimulatedClock extends Clock {
  /** Runs everything that is due within the next `ms` milliseconds, promises settled after each task. */
  advance(ms: number): Promise<void>;
  /** Advances until `condition` holds, `limit` milliseconds at most; says whether it holds. */
  runUntil(condition: () => boolean, limit: number): Promise<boolean>;
  /** Tasks that are planned. */
  pending(): number;
}

export declare function createSimulatedClock(): SimulatedClock;
