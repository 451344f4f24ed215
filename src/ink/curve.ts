import { distance, grownBy, type Box, type Point } from "../base/geometry.ts";
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
 * without points. Makes no objects on the way: it is asked of all strokes when a board is opened.
 */
export function curveBounds(
  points: readonly InkPoint[],
  margin: number,
  from = 0,
  to = points.length - 1,
): Box | undefined {
  const first = points[from];
  if (!first) return undefined;
  const hull = { minX: first.x, minY: first.y, maxX: first.x, maxY: first.y };
  let before: Point | undefined = otherThan(first, points[from - 1]);
  let start: Point = first;
  let i = from;
  while (i < to) {
    const end = points[++i]!;
    if (samePlace(start, end)) continue;
    let next = i + 1;
    while (next <= to && samePlace(end, points[next]!)) next++;
    holdSpan(hull, before, start, end, otherThan(end, points[next]));
    before = start;
    start = end;
  }
  return grownBy(hull, margin);
}

type Hull = { -readonly [Side in keyof Box]: Box[Side] };

/** Makes room for the control points of a span as a Bezier curve, which stays within them. */
function holdSpan(
  hull: Hull,
  before: Point | undefined,
  from: Point,
  to: Point,
  after: Point | undefined,
): void {
  const atFrom = before && !isCorner(before, from, to) ? before : undefined;
  const atTo = after && !isCorner(from, to, after) ? after : undefined;
  const chordX = to.x - from.x;
  const chordY = to.y - from.y;
  let fromX = chordX;
  let fromY = chordY;
  let toX = chordX;
  let toY = chordY;
  if (atFrom) {
    const [one, other] = [Math.sqrt(distance(atFrom, from)), Math.sqrt(distance(from, to))];
    fromX = slopeAlong(atFrom.x, from.x, to.x, one, other) * other;
    fromY = slopeAlong(atFrom.y, from.y, to.y, one, other) * other;
  }
  if (atTo) {
    const [one, other] = [Math.sqrt(distance(from, to)), Math.sqrt(distance(to, atTo))];
    toX = slopeAlong(from.x, to.x, atTo.x, one, other) * one;
    toY = slopeAlong(from.y, to.y, atTo.y, one, other) * one;
  }
  // As a parabola.
  if (!atFrom && atTo) [fromX, fromY] = [2 * chordX - toX, 2 * chordY - toY];
  if (atFrom && !atTo) [toX, toY] = [2 * chordX - fromX, 2 * chordY - fromY];
  hold(hull, from.x + fromX / 3, from.y + fromY / 3);
  hold(hull, to.x - toX / 3, to.y - toY / 3);
  hold(hull, to.x, to.y);
}

function hold(hull: Hull, x: number, y: number): void {
  if (x < hull.minX) hull.minX = x;
  if (x > hull.maxX) hull.maxX = x;
  if (y < hull.minY) hull.minY = y;
  if (y > hull.maxY) hull.maxY = y;
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
  return {
    x: span * slopeAlong(a.x, b.x, c.x, before, after),
    y: span * slopeAlong(a.y, b.y, c.y, before, after),
  };
}

/** On one axis, where the spans a .. b and b .. c take the parameter so far. */
function slopeAlong(a: number, b: number, c: number, before: number, after: number): number {
  return (b - a) / before - (c - a) / (before + after) + (c - b) / after;
}

/** The slope at the other end of a parabola. */
function mirrored(chord: Point, slope: Point): Point {
  return { x: 2 * chord.x - slope.x, y: 2 * chord.y - slope.y };
}

/** A neighbour in the same place has no say. */
function otherThan(point: Point, neighbour: Point | undefined): Point | undefined {
  return neighbour && !samePlace(point, neighbour) ? neighbour : undefined;
}

function samePlace(a: Point, b: Point): boolean {
  return a.x === b.x && a.y === b.y;
}
