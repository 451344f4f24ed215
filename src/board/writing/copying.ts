import type { Board, CopiedItem, ItemId, LayerId } from "../document/board.ts";
import { copiedOf } from "../reading/copied-item.ts";
import type { ActionDeps } from "./action-deps.ts";

/** So many are copied at a time. */
const SLICE = 200;

/** What a person takes along. */
export function createCopying({ reader, touchable, flush }: ActionDeps): Pick<Board, "copy" | "copySteps"> {
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
    *copySteps() {
      flush();
      const byLayer = new Map<LayerId, CopiedItem[]>();
      for (const [i, { id, layer }] of reader.items().entries()) {
        const there = byLayer.get(layer);
        if (there) there.push(...copyOf(id));
        else byLayer.set(layer, copyOf(id));
        if (i % SLICE === SLICE - 1) yield undefined;
      }
      return byLayer;
    },
  };
}
