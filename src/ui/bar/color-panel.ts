/*
 * Choosing a colour: the palette, or one of one's own by two sliders. Colours are shown as they look in
 * the present theme and are chosen as they are stored.
 */
import { toolColor } from "../../render/canvas/theme.ts";
import type { Hsl, PaletteColor } from "../choices/colors.ts";
import { hslOfRgb, paletteOf, rgbOfHsl } from "../choices/colors.ts";
import { element } from "../widgets/dom.ts";
import { radio } from "../widgets/radio.ts";
import { createSlider } from "../widgets/slider.ts";
import type { Strings } from "../words/strings.ts";
import type { ColoredTool, ToolGroup } from "../choices/tool-names.ts";

interface ColorState {
  readonly tool: ColoredTool;
  readonly color: number;
  /** The dark theme shows colours mirrored in lightness. */
  readonly dark: boolean;
}

/** Lively, but not so much that it outshines the palette. */
const SATURATION = 0.72;
/** Symmetric, so that the slider covers the same colours in the dark theme. */
const DARKEST = 0.1;
const LIGHTEST = 0.9;
const STEPS = 100;
const FIRST_OWN: Hsl = { hue: 165, saturation: SATURATION, lightness: 0.42 };

/** The colours on offer for a tool, and one of your own by hue and lightness: no system dialog is needed for it. */
export function createColorPanel({
  group,
  strings,
  onPick,
}: {
  readonly group: ToolGroup;
  readonly strings: Strings;
  readonly onPick: (rgb: number, done: boolean) => void;
}): { readonly content: HTMLElement; update(state: ColorState): void } {
  let own = FIRST_OWN;
  let dark = false;
  let tool: ColoredTool | undefined;
  const swatch = (value: string, label: string, pick: (done: boolean) => void) => {
    const dot = element("span", { class: "swatch-dot" });
    return {
      dot,
      ...radio({ group: `color-${group}`, value, label, class: "swatch", children: [dot], onPick: pick }),
    };
  };
  const makeSwatches = (of: ColoredTool) =>
    paletteOf(of).map(({ name, rgb }) => ({
      rgb,
      ...swatch(name, strings.colors[name], (done) => onPick(rgb, done)),
    }));
  /** Each palette keeps its swatches: one that has the keyboard is the same when its tool is in the hand again. */
  const made = new Map<readonly PaletteColor[], ReturnType<typeof makeSwatches>>();
  const swatchesOf = (of: ColoredTool): ReturnType<typeof makeSwatches> => {
    const known = made.get(paletteOf(of)) ?? makeSwatches(of);
    made.set(paletteOf(of), known);
    return known;
  };
  let swatches: ReturnType<typeof makeSwatches> = [];
  const custom = swatch("custom", strings.customColor, (done) => onPick(rgbOfHsl(own), done));
  custom.label.classList.add("swatch-custom");

  const hue = createSlider({
    label: strings.hue,
    kind: "hue",
    max: 359,
    onInput: (value) => change({ ...own, hue: value }),
  });
  const lightness = createSlider({
    label: strings.lightness,
    kind: "lightness",
    max: STEPS,
    onInput(value) {
      const seen = DARKEST + (value / STEPS) * (LIGHTEST - DARKEST);
      change({ ...own, lightness: dark ? 1 - seen : seen });
    },
  });
  const sliders = element("div", { class: "own-sliders" }, [hue.root, lightness.root]);
  const palette = element("div", {
    class: "swatches",
    attributes: { role: "radiogroup", "aria-label": strings.color },
  });
  const content = element("div", { class: "color-choices" }, [
    palette,
    element("div", { class: "own-color" }, [custom.label, sliders]),
  ]);

  const showOwn = (): void => {
    if (tool) custom.dot.style.setProperty("--swatch", toolColor(tool, rgbOfHsl(own), dark));
    sliders.style.setProperty("--hue", String(Math.round(own.hue)));
    hue.set(own.hue, `${Math.round(own.hue)}°`);
    const seen = dark ? 1 - own.lightness : own.lightness;
    lightness.set(((seen - DARKEST) / (LIGHTEST - DARKEST)) * STEPS, `${Math.round(seen * 100)} %`);
  };
  const change = (next: Hsl): void => {
    own = next;
    onPick(rgbOfHsl(own), false);
  };

  return {
    content,
    update({ color, ...state }) {
      dark = state.dark;
      if (tool === undefined || paletteOf(tool) !== paletteOf(state.tool)) {
        swatches = swatchesOf(state.tool);
        palette.replaceChildren(...swatches.map(({ label }) => label));
      }
      tool = state.tool;
      for (const { rgb, dot, input } of swatches) {
        input.checked = rgb === color;
        dot.style.setProperty("--swatch", toolColor(state.tool, rgb, dark));
      }
      custom.input.checked = swatches.every(({ rgb }) => rgb !== color);
      // A colour from elsewhere becomes the own one; the sliders' exact position is kept otherwise.
      if (custom.input.checked && rgbOfHsl(own) !== color)
        own = { ...hslOfRgb(color), saturation: SATURATION };
      showOwn();
    },
  };
}
