import type { Board, Item, StrokeItem } from "../../src/board/document/board.ts";

/** Strokes and shapes among items. */
export function inkAmong(items: readonly Item[]): StrokeItem[] {
  return items.filter((item) => item.kind === "stroke");
}

/** The visible strokes and shapes, bottom first; none where there is no board. */
export function inkOn(board: Board | undefined): StrokeItem[] {
  return inkAmong(board?.items() ?? []);
}
