import { distance } from "../base/geometry.ts";
import { isCorner } from "./curve.ts";
import type { InkPoint } from "./stroke.ts";

/** A point of a smoothed line, as perfect-freehand wants it for an outline. */
export interface StreamlinedPoint {
  readonly point: [number, number];
  readonly pressure: number;
  /** From here back to the point before, of length 1. */
  readonly vector: [number, number];
  /** From the point before, and from the first one along the line. */
  readonly distance: number;
  readonly runningLength: number;
}

/**
 * Smooths a line by letting each point follow the one before it, so that the tremble of a hand goes. What
 * remains of the old direction halves with the way, not with the number of points: a fast hand leaves few
 * points far apart, and its ink must not stay far behind them. Corners, and both ends, are where they were
 * drawn.
 *
 * @param line at least two points, in pixels of the screen on which it was drawn.
 * @param amount 0 .. 1, how much of the way to a point one pixel away is held back.
 */
export function streamline(line: readonly InkPoint[], amount: number): StreamlinedPoint[] {
  const held = amount * 0.85;
  const points: StreamlinedPoint[] = [];
  for (let i = 0; i < line.length; i++) {
    const to = line[i]!;
    const before = points.at(-1);
    const from = line[i - 1];
    if (!before || !from) {
      points.push({
        point: [to.x, to.y],
        pressure: to.pressure,
        vector: [0, 0],
        distance: 0,
        runningLength: 0,
      });
      continue;
    }
    const next = line[i + 1];
    const isExact = !next || isCorner(from, to, next);
    const part = isExact ? 1 : 1 - held ** distance(from, to);
    const dx = (to.x - before.point[0]) * part;
    const dy = (to.y - before.point[1]) * part;
    const length = Math.sqrt(dx * dx + dy * dy);
    if (length === 0) continue;
    points.push({
      point: [before.point[0] + dx, before.point[1] + dy],
      pressure: to.pressure,
      vector: [-dx / length, -dy / length],
      distance: length,
      runningLength: before.runningLength + length,
    });
  }
  const second = points[1];
  if (second) points[0] = { ...points[0]!, vector: second.vector };
  return points;
}
