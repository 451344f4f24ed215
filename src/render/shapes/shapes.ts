/*
 * From strokes to shapes, which paint themselves piece by piece. Shapes of growing strokes go on from what they
 * were.
 */
import { unionOf, type Box } from "../../base/geometry.ts";
import type { StrokeItem } from "../../board/document/board.ts";
import { createPieceList, piecesOf, type Piece, type PieceList } from "../../ink/pieces.ts";
import type { InkPoint, StrokeHeader } from "../../ink/stroke.ts";
import { InkPiece, type PieceSource } from "./ink-piece.ts";
import type { ShapePiece } from "./shape-piece.ts";

/** An item ready to be painted, piece by piece in their order. */
export interface Shape {
  readonly header: StrokeHeader;
  readonly pieces: readonly ShapePiece[];
  /** How many of the first pieces will not change any more. */
  readonly settled: number;
}

/** The source of one piece that is there. */
function sourceOf(piece: Piece): PieceSource {
  return { pieceAt: () => piece };
}

/** A shape that is brought up to date while its stroke grows, at a cost that does not. */
export interface GrowingShape {
  readonly header: StrokeHeader;
  /** As `PieceList.update`. */
  update(points: readonly InkPoint[]): Shape;
  /** The stroke has ended with these points, and its pieces are in the source from now on. */
  finish(points: readonly InkPoint[], source: PieceSource): Shape;
}

export function createGrowingShape(header: StrokeHeader): GrowingShape {
  const list: PieceList = createPieceList(header);
  /** The latest pieces, each with what was made of it. */
  let made: readonly { readonly piece: Piece; readonly shape: InkPiece }[] = [];

  const update = (points: readonly InkPoint[], all: boolean): InkPiece[] => {
    made = list.update(points, all).map((piece, index) => {
      const known = made[index];
      return known?.piece === piece ? known : { piece, shape: new InkPiece(header, sourceOf(piece), index) };
    });
    return made.map(({ shape }) => shape);
  };

  return {
    header,
    update: (points) => ({ header, pieces: update(points, false), settled: list.settled() }),
    finish(points, source) {
      const pieces = update(points, true);
      for (const piece of pieces) piece.takeFrom(source);
      return { header, pieces, settled: list.settled() };
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
    .map((piece, index) => new InkPiece(header, sourceOf(piece), index));
  return { header, pieces, settled: ended ? pieces.length : 0 };
}

/** Several shapes as one, in this order. What has not settled of one keeps all after it from it. */
export function joinedShape(header: StrokeHeader, shapes: readonly Shape[]): Shape {
  const unsettled = shapes.findIndex(({ pieces, settled }) => settled < pieces.length);
  const whole = unsettled < 0 ? shapes : shapes.slice(0, unsettled);
  const settled = whole.reduce((sum, { pieces }) => sum + pieces.length, shapes[unsettled]?.settled ?? 0);
  return { header, pieces: shapes.flatMap(({ pieces }) => pieces), settled };
}

/** A box around pieces; undefined without any. */
export function boxOfPieces(pieces: readonly ShapePiece[]): Box | undefined {
  let box: Box | undefined;
  for (const piece of pieces) box = unionOf(box, piece.box());
  return box;
}
