import { boxThrough } from "../../../src/base/matrix.ts";
import type { Board } from "../../../src/board/document/board.ts";
import { createItemIndex, type ItemIndex } from "../../../src/board/spatial/item-index.ts";
import { createHitTest, type HitTest, type TextSize } from "../../../src/tools/hit.ts";
import { sizeOf as anySize } from "./fake-board.ts";

/** An index of the board, in which words are as large as `sizeOf` says. */
export function indexOf(board: Board, sizeOf: TextSize = anySize): ItemIndex {
  return createItemIndex(board, (text) => {
    const size = text.size ?? sizeOf(text);
    return size && boxThrough(text.matrix, { minX: 0, minY: 0, maxX: size.width, maxY: size.height });
  });
}

/** The hit test of a board, with an index of its own. */
export function hitsOn(board: Board, sizeOf: TextSize = anySize): HitTest {
  return createHitTest({ board, index: indexOf(board, sizeOf), sizeOf });
}
