import type { Background } from "../../board/document/board.ts";
import type { InkTheme } from "../../render/canvas/theme.ts";
import { createBackgroundPanel } from "./background-panel.ts";
import type { Choices } from "../choices/choices.ts";
import { element, listen } from "../widgets/dom.ts";
import { keyText } from "./help.ts";
import { createHelpPanel } from "./help-panel.ts";
import { iconButton } from "../widgets/icon-button.ts";
import { createMenuPanel } from "./menu-panel.ts";
import type { PanelPart } from "../widgets/panels.ts";
import { createPanels } from "../widgets/panels.ts";
import { onHold } from "../widgets/press-hold.ts";
import { createRoving } from "../widgets/roving.ts";
import type { Strings } from "../words/strings.ts";
import { createToolButton } from "./tool-button.ts";
import type { ToolGroup } from "../choices/tool-names.ts";
import { GROUP_NAMES, groupOf } from "../choices/tool-names.ts";
import { createToolPanel } from "./tool-panel.ts";

/** The panels that open from the menu, or by a key. */
export type MenuPanel = "layers" | "background" | "people" | "settings" | "help";
export type PanelName = ToolGroup | "menu" | MenuPanel;

export interface ToolbarActions {
  undo(): void;
  redo(): void;
  clear(): void;
  setBackground(background: Background): void;
}

/** The bar at the bottom and the panels that open from it. */
export interface Toolbar {
  openPanel(): PanelName | undefined;
  /** Opens a panel, or closes it where it is open; `focus`: by keyboard. */
  togglePanel(name: PanelName, focus: boolean): void;
  /** The kinds, the colour and the size of the tool in the hand. */
  toggleOptions(focus: boolean): void;
  closePanel(): void;
  setHistory(state: { readonly canUndo: boolean; readonly canRedo: boolean }): void;
  /** Colours are shown as they look on the present paper. */
  setPaper(paper: InkTheme): void;
  setBackground(background: Background): void;
  setEnabled(enabled: boolean): void;
  close(): void;
}

