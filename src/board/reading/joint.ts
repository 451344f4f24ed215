import type { InkPoint, StrokeHeader } from "../../ink/stroke.ts";

/** An item that may be one of several that a long stroke was drawn in. */
interface PieceOfStroke {
  readonly client: number;
  readonly header: StrokeHeader;
  readonly points: readonly InkPoint[];
  readonly ended: boolean;
}

/** A piece that is full has more points than this, however many characters each of them took. */
const FULL_PIECE_POINTS = 200;

/** Names the point where a piece begins that may continue another one. */
export function jointBefore(piece: PieceOfStroke): string {
  return joint(piece, piece.points[0]);
}

/** Names the point where a further piece of the stroke begins; undefined where this is no full piece. */
export function jointAfter(piece: PieceOfStroke): string | undefined {
  const { ended, points } = piece;
  return ended && points.length >= FULL_PIECE_POINTS ? joint(piece, points.at(-1)) : undefined;
}

/** Where two pieces of a long stroke meet, the one's last point is the other's first. */
function joint({ client, header }: PieceOfStroke, point: InkPoint | undefined): string {
  return [client, header.color, header.width, point?.x, point?.y].join(" ");
}
