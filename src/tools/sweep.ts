/*
 * What of a curve comes under a disc that moves along a straight line: the geometry of taps and erasers. The
 * curve is halved until the answer is certain, or precise enough.
 */
import { distance, type Box, type Point } from "../base/geometry.ts";
import type { PathRange } from "../board/document/board.ts";
import { pointOn, segmentBetween, type Segment } from "../ink/curve.ts";
import type { InkPoint } from "../ink/stroke.ts";

/** A disc moved along a straight line: all places within `radius` of it. World units. */
export interface Sweep {
  readonly from: Point;
  readonly to: Point;
  readonly radius: number;
}

/** The curve between the points `index - 1` and `index`. */
interface Span {
  readonly index: number;
  readonly segment: Segment;
  /** No two of its places are further apart than this times the difference of their `t`. */
  readonly speed: number;
}

export function sweepBox({ from, to, radius }: Sweep): Box {
  return {
    minX: Math.min(from.x, to.x) - radius,
    minY: Math.min(from.y, to.y) - radius,
    maxX: Math.max(from.x, to.x) + radius,
    maxY: Math.max(from.y, to.y) + radius,
  };
}

/** Whether the curve through the points comes into the sweep, `precision` world units more or less. */
export function touchesCurve(points: readonly InkPoint[], sweep: Sweep, precision: number): boolean {
  if (points.length === 0) return false;
  if (outside(points[0]!, sweep) <= 0) return true;
  const touches = (span: Span, from: number, to: number): boolean => {
    const middle = (from + to) / 2;
    const away = outside(pointOn(span.segment, middle), sweep);
    if (away <= 0) return true;
    const reach = (span.speed * (to - from)) / 2;
    if (away > reach || reach < precision) return false;
    return touches(span, from, middle) || touches(span, middle, to);
  };
  return spansOf(points).some((span) => touches(span, 0, 1));
}

/** The stretches of the curve that lie in the sweep, in order; their ends are true to `precision`. */
export function stretchesWithin(points: readonly InkPoint[], sweep: Sweep, precision: number): PathRange[] {
  const ranges: { from: number; to: number }[] = [];
  const take = (from: number, to: number): void => {
    const last = ranges.at(-1);
    if (last && last.to >= from) last.to = to;
    else ranges.push({ from, to });
  };
  const visit = (span: Span, from: number, to: number): void => {
    const middle = (from + to) / 2;
    const away = outside(pointOn(span.segment, middle), sweep);
    const reach = (span.speed * (to - from)) / 2;
    // What holds for the middle holds for all of it, or as good as all of it.
    if (Math.abs(away) >= reach || reach < precision) {
      if (away <= 0) take(span.index - 1 + from, span.index - 1 + to);
      return;
    }
    visit(span, from, middle);
    visit(span, middle, to);
  };
  for (const span of spansOf(points)) visit(span, 0, 1);
  return ranges;
}

/** Ranges in order, those that meet as one. */
export function mergeRanges(ranges: readonly PathRange[]): PathRange[] {
  const merged: PathRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && last.to >= range.from) {
      merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
    } else {
      merged.push(range);
    }
  }
  return merged;
}

/** How far outside of the sweep a place is; negative inside. */
function outside(place: Point, { from, to, radius }: Sweep): number {
  return distanceToLine(place, from, to) - radius;
}

/** From a place to the nearest one of the straight line between two. */
export function distanceToLine(place: Point, from: Point, to: Point): number {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const square = dx * dx + dy * dy;
  const along = square === 0 ? 0 : ((place.x - from.x) * dx + (place.y - from.y) * dy) / square;
  const t = Math.min(Math.max(along, 0), 1);
  return distance(place, { x: from.x + t * dx, y: from.y + t * dy });
}

/** An eraser passes over the same strokes again and again. Points are only ever added to a stroke. */
const known = new WeakMap<readonly InkPoint[], { readonly count: number; readonly spans: readonly Span[] }>();

function spansOf(points: readonly InkPoint[]): readonly Span[] {
  const cached = known.get(points);
  if (cached?.count === points.length) return cached.spans;
  const spans: Span[] = [];
  for (let i = 1; i < points.length; i++) spans.push(spanTo(points, i));
  known.set(points, { count: points.length, spans });
  return spans;
}

function spanTo(points: readonly InkPoint[], index: number): Span {
  const from = points[index - 1]!;
  const to = points[index]!;
  if (samePlace(from, to)) {
    const still = { x: 0, y: 0 };
    return { index, segment: { from, to, slopeFrom: still, slopeTo: still }, speed: 0 };
  }
  // The curve is that of the points without the doubled ones.
  let before = index - 2;
  while (before >= 0 && samePlace(points[before]!, from)) before--;
  let after = index + 1;
  while (after < points.length && samePlace(points[after]!, to)) after++;
  const segment = segmentBetween(points[before], from, to, points[after]);
  return { index, segment, speed: speedOf(segment) };
}

/** The slope of a cubic is a parabola, which stays within its three control points. */
function speedOf({ from, to, slopeFrom, slopeTo }: Segment): number {
  const origin = { x: 0, y: 0 };
  const between = {
    x: 3 * (to.x - from.x) - slopeFrom.x - slopeTo.x,
    y: 3 * (to.y - from.y) - slopeFrom.y - slopeTo.y,
  };
  return Math.max(distance(origin, slopeFrom), distance(origin, between), distance(origin, slopeTo));
}

function samePlace(a: Point, b: Point): boolean {
  return a.x === b.x && a.y === b.y;
}
