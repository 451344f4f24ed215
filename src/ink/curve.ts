import { boundsOf, distance, type Box, type Point } from "../base/geometry.ts";
import type { InkPoint } from "./stroke.ts";

/** One span of the curve, as a cubic in t 0 .. 1: place and slope at both ends. */
export interface Segment {
  readonly from: InkPoint;
  readonly to: InkPoint;
  readonly slopeFrom: Point;
  readonly slopeTo: Point;
}

/** A turn over 40 degrees is a corner: the squared cosine of the limit. */
const CORNER_COS_SQUARED = 0.766_044_443 ** 2;
const MAX_PIECES = 16;

/**
 * The curve between `from` and `to`: centripetal Catmull-Rom, which neither loops nor overshoots
 * where points are unevenly spaced. At an end of the stroke, at a corner and at a doubled point the
 * neighbour has no say: there the span bends evenly, as a parabola.
 */
export function segmentBetween(
  before: InkPoint | undefined,
  from: InkPoint,
  to: InkPoint,
  after: InkPoint | undefined,
): Segment {
  const chord = { x: to.x - from.x, y: to.y - from.y };
  const start = before && !isCorner(before, from, to) ? slopeAt(before, from, to, false) : undefined;
  const end = after && !isCorner(from, to, after) ? slopeAt(from, to, after, true) : undefined;
  const slopeFrom = start ?? (end ? mirrored(chord, end) : chord);
  const slopeTo = end ?? (start ? mirrored(chord, start) : chord);
  return { from, to, slopeFrom, slopeTo };
}

/** The curve's point at `t`; the pressure goes evenly from end to end. */
export function pointOn({ from, to, slopeFrom, slopeTo }: Segment, t: number): InkPoint {
  const u = 1 - t;
  const a = u * u * (1 + 2 * t);
  const b = t * u * u;
  const c = t * t * (3 - 2 * t);
  const d = -t * t * u;
  return {
    x: a * from.x + b * slopeFrom.x + c * to.x + d * slopeTo.x,
    y: a * from.y + b * slopeFrom.y + c * to.y + d * slopeTo.y,
    pressure: from.pressure + (to.pressure - from.pressure) * t,
  };
}

/**
 * The spans between the points `from` .. `to`, in order; doubled points make none. The points next to
 * these have their say in how the first and the last span bend.
 */
export function segmentsOf(points: readonly InkPoint[], from = 0, to = points.length - 1): Segment[] {
  const before = points[from - 1];
  const after = points[to + 1];
  const places: InkPoint[] = [];
  for (let i = from; i <= to; i++) {
    const last = places.at(-1);
    if (!last || !samePlace(last, points[i]!)) places.push(points[i]!);
  }
  const lead = before && places[0] && !samePlace(before, places[0]) ? before : undefined;
  const trail = after && places[0] && !samePlace(after, places.at(-1)!) ? after : undefined;
  const segments: Segment[] = [];
  for (let i = 1; i < places.length; i++) {
    segments.push(segmentBetween(places[i - 2] ?? lead, places[i - 1]!, places[i]!, places[i + 1] ?? trail));
  }
  return segments;
}

/**
 * The curve between the points `from` .. `to` as a polyline with pieces of about `step` world units, at
 * most 16 to a span: it passes through every point. One point, or none, stays as it is.
 */
export function flattenCurve(
  points: readonly InkPoint[],
  step: number,
  from = 0,
  to = points.length - 1,
): InkPoint[] {
  const line = points.slice(from, Math.min(from, to) + 1);
  for (const segment of segmentsOf(points, from, to)) {
    const length = distance(segment.from, segment.to);
    const pieces = Math.min(Math.max(Math.ceil(length / step), 1), MAX_PIECES);
    for (let i = 1; i < pieces; i++) line.push(pointOn(segment, i / pieces));
    line.push(segment.to);
  }
  return line;
}

/**
 * A box that holds the curve between the points `from` .. `to`, found without flattening it; undefined
 * without points.
 */
export function curveBounds(
  points: readonly InkPoint[],
  margin: number,
  from = 0,
  to = points.length - 1,
): Box | undefined {
  const hull: Point[] = points.slice(from, from + 1);
  for (const { from: start, to: end, slopeFrom, slopeTo } of segmentsOf(points, from, to)) {
    // The four control points of the span as a Bezier curve, which stays within them.
    hull.push({ x: start.x + slopeFrom.x / 3, y: start.y + slopeFrom.y / 3 });
    hull.push({ x: end.x - slopeTo.x / 3, y: end.y - slopeTo.y / 3 }, end);
  }
  return boundsOf(hull, margin);
}

/** Whether the way from `a` over `b` to `c` turns by more than 40 degrees at `b`. */
export function isCorner(a: Point, b: Point, c: Point): boolean {
  const inX = b.x - a.x;
  const inY = b.y - a.y;
  const outX = c.x - b.x;
  const outY = c.y - b.y;
  const dot = inX * outX + inY * outY;
  if (dot <= 0) return true;
  const squares = (inX * inX + inY * inY) * (outX * outX + outY * outY);
  return dot * dot < CORNER_COS_SQUARED * squares;
}

/** The slope at `b` of the curve through a, b, c, in the parameter of the span behind or ahead. */
function slopeAt(a: Point, b: Point, c: Point, behind: boolean): Point {
  const before = Math.sqrt(distance(a, b));
  const after = Math.sqrt(distance(b, c));
  const span = behind ? before : after;
  const along = (ab: number, ac: number, bc: number): number =>
    span * (ab / before - ac / (before + after) + bc / after);
  return { x: along(b.x - a.x, c.x - a.x, c.x - b.x), y: along(b.y - a.y, c.y - a.y, c.y - b.y) };
}

/** The slope at the other end of a parabola. */
function mirrored(chord: Point, slope: Point): Point {
  return { x: 2 * chord.x - slope.x, y: 2 * chord.y - slope.y };
}

function samePlace(a: Point, b: Point): boolean {
  return a.x === b.x && a.y === b.y;
}
