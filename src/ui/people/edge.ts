import { centreOf, type Box, type Point } from "../../base/geometry.ts";

/** A place on the edge of the screen, and the way from there, clockwise from the right, in radians. */
export interface EdgePlace extends Point {
  readonly angle: number;
}

/** Where the edge of `free` is crossed on the way from its middle to `target`; undefined: it lies inside. */
export function edgeTowards(free: Box, target: Point): EdgePlace | undefined {
  const { x, y } = centreOf(free);
  const dx = target.x - x;
  const dy = target.y - y;
  const part = Math.min((free.maxX - x) / Math.abs(dx), (free.maxY - y) / Math.abs(dy));
  // Without a way there is nothing to cross: 0 / 0 is as good as inside.
  if (!(part < 1)) return undefined;
  return { x: x + dx * part, y: y + dy * part, angle: Math.atan2(dy, dx) };
}

/** A marker's middle stays this far from the bars and the edge. */
const EDGE_MARGIN = 30;
/** Half a marker, and some air. */
const MARKER_REACH = 26;

/** Where markers may be. */
export function shrunk({ minX, minY, maxX, maxY }: Box): Box {
  const x = Math.min(EDGE_MARGIN, (maxX - minX) / 2);
  const y = Math.min(EDGE_MARGIN, (maxY - minY) / 2);
  return { minX: minX + x, minY: minY + y, maxX: maxX - x, maxY: maxY - y };
}

/** The same place, or below what covers it. */
export function besides({ x, y }: Point, covered: Box): Point {
  const inside =
    x > covered.minX - MARKER_REACH &&
    x < covered.maxX + MARKER_REACH &&
    y > covered.minY - MARKER_REACH &&
    y < covered.maxY + MARKER_REACH;
  return inside ? { x, y: covered.maxY + MARKER_REACH } : { x, y };
}
