/*
 * What the bar has for one group of tools: presses, holds and keys on its button, and the panel that they
 * open.
 */
import { lazily } from "../../base/lazily.ts";
import type { InkTheme } from "../../render/canvas/theme.ts";
import type { Choices } from "../choices/choices.ts";
import type { ToolGroup } from "../choices/tool-names.ts";
import { listen } from "../widgets/dom.ts";
import type { PanelPart } from "../widgets/panels.ts";
import { onHold } from "../widgets/press-hold.ts";
import type { Strings } from "../words/strings.ts";
import { createToolButton } from "./tool-button.ts";
import { createToolPanel } from "./tool-panel.ts";

/** One group of tools in the bar: the button that takes its tool, and the panel that opens from it. */
export interface ToolControl {
  readonly button: HTMLButtonElement;
  readonly panel: PanelPart<ToolGroup>;
  /** Another choice was made, or the theme is another: of the button; the panel has an update of its own. */
  update(theme: InkTheme): void;
}

/** A press takes the tool that was used last; a press on the one in the hand, a hold or an arrow key opens the panel. */
export function createToolControl({
  group,
  choices,
  strings,
  showPanel,
  togglePanel,
  closePanel,
}: {
  readonly group: ToolGroup;
  readonly choices: Choices;
  readonly strings: Strings;
  /** Opens this group's panel; `focus`: by keyboard. */
  readonly showPanel: (focus: boolean) => void;
  /** The same, or closes it where it is open. */
  readonly togglePanel: (focus: boolean) => void;
  /** Closes whichever panel is open. */
  readonly closePanel: () => void;
}): ToolControl {
  let theme: InkTheme = { dark: false };
  const { button, active, update: updateButton } = createToolButton({ group, choices, strings });
  const options = lazily(() => createToolPanel({ group, strings, choices, onDone: closePanel }));

  const take = (): void => choices.setTool(choices.lastOf(group));
  const takeAndShow = (focus: boolean): void => {
    take();
    showPanel(focus);
  };
  listen(button, "click", (event) => {
    // A click without a pointer came from the keyboard: it goes on inside the panel.
    if (active()) return togglePanel(event.detail === 0);
    closePanel();
    take();
  });
  listen(button, "keydown", (event) => {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    event.stopPropagation();
    takeAndShow(true);
  });
  onHold(button, () => takeAndShow(false));

  return {
    button,
    panel: {
      name: group,
      label: strings.groups[group],
      button,
      content: () => options().content,
      update: () => options().update(theme),
    },
    update(next) {
      theme = next;
      updateButton(theme.dark);
    },
  };
}