export function createToolbar({
  bar,
  panelsRoot,
  strings,
  choices,
  actions,
  layers,
  settings,
  people,
  isMac,
}: {
  readonly bar: HTMLElement;
  readonly panelsRoot: HTMLElement;
  readonly strings: Strings;
  readonly choices: Choices;
  readonly actions: ToolbarActions;
  readonly layers: { readonly content: HTMLElement; update(): void };
  readonly settings: { readonly content: HTMLElement; update(): void };
  /** Opens from a button beside the pictures of some, where there are more. */
  readonly people: Required<Pick<PanelPart<PanelName>, "button" | "container" | "content" | "onOpen">>;
  readonly isMac: boolean;
}): Toolbar {
  let paper: InkTheme = { dark: false };

  const tools = GROUP_NAMES.map((group) => createToolButton({ group, choices, strings }));
  const undo = iconButton("undo-button", strings.undo, "undo");
  const redo = iconButton("redo-button", strings.redo, "redo");
  const menu = iconButton("menu-button", strings.menu, "menu");
  const buttons = [...tools.map(({ button }) => button), undo, redo, menu];
  listen(undo, "click", actions.undo);
  listen(redo, "click", actions.redo);
  const roving = createRoving(bar);

  const toolPanels = tools.map(({ group, button }) => ({
    group,
    button,
    panel: createToolPanel({ group, strings, choices, onDone: () => panels.close() }),
  }));
  const background = createBackgroundPanel({
    strings,
    onPick(picked, done) {
      actions.setBackground(picked);
      if (done) panels.close();
    },
  });
  const titles: Readonly<Record<MenuPanel, string>> = {
    layers: strings.layers,
    background: strings.background,
    people: strings.people.title,
    settings: strings.settings,
    help: strings.help,
  };
  const entry = (name: MenuPanel) => ({
    name,
    icon: name,
    label: titles[name],
    key: keyText(name, strings, isMac),
    run: (byKeyboard: boolean) => panels.show(name, byKeyboard),
  });
  const menuContent = createMenuPanel([
    entry("layers"),
    entry("background"),
    entry("people"),
    {
      name: "clear",
      icon: "clear",
      label: strings.clear,
      key: "",
      run() {
        panels.close();
        actions.clear();
      },
    },
    entry("settings"),
    entry("help"),
  ]);
  const fromMenu = (name: MenuPanel, content: HTMLElement, onOpen?: () => void): PanelPart<PanelName> => ({
    name,
    label: titles[name],
    button: menu,
    content,
    titled: true,
    ...(onOpen ? { onOpen } : {}),
  });
  const panels = createPanels<PanelName>({
    container: panelsRoot,
    strings,
    parts: [
      ...toolPanels.map(({ group, button, panel }) => ({
        name: group,
        label: strings.groups[group],
        button,
        content: panel.content,
        onOpen: () => panel.update(paper),
      })),
      { name: "menu", label: strings.menu, button: menu, content: menuContent },
      fromMenu("layers", layers.content, () => layers.update()),
      fromMenu("background", background.content),
      {
        ...fromMenu("people", people.content, people.onOpen),
        button: people.button,
        returnsTo: menu,
        container: people.container,
        isText: true,
      },
      fromMenu("settings", settings.content, () => settings.update()),
      { ...fromMenu("help", createHelpPanel(strings, isMac)), isText: true },
    ],
  });

  const toggle = (name: PanelName, focus: boolean): void => {
    if (panels.open() === name) panels.close();
    else panels.show(name, focus);
  };
  for (const { group, button, active } of tools) {
    const open = (focus: boolean): void => {
      choices.setTool(choices.lastOf(group));
      panels.show(group, focus);
    };
    listen(button, "click", (event) => {
      // A click without a pointer came from the keyboard: it goes on inside the panel.
      if (active()) return toggle(group, event.detail === 0);
      panels.close();
      choices.setTool(choices.lastOf(group));
    });
    listen(button, "keydown", (event) => {
      if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
      event.preventDefault();
      event.stopPropagation();
      open(true);
    });
    onHold(button, () => open(false));
  }
  listen(menu, "click", (event) => toggle(panels.open() ?? "menu", event.detail === 0));

  /** In the order in which they are seen, so that the keys go the same way. */
  const arrange = (): void => {
    const separator = (): HTMLElement => element("span", { class: "separator" });
    const groups: readonly (readonly HTMLElement[])[] = [
      tools.map(({ button }) => button),
      [undo, redo],
      [menu],
    ];
    const { leftHanded } = choices.preferences();
    const order = leftHanded ? [[menu], [undo, redo], tools.map(({ button }) => button).reverse()] : groups;
    const wanted = order.flatMap((group, i) => (i === 0 ? [...group] : [separator(), ...group]));
    bar.replaceChildren(...wanted);
    roving.update();
  };
  let arrangedFor: boolean | undefined;

  const update = (): void => {
    const { leftHanded } = choices.preferences();
    if (leftHanded !== arrangedFor) {
      arrangedFor = leftHanded;
      arrange();
    }
    for (const tool of tools) tool.update(paper.dark);
    for (const { panel } of toolPanels) panel.update(paper);
  };
  bar.setAttribute("aria-label", strings.toolbar);
  const stop = choices.onChange(update);
  update();

  return {
    openPanel: () => panels.open(),
    togglePanel: toggle,
    toggleOptions: (focus) => toggle(groupOf(choices.tool()), focus),
    closePanel: () => panels.close(),
    setHistory({ canUndo, canRedo }) {
      // Not `disabled`: that would take the focus away from a keyboard in mid-use.
      undo.setAttribute("aria-disabled", String(!canUndo));
      redo.setAttribute("aria-disabled", String(!canRedo));
    },
    setPaper(next) {
      paper = next;
      update();
    },
    setBackground: (next) => background.update(next),
    setEnabled(enabled) {
      for (const button of buttons) button.disabled = !enabled;
      roving.update();
    },
    close() {
      stop();
      roving.close();
      bar.replaceChildren();
      panelsRoot.replaceChildren();
    },
  };
}
