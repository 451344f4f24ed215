/*
 * The panel of one group of tools: which of them to take, and its mode, size and colour. What the tool in
 * the hand does not have is hidden.
 */
import type { InkTheme } from "../../render/canvas/theme.ts";
import { displayColor } from "../../render/canvas/theme.ts";
import type { Choices } from "../choices/choices.ts";
import { createColorPanel } from "./color-panel.ts";
import { element } from "../widgets/dom.ts";
import { icon } from "../widgets/icons.ts";
import { radio } from "../widgets/radio.ts";
import { SELECT_MODES } from "../choices/settings.ts";
import { createSizePanel } from "./size-panel.ts";
import type { Strings } from "../words/strings.ts";
import type { ToolGroup, ToolName } from "../choices/tool-names.ts";
import { hasColor, hasSize, TOOL_GROUPS } from "../choices/tool-names.ts";

/** The kinds of one group of tools, and how the one in the hand looks. */
export interface ToolPanel {
  readonly content: HTMLElement;
  update(theme: InkTheme): void;
}

/** `onDone`: picked with a pointer, and there is nothing more to pick. */
export function createToolPanel({
  group,
  strings,
  choices,
  onDone,
}: {
  readonly group: ToolGroup;
  readonly strings: Strings;
  readonly choices: Choices;
  readonly onDone: () => void;
}): ToolPanel {
  const done = (is: boolean): void => {
    if (is) onDone();
  };
  const tools: readonly ToolName[] = TOOL_GROUPS[group];
  const kinds = tools.map((tool) => ({
    tool,
    ...radio({
      group: `kind-${group}`,
      value: tool,
      label: strings.tools[tool],
      class: "tool-choice",
      children: [icon(tool), element("span", { text: strings.tools[tool] })],
      onPick(byPointer) {
        choices.setTool(tool);
        done(byPointer && tool === "pan");
      },
    }),
  }));
  const sizes = createSizePanel({
    group,
    strings,
    onPick(pixels, byPointer) {
      choices.setSize(pixels);
      done(byPointer);
    },
  });
  const colors = createColorPanel({
    group,
    strings,
    onPick(rgb, byPointer) {
      choices.setColor(rgb);
      done(byPointer);
    },
  });
  const modes = SELECT_MODES.map((mode) => ({
    mode,
    ...radio({
      group: "select-mode",
      value: mode,
      label: strings.selectModes[mode],
      class: "mode-choice",
      children: [
        icon(mode === "box" ? "box" : "select"),
        element("span", { text: strings.selectModes[mode] }),
      ],
      onPick(byPointer) {
        choices.setSelectMode(mode);
        done(byPointer);
      },
    }),
  }));
  const modeChoices = element(
    "div",
    { class: "mode-choices", attributes: { role: "radiogroup", "aria-label": strings.selectMode } },
    modes.map(({ label }) => label),
  );
  const toolChoices = element(
    "div",
    {
      class: "tool-choices",
      attributes: { role: "radiogroup", "aria-label": strings.groups[group] },
    },
    kinds.map(({ label }) => label),
  );

  return {
    content: element("div", { class: "tool-options" }, [
      toolChoices,
      modeChoices,
      sizes.content,
      colors.content,
    ]),
    update({ dark }) {
      const chosen = choices.tool();
      const tool = tools.includes(chosen) ? chosen : choices.lastOf(group);
      for (const kind of kinds) kind.input.checked = kind.tool === tool;
      for (const { mode, input } of modes) input.checked = mode === choices.selectMode();
      modeChoices.hidden = tool !== "select";
      sizes.content.hidden = !hasSize(tool);
      colors.content.hidden = !hasColor(tool);
      if (hasColor(tool)) colors.update({ tool, color: choices.colorOf(tool), dark });
      if (hasSize(tool)) {
        const isInked = hasColor(tool) && tool !== "note";
        const color = isInked ? displayColor(choices.colorOf(tool), dark) : "currentColor";
        sizes.update({ tool, size: choices.sizeOf(tool), color });
      }
    },
  };
}
