import type { Board, Layer, LayerId } from "../../board/document/board.ts";
import { element, listen } from "../widgets/dom.ts";
import { iconButton, nameButton } from "../widgets/icon-button.ts";
import { icon } from "../widgets/icons.ts";
import { radio } from "../widgets/radio.ts";
import type { Strings } from "../words/strings.ts";

/** One layer in the list: to draw on it, to hide it and to lock it. */
export interface LayerRow {
  readonly root: HTMLElement;
  /** `active`: the one that is drawn on. */
  update(layer: Layer, title: string, active: boolean): void;
}

export function createLayerRow({
  id,
  strings,
  board,
  onPick,
}: {
  readonly id: LayerId;
  readonly strings: Strings;
  readonly board: () => Pick<Board, "changeLayer"> | undefined;
  readonly onPick: () => void;
}): LayerRow {
  const name = element("span", { class: "layer-name" });
  const pick = radio({
    group: "layer",
    value: id,
    label: "",
    class: "layer-pick",
    children: [name],
    onPick,
  });
  const hide = iconButton("", "shown");
  const lock = iconButton("", "unlocked");
  let shown: Layer | undefined;
  listen(hide, "click", () => void board()?.changeLayer(id, { hidden: !shown?.hidden }));
  listen(lock, "click", () => void board()?.changeLayer(id, { locked: !shown?.locked }));
  return {
    root: element("div", { class: "layer-row" }, [pick.label, hide, lock]),
    update(layer, title, active) {
      shown = layer;
      name.textContent = title;
      pick.input.checked = active;
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
}
