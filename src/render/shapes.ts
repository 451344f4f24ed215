import { unionOf, type Box, type Point } from "../base/geometry.ts";
import type { ItemId } from "../board/board.ts";
import { curveBounds } from "../ink/curve.ts";
import { hairlineOf, outlineOf, type Outline } from "../ink/outline.ts";
import { createPieceList, piecesOf, type Piece, type PieceList } from "../ink/pieces.ts";
import type { InkPoint, StrokeHeader } from "../ink/stroke.ts";

/** A stroke ready to be painted, piece by piece in their order. */
export interface Shape {
  readonly header: StrokeHeader;
  readonly pieces: readonly ShapePiece[];
  /** How many of the first pieces will not change any more. */
  readonly settled: number;
}

/** Box and path are made when first asked for. */
export interface ShapePiece {
  /** World units; holds all of the ink. */
  box(): Box;
  /** `scale`: device pixels to a world unit. */
  path(scale: number): ShapePath;
}

export interface ShapePath {
  readonly path: Path2D;
  /** The path lies around this place of the world, so that far from the world's middle it is exact. */
  readonly origin: Point;
  /** Stroke with this width; undefined: fill. */
  readonly lineWidth: number | undefined;
}

type Inked = { readonly header: StrokeHeader; readonly points: readonly InkPoint[] };

/** Thinner than this, in device pixels, ink is painted this wide: it would fade away. */
const HAIRLINE = 1;

function createShapePiece(header: StrokeHeader, piece: Piece): ShapePiece {
  let box: Box | undefined;
  let full: ShapePath | undefined;
  let thin: { readonly scale: number; readonly path: ShapePath } | undefined;
  const origin = piece.points[piece.from]!;
  const isThin = (scale: number): boolean => header.width * scale < HAIRLINE;
  return {
    box: () => (box ??= curveBounds(piece.points, header.width)!),
    path(scale) {
      if (!isThin(scale)) return (full ??= pathOf(outlineOf(header, piece), origin));
      if (thin?.scale !== scale) {
        const outline = hairlineOf(piece, HAIRLINE / scale, 1 / scale);
        thin = { scale, path: pathOf(outline, origin) };
      }
      return thin.path;
    },
  };
}

/** A shape that is brought up to date while its stroke grows, at a cost that does not. */
export interface GrowingShape {
  readonly header: StrokeHeader;
  /** As `PieceList.update`. */
  update(points: readonly InkPoint[], all?: boolean): Shape;
}

export function createGrowingShape(header: StrokeHeader): GrowingShape {
  const list: PieceList = createPieceList(header);
  const made = new Map<Piece, ShapePiece>();
  return {
    header,
    update(points, all) {
      const pieces = list.update(points, all);
      const known = new Set(pieces);
      for (const piece of made.keys()) if (!known.has(piece)) made.delete(piece);
      const shaped = pieces.map((piece) => {
        const shape = made.get(piece) ?? createShapePiece(header, piece);
        made.set(piece, shape);
        return shape;
      });
      return { header, pieces: shaped, settled: list.settled() };
    },
  };
}

/** A box around all ink of a stroke, found without shaping it. */
export function boxOf({ header, points }: Inked): Box | undefined {
  return curveBounds(points, header.width);
}

/** The shapes of finished items, the latest used ones kept. */
export interface ShapeCache {
  shapeOf(item: Inked & { readonly id: ItemId }): Shape;
  /** A shape that somebody has made already, while the item was growing. */
  adopt(id: ItemId, shape: GrowingShape): void;
  forget(id: ItemId): void;
}

/** How many points the kept shapes may have together: some 300 bytes each, with their outlines. */
const MAX_POINTS = 200_000;

export function createShapeCache(): ShapeCache {
  /** The latest used at the end. */
  const shapes = new Map<ItemId, { readonly count: number; readonly shape: Shape }>();
  const adopted = new Map<ItemId, GrowingShape>();
  let points = 0;

  const forget = (id: ItemId): void => {
    points -= shapes.get(id)?.count ?? 0;
    shapes.delete(id);
    adopted.delete(id);
  };

  return {
    shapeOf(item) {
      const count = item.points.length;
      const known = shapes.get(item.id);
      // Points are only ever added, so their number says whether a shape is still true.
      const shape = known?.count === count ? known.shape : make(item);
      forget(item.id);
      shapes.set(item.id, { count, shape });
      points += count;
      for (const id of shapes.keys()) {
        if (points <= MAX_POINTS || id === item.id) break;
        forget(id);
      }
      return shape;
    },
    adopt: (id, shape) => void adopted.set(id, shape),
    forget,
  };

  function make({ id, header, points: all }: Inked & { readonly id: ItemId }): Shape {
    const growing = adopted.get(id);
    if (growing && sameHeader(growing.header, header)) return growing.update(all, true);
    const pieces = piecesOf(header, all).map((piece) => createShapePiece(header, piece));
    return { header, pieces, settled: pieces.length };
  }
}

function sameHeader(a: StrokeHeader, b: StrokeHeader): boolean {
  return (
    a.tool === b.tool &&
    a.color === b.color &&
    a.width === b.width &&
    a.input === b.input &&
    a.pressure === b.pressure &&
    a.scale === b.scale
  );
}

/** A box around pieces; undefined without any. */
export function boxOfPieces(pieces: readonly ShapePiece[]): Box | undefined {
  let box: Box | undefined;
  for (const piece of pieces) box = unionOf(box, piece.box());
  return box;
}

function pathOf(outline: Outline, origin: Point): ShapePath {
  const path = new Path2D();
  trace(path, outline, origin);
  return { path, origin, lineWidth: outline.kind === "line" ? outline.width : undefined };
}

function trace(path: Path2D, outline: Outline, { x, y }: Point): void {
  if (outline.kind === "dot") {
    path.arc(outline.x - x, outline.y - y, outline.radius, 0, 2 * Math.PI);
    return;
  }
  const { points } = outline;
  if (outline.kind === "line") {
    for (const [i, point] of points.entries()) {
      if (i === 0) path.moveTo(point.x - x, point.y - y);
      else path.lineTo(point.x - x, point.y - y);
    }
    return;
  }
  // A closed curve through the middles of the sides, the corners being its control points.
  let previous = points.at(-1)!;
  for (const [i, corner] of points.entries()) {
    const next = points[(i + 1) % points.length]!;
    if (i === 0) path.moveTo((previous.x + corner.x) / 2 - x, (previous.y + corner.y) / 2 - y);
    path.quadraticCurveTo(corner.x - x, corner.y - y, (corner.x + next.x) / 2 - x, (corner.y + next.y) / 2 - y);
    previous = corner;
  }
  path.closePath();
}
