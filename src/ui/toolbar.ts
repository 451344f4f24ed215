import type { InkTheme } from "../render/theme.ts";
import { displayColor } from "../render/theme.ts";
import { createBrushPanel } from "./brush-panel.ts";
import type { Choices } from "./choices.ts";
import { createColorPanel } from "./color-panel.ts";
import { PALETTE } from "./colors.ts";
import { element, listen } from "./dom.ts";
import type { IconName } from "./icons.ts";
import { icon } from "./icons.ts";
import { createPanels } from "./panels.ts";
import { createSizePanel } from "./size-panel.ts";
import type { Strings } from "./strings.ts";

export interface ToolbarActions {
  undo(): void;
  redo(): void;
  clear(): void;
}

/** The bar at the bottom and the panels that open from it. */
export interface Toolbar {
  /** A panel is open. */
  panelOpen(): boolean;
  closePanel(): void;
  setHistory(state: { readonly canUndo: boolean; readonly canRedo: boolean }): void;
  /** Colours are shown as they look on the present paper. */
  setPaper(paper: InkTheme): void;
  setEnabled(enabled: boolean): void;
  close(): void;
}

/** A button with an icon, named for everybody. */
export function iconButton(id: string, label: string, name: IconName): HTMLButtonElement {
  return element(
    "button",
    { id, class: "button", attributes: { type: "button", "aria-label": label, title: label } },
    [icon(name)],
  );
}

function colorName(rgb: number, strings: Strings): string {
  const known = PALETTE.find((color) => color.rgb === rgb);
  return known ? strings.colors[known.name] : strings.customColor;
}

export function createToolbar({
  bar,
  panelsRoot,
  strings,
  choices,
  actions,
}: {
  readonly bar: HTMLElement;
  readonly panelsRoot: HTMLElement;
  readonly strings: Strings;
  readonly choices: Choices;
  readonly actions: ToolbarActions;
}): Toolbar {
  let dark = false;

  const brush = iconButton("tool-button", strings.brush, "pen");
  const colorDot = element("span", { class: "color-dot" });
  const color = element(
    "button",
    { id: "color-button", class: "button", attributes: { type: "button", title: strings.color } },
    [colorDot],
  );
  const sizeDot = element("span", { class: "size-dot" });
  const size = element(
    "button",
    { id: "size-button", class: "button", attributes: { type: "button", title: strings.size } },
    [sizeDot],
  );
  const undo = iconButton("undo-button", strings.undo, "undo");
  const redo = iconButton("redo-button", strings.redo, "redo");
  const clear = iconButton("clear-button", strings.clear, "clear");
  const buttons = [brush, color, size, undo, redo, clear];
  listen(undo, "click", actions.undo);
  listen(redo, "click", actions.redo);
  listen(clear, "click", actions.clear);

  const separator = (): HTMLElement => element("span", { class: "separator" });
  bar.setAttribute("aria-label", strings.toolbar);
  bar.replaceChildren(brush, color, size, separator(), undo, redo, separator(), clear);

  const doneWith = (done: boolean): void => {
    if (done) panels.close();
  };
  const brushPanel = createBrushPanel({
    strings,
    onPick(tool, done) {
      choices.setTool(tool);
      doneWith(done);
    },
  });
  const colorPanel = createColorPanel({
    strings,
    onPick(rgb, done) {
      choices.setColor(rgb);
      doneWith(done);
    },
  });
  const sizePanel = createSizePanel({
    strings,
    onPick(pixels, done) {
      choices.setSize(pixels);
      doneWith(done);
    },
  });
  const panels = createPanels({
    container: panelsRoot,
    parts: [
      { name: "tool", label: strings.brush, button: brush, content: brushPanel.content },
      { name: "color", label: strings.color, button: color, content: colorPanel.content },
      { name: "size", label: strings.size, button: size, content: sizePanel.content },
    ],
  });

  const update = (): void => {
    const chosen = choices.brush();
    const css = displayColor(chosen.color, dark);
    brush.replaceChildren(icon(chosen.tool));
    brush.setAttribute("aria-label", `${strings.brush}: ${strings.tools[chosen.tool]}`);
    colorDot.style.setProperty("--swatch", css);
    color.setAttribute("aria-label", `${strings.color}: ${colorName(chosen.color, strings)}`);
    sizeDot.style.setProperty("--size", `${Math.min(4 + chosen.size * 0.55, 26)}px`);
    size.setAttribute("aria-label", `${strings.size}: ${strings.pixels(chosen.size)}`);
    brushPanel.update(chosen.tool);
    colorPanel.update({ color: chosen.color, dark });
    sizePanel.update({ brush: chosen, color: css });
  };
  const stop = choices.onChange(update);
  update();

  return {
    panelOpen: () => panels.open() !== undefined,
    closePanel: () => panels.close(),
    setHistory({ canUndo, canRedo }) {
      // Not `disabled`: that would take the focus away from a keyboard in mid-use.
      undo.setAttribute("aria-disabled", String(!canUndo));
      redo.setAttribute("aria-disabled", String(!canRedo));
    },
    setPaper(paper) {
      ({ dark } = paper);
      update();
    },
    setEnabled(enabled) {
      for (const button of buttons) button.disabled = !enabled;
    },
    close() {
      stop();
      bar.replaceChildren();
      panelsRoot.replaceChildren();
    },
  };
}
