/*
 * Outlines as they are kept and as a canvas paints them, at any scale and to the same pixels everywhere.
 */
import type { Point } from "../../base/geometry.ts";
import { multiply, type Matrix } from "../../base/matrix.ts";
import type { Outline } from "../../ink/outline.ts";
import type { Placed } from "./shape-piece.ts";

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

/**
 * Makes a context paint in the units of what is placed as a whole. `own`: its matrix; `unit`: of what is painted in
 * parts of it.
 */
export function placeItem(
  context: CanvasRenderingContext2D,
  own: Matrix,
  { transform, matrix }: Placed,
  unit: number,
): void {
  const { scale, x, y } = transform;
  const { a, b, c, d, e, f } = matrix ? multiply(matrix, own) : own;
  const zoom = scale * unit;
  context.setTransform(zoom * a, zoom * b, zoom * c, zoom * d, onGrid(scale * e) + x, onGrid(scale * f) + y);
}

/** An outline as it is kept: in a fraction of the memory that objects take. */
export interface Flat {
  readonly kind: Outline["kind"];
  /** Of a line, or the radius of a dot, in world units. */
  readonly size: number;
  /** x and y of its places in turn, in world units from the origin. */
  readonly places: Float32Array;
}

export function flatten(outline: Outline, origin: Point): Flat {
  const points = outline.kind === "dot" ? [outline] : outline.points;
  const places = new Float32Array(2 * points.length);
  for (const [i, { x, y }] of points.entries()) {
    places[2 * i] = x - origin.x;
    places[2 * i + 1] = y - origin.y;
  }
  const size = outline.kind === "dot" ? outline.radius : outline.kind === "line" ? outline.width : 0;
  return { kind: outline.kind, size, places };
}

export function pathOf({ kind, size, places }: Flat, scale: number): ShapePath {
  const path = new Path2D();
  const points: Point[] = [];
  for (let i = 0; i < places.length; i += 2) {
    points.push({ x: onGrid(places[i]! * scale), y: onGrid(places[i + 1]! * scale) });
  }
  if (kind === "polygon") traceSmoothly(path, points);
  else if (kind === "dot") path.arc(points[0]!.x, points[0]!.y, size * scale, 0, 2 * Math.PI);
  else {
    for (const [i, { x, y }] of points.entries()) {
      if (i === 0) path.moveTo(x, y);
      else path.lineTo(x, y);
    }
  }
  return { scale, path, lineWidth: kind === "line" ? size * scale : undefined };
}

/** A closed curve through the middles of the sides, the corners being its control points. */
function traceSmoothly(path: Path2D, corners: readonly Point[]): void {
  let previous = corners.at(-1)!;
  for (const [i, corner] of corners.entries()) {
    const next = corners[(i + 1) % corners.length]!;
    if (i === 0) path.moveTo((previous.x + corner.x) / 2, (previous.y + corner.y) / 2);
    path.quadraticCurveTo(corner.x, corner.y, (corner.x + next.x) / 2, (corner.y + next.y) / 2);
    previous = corner;
  }
  path.closePath();
}
