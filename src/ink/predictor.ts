export interface Predictor {
  /** No point was seen yet. */
  fresh(): boolean;
  /** Where the next point is expected, in grid units. */
  x(): number;
  y(): number;
  lastX(): number;
  lastY(): number;
  /** The next point lies off the prediction by this much; it is clamped to the world. */
  advance(dx: number, dy: number): void;
}

/** Shared by both directions, so that they stay in step. Plain numbers: exact up to 2^53. */
export function createPredictor(bound: number): Predictor {
  let fresh = true;
  let x = 0;
  let y = 0;
  let stepX = 0;
  let stepY = 0;
  const predictX = (): number => x + threeQuarters(stepX);
  const predictY = (): number => y + threeQuarters(stepY);
  return {
    fresh: () => fresh,
    x: predictX,
    y: predictY,
    lastX: () => x,
    lastY: () => y,
    advance(dx, dy) {
      const nextX = clamp(predictX() + dx, bound);
      const nextY = clamp(predictY() + dy, bound);
      stepX = fresh ? 0 : nextX - x;
      stepY = fresh ? 0 : nextY - y;
      x = nextX;
      y = nextY;
      fresh = false;
    },
  };
}

/** `(3 * v + 2) >> 2` for numbers of any size. */
function threeQuarters(v: number): number {
  return Math.floor((3 * v + 2) / 4);
}

export function clamp(value: number, bound: number): number {
  return Math.min(Math.max(value, -bound), bound);
}
