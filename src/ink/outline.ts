import { getStroke, type StrokeOptions } from "perfect-freehand";
import type { Point } from "../base/geometry.ts";
import { flattenCurve } from "./curve.ts";
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

/** Screen pixels between kept points at which a pen without measured pressure is as wide as named. */
const USUAL_SPACING = 16;
/** How fast the simulated pressure follows the spacing, per kept point. */
const PRESSURE_RATE = 0.3;
const FIRST_PRESSURE = 0.35;

/**
 * A stroke's shape: a function of nothing but header and points, so that everybody sees the same,
 * live and finished. Undefined without points.
 */
export function outlineOf(header: StrokeHeader, points: readonly InkPoint[]): Outline | undefined {
  const first = points[0];
  if (!first) return undefined;
  // One pixel of the screen on which it was drawn, near enough.
  const pixel = 2 ** -header.scale;
  const { width } = header;
  if (header.tool !== "pen") {
    const line = flattenCurve(points, 2 * pixel);
    if (line.length === 1) return { kind: "dot", x: first.x, y: first.y, radius: width / 2 };
    return { kind: "line", points: line, width };
  }
  const feel = FEEL[header.input];
  const pressed = header.pressure ? points : withSimulatedPressure(points, USUAL_SPACING * pixel);
  const line = flattenCurve(pressed, Math.max(pixel, width / 8));
  if (line.length === 1) {
    const pressure = header.pressure ? Math.max(...points.map((p) => p.pressure)) : 0.5;
    const radius = width * (0.5 - feel.thinning * (0.5 - pressure));
    return { kind: "dot", x: first.x, y: first.y, radius };
  }
  // perfect-freehand has lengths of its own in pixels, so it works in the drawer's pixels; and near
  // the origin, where small numbers are exact.
  const polygon = getStroke(
    line.map(({ x, y, pressure }) => [(x - first.x) / pixel, (y - first.y) / pixel, pressure]),
    // `last` always: the newest point is then reached at once, and nothing moves at pen-up.
    { ...feel, size: width / pixel, simulatePressure: false, last: true },
  );
  return {
    kind: "polygon",
    points: polygon.map(([x, y]) => ({ x: first.x + x * pixel, y: first.y + y * pixel })),
  };
}

/**
 * Fast ink is thin. Speed shows in the spacing of the kept points. A point's pressure comes from
 * the spans before the one that leads to it: the span under the pen does not change its width while
 * it grows.
 */
function withSimulatedPressure(points: readonly InkPoint[], usual: number): InkPoint[] {
  let pressure = FIRST_PRESSURE;
  return points.map(({ x, y }, i) => {
    const a = points[i - 2];
    const b = points[i - 1];
    if (a && b) {
      const spacing = Math.sqrt((b.x - a.x) ** 2 + (b.y - a.y) ** 2);
      pressure += (usual / (usual + spacing) - pressure) * PRESSURE_RATE;
    }
    return { x, y, pressure };
  });
}
