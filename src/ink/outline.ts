import { getStrokeOutlinePoints, type StrokeOptions } from "perfect-freehand";
import { distance, type Point } from "../base/geometry.ts";
import { flattenCurve } from "./curve.ts";
import type { Piece } from "./pieces.ts";
import { streamline } from "./streamline.ts";
import type { InkInput, InkPoint, StrokeHeader } from "./stroke.ts";

/**
 * What to paint, in world units.
 * - `polygon`: fill, nonzero rule, edges smoothed through the middles of the sides.
 * - `line`: stroke with round ends and joins.
 * - `dot`: a filled disc.
 */
export type Outline =
  | { readonly kind: "polygon"; readonly points: readonly Point[] }
  | { readonly kind: "line"; readonly points: readonly Point[]; readonly width: number }
  | { readonly kind: "dot"; readonly x: number; readonly y: number; readonly radius: number };

type Feel = Required<Pick<StrokeOptions, "thinning" | "smoothing" | "streamline">>;

const FINGER: Feel = { thinning: 0.5, smoothing: 0.62, streamline: 0.65 };
const FEEL: Record<InkInput, Feel> = {
  mouse: FINGER,
  touch: FINGER,
  pen: { thinning: 0.62, smoothing: 0.62, streamline: 0.62 },
};

/** Lines are at least this long for perfect-freehand. */
const SHORTEST = 12;

/**
 * The shape of a piece of a stroke: a function of nothing but header and points, so that everybody
 * sees the same, live and finished.
 */
export function outlineOf(header: StrokeHeader, { points, from, to }: Piece): Outline {
  const first = points[from]!;
  // One pixel of the screen on which it was drawn, near enough.
  const pixel = 2 ** -header.scale;
  const { width } = header;
  if (header.tool !== "pen") return thickLine(flattenCurve(points, 2 * pixel, from, to), width);
  const feel = FEEL[header.input];
  const line = flattenCurve(points, Math.max(pixel, width / 8), from, to);
  if (line.length === 1) {
    const pressure = header.pressure ? Math.max(...pressures(points, from, to)) : 0.5;
    const radius = width * (0.5 - feel.thinning * (0.5 - pressure));
    return { kind: "dot", x: first.x, y: first.y, radius };
  }
  // perfect-freehand has lengths of its own in pixels, so it works in the drawer's pixels; and near
  // the origin, where small numbers are exact. It leaves out what is within 3 of the end, and of a line
  // that is hardly longer would make a disc as wide as the line is long: such a one gets magnified.
  const unit = pixel / Math.max(1, SHORTEST / (lengthOf(line) / pixel));
  const places = line.map(({ x, y, pressure }) => ({
    x: (x - first.x) / unit,
    y: (y - first.y) / unit,
    pressure,
  }));
  // `last`: the newest point is then reached at once, and nothing moves at pen-up.
  const streamlined = streamline(places, feel.streamline);
  const polygon = getStrokeOutlinePoints(streamlined, {
    ...feel,
    size: width / unit,
    simulatePressure: false,
    last: true,
  });
  return {
    kind: "polygon",
    points: polygon.map(([x, y]) => ({ x: first.x + x * unit, y: first.y + y * unit })),
  };
}

/**
 * A piece whose width cannot be seen, as a line that can: `width` in world units, and nothing left out
 * that is longer than `step`.
 */
export function hairlineOf({ points, from, to }: Piece, width: number, step: number): Outline {
  const line = flattenCurve(points, step, from, to);
  let last = line[0]!;
  const seen = line.filter((point, i) => {
    const away = Math.max(Math.abs(point.x - last.x), Math.abs(point.y - last.y));
    if (i > 0 && i < line.length - 1 && away < step / 2) return false;
    last = point;
    return true;
  });
  return thickLine(seen, width);
}

function thickLine(line: readonly InkPoint[], width: number): Outline {
  const { x, y } = line[0]!;
  return line.length === 1 ? { kind: "dot", x, y, radius: width / 2 } : { kind: "line", points: line, width };
}

function pressures(points: readonly InkPoint[], from: number, to: number): number[] {
  return points.slice(from, to + 1).map(({ pressure }) => pressure);
}

function lengthOf(line: readonly Point[]): number {
  let length = 0;
  for (let i = 1; i < line.length; i++) length += distance(line[i - 1]!, line[i]!);
  return length;
}
