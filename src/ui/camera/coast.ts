import type { Point } from "../../base/geometry.ts";

/** The time in which a canvas that was let go loses 63 % of its speed, in milliseconds. */
const TIME_CONSTANT = 325;
/** CSS pixels a millisecond. Faster, and nobody sees where it goes; slower, and it stands. */
const MAX_SPEED = 6;
const MIN_SPEED = 0.03;

/** The speed with which a canvas leaves the hand: as the hand moved it, within reason. */
export function launch(velocity: Point): Point {
  const speed = Math.hypot(velocity.x, velocity.y);
  const part = speed > MAX_SPEED ? MAX_SPEED / speed : 1;
  return { x: velocity.x * part, y: velocity.y * part };
}

/**
 * What a canvas that coasts does in `elapsed` milliseconds: the way does not depend on how many frames
 * it took. `velocity`: undefined where it has come to rest.
 */
export function coast(
  velocity: Point,
  elapsed: number,
): { readonly by: Point; readonly velocity: Point | undefined } {
  const rest = Math.exp(-elapsed / TIME_CONSTANT);
  const way = TIME_CONSTANT * (1 - rest);
  const next = { x: velocity.x * rest, y: velocity.y * rest };
  return {
    by: { x: velocity.x * way, y: velocity.y * way },
    velocity: Math.hypot(next.x, next.y) < MIN_SPEED ? undefined : next,
  };
}
