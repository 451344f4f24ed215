import { boundsOf, type Point } from "../base/geometry.ts";
import { apply, IDENTITY, translation, type Matrix } from "../base/matrix.ts";
import type { CopiedItem } from "../board/document/board.ts";

/** Brings the middle of what was copied to a place in the world. */
export function pasteAt(items: readonly CopiedItem[], place: Point): Matrix {
  const box = boundsOf(items.flatMap((item) => pointsOf(item).map((point) => apply(item.matrix, point))));
  if (!box) return IDENTITY;
  return translation(place.x - (box.minX + box.maxX) / 2, place.y - (box.minY + box.maxY) / 2);
}

/** Before its matrix. Words begin at their place: how far they go, only a page can measure. */
function pointsOf(item: CopiedItem): readonly Point[] {
  if (item.kind === "stroke") return item.points;
  const { width, height } = item.size ?? { width: 0, height: item.header.width };
  return [
    { x: 0, y: 0 },
    { x: width, y: height },
  ];
}
