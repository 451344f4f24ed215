import { IDENTITY } from "../base/matrix.ts";
import type { Board, CopiedItem, ItemId } from "../board/document/board.ts";

/** What was put on a board since it was opened here, as far as it is visible. */
export interface FreshInk {
  copy(): readonly CopiedItem[];
  close(): void;
}

/** Remembers what this person puts on `board` from now on; not what was stored or came from others. */
export function watchFreshInk(board: Board): FreshInk {
  const ids = new Set<ItemId>();
  const stop = board.onChange(({ origin, shown }) => {
    if (origin === "local") for (const id of shown) ids.add(id);
  });
  return {
    copy: () => board.copy([...ids]),
    close: stop,
  };
}

/** Puts it on another board, the same and at the same place. */
export function putAgain(copied: readonly CopiedItem[], board: Board): void {
  if (copied.length > 0) board.paste(copied, IDENTITY);
}
