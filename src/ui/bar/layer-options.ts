/*
 * What can be done with the layer that is drawn on. Changes go to the board at once, those of a slider
 * when it is let go.
 */
import type { Board, Layer, LayerId } from "../../board/document/board.ts";
import { FIRST_LAYER } from "../../board/document/board.ts";
import { element, listen } from "../widgets/dom.ts";
import { cleanName } from "../../sync/wire/name.ts";
import { iconButton } from "../widgets/icon-button.ts";
import { createNameField } from "../widgets/name-field.ts";
import { createSlider } from "../widgets/slider.ts";
import { layerTitle } from "../words/layer-title.ts";
import type { Strings } from "../words/strings.ts";

export type LayerBoard = Pick<
  Board,
  "layers" | "addLayer" | "hasRoomForLayer" | "changeLayer" | "removeLayer"
>;

/** What can be done with the layer that is drawn on: its name, its place, its opacity, and to remove it. */
export interface LayerOptions {
  readonly root: HTMLElement;
  /** `layers`: all of them, bottom first; `active`: the one among them that is drawn on. */
  update(layers: readonly Layer[], active: Layer): void;
}

export interface LayerOptionsDeps {
  readonly strings: Strings;
  readonly board: () => LayerBoard | undefined;
  /** The layer that is drawn on; undefined without a board. */
  readonly active: () => Layer | undefined;
  /** Tells where what was on a removed layer is now. */
  readonly onRemoved: (text: string) => void;
}

export function createLayerOptions({ strings, board, active, onRemoved }: LayerOptionsDeps): LayerOptions {
  const change = (what: Parameters<LayerBoard["changeLayer"]>[1]): void => {
    const layer = active();
    if (layer) board()?.changeLayer(layer.id, what);
  };
  /** Whose name is typed: a contact may take that layer away meanwhile, and then another one is drawn on. */
  let named: LayerId | undefined;
  const name = createNameField({
    id: "layer-name",
    attributes: { "aria-label": strings.layerName },
    onName(typed) {
      if (named !== undefined) board()?.changeLayer(named, { name: typed });
    },
  });
  listen(name.input, "focus", () => void (named ??= active()?.id));
  listen(name.input, "blur", () => {
    // Only the window has lost the keyboard: it will be back.
    if (document.activeElement === name.input) return;
    named = undefined;
    name.show(cleanName(active()?.name ?? ""));
  });

  const raise = iconButton(strings.raiseLayer, "up", "raise-layer");
  const lower = iconButton(strings.lowerLayer, "down", "lower-layer");
  const move = (by: 1 | -1): void => {
    const layers = board()?.layers() ?? [];
    const at = layers.findIndex(({ id }) => id === active()?.id) + by;
    if (at >= 0 && at < layers.length) change({ at });
  };
  listen(raise, "click", () => move(1));
  listen(lower, "click", () => move(-1));

  const remove = iconButton(strings.removeLayer, "clear", "remove-layer");
  listen(remove, "click", () => {
    const layer = active();
    const layers = board()?.layers() ?? [];
    if (!layer || layer.id === FIRST_LAYER) return;
    const title = layerTitle(layers, layer.id, strings);
    if (!board()?.removeLayer(layer.id)) return;
    onRemoved(strings.layerRemoved(title, layerTitle(board()?.layers() ?? [], FIRST_LAYER, strings)));
  });

  const opacity = createOpacity(strings, (value) => change({ opacity: value }));
  return {
    root: element("div", { class: "layer-active" }, [
      element("div", { class: "layer-tools" }, [name.input, raise, lower, remove]),
      opacity.root,
    ]),
    update(layers, layer) {
      name.show(cleanName(layer.name));
      name.input.placeholder = layerTitle(layers, layer.id, strings);
      opacity.update(layer.opacity);
      const at = layers.indexOf(layer);
      raise.setAttribute("aria-disabled", String(at === layers.length - 1));
      lower.setAttribute("aria-disabled", String(at === 0));
      remove.setAttribute("aria-disabled", String(layer.id === FIRST_LAYER));
    },
  };
}

/** A slider for an opacity from 0 to 1, shown in percent. `onChange`: it was let go at another value. */
function createOpacity(
  strings: Strings,
  onChange: (opacity: number) => void,
): { readonly root: HTMLElement; update(opacity: number): void } {
  let isSliding = false;
  const percent = element("output", { class: "percent" });
  const slider = createSlider({
    label: strings.opacity,
    kind: "opacity",
    max: 100,
    onInput(value) {
      isSliding = true;
      show(value);
    },
  });
  // What everybody sees changes once, when the slider is let go.
  listen(slider.input, "change", () => {
    isSliding = false;
    onChange(Number(slider.input.value) / 100);
  });
  const show = (value: number): void => {
    percent.textContent = strings.percent(value);
    slider.set(value, strings.percent(value));
  };
  return {
    root: element("div", { class: "layer-opacity" }, [
      element("span", { text: strings.opacity, attributes: { "aria-hidden": "true" } }),
      slider.root,
      percent,
    ]),
    update(opacity) {
      if (!isSliding) show(Math.round(opacity * 100));
    },
  };
}
