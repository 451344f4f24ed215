import { distance, type Point } from "../base/geometry.ts";
import { quantize } from "./codec.ts";
import { pointOn, segmentBetween } from "./curve.ts";
import type { InkPoint, InkSample, StrokeHeader } from "./stroke.ts";

/** Turns the samples of a pointing device into the few points that are kept, while it moves. */
export interface Simplifier {
  /** Takes a sample and returns the points that are kept from now on, usually none or one. */
  push(sample: InkSample): InkPoint[];
  /**
   * The points that lead from the last kept one to the newest sample. Kept points and tail draw
   * what the stroke would be if it ended now.
   */
  tail(): InkPoint[];
  /** The rest of the kept points. Kept points before and after are together what was last drawn. */
  end(): InkPoint[];
}

/** How far a dropped sample may lie from the curve, in screen pixels. */
const TOLERANCE = 0.4;
/**
 * Samples further apart than this, in screen pixels, have marks on the straight line between them: the
 * curve must not bulge where nothing was measured.
 */
const MARK_SPACING = 16;
const MAX_MARKS = 3;
/** How far a dropped sample's pressure may differ from the curve's. */
const PRESSURE_TOLERANCE = 0.06;
const MAX_DROPPED = 8;
const PIECES = 8;

/**
 * Keeps a sample where without it the curve, as it will be drawn, would leave a sample behind by
 * more than the tolerance, and after 8 dropped ones. `zoom` is the camera's when the stroke is
 * drawn: what cannot be seen is not kept.
 */
export function createSimplifier(header: StrokeHeader, zoom = 2 ** header.scale): Simplifier {
  const tolerance = TOLERANCE / zoom;
  /** The last three kept points, newest last. */
  let kept: InkPoint[] = [];
  /** Samples dropped between the last two kept points, and samples since the last kept one. */
  let dropped: InkPoint[] = [];
  let newest: InkPoint | undefined;
  let waiting: { readonly raw: InkPoint; readonly point: InkPoint }[] = [];

  const keep = (index: number): InkPoint => {
    const { point } = waiting[index]!;
    dropped = waiting.slice(0, index).map(({ raw }) => raw);
    waiting = waiting.slice(index + 1);
    kept = [...kept.slice(-2), point];
    return point;
  };

  /** Whether the curve stays true if `waiting[index]` is the next kept point and `after` follows. */
  const fits = (index: number, after: InkPoint | undefined): boolean => {
    const next = waiting[index]!.point;
    const last = kept.at(-1)!;
    const before = kept.at(-2);
    return (
      staysNear(kept.at(-3), before, last, next, dropped) &&
      staysNear(
        before,
        last,
        next,
        after,
        waiting.slice(0, index).map(({ raw }) => raw),
      )
    );
  };

  const staysNear = (
    before: InkPoint | undefined,
    from: InkPoint | undefined,
    to: InkPoint,
    after: InkPoint | undefined,
    samples: readonly InkPoint[],
  ): boolean => {
    if (!from || samples.length === 0) return true;
    const segment = segmentBetween(before, from, to, after);
    const line: InkPoint[] = [];
    for (let i = 0; i <= PIECES; i++) line.push(pointOn(segment, i / PIECES));
    return samples.every((sample) => isNear(sample, line, tolerance, header.pressure));
  };

  const choose = (): number => {
    const last = waiting.length - 1;
    const after = waiting[last]!.point;
    for (let index = last - 1; index >= 0; index--) {
      if (fits(index, after)) return index;
    }
    return last - 1;
  };

  const tail = (): InkPoint[] => waiting.slice(-1).map(({ point }) => point);

  const take = (raw: InkPoint): InkPoint[] => {
    const point = quantize(raw, header);
    const previous = waiting.at(-1)?.point ?? kept.at(-1);
    if (previous && previous.x === point.x && previous.y === point.y) return [];
    if (!previous) {
      kept = [point];
      return [point];
    }
    waiting.push({ raw, point });
    const fresh: InkPoint[] = [];
    while (waiting.length > 1 && (waiting.length > MAX_DROPPED + 1 || !fits(waiting.length - 1, undefined))) {
      fresh.push(keep(choose()));
    }
    return fresh;
  };

  return {
    push({ x, y, pressure }) {
      if (!Number.isFinite(x) || !Number.isFinite(y)) return [];
      const raw = { x, y, pressure };
      const way = newest ? marksBetween(newest, raw, MARK_SPACING / zoom) : [];
      newest = raw;
      return [...way, raw].flatMap(take);
    },
    tail,
    end() {
      const rest = tail();
      waiting = [];
      return rest;
    },
  };
}

/** Points on the way, evenly spaced, at least `spacing` apart. */
function marksBetween(from: InkPoint, to: InkPoint, spacing: number): InkPoint[] {
  const count = Math.min(Math.floor(distance(from, to) / spacing), MAX_MARKS);
  if (count === 0) return [];
  return Array.from({ length: count }, (_, i) => {
    const part = (i + 1) / (count + 1);
    return {
      x: from.x + (to.x - from.x) * part,
      y: from.y + (to.y - from.y) * part,
      pressure: from.pressure + (to.pressure - from.pressure) * part,
    };
  });
}

function isNear(
  sample: InkPoint,
  line: readonly InkPoint[],
  tolerance: number,
  withPressure: boolean,
): boolean {
  let best = Infinity;
  let pressure = sample.pressure;
  for (let i = 1; i < line.length; i++) {
    const from = line[i - 1]!;
    const to = line[i]!;
    const t = nearestOn(sample, from, to);
    const square =
      (from.x + (to.x - from.x) * t - sample.x) ** 2 + (from.y + (to.y - from.y) * t - sample.y) ** 2;
    if (square < best) {
      best = square;
      pressure = from.pressure + (to.pressure - from.pressure) * t;
    }
  }
  if (best > tolerance * tolerance) return false;
  return !withPressure || Math.abs(pressure - sample.pressure) <= PRESSURE_TOLERANCE;
}

/** Where on the line from `a` (0) to `b` (1) the point is nearest to `p`. */
function nearestOn(p: Point, a: Point, b: Point): number {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const square = dx * dx + dy * dy;
  if (square === 0) return 0;
  return Math.min(Math.max(((p.x - a.x) * dx + (p.y - a.y) * dy) / square, 0), 1);
}
