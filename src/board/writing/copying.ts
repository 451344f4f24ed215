import type { Board, CopiedItem, ItemId } from "../document/board.ts";
import { copiedOf } from "../reading/copied-item.ts";
import type { ActionDeps } from "./action-deps.ts";

/** What a person takes along. */
export function createCopying({ reader, touchable, flush }: ActionDeps): Pick<Board, "copy"> {
  const { list } = reader;

  function copyOf(id: ItemId): CopiedItem[] {
    const { stroke: drawn } = list.entry(id) ?? {};
    const item = reader.item(id);
    return drawn && item ? copiedOf(drawn, item) : [];
  }

  return {
    copy(ids) {
      flush();
      const chosen = new Set(touchable.whole(ids).map(({ id }) => id));
      return reader.items().flatMap(({ id }) => (chosen.has(id) ? copyOf(id) : []));
    },
  };
}
