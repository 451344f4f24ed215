import type { Board, ItemId } from "../../board/document/board.ts";

/**
 * What this person typed into a text while somebody else moved that to a new item goes there too, as soon as
 * the new one comes. The text in the field sees to that itself. Returns the function that stops.
 */
export function takeLateWords(board: Board, editing: () => ItemId | undefined): () => void {
  return board.onChange(({ origin, shown }) => {
    if (origin !== "remote") return;
    const heirs = shown.filter((id) => {
      const follows = board.item(id)?.attributes.follows;
      return follows !== undefined && follows !== editing();
    });
    if (heirs.length === 0) return;
    // While the board tells of a change, nothing else may change it.
    queueMicrotask(() => {
      for (const id of heirs) board.takeAlong(id);
    });
  });
}
