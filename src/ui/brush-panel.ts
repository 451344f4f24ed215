import type { InkTool } from "../ink/stroke.ts";
import { INK_TOOLS } from "../ink/stroke.ts";
import { element } from "./dom.ts";
import { icon } from "./icons.ts";
import { radio } from "./radio.ts";
import type { Strings } from "./strings.ts";

/** A panel's content. `update` shows what is chosen now. */
export interface PanelContent<T> {
  readonly content: HTMLElement;
  update(state: T): void;
}

/** Pen, marker, highlighter. */
export function createBrushPanel({
  strings,
  onPick,
}: {
  readonly strings: Strings;
  readonly onPick: (tool: InkTool, done: boolean) => void;
}): PanelContent<InkTool> {
  const choices = INK_TOOLS.map((tool) => {
    const name = element("span", { text: strings.tools[tool] });
    const made = radio({
      group: "tool",
      value: tool,
      label: strings.tools[tool],
      class: "tool-choice",
      children: [icon(tool), name],
      onPick: (done) => onPick(tool, done),
    });
    return { tool, ...made };
  });
  return {
    content: element(
      "div",
      { class: "tool-choices", attributes: { role: "radiogroup", "aria-label": strings.brush } },
      choices.map(({ label }) => label),
    ),
    update(tool) {
      for (const choice of choices) choice.input.checked = choice.tool === tool;
    },
  };
}
