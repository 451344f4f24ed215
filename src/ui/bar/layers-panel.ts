/*
 * The panel of the layers: the list of all of them, a button for another one, and what can be done with
 * the one that is drawn on.
 */
import type { Layer, LayerId } from "../../board/document/board.ts";
import { activeLayerOf } from "../choices/active-layer.ts";
import type { Choices } from "../choices/choices.ts";
import { showChildren } from "../widgets/children.ts";
import { element, listen } from "../widgets/dom.ts";
import { icon } from "../widgets/icons.ts";
import { layerTitle } from "../words/layer-title.ts";
import type { Strings } from "../words/strings.ts";
import { createLayerOptions, type LayerBoard } from "./layer-options.ts";
import { createLayerRow, type LayerRow } from "./layer-row.ts";

/** All layers, top first, and what can be done with the one that is drawn on. */
export function createLayersPanel({
  strings,
  choices,
  board,
  onRemoved,
}: {
  readonly strings: Strings;
  readonly choices: Choices;
  readonly board: () => LayerBoard | undefined;
  readonly onRemoved: (text: string) => void;
}): { readonly content: HTMLElement; update(): void } {
  const rows = new Map<LayerId, LayerRow>();
  const list = element("div", {
    class: "layer-rows",
    attributes: { role: "radiogroup", "aria-label": strings.layers },
  });
  const active = (): Layer | undefined => {
    const layers = board()?.layers();
    return layers && activeLayerOf(layers, choices.activeLayer());
  };
  const options = createLayerOptions({ strings, board, active, onRemoved });

  const add = element("button", { id: "add-layer", class: "menu-row", attributes: { type: "button" } }, [
    icon("add"),
    element("span", { text: strings.addLayer }),
  ]);
  listen(add, "click", () => {
    const id = board()?.addLayer("");
    if (id !== undefined) choices.setActiveLayer(id);
  });

  const rowOf = (id: LayerId): LayerRow => {
    const onPick = (): void => choices.setActiveLayer(id);
    const row = rows.get(id) ?? createLayerRow({ id, strings, board, onPick });
    rows.set(id, row);
    return row;
  };
  const showRows = (layers: readonly Layer[], chosen: Layer): void => {
    for (const id of rows.keys()) if (!layers.some((layer) => layer.id === id)) rows.delete(id);
    const wanted = layers.map((layer) => {
      const row = rowOf(layer.id);
      row.update(layer, layerTitle(layers, layer.id, strings), layer === chosen);
      return row.root;
    });
    wanted.reverse();
    showChildren(list, wanted);
  };

  return {
    content: element("div", { class: "layers" }, [list, add, options.root]),
    update() {
      const on = board();
      if (!on) return;
      const layers = on.layers();
      add.disabled = !on.hasRoomForLayer();
      const chosen = activeLayerOf(layers, choices.activeLayer());
      showRows(layers, chosen);
      options.update(layers, chosen);
    },
  };
}
