import type { Point } from "../base/geometry.ts";
import { distanceToLine, type Sweep } from "./sweep.ts";

/** By the even-odd rule. */
export function isInside(polygon: readonly Point[], { x, y }: Point): boolean {
  let inside = false;
  // Plain, since a lasso asks it of each point of a large board.
  for (let i = 0, last = polygon.length - 1; i < polygon.length; last = i++) {
    const a = polygon[i]!;
    const b = polygon[last]!;
    if (a.y > y !== b.y > y && x < a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x)) inside = !inside;
  }
  return inside;
}

/** Whether any of the sweep lies in the polygon. */
export function touchesPolygon(polygon: readonly Point[], { from, to, radius }: Sweep): boolean {
  if (isInside(polygon, from)) return true;
  return polygon.some((a, i) => {
    const b = polygon[(i + 1) % polygon.length]!;
    return cross(a, b, from, to) || between(a, b, from, to) <= radius;
  });
}

/** Of two straight lines that do not cross. */
function between(a: Point, b: Point, c: Point, d: Point): number {
  return Math.min(
    distanceToLine(a, c, d),
    distanceToLine(b, c, d),
    distanceToLine(c, a, b),
    distanceToLine(d, a, b),
  );
}

function cross(a: Point, b: Point, c: Point, d: Point): boolean {
  return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
}

function side(a: Point, b: Point, p: Point): boolean {
  return (b.x - a.x) * (p.y - a.y) > (b.y - a.y) * (p.x - a.x);
}
