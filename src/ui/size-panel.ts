import type { Brush } from "../tools/stroke-header.ts";
import type { PanelContent } from "./brush-panel.ts";
import { element } from "./dom.ts";
import { radio } from "./radio.ts";
import { positionOf, PRESET_SIZES, sizeAt, SLIDER_STEPS } from "./sizes.ts";
import { createSlider } from "./slider.ts";
import type { Strings } from "./strings.ts";

export interface SizeState {
  readonly brush: Brush;
  /** The brush's colour as it looks on the present paper, in CSS. */
  readonly color: string;
}

/** Five sizes and a slider, each shown as the dot that it makes. */
export function createSizePanel({
  strings,
  onPick,
}: {
  readonly strings: Strings;
  readonly onPick: (size: number, done: boolean) => void;
}): PanelContent<SizeState> {
  let sizes = PRESET_SIZES.pen;
  const presets = sizes.map((_size, index) => {
    const dot = element("span", { class: "size-dot" });
    const made = radio({
      group: "size",
      value: String(index),
      label: strings.pixels(sizes[index]!),
      class: "size-choice",
      children: [dot],
      onPick: (done) => onPick(sizes[index]!, done),
    });
    return { dot, ...made };
  });
  const slider = createSlider({
    label: strings.size,
    kind: "size",
    max: SLIDER_STEPS,
    onInput: (position) => onPick(sizeAt(position), false),
  });
  const preview = element("span", { class: "size-dot" });
  const content = element("div", { class: "size-choices" }, [
    element(
      "div",
      { class: "size-presets", attributes: { role: "radiogroup", "aria-label": strings.size } },
      presets.map(({ label }) => label),
    ),
    element("div", { class: "size-free" }, [
      slider.root,
      element("div", { class: "size-preview", attributes: { "aria-hidden": "true" } }, [preview]),
    ]),
  ]);
  return {
    content,
    update({ brush, color }) {
      sizes = PRESET_SIZES[brush.tool];
      content.style.setProperty("--brush-color", color);
      content.dataset["tool"] = brush.tool;
      for (const [index, { dot, input, label }] of presets.entries()) {
        const size = sizes[index]!;
        input.checked = size === brush.size;
        input.setAttribute("aria-label", strings.pixels(size));
        label.title = strings.pixels(size);
        dot.style.setProperty("--size", `${size}px`);
      }
      preview.style.setProperty("--size", `${brush.size}px`);
      // Several positions round to one small size: the slider stays where the finger holds it.
      const position = Number(slider.input.value);
      slider.set(
        sizeAt(position) === brush.size ? position : positionOf(brush.size),
        strings.pixels(brush.size),
      );
    },
  };
}
