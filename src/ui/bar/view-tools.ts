/*
 * The small buttons that appear beside the strip while they have a use: back to the actual size, to the
 * whole drawing, and what fingers do.
 */
import type { Choices } from "../choices/choices.ts";
import { element, listen } from "../widgets/dom.ts";
import { icon } from "../widgets/icons.ts";
import type { Strings } from "../words/strings.ts";

/** What there is to know about the view. */
export interface ViewState {
  readonly zoom: number;
  /** The person moved the canvas, so it no longer follows the drawing by itself. */
  readonly byHand: boolean;
}

/** Buttons about the view, each there while it has a use. */
export interface ViewTools {
  readonly root: HTMLElement;
  /** Undefined: there is no board. */
  update(view: ViewState | undefined): void;
  close(): void;
}

export function createViewTools({
  strings,
  choices,
  actualSize,
  showAll,
}: {
  readonly strings: Strings;
  readonly choices: Choices;
  readonly actualSize: () => void;
  readonly showAll: () => void;
}): ViewTools {
  const chip = (id: string, label: string, content: readonly Node[]): HTMLButtonElement => {
    const attributes = { type: "button", "aria-label": label, title: label };
    const made = element("button", { id, class: "chip", attributes }, content);
    made.hidden = true;
    return made;
  };
  const fingers = chip("fingers-button", strings.fingersMove, [icon("pan")]);
  const percent = element("span", { class: "percent" });
  const zoom = chip("zoom-button", "", [percent]);
  const all = chip("show-all-button", strings.showAll, [
    icon("showAll"),
    element("span", { class: "chip-text", text: strings.showAll }),
  ]);
  listen(fingers, "click", () => choices.setFingersPan(!choices.fingersPan()));
  listen(zoom, "click", actualSize);
  listen(all, "click", showAll);

  const showFingers = (): void => {
    fingers.hidden = !choices.hasPen();
    fingers.setAttribute("aria-pressed", String(choices.fingersPan()));
  };
  showFingers();
  const stop = choices.onChange(showFingers);
  let shown = "";

  return {
    root: element("div", { id: "view-tools" }, [fingers, zoom, all]),
    update(view) {
      all.hidden = view?.byHand !== true;
      const text = strings.percent(Math.round((view?.zoom ?? 1) * 100));
      zoom.hidden = text === strings.percent(100);
      // Asked for in each frame of a movement: what has not changed is left alone.
      if (text === shown) return;
      shown = text;
      percent.textContent = text;
      const label = strings.backToActualSize(text);
      zoom.setAttribute("aria-label", label);
      zoom.title = label;
    },
    close: stop,
  };
}
