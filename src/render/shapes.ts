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
  /**
   * In device pixels from `origin`, a place in the world. On a fine grid, so that an engine's 32-bit
   * numbers are exact wherever it is moved by whole pixels: it then leaves the same pixels.
   */
  readonly origin: Point;
  /** Stroke with this width, in device pixels; undefined: fill. */
  readonly lineWidth: number | undefined;
}

type Inked = { readonly header: StrokeHeader; readonly points: readonly InkPoint[] };

/** Parts of a device pixel. */
const GRID = 32;
/** Thinner than this, in device pixels, ink is painted this wide: it would fade away. */
const HAIRLINE = 1;

function createShapePiece(header: StrokeHeader, piece: Piece): ShapePiece {
  let box: Box | undefined;
  let full: Flat | undefined;
  let made: { readonly scale: number; readonly path: ShapePath } | undefined;
  const origin = piece.points[piece.from]!;
  const flatAt = (scale: number): Flat =>
    header.width * scale < HAIRLINE
      ? flatten(hairlineOf(piece, HAIRLINE / scale, 1 / scale), origin)
      : (full ??= flatten(outlineOf(header, piece), origin));
  return {
    box: () => (box ??= curveBounds(piece.points, header.width)!),
    path(scale) {
      if (made?.scale !== scale) made = { scale, path: pathOf(flatAt(scale), origin, scale) };
      return made.path;
    },
  };
}

/** To the nearest place on the grid of paths. */
export function onGrid(pixels: number): number {
  return Math.round(pixels * GRID) / GRID;
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

/** An outline as it is kept: in a fraction of the memory that objects take. */
interface Flat {
  readonly kind: Outline["kind"];
  /** Of a line, or the radius of a dot, in world units. */
  readonly size: number;
  /** x and y of its places in turn, in world units from the origin. */
  readonly places: Float32Array;
}

function flatten(outline: Outline, origin: Point): Flat {
  const points = outline.kind === "dot" ? [outline] : outline.points;
  const places = new Float32Array(2 * points.length);
  for (const [i, { x, y }] of points.entries()) {
    places[2 * i] = x - origin.x;
    places[2 * i + 1] = y - origin.y;
  }
  const size = outline.kind === "dot" ? outline.radius : outline.kind === "line" ? outline.width : 0;
  return { kind: outline.kind, size, places };
}

function pathOf({ kind, size, places }: Flat, origin: Point, scale: number): ShapePath {
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
  return { path, origin, lineWidth: kind === "line" ? size * scale : undefined };
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
