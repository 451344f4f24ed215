import { boxThrough } from "../../base/matrix.ts";
import type { PictureItem } from "../../board/document/board.ts";
import type { PictureSource } from "./bitmaps.ts";
import type { ShapePiece } from "./shape-piece.ts";

export function createPicturePiece(item: PictureItem, source: PictureSource): ShapePiece {
  const { picture, matrix: place, size, shown } = item;
  const box = boxThrough(place, shown);
  const drawables = [{ kind: "picture", place, size, shown, picture, source }] as const;
  return { box: () => box, prepare() {}, drawables: () => drawables };
}
