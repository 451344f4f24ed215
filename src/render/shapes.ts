import type { Box, Point } from "../base/geometry.ts";
import type { ItemId } from "../board/board.ts";
import { curveBounds } from "../ink/curve.ts";
import { outlineOf, type Outline } from "../ink/outline.ts";
import type { InkPoint, StrokeHeader } from "../ink/stroke.ts";

/** A stroke ready to be painted. Box and path are made when first asked for. */
export interface Shape {
  readonly header: StrokeHeader;
  /** World units; holds all of the ink. Undefined: there is none. */
  box(): Box | undefined;
  path(): ShapePath | undefined;
}

export interface ShapePath {
  readonly path: Path2D;
  /** The path lies around this place of the world, so that far from the world's middle it is exact. */
  readonly origin: Point;
  /** Stroke with this width; undefined: fill. */
  readonly lineWidth: number | undefined;
}

type Inked = { readonly header: StrokeHeader; readonly points: readonly InkPoint[] };

export function createShape({ header, points }: Inked): Shape {
  let box: { readonly value: Box | undefined } | undefined;
  let path: { readonly value: ShapePath | undefined } | undefined;
  return {
    header,
    box: () => (box ??= { value: curveBounds(points, header.width) }).value,
    path: () => (path ??= { value: pathOf(header, points) }).value,
  };
}

/** The shapes of items, kept for as long as they are what the item's points say. */
export interface ShapeCache {
  shapeOf(item: Inked & { readonly id: ItemId }): Shape;
  forget(id: ItemId): void;
}

export function createShapeCache(): ShapeCache {
  const shapes = new Map<ItemId, { readonly count: number; readonly shape: Shape }>();
  return {
    shapeOf(item) {
      // Points are only ever added, so their number says whether a shape is still true.
      const count = item.points.length;
      const known = shapes.get(item.id);
      if (known?.count === count) return known.shape;
      const shape = createShape(item);
      shapes.set(item.id, { count, shape });
      return shape;
    },
    forget: (id) => void shapes.delete(id),
  };
}

function pathOf(header: StrokeHeader, points: readonly InkPoint[]): ShapePath | undefined {
  const outline = outlineOf(header, points);
  const origin = points[0];
  if (!outline || !origin) return undefined;
  const path = new Path2D();
  trace(path, outline, origin);
  return { path, origin, lineWidth: outline.kind === "line" ? outline.width : undefined };
}

function trace(path: Path2D, outline: Outline, { x, y }: Point): void {
  if (outline.kind === "dot") {
    path.arc(outline.x - x, outline.y - y, outline.radius, 0, 2 * Math.PI);
    return;
  }
  const points = outline.points.map((point) => ({ x: point.x - x, y: point.y - y }));
  if (outline.kind === "line") {
    for (const [i, point] of points.entries()) {
      if (i === 0) path.moveTo(point.x, point.y);
      else path.lineTo(point.x, point.y);
    }
    return;
  }
  // A closed curve through the middles of the sides, the corners being its control points.
  let previous = points.at(-1)!;
  for (const [i, corner] of points.entries()) {
    const next = points[(i + 1) % points.length]!;
    if (i === 0) path.moveTo((previous.x + corner.x) / 2, (previous.y + corner.y) / 2);
    path.quadraticCurveTo(corner.x, corner.y, (corner.x + next.x) / 2, (corner.y + next.y) / 2);
    previous = corner;
  }
  path.closePath();
}
