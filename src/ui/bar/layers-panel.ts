import type { Board, Layer, LayerId } from "../../board/document/board.ts";
import { FIRST_LAYER } from "../../board/document/board.ts";
import { activeLayerOf } from "../choices/active-layer.ts";
import type { Choices } from "../choices/choices.ts";
import { element, listen } from "../widgets/dom.ts";
import { iconButton, nameButton } from "../widgets/icon-button.ts";
import { icon } from "../widgets/icons.ts";
import { layerTitle } from "../words/layer-title.ts";
import { radio } from "../widgets/radio.ts";
import { createSlider } from "../widgets/slider.ts";
import type { Strings } from "../words/strings.ts";

type LayerBoard = Pick<Board, "layers" | "addLayer" | "changeLayer" | "removeLayer">;

const MAX_NAME = 40;

interface Row {
  readonly root: HTMLElement;
  update(layer: Layer, title: string, active: boolean): void;
}

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
  const rows = new Map<LayerId, Row>();
  const list = element("div", {
    class: "layer-rows",
    attributes: { role: "radiogroup", "aria-label": strings.layers },
  });
  const active = (): Layer | undefined => {
    const layers = board()?.layers();
    return layers && activeLayerOf(layers, choices.activeLayer());
  };
  const changeActive = (change: Parameters<LayerBoard["changeLayer"]>[1]): void => {
    const layer = active();
    if (layer) board()?.changeLayer(layer.id, change);
  };

  const createRow = (id: LayerId): Row => {
    const name = element("span", { class: "layer-name" });
    const pick = radio({
      group: "layer",
      value: id,
      label: "",
      class: "layer-pick",
      children: [name],
      onPick: () => choices.setActiveLayer(id),
    });
    const hide = iconButton("", "", "shown");
    const lock = iconButton("", "", "unlocked");
    hide.removeAttribute("id");
    lock.removeAttribute("id");
    let shown: Layer | undefined;
    listen(hide, "click", () => void board()?.changeLayer(id, { hidden: !shown?.hidden }));
    listen(lock, "click", () => void board()?.changeLayer(id, { locked: !shown?.locked }));
    return {
      root: element("div", { class: "layer-row" }, [pick.label, hide, lock]),
      update(layer, title, isActive) {
        shown = layer;
        name.textContent = title;
        pick.input.checked = isActive;
        nameButton(pick.input, title);
        pick.label.title = title;
        hide.replaceChildren(icon(layer.hidden ? "hidden" : "shown"));
        nameButton(hide, layer.hidden ? strings.showLayer(title) : strings.hideLayer(title));
        hide.dataset["on"] = String(layer.hidden);
        lock.replaceChildren(icon(layer.locked ? "locked" : "unlocked"));
        nameButton(lock, layer.locked ? strings.unlockLayer(title) : strings.lockLayer(title));
        lock.dataset["on"] = String(layer.locked);
      },
    };
  };

  const name = element("input", {
    id: "layer-name",
    class: "text-input",
    attributes: { type: "text", maxlength: String(MAX_NAME), "aria-label": strings.layerName },
  });
  listen(name, "change", () => changeActive({ name: name.value.trim() }));
  listen(name, "keydown", (event) => {
    if (event.key === "Enter") name.blur();
  });
  const raise = iconButton("raise-layer", strings.raiseLayer, "up");
  const lower = iconButton("lower-layer", strings.lowerLayer, "down");
  const remove = iconButton("remove-layer", strings.removeLayer, "clear");
  const move = (by: 1 | -1): void => {
    const layers = board()?.layers() ?? [];
    const at = layers.findIndex(({ id }) => id === active()?.id) + by;
    if (at >= 0 && at < layers.length) changeActive({ at });
  };
  listen(raise, "click", () => move(1));
  listen(lower, "click", () => move(-1));
  listen(remove, "click", () => {
    const layer = active();
    const layers = board()?.layers() ?? [];
    if (!layer || layer.id === FIRST_LAYER) return;
    const title = layerTitle(layers, layer.id, strings);
    if (!board()?.removeLayer(layer.id)) return;
    onRemoved(strings.layerRemoved(title, layerTitle(board()?.layers() ?? [], FIRST_LAYER, strings)));
  });
  let isSliding = false;
  const percent = element("output", { class: "percent" });
  const opacity = createSlider({
    label: strings.opacity,
    kind: "opacity",
    max: 100,
    onInput(value) {
      isSliding = true;
      showOpacity(value);
    },
  });
  // What everybody sees changes once, when the slider is let go.
  listen(opacity.input, "change", () => {
    isSliding = false;
    changeActive({ opacity: Number(opacity.input.value) / 100 });
  });
  const showOpacity = (value: number): void => {
    percent.textContent = strings.percent(value);
    opacity.set(value, strings.percent(value));
  };

  const add = element("button", { id: "add-layer", class: "menu-row", attributes: { type: "button" } }, [
    icon("add"),
    element("span", { text: strings.addLayer }),
  ]);
  listen(add, "click", () => {
    const id = board()?.addLayer("");
    if (id !== undefined) choices.setActiveLayer(id);
  });

  const showRows = (layers: readonly Layer[], chosen: Layer): void => {
    for (const id of rows.keys()) if (!layers.some((layer) => layer.id === id)) rows.delete(id);
    const wanted = layers.map((layer) => {
      const row = rows.get(layer.id) ?? createRow(layer.id);
      rows.set(layer.id, row);
      row.update(layer, layerTitle(layers, layer.id, strings), layer === chosen);
      return row.root;
    });
    wanted.reverse();
    const stays =
      list.childNodes.length === wanted.length && wanted.every((row, i) => list.childNodes[i] === row);
    if (stays) return;
    const focused = document.activeElement;
    list.replaceChildren(...wanted);
    if (focused instanceof HTMLElement && list.contains(focused)) focused.focus();
  };

  const update = (): void => {
    const layers = board()?.layers();
    if (!layers) return;
    const chosen = activeLayerOf(layers, choices.activeLayer());
    showRows(layers, chosen);
    if (document.activeElement !== name) name.value = chosen.name;
    name.placeholder = layerTitle(layers, chosen.id, strings);
    if (!isSliding) showOpacity(Math.round(chosen.opacity * 100));
    const at = layers.indexOf(chosen);
    raise.setAttribute("aria-disabled", String(at === layers.length - 1));
    lower.setAttribute("aria-disabled", String(at === 0));
    remove.setAttribute("aria-disabled", String(chosen.id === FIRST_LAYER));
  };

  return {
    content: element("div", { class: "layers" }, [
      list,
      add,
      element("div", { class: "layer-active" }, [
        element("div", { class: "layer-tools" }, [name, raise, lower, remove]),
        element("div", { class: "layer-opacity" }, [
          element("span", { text: strings.opacity, attributes: { "aria-hidden": "true" } }),
          opacity.root,
          percent,
        ]),
      ]),
    ]),
    update,
  };
}
