import { element, listen } from "./dom.ts";

export interface Slider {
  readonly root: HTMLElement;
  readonly input: HTMLInputElement;
  set(value: number, text: string): void;
}

/** A native range input with its own look, for whole numbers from 0 on. */
export function createSlider({
  label,
  kind,
  max,
  onInput,
}: {
  readonly label: string;
  /** Its classes are `range-<kind>` and `slider-<kind>`. */
  readonly kind: string;
  readonly max: number;
  readonly onInput: (value: number) => void;
}): Slider {
  const input = element("input", {
    class: `range-${kind}`,
    attributes: { type: "range", min: "0", max: String(max), "aria-label": label },
  });
  listen(input, "input", () => onInput(Number(input.value)));
  return {
    root: element("div", { class: `slider slider-${kind}` }, [input]),
    input,
    set(value, text) {
      input.value = String(value);
      input.setAttribute("aria-valuetext", text);
    },
  };
}
