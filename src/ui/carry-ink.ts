import type { Board, ItemId, StrokeItem } from "../board/board.ts";

/** The strokes that were drawn on a board since it was opened here, as far as they are visible. */
export interface FreshInk {
  strokes(): readonly StrokeItem[];
  close(): void;
}

/** Remembers what this person draws on `board` from now on; not what was stored or came from others. */
export function watchFreshInk(board: Board): FreshInk {
  const ids = new Set<ItemId>();
  const stop = board.onChange(({ origin, shown }) => {
    if (origin === "local") for (const id of shown) ids.add(id);
  });
  return {
    strokes: () => board.items().filter(({ id }) => ids.has(id)),
    close: stop,
  };
}

/** Draws the strokes once more, point by point the same, on another board. */
export function drawAgain(strokes: readonly StrokeItem[], board: Board): void {
  for (const { header, points } of strokes) {
    const writer = board.startStroke(header);
    writer.add(points);
    writer.end();
  }
}
