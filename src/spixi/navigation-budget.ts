import type { Clock } from "../env/clock.ts";

/** Chromium allows 200 in 10 s. The window is longer here, since the engine counts on its own clock. */
const BUDGET = 150;
const WINDOW = 10_100;

/** How many navigations the engines still take: at most `BUDGET` in any `WINDOW` milliseconds. */
export interface NavigationBudget {
  /** A navigation happens now. */
  spend(): void;
  /** How many are left now. */
  left(): number;
  /** The moment from which one more is allowed that leaves `reserve` of the budget untouched. */
  allowsAt(reserve: number): number;
}

export function createNavigationBudget(clock: Clock): NavigationBudget {
  // The moments of the latest navigations, in a ring: the oldest is at `cursor`.
  const moments = new Float64Array(BUDGET).fill(-Infinity);
  let cursor = 0;
  return {
    spend() {
      moments[cursor] = clock.now();
      cursor = (cursor + 1) % BUDGET;
    },
    left() {
      const since = clock.now() - WINDOW;
      return BUDGET - moments.reduce((count, at) => count + (at > since ? 1 : 0), 0);
    },
    allowsAt: (reserve) => moments[(cursor + reserve) % BUDGET]! + WINDOW,
  };
}
