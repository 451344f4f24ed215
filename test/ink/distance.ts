import type { Point } from "../../src/base/geometry.ts";

/** How far `p` is from the polyline. One root of the least square: a call of `hypot` for each piece took most of the time. */
export function distanceToLine(p: Point, line: readonly Point[]): number {
  const { x, y } = p;
  let best = Infinity;
  let a = line[0]!;
  for (const b of line) {
    const dx = b.x - a.x;
    const dy = b.y - a.y;
    const square = dx * dx + dy * dy;
    const along = square === 0 ? 0 : ((x - a.x) * dx + (y - a.y) * dy) / square;
    const t = along < 0 ? 0 : along > 1 ? 1 : along;
    const offX = a.x + dx * t - x;
    const offY = a.y + dy * t - y;
    const away = offX * offX + offY * offY;
    if (away < best) best = away;
    a = b;
  }
  return Math.sqrt(best);
}
