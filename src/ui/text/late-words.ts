import type { Board, ItemId } from "../../board/document/board.ts";

/**
 * What this person typed into a text while somebody else moved that to a new item goes there too, as soon as
 * the new one comes. The text in the field sees to that itself. Returns the function that stops.
 */
export function takeLateWords(board: Board, editing: () => ItemId | undefined): () => void {
  return board.onChange(({ origin, shown }) => {
    if (origin !== "remote") return;
    // Of several that follow one text the first takes all: for the others there is nothing left to look for.
    const heirs = new Map<ItemId, ItemId>();
    for (const id of shown) {
      const follows = board.item(id)?.attributes.follows;
      if (follows !== undefined && follows !== editing() && !heirs.has(follows)) heirs.set(follows, id);
    }
    if (heirs.size === 0) return;
    // While the board tells of a change, nothing else may change it.
    queueMicrotask(() => {
      for (const id of heirs.values()) board.takeAlong(id);
    });
  });
}
