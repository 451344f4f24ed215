/*
 * From items to shapes, which paint themselves piece by piece. Shapes of growing strokes go on from what they
 * were; those of finished items are kept, the latest used ones.
 */
import { unionOf, type Box } from "../../base/geometry.ts";
import { multiply } from "../../base/matrix.ts";
import type { Item, ItemId, StrokeItem } from "../../board/document/board.ts";
import { curveBounds } from "../../ink/curve.ts";
import { hairlineOf, outlineOf } from "../../ink/outline.ts";
import { createPieceList, piecesOf, type Piece, type PieceList } from "../../ink/pieces.ts";
import type { InkPoint, StrokeHeader } from "../../ink/stroke.ts";
import { flatten, onGrid, pathOf, type Flat, type ShapePath } from "./path.ts";
import type { ShapePiece } from "./shape-piece.ts";
import { displayColor } from "../canvas/theme.ts";
import { createWordsPiece } from "./words-piece.ts";
import type { Words } from "./words.ts";

/** An item ready to be painted, piece by piece in their order. */
export interface Shape {
  readonly header: StrokeHeader;
  readonly pieces: readonly ShapePiece[];
  /** How many of the first pieces will not change any more. */
  readonly settled: number;
}

/** Thinner than this, in device pixels, ink is painted this wide: it would fade away. */
const HAIRLINE = 1;

function createInkPiece(header: StrokeHeader, piece: Piece): ShapePiece {
  let box: Box | undefined;
  let full: Flat | undefined;
  let made: { readonly scale: number; readonly path: ShapePath } | undefined;
  const origin = piece.points[piece.from]!;
  const flatAt = (scale: number): Flat =>
    header.width * scale < HAIRLINE
      ? flatten(hairlineOf(piece, HAIRLINE / scale, 1 / scale), origin)
      : (full ??= flatten(outlineOf(header, piece), origin));
  const pathAt = (scale: number): ShapePath => {
    if (made?.scale !== scale) made = { scale, path: pathOf(flatAt(scale), origin, scale) };
    return made.path;
  };
  return {
    box: () => (box ??= curveBounds(piece.points, header.width)!),
    prepare: (scale) => void pathAt(scale),
    paint(context, { transform, matrix }, theme) {
      const { scale } = transform;
      const { path, lineWidth } = pathAt(scale);
      const place = { a: 1, b: 0, c: 0, d: 1, e: origin.x, f: origin.y };
      const { a, b, c, d, e, f } = matrix ? multiply(matrix, place) : place;
      context.setTransform(a, b, c, d, onGrid(e * scale) + transform.x, onGrid(f * scale) + transform.y);
      const color = displayColor(header.color, theme.dark);
      if (lineWidth === undefined) {
        context.fillStyle = color;
        context.fill(path);
      } else {
        context.strokeStyle = color;
        context.lineWidth = lineWidth;
        context.lineCap = "round";
        context.lineJoin = "round";
        context.stroke(path);
      }
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
        const shape = made.get(piece) ?? createInkPiece(header, piece);
        made.set(piece, shape);
        return shape;
      });
      return { header, pieces: shaped, settled: list.settled() };
    },
  };
}

/** The shape of what is not whole any more; nothing of it is settled while it grows. */
export function shapeOfParts(
  { header, ended }: Pick<Shape, "header"> & Pick<StrokeItem, "ended">,
  parts: readonly (readonly InkPoint[])[],
): Shape {
  const pieces = parts
    .flatMap((part) => piecesOf(header, part))
    .map((piece) => createInkPiece(header, piece));
  return { header, pieces, settled: ended ? pieces.length : 0 };
}

/** Several shapes as one, in this order. What has not settled of one keeps all after it from it. */
export function joinedShape(header: StrokeHeader, shapes: readonly Shape[]): Shape {
  const unsettled = shapes.findIndex(({ pieces, settled }) => settled < pieces.length);
  const whole = unsettled < 0 ? shapes : shapes.slice(0, unsettled);
  const settled = whole.reduce((sum, { pieces }) => sum + pieces.length, shapes[unsettled]?.settled ?? 0);
  return { header, pieces: shapes.flatMap(({ pieces }) => pieces), settled };
}

/** The shapes of finished items, the latest used ones kept. */
export interface ShapeCache {
  shapeOf(item: Item): Shape;
  /** A shape that somebody has made already, while the item was growing. */
  adopt(id: ItemId, shape: GrowingShape): void;
  forget(id: ItemId): void;
}

interface CachedShape {
  readonly item: Item;
  readonly count: number;
  /** The item had ended: its points, which may have been let go, need not be counted again. */
  readonly isWhole: boolean;
  readonly shape: Shape;
}

/** How many points the kept shapes may have together: some 300 bytes each, with their outlines. */
const MAX_POINTS = 200_000;

export function createShapeCache(words: Words): ShapeCache {
  /** The latest used at the end. */
  const shapes = new Map<ItemId, CachedShape>();
  const adopted = new Map<ItemId, GrowingShape>();
  let points = 0;

  const forget = (id: ItemId): void => {
    points -= shapes.get(id)?.count ?? 0;
    shapes.delete(id);
    adopted.delete(id);
  };

  const make = (item: Item): Shape => {
    const { id, header } = item;
    if (item.kind === "text") return { header, pieces: [createWordsPiece(item, words)], settled: 1 };
    if (item.parts) return shapeOfParts(item, item.parts);
    const growing = adopted.get(id);
    if (growing && sameHeader(growing.header, header)) return growing.update(item.points, true);
    return shapeOfParts(item, [item.points]);
  };

  return {
    shapeOf(item) {
      const known = shapes.get(item.id);
      const isSame = known?.item === item;
      const isWhole = item.ended;
      const count = isSame && known.isWhole ? known.count : sizeOf(item);
      // To the same item points are only ever added, so their number says whether a shape is still true.
      const shape = isSame && known.count === count ? known.shape : make(item);
      forget(item.id);
      shapes.set(item.id, { item, count, isWhole, shape });
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
}

function sizeOf(item: Item): number {
  return item.kind === "text" ? item.text.length : item.points.length;
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
