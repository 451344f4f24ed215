import type { Background } from "../../board/document/backgrounds.ts";
import { BACKGROUNDS } from "../../board/document/backgrounds.ts";
import { element } from "../widgets/dom.ts";
import { radio } from "../widgets/radio.ts";
import type { Strings } from "../words/strings.ts";

/** The background of the canvas, for everybody who takes part. */
export function createBackgroundPanel({
  strings,
  onPick,
}: {
  readonly strings: Strings;
  readonly onPick: (background: Background, done: boolean) => void;
}): { readonly content: HTMLElement; update(background: Background): void } {
  const kinds = BACKGROUNDS.map((background) => ({
    background,
    ...radio({
      group: "background",
      value: background,
      label: strings.backgrounds[background],
      class: "background-choice",
      children: [
        element("span", { class: "background-sample", attributes: { "data-background": background } }),
        element("span", { text: strings.backgrounds[background] }),
      ],
      onPick: (done) => onPick(background, done),
    }),
  }));
  return {
    content: element(
      "div",
      { class: "background-choices", attributes: { role: "radiogroup", "aria-label": strings.background } },
      kinds.map(({ label }) => label),
    ),
    update(background) {
      for (const kind of kinds) kind.input.checked = kind.background === background;
    },
  };
}
