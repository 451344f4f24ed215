import { createEmitter } from "../../base/emitter.ts";
import type { Board, BoardChange, Item, ItemId, TextItem } from "../../board/document/board.ts";

/** A board on which the words of one text are not to be seen, because a field shows them. */
export interface BlankedBoard {
  readonly board: Board;
  setBlank(id: ItemId | undefined): void;
  close(): void;
}

export function blankText(source: Board, onError: (error: unknown) => void): BlankedBoard {
  const changes = createEmitter<BoardChange>(onError);
  const stop = source.onChange((change) => changes.emit(change));
  /** One for each item: another object is another look. */
  const blanks = new WeakMap<TextItem, TextItem>();
  let blank: ItemId | undefined;

  const shown = <T extends Item | undefined>(item: T): T | TextItem => {
    if (item?.kind !== "text" || item.id !== blank) return item;
    const found = blanks.get(item) ?? { ...item, text: "" };
    blanks.set(item, found);
    return found;
  };
  return {
    board: {
      ...source,
      items: () => (blank === undefined ? source.items() : source.items().map(shown)),
      item: (id) => shown(source.item(id)),
      onChange: (listener) => changes.on(listener),
    },
    setBlank(id) {
      const altered = [blank, id].flatMap((each) => (each !== undefined && source.item(each) ? [each] : []));
      blank = id;
      if (altered.length === 0) return;
      changes.emit({
        origin: "local",
        by: [],
        shown: [],
        extended: [],
        hidden: [],
        altered,
        settings: false,
      });
    },
    close: stop,
  };
}
