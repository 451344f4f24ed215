import type { Box } from "../../base/geometry.ts";
import { boxThrough, IDENTITY, multiply, type Matrix } from "../../base/matrix.ts";
import type { Item } from "../../board/document/board.ts";
import type { ItemBoxes } from "../../board/spatial/item-boxes.ts";
import type { Words } from "./words.ts";

/**
 * An upright box around what a person sees of an item, in world units: of words and notes, around their page
 * as it lies.
 *
 * @param moved where a gesture takes the item
 */
export function itemBox(
  item: Item,
  moved: Matrix | undefined,
  words: Words,
  boxes: ItemBoxes,
): Box | undefined {
  const own = item.kind === "text" ? item.matrix : IDENTITY;
  const box = item.kind === "text" ? pageBox(words.layoutOf(item)) : boxes.nominal(item);
  if (!box) return undefined;
  const matrix = moved ? multiply(moved, own) : own;
  return boxThrough(matrix, box);
}

function pageBox({ width, height }: { readonly width: number; readonly height: number }): Box {
  return { minX: 0, minY: 0, maxX: width, maxY: height };
}
