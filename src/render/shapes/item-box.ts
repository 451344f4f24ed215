import type { Box } from "../../base/geometry.ts";
import { boxThrough, IDENTITY, multiply, type Matrix } from "../../base/matrix.ts";
import type { Item } from "../../board/document/board.ts";
import type { ItemBoxes } from "../../board/spatial/item-boxes.ts";
import type { Words } from "./words.ts";

/**
 * An upright box around what a person sees of an item, in world units: of words and notes, around their page
 * as it lies, and so of pictures.
 *
 * @param moved where a gesture takes the item
 */
export function itemBox(
  item: Item,
  moved: Matrix | undefined,
  words: Words,
  boxes: ItemBoxes,
): Box | undefined {
  const own = item.kind === "stroke" ? IDENTITY : item.matrix;
  const box = ownBox(item, words, boxes);
  if (!box) return undefined;
  const matrix = moved ? multiply(moved, own) : own;
  return boxThrough(matrix, box);
}

function ownBox(item: Item, words: Words, boxes: ItemBoxes): Box | undefined {
  if (item.kind === "picture") return item.shown;
  return item.kind === "text" ? pageBox(words.layoutOf(item)) : boxes.nominal(item);
}

function pageBox({ width, height }: { readonly width: number; readonly height: number }): Box {
  return { minX: 0, minY: 0, maxX: width, maxY: height };
}
