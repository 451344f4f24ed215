import type { Point } from "../../base/geometry.ts";

/** How fast the canvas moves with the hand, from its last movements. */
export interface Momentum {
  /** `by`: CSS pixels since the movement before; `time`: milliseconds, of any fixed origin. */
  moved(by: Point, time: number): void;
  /** CSS pixels a millisecond when the hand lets go at `time`; none where it rested before that. */
  velocity(time: number): Point;
  reset(): void;
}

/** Older movements say nothing about the moment of letting go. */
const WINDOW_MS = 100;
/** A hand that rested this long does not throw. */
const REST_MS = 60;
/** Fewer milliseconds of movement than this are noise. */
const SHORTEST_MS = 8;

export function createMomentum(): Momentum {
  let moves: { readonly by: Point; readonly time: number }[] = [];
  return {
    moved(by, time) {
      moves = [...moves.filter((move) => time - move.time <= WINDOW_MS), { by, time }];
    },
    velocity(time) {
      const recent = moves.filter((move) => time - move.time <= WINDOW_MS);
      const [first, ...others] = recent;
      const last = others.at(-1);
      if (!first || !last || time - last.time > REST_MS) return { x: 0, y: 0 };
      const span = Math.max(last.time - first.time, SHORTEST_MS);
      // The first movement began before this time, so it does not count.
      const sum = others.reduce(({ x, y }, { by }) => ({ x: x + by.x, y: y + by.y }), { x: 0, y: 0 });
      return { x: sum.x / span, y: sum.y / span };
    },
    reset() {
      moves = [];
    },
  };
}
