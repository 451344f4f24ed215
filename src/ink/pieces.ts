import { distance } from "../base/geometry.ts";
import type { InkPoint, StrokeHeader } from "./stroke.ts";

/**
 * A run of a stroke's points, small enough to be outlined and painted in a moment. The next piece
 * starts a little before this one ends, and each covers the other's round end, so that together they
 * look like one. A stroke is painted piece by piece, growing or finished: what is painted once need not be
 * painted again while the rest of it grows.
 */
export interface Piece {
  /** The run with a neighbour at each end, where there is one; with the pressures that are painted. */
  readonly points: readonly InkPoint[];
  /** Where in `points` the run itself begins and ends. */
  readonly from: number;
  readonly to: number;
}

/** How many spans a piece has. Strokes of handwriting have a quarter of that. */
export const PIECE_SPANS = 64;
/** How many spans a piece has in common with the one before. */
export const OVERLAP = 3;
/** How many of the newest points may still be others at the next call: the way to the pen's tip. */
export const MAX_TAIL = 16;

/** Screen pixels between kept points at which a pen without measured pressure is as wide as named. */
const USUAL_SPACING = 16;
/** How fast the simulated pressure follows the spacing, per kept point. */
const PRESSURE_RATE = 0.3;
const FIRST_PRESSURE = 0.35;

/** A piece, and what has to be the same for it to be the same. */
interface Made {
  readonly piece: Piece;
  readonly given: readonly InkPoint[];
  readonly pressureBefore: number;
}

/** The pieces of one stroke, while it grows. */
export interface PieceList {
  /**
   * Takes all points so far; a piece that came out the same is the same object. Its cost does not
   * depend on how many there are: only the last MAX_TAIL points of the call before may have changed.
   * Points of another stroke may follow, whose first one is elsewhere. With `all`, any may be others.
   */
  update(points: readonly InkPoint[], all?: boolean): readonly Piece[];
  /** How many of the first pieces will not change any more. */
  settled(): number;
}

export function createPieceList(header: StrokeHeader): PieceList {
  let made: Made[] = [];
  let pieces: Piece[] = [];
  let first: InkPoint | undefined;
  let settled = 0;

  const make = (points: readonly InkPoint[], index: number): Made => {
    const start = Math.max(index * PIECE_SPANS - OVERLAP, 0);
    const end = Math.min((index + 1) * PIECE_SPANS, points.length - 1);
    const given = points.slice(Math.max(start - 2, 0), end + 2);
    const before = made[index - 1]?.piece;
    const pressureBefore = before?.points[before.to - OVERLAP]?.pressure ?? FIRST_PRESSURE;
    const old = made[index];
    if (old?.pressureBefore === pressureBefore && same(old.given, given)) return old;
    const lead = Math.min(start, 2);
    const pressed = header.pressure ? given : withSimulatedPressure(given, lead, pressureBefore, header);
    // Two points before the run decide on its pressure, one on its shape.
    const skipped = Math.max(lead - 1, 0);
    const piece = { points: pressed.slice(skipped), from: lead - skipped, to: lead - skipped + end - start };
    return { piece, given, pressureBefore };
  };

  return {
    update(points, all = false) {
      if (all) settled = 0;
      if (!first || !points[0] || !samePoint(first, points[0]) || points.length < settled * PIECE_SPANS) {
        made = [];
        settled = 0;
      }
      first = points[0];
      const count = points.length === 0 ? 0 : Math.max(Math.ceil((points.length - 1) / PIECE_SPANS), 1);
      made.length = Math.min(made.length, count);
      for (let i = settled; i < count; i++) made[i] = make(points, i);
      // What a piece looks like depends on one point after it.
      settled = Math.max(Math.floor((points.length - MAX_TAIL - 2) / PIECE_SPANS), settled);
      pieces = made.map(({ piece }) => piece);
      return pieces;
    },
    settled: () => settled,
  };
}

/** The whole of a stroke that does not grow. */
export function piecesOf(header: StrokeHeader, points: readonly InkPoint[]): readonly Piece[] {
  return createPieceList(header).update(points);
}

/** All points of a stroke with the pressures that are painted: of a stroke that is to be taken apart. */
export function withPressures(header: StrokeHeader, points: readonly InkPoint[]): readonly InkPoint[] {
  return header.pressure ? points : withSimulatedPressure(points, 0, FIRST_PRESSURE, header);
}

/**
 * Fast ink is thin. Speed shows in the spacing of the kept points. A point's pressure comes from
 * the spans before the one that leads to it: the span under the pen does not change its width while
 * it grows. The point at `lead` has the pressure `start`.
 */
function withSimulatedPressure(
  points: readonly InkPoint[],
  lead: number,
  start: number,
  header: StrokeHeader,
): InkPoint[] {
  const usual = USUAL_SPACING * 2 ** -header.scale;
  let pressure = start;
  return points.map(({ x, y }, i) => {
    const a = points[i - 2];
    const b = points[i - 1];
    if (a && b && i > lead) {
      pressure += (usual / (usual + distance(a, b)) - pressure) * PRESSURE_RATE;
    }
    return { x, y, pressure };
  });
}

function same(a: readonly InkPoint[], b: readonly InkPoint[]): boolean {
  return a.length === b.length && a.every((point, i) => samePoint(point, b[i]!));
}

function samePoint(a: InkPoint, b: InkPoint): boolean {
  return a.x === b.x && a.y === b.y && a.pressure === b.pressure;
}
