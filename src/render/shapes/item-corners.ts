import type { Box, Point } from "../../base/geometry.ts";
import { apply, IDENTITY, multiply, type Matrix } from "../../base/matrix.ts";
import type { Item } from "../../board/document/board.ts";
import type { ItemBoxes } from "../../board/spatial/item-boxes.ts";
import type { Words } from "./words.ts";

/**
 * The corners of the box in which a person sees an item, in turn, in world units. Words and notes keep
 * theirs when they are turned; the box of ink is upright but while a gesture turns it.
 *
 * @param moved where a gesture takes the item
 */
export function cornersOf(
  item: Item,
  moved: Matrix | undefined,
  words: Words,
  boxes: ItemBoxes,
): readonly Point[] | undefined {
  const own = item.kind === "text" ? item.matrix : IDENTITY;
  const box = item.kind === "text" ? pageBox(words.layoutOf(item)) : boxes.nominal(item);
  if (!box) return undefined;
  const matrix = moved ? multiply(moved, own) : own;
  const { minX, minY, maxX, maxY } = box;
  return [
    { x: minX, y: minY },
    { x: maxX, y: minY },
    { x: maxX, y: maxY },
    { x: minX, y: maxY },
  ].map((corner) => apply(matrix, corner));
}

function pageBox({ width, height }: { readonly width: number; readonly height: number }): Box {
  return { minX: 0, minY: 0, maxX: width, maxY: height };
}
