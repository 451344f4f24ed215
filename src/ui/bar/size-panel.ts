/*
 * Choosing a size: five that are usual for the tool, or any by a slider.
 */
import { element } from "../widgets/dom.ts";
import { radio } from "../widgets/radio.ts";
import { positionOf, PRESET_SIZES, sizeAt, SLIDER_STEPS } from "../choices/sizes.ts";
import { createSlider } from "../widgets/slider.ts";
import type { Strings } from "../words/strings.ts";
import type { SizedTool, ToolGroup } from "../choices/tool-names.ts";

interface SizeState {
  readonly tool: SizedTool;
  readonly size: number;
  /** The tool's colour as it looks in the present theme, in CSS. */
  readonly color: string;
}

/** Words are as large as their type, everything else is as wide as a dot. */
const LETTER = "A";

/** Five sizes and a slider, each shown as the dot that it makes. */
export function createSizePanel({
  group,
  strings,
  onPick,
}: {
  readonly group: ToolGroup;
  readonly strings: Strings;
  readonly onPick: (size: number, done: boolean) => void;
}): { readonly content: HTMLElement; update(state: SizeState): void } {
  const picture = (): HTMLElement =>
    group === "words"
      ? element("span", { class: "size-letter", text: LETTER })
      : element("span", { class: "size-dot" });
  let sizes = PRESET_SIZES.pen;
  const presets = sizes.map((_size, index) => {
    const dot = picture();
    const made = radio({
      group: `size-${group}`,
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
  const preview = picture();
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
    update({ tool, size: chosen, color }) {
      sizes = PRESET_SIZES[tool];
      content.style.setProperty("--brush-color", color);
      content.dataset["tool"] = tool;
      for (const [index, { dot, input, label }] of presets.entries()) {
        const size = sizes[index]!;
        input.checked = size === chosen;
        input.setAttribute("aria-label", strings.pixels(size));
        label.title = strings.pixels(size);
        dot.style.setProperty("--size", `${size}px`);
      }
      preview.style.setProperty("--size", `${chosen}px`);
      // Several positions round to one small size: the slider stays where the finger holds it.
      const position = Number(slider.input.value);
      slider.set(sizeAt(position) === chosen ? position : positionOf(chosen), strings.pixels(chosen));
    },
  };
}
