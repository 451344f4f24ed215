import type { ItemId } from "../../board/document/board.ts";
import type { PastOfBoard } from "./past-reading.ts";

/** What of a moment is to come back, each thing with all its pieces. */
export interface Choice {
  all(): ReadonlySet<ItemId>;
  add(ids: readonly ItemId[]): void;
  toggle(id: ItemId): void;
  clear(): ReadonlySet<ItemId>;
}

export function createChoice(past: PastOfBoard, onChange: (chosen: ReadonlySet<ItemId>) => void): Choice {
  const chosen = new Set<ItemId>();
  const add = (ids: readonly ItemId[]): void => {
    for (const piece of past.whole(ids)) chosen.add(piece);
    onChange(chosen);
  };
  return {
    all: () => chosen,
    add,
    toggle(id) {
      if (!chosen.has(id)) return add([id]);
      for (const piece of past.whole([id])) chosen.delete(piece);
      onChange(chosen);
    },
    clear() {
      chosen.clear();
      return chosen;
    },
  };
}
