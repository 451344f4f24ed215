import { FIRST_LAYER, type Board, type Item, type Layer, type LayerId } from "../../board/document/board.ts";

/** What of a layer can be seen in its items. */
export type LayerLook = Pick<Layer, "id" | "opacity">;

/** The layers as they are painted. */
export interface LayerLooks {
  /** Of the layer that the item is on. */
  of(item: Item | undefined): LayerLook;
  /** How strong a layer is, 0 .. 1. */
  opacityOf(layer: LayerId): number;
  /** Takes in the board's layers; returns those that are stronger or weaker now, or elsewhere among the others. */
  update(): ReadonlySet<LayerId>;
}

const OPAQUE: LayerLook = { id: FIRST_LAYER, opacity: 1 };

export function createLayerLooks(board: Pick<Board, "layers">): LayerLooks {
  const read = (): Map<LayerId, LayerLook> =>
    new Map(board.layers().map(({ id, opacity }) => [id, { id, opacity }]));
  let looks = read();
  return {
    of: (item) => (item && looks.get(item.layer)) ?? OPAQUE,
    opacityOf: (layer) => looks.get(layer)?.opacity ?? 1,
    update() {
      const before = looks;
      looks = read();
      const changed = new Set<LayerId>();
      for (const { id, opacity } of looks.values()) {
        if (opacity !== (before.get(id)?.opacity ?? 1)) changed.add(id);
      }
      const was = [...before.keys()].filter((id) => looks.has(id));
      const is = [...looks.keys()].filter((id) => before.has(id));
      for (const [place, id] of is.entries()) if (was[place] !== id) changed.add(id);
      return changed;
    },
  };
}
