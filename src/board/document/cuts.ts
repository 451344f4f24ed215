import { pointOn, segmentBetween } from "../../ink/curve.ts";
import type { InkPoint } from "../../ink/stroke.ts";
import type { PathRange } from "./board.ts";
import { CUT_STEPS, firstBehind, mergeRanges } from "./marks.ts";
import type { ClockRange } from "./marks.ts";

/** Where the points of a stroke stand in the numbering of cuts. */
export interface CutPlaces {
  /** The clock of each point's first character. */
  readonly clocks: readonly number[];
  /** Of a shape: how many points its outline has, all of which lie on one span. */
  readonly outline: number | undefined;
}

/** The positions of stretches of a stroke, merged; stretches beyond its ends are clipped. */
export function positionsOf(ranges: readonly PathRange[], { clocks, outline }: CutPlaces): ClockRange[] {
  const found: ClockRange[] = [];
  const last = outline === undefined ? clocks.length - 1 : 1;
  for (const range of ranges) {
    const shrink = outline === undefined ? 1 : outline - 1;
    const from = Math.max(range.from / shrink, 0);
    const to = Math.min(range.to / shrink, last);
    for (let span = Math.floor(from) + 1; span <= last && span - 1 < to; span++) {
      const clock = clocks[span]!;
      const start = Math.round(Math.max(from - (span - 1), 0) * CUT_STEPS);
      const end = Math.round(Math.min(to - (span - 1), 1) * CUT_STEPS);
      if (end > start) found.push({ start: clock * CUT_STEPS + start, end: clock * CUT_STEPS + end });
    }
  }
  return mergeRanges(found);
}

/** The positions of the whole stroke. */
export function spanOf({ clocks }: CutPlaces): ClockRange {
  return { start: (clocks[0] ?? 0) * CUT_STEPS, end: ((clocks.at(-1) ?? -1) + 1) * CUT_STEPS };
}

/**
 * Whether anything is cut out of a stroke, where `isTouched` says so of positions. Not all positions from the
 * stroke's first to its last are its own: what the same session drew with another finger meanwhile is between them.
 */
export function isCutAt(isTouched: (positions: ClockRange) => boolean, places: CutPlaces): boolean {
  if (!isTouched(spanOf(places))) return false;
  for (let span = 1; span <= lastSpanOf(places); span++) {
    const start = places.clocks[span]! * CUT_STEPS;
    if (isTouched({ start, end: start + CUT_STEPS })) return true;
  }
  return false;
}

function lastSpanOf({ clocks, outline }: CutPlaces): number {
  return outline === undefined ? clocks.length - 1 : Math.min(clocks.length - 1, 1);
}

/** What merged positions cut out of a stroke, as ascending stretches that do not touch. */
export function rangesAt(cut: readonly ClockRange[], places: CutPlaces): PathRange[] {
  const { clocks, outline } = places;
  const found: { from: number; to: number }[] = [];
  const last = lastSpanOf(places);
  const stretch = outline === undefined ? 1 : outline - 1;
  for (let span = 1; span <= last; span++) {
    const base = clocks[span]! * CUT_STEPS;
    for (let i = firstBehind(cut, base); i < cut.length && cut[i]!.start < base + CUT_STEPS; i++) {
      const from = (span - 1 + Math.max(cut[i]!.start - base, 0) / CUT_STEPS) * stretch;
      const to = (span - 1 + Math.min(cut[i]!.end - base, CUT_STEPS) / CUT_STEPS) * stretch;
      const before = found.at(-1);
      if (before?.to === from) before.to = to;
      else found.push({ from, to });
    }
  }
  return found;
}

/** So many further points keep the curve where it was, in a span that is cut. */
const EXTRA_POINTS = 3;

/** What is left of a stroke between ascending cuts. */
export function partsOf(points: readonly InkPoint[], cuts: readonly PathRange[]): InkPoint[][] {
  const parts: InkPoint[][] = [];
  let from = 0;
  for (const cut of [...cuts, { from: points.length - 1, to: Infinity }]) {
    if (cut.from > from) parts.push(between(points, from, cut.from));
    from = Math.max(from, cut.to);
  }
  return parts;
}

function between(points: readonly InkPoint[], from: number, to: number): InkPoint[] {
  const part: InkPoint[] = [];
  const first = Math.floor(from) + 1;
  const last = Math.ceil(to) - 1;
  const add = (start: number, end: number): void => {
    for (let i = 0; i <= EXTRA_POINTS; i++)
      part.push(at(points, start + ((end - start) * i) / (EXTRA_POINTS + 1)));
  };
  if (first > last) add(from, to);
  else {
    if (Number.isInteger(from)) part.push(points[from]!);
    else add(from, first);
    for (let i = first; i < last; i++) part.push(points[i]!);
    if (Number.isInteger(to)) part.push(points[last]!);
    else add(last, to);
  }
  part.push(at(points, to));
  return part;
}

function at(points: readonly InkPoint[], position: number): InkPoint {
  const span = Math.floor(position);
  const t = position - span;
  if (t === 0) return points[span]!;
  const segment = segmentBetween(points[span - 1], points[span]!, points[span + 1]!, points[span + 2]);
  return pointOn(segment, t);
}
