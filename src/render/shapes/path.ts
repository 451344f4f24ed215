/*
 * Outlines as they are kept and as they are traced for a canvas or an SVG, at any scale and to the same pixels
 * everywhere.
 */
import type { Box, Point } from "../../base/geometry.ts";
import type { Outline } from "../../ink/outline.ts";

/** What to fill or to stroke on a canvas. */
export interface ShapePath {
  /** Device pixels to a world unit. */
  readonly scale: number;
  /**
   * In device pixels from the origin, a place in the world. On a fine grid, so that an engine's 32-bit
   * numbers are exact wherever it is moved by whole pixels: it then leaves the same pixels.
   */
  readonly path: Path2D;
  /** Stroke with this width, in device pixels; undefined: fill. */
  readonly lineWidth: number | undefined;
}

/** Parts of a device pixel. */
const GRID = 32;

/** To the nearest place on the grid of paths. */
export function onGrid(pixels: number): number {
  return Math.round(pixels * GRID) / GRID;
}

/** An outline as it is kept: in a fraction of the memory that objects take. */
export interface Flat {
  /** `box`: filled, with round corners. */
  readonly kind: Outline["kind"] | "box";
  /** The width of a line, the radius of a dot or of a corner, in world units. */
  readonly size: number;
  /** x and y of its places in turn, in world units from the origin; of a box, of two opposite corners. */
  readonly places: Float32Array;
}

/** What an outline is traced on: a path of a canvas is one. Angles are in radians. */
export interface PathSink {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  quadraticCurveTo(controlX: number, controlY: number, x: number, y: number): void;
  /** Clockwise, a line leading to where it begins. */
  arc(x: number, y: number, radius: number, from: number, to: number): void;
  closePath(): void;
}

export function flatten(outline: Outline, origin: Point): Flat {
  const points = outline.kind === "dot" ? [outline] : outline.points;
  const places = new Float32Array(2 * points.length);
  for (let i = 0; i < points.length; i++) {
    const { x, y } = points[i]!;
    places[2 * i] = x - origin.x;
    places[2 * i + 1] = y - origin.y;
  }
  const size = outline.kind === "dot" ? outline.radius : outline.kind === "line" ? outline.width : 0;
  return { kind: outline.kind, size, places };
}

export function flatBox({ minX, minY, maxX, maxY }: Box, radius: number): Flat {
  return { kind: "box", size: radius, places: Float32Array.of(minX, minY, maxX, maxY) };
}

export function pathOf(flat: Flat, scale: number): ShapePath {
  const path = new Path2D();
  trace(flat, scale, path);
  return { scale, path, lineWidth: lineWidthOf(flat, scale) };
}

/** Undefined where it is filled. */
export function lineWidthOf({ kind, size }: Flat, scale: number): number | undefined {
  return kind === "line" ? size * scale : undefined;
}

/** Traces it in device pixels from its origin, of which `scale` are a world unit. */
export function trace({ kind, size, places }: Flat, scale: number, sink: PathSink): void {
  const at = (i: number): number => onGrid(places[i]! * scale);
  if (kind === "polygon") traceSmoothly(sink, places, scale);
  else if (kind === "dot") sink.arc(at(0), at(1), size * scale, 0, 2 * Math.PI);
  else if (kind === "box") traceBox(sink, { x: at(0), y: at(1) }, { x: at(2), y: at(3) }, size * scale);
  else {
    sink.moveTo(at(0), at(1));
    for (let i = 2; i < places.length; i += 2) sink.lineTo(at(i), at(i + 1));
  }
}

/** A closed curve through the middles of the sides, the corners being its control points. It is traced at each move of a pen. */
function traceSmoothly(sink: PathSink, places: Float32Array, scale: number): void {
  const last = places.length - 2;
  let x = onGrid(places[0]! * scale);
  let y = onGrid(places[1]! * scale);
  sink.moveTo((onGrid(places[last]! * scale) + x) / 2, (onGrid(places[last + 1]! * scale) + y) / 2);
  for (let i = 0; i <= last; i += 2) {
    const next = i < last ? i + 2 : 0;
    const nextX = onGrid(places[next]! * scale);
    const nextY = onGrid(places[next + 1]! * scale);
    sink.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2);
    x = nextX;
    y = nextY;
  }
  sink.closePath();
}

function traceBox(sink: PathSink, from: Point, to: Point, radius: number): void {
  const quarter = Math.PI / 2;
  sink.arc(from.x + radius, from.y + radius, radius, 2 * quarter, 3 * quarter);
  sink.arc(to.x - radius, from.y + radius, radius, 3 * quarter, 4 * quarter);
  sink.arc(to.x - radius, to.y - radius, radius, 0, quarter);
  sink.arc(from.x + radius, to.y - radius, radius, quarter, 2 * quarter);
  sink.closePath();
}
