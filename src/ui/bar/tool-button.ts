import type { Choices } from "../choices/choices.ts";
import { element } from "../widgets/dom.ts";
import { toolColor } from "../../render/canvas/theme.ts";
import { iconButton, nameButton } from "../widgets/icon-button.ts";
import { icon } from "../widgets/icons.ts";
import type { Strings } from "../words/strings.ts";
import type { ToolGroup, ToolName } from "../choices/tool-names.ts";
import { hasColor, TOOL_GROUPS } from "../choices/tool-names.ts";

/** The button of one group of tools: it shows the one that it puts into the hand. */
export interface ToolButton {
  readonly group: ToolGroup;
  readonly button: HTMLButtonElement;
  /** Its tool is in the hand. */
  active(): boolean;
  update(dark: boolean): void;
}

export function createToolButton({
  group,
  choices,
  strings,
}: {
  readonly group: ToolGroup;
  readonly choices: Choices;
  readonly strings: Strings;
}): ToolButton {
  const button = iconButton(strings.groups[group], choices.lastOf(group), `${group}-button`);
  button.classList.add("tool-button");
  const color = element("span", { class: "tool-color" });
  const active = (): boolean => (TOOL_GROUPS[group] as readonly ToolName[]).includes(choices.tool());
  let shown: ToolName | undefined;
  return {
    group,
    button,
    active,
    update(dark) {
      const tool = choices.lastOf(group);
      if (tool !== shown) {
        button.replaceChildren(icon(tool), color);
        nameButton(button, strings.tools[tool]);
        shown = tool;
      }
      button.setAttribute("aria-pressed", String(active()));
      color.hidden = !hasColor(tool);
      if (hasColor(tool)) color.style.setProperty("--swatch", toolColor(tool, choices.colorOf(tool), dark));
    },
  };
}
