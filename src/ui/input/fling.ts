import type { Point } from "../../base/geometry.ts";
import type { GestureAction } from "./gesture-events.ts";

/** Slower than this, in pixels a millisecond, the canvas stays where it is let go. */
const MIN_FLING = 0.15;

/** What comes of letting the canvas go at this speed. */
export function fling(velocity: Point): GestureAction[] {
  return Math.hypot(velocity.x, velocity.y) >= MIN_FLING ? [{ type: "fling", velocity }] : [];
}
