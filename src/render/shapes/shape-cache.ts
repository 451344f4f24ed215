/*
 * The shapes of finished items, the latest used ones kept. Their pieces take their points from the items, which
 * let them go: what is kept of a shape that was painted are its outlines.
 */
import { createLatestUsed, type LatestUsed } from "../../base/latest-used.ts";
import type { Item, ItemId, StrokeItem } from "../../board/document/board.ts";
import { piecesOf, type Piece } from "../../ink/pieces.ts";
import type { StrokeHeader } from "../../ink/stroke.ts";
import { InkPiece, type PieceSource } from "./ink-piece.ts";
import { createPicturePiece } from "./picture-piece.ts";
import type { PictureSource } from "./bitmaps.ts";
import { shapeOfParts, type GrowingShape, type Shape } from "./shapes.ts";
import { createWordsPiece } from "./words-piece.ts";
import type { Words } from "./words.ts";

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

/** How many points the kept shapes may have together: some 250 bytes each, nearly all of it paths and outlines. */
const MAX_POINTS = 200_000;
/** How many points of pieces there may be together, of some 60 bytes each: of what is being painted. */
const MAX_PIECE_POINTS = 20_000;

/** Until they are outlined, and where they are outlined anew. */
type KeptPieces = LatestUsed<StrokeItem, readonly Piece[]>;

/** The pieces of a stroke that has ended, found from its points whenever they are asked for. */
class StrokePieces implements PieceSource {
  readonly #item: StrokeItem;
  readonly #kept: KeptPieces;

  constructor(item: StrokeItem, kept: KeptPieces) {
    this.#item = item;
    this.#kept = kept;
  }

  all(): readonly Piece[] {
    const known = this.#kept.get(this.#item);
    if (known) return known;
    const { header, parts, points } = this.#item;
    const pieces = (parts ?? [points]).flatMap((part) => piecesOf(header, part));
    this.#kept.set(this.#item, pieces);
    return pieces;
  }

  pieceAt(index: number): Piece {
    return this.all()[index]!;
  }
}

export function createShapeCache(words: Words, pictures: PictureSource): ShapeCache {
  /** The latest used at the end. */
  const shapes = new Map<ItemId, CachedShape>();
  const adopted = new Map<ItemId, GrowingShape>();
  const pieces: KeptPieces = createLatestUsed(MAX_PIECE_POINTS, (all) =>
    all.reduce((sum, { points }) => sum + points.length, 0),
  );
  let pointCount = 0;

  const forget = (id: ItemId): void => {
    pointCount -= shapes.get(id)?.count ?? 0;
    shapes.delete(id);
    adopted.delete(id);
  };

  const make = (item: Item): Shape => {
    const { id, header } = item;
    if (item.kind !== "stroke") {
      const piece = item.kind === "text" ? createWordsPiece(item, words) : createPicturePiece(item, pictures);
      return { header, pieces: [piece], settled: 1 };
    }
    if (!item.ended) return shapeOfParts(item, item.parts ?? [item.points]);
    const source = new StrokePieces(item, pieces);
    const growing = item.parts ? undefined : adopted.get(id);
    if (growing && sameHeader(growing.header, header)) return growing.finish(item.points, source);
    const made = source.all().map((_, index) => new InkPiece(header, source, index));
    return { header, pieces: made, settled: made.length };
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
      pointCount += count;
      for (const id of shapes.keys()) {
        if (pointCount <= MAX_POINTS || id === item.id) break;
        forget(id);
      }
      return shape;
    },
    adopt: (id, shape) => void adopted.set(id, shape),
    forget,
  };
}

function sizeOf(item: Item): number {
  if (item.kind === "picture") return 1;
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
