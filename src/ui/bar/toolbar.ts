/*
 * The bar at the bottom: tools, undo, redo and the menu, and the panels above it, of which one at most is
 * open.
 */
import type { Background } from "../../board/document/backgrounds.ts";
import type { InkTheme } from "../../render/canvas/theme.ts";
import type { Choices } from "../choices/choices.ts";
import { GROUP_NAMES, groupOf, type ToolGroup } from "../choices/tool-names.ts";
import type { Commands } from "../input/commands.ts";
import { element, listen } from "../widgets/dom.ts";
import { iconButton } from "../widgets/icon-button.ts";
import { createPanels } from "../widgets/panels.ts";
import { createRoving } from "../widgets/roving.ts";
import type { Strings } from "../words/strings.ts";
import { createMenu, type MenuContents, type MenuPart } from "./menu.ts";
import { createToolControl } from "./tool-control.ts";

export type PanelName = ToolGroup | MenuPart;

/** The bar at the bottom and the panels that open from it. */
export interface Toolbar {
  openPanel(): PanelName | undefined;
  /** Opens a panel, or closes it where it is open; `focus`: by keyboard. */
  togglePanel(name: PanelName, focus: boolean): void;
  /** The kinds, the colour and the size of the tool in the hand. */
  toggleOptions(focus: boolean): void;
  closePanel(): void;
  /** Brings the open panel up to date; done at each choice by itself. */
  refreshPanel(): void;
  setHistory(state: { readonly canUndo: boolean; readonly canRedo: boolean }): void;
  /** Colours are shown as they look in this theme. */
  setTheme(theme: InkTheme): void;
  setBackground(background: Background): void;
  /** False until the first board is on the page. */
  setEnabled(enabled: boolean): void;
  close(): void;
}

export interface ToolbarDeps {
  readonly contents: Omit<MenuContents, "picture"> & {
    readonly picture: MenuContents["picture"]["content"];
  };
  /** Where it stands on the page, and where its panels open. */
  readonly elements: { readonly bar: HTMLElement; readonly panels: HTMLElement };
  readonly strings: Strings;
  readonly choices: Choices;
  readonly commands: Pick<Commands, "run">;
  readonly onBackground: (background: Background) => void;
  readonly isMac: boolean;
}

/** From here on there is room for all of it in one row; else redo stands above undo, as long as it has a use. */
const WIDE = "(min-width: 440px)";

export function createToolbar(deps: ToolbarDeps): Toolbar {
  const { strings, choices, commands } = deps;
  const { bar, panels: panelsRoot } = deps.elements;
  let theme: InkTheme = { dark: false };

  const toggle = (name: PanelName, focus: boolean): void => {
    if (panels.open() === name) panels.close();
    else panels.show(name, focus);
  };
  const tools = GROUP_NAMES.map((group) =>
    createToolControl({
      group,
      choices,
      strings,
      showPanel: (focus) => panels.show(group, focus),
      togglePanel: (focus) => toggle(group, focus),
      closePanel: () => panels.close(),
    }),
  );
  const undo = iconButton(strings.undo, "undo", "undo-button");
  const redo = iconButton(strings.redo, "redo", "redo-button");
  listen(undo, "click", () => commands.run("undo"));
  listen(redo, "click", () => commands.run("redo"));
  const picture = iconButton(strings.picture.title, "picture", "picture-tool");
  listen(picture, "click", (event) => toggle("picture", event.detail === 0));
  const menu = createMenu({
    strings,
    isMac: deps.isMac,
    contents: { ...deps.contents, picture: { button: picture, content: deps.contents.picture } },
    panels: {
      show: (name, focus) => panels.show(name, focus),
      toggleMenu: (focus) => toggle(panels.open() ?? "menu", focus),
      close: () => panels.close(),
    },
    onClear: () => commands.run("clear"),
    onLookBack: () => commands.run("look-back"),
    onBackground: deps.onBackground,
  });
  const panels = createPanels<PanelName>({
    container: panelsRoot,
    strings,
    parts: [...tools.map(({ panel }) => panel), ...menu.panels],
  });
  const makers = [...tools.map(({ button }) => button), picture];
  const history = element("span", { class: "bar-history" }, [undo, redo]);
  const buttons = [...makers, undo, redo, menu.button];
  const roving = createRoving(bar);

  const wide = matchMedia(WIDE);
  // Both are told at each change of the board; to write them anew has the engine lay out the page.
  let shownHistory: string | undefined;
  let isEnabled: boolean | undefined;
  let arrangedFor: boolean | undefined;
  const arrange = (): void => {
    const { leftHanded } = choices.preferences();
    if (leftHanded === arrangedFor) return;
    arrangedFor = leftHanded;
    bar.replaceChildren(...inOrder([makers, [history], [menu.button]], leftHanded));
    roving.update();
  };
  const showRedo = (): void => {
    const isOfUse = redo.getAttribute("aria-disabled") !== "true";
    bar.toggleAttribute("data-redo-above", !wide.matches && isOfUse);
    // The keys go on from beside it.
    if (!wide.matches && !isOfUse && document.activeElement === redo) undo.focus();
    redo.hidden = !wide.matches && !isOfUse;
    roving.update();
  };
  const update = (): void => {
    arrange();
    for (const tool of tools) tool.update(theme);
    panels.refresh();
  };
  const setEnabled = (enabled: boolean): void => {
    if (enabled === isEnabled) return;
    isEnabled = enabled;
    for (const button of buttons) button.disabled = !enabled;
    roving.update();
  };
  bar.setAttribute("aria-label", strings.toolbar);
  wide.addEventListener("change", showRedo);
  const stop = choices.onChange(update);
  redo.setAttribute("aria-disabled", "true");
  update();
  showRedo();
  setEnabled(false);

  return {
    openPanel: () => panels.open(),
    togglePanel: toggle,
    toggleOptions: (focus) => toggle(groupOf(choices.tool()), focus),
    closePanel: () => panels.close(),
    refreshPanel: panels.refresh,
    setHistory({ canUndo, canRedo }) {
      const now = `${canUndo} ${canRedo}`;
      if (now === shownHistory) return;
      shownHistory = now;
      // Not `disabled`: that would take the focus away from a keyboard in mid-use.
      undo.setAttribute("aria-disabled", String(!canUndo));
      redo.setAttribute("aria-disabled", String(!canRedo));
      showRedo();
    },
    setTheme(next) {
      theme = next;
      update();
    },
    setBackground(background) {
      menu.setBackground(background);
      if (panels.open() === "background") panels.refresh();
    },
    setEnabled,
    close() {
      stop();
      wide.removeEventListener("change", showRedo);
      roving.close();
      bar.replaceChildren();
      panelsRoot.replaceChildren();
    },
  };
}

/**
 * The groups of buttons with lines between them, in the order in which they are seen, so that the keys go
 * the same way. For a left hand the menu is first, and the tools are last and turned round; undo stays
 * before redo.
 */
function inOrder(
  [tools, history, menu]: readonly [readonly HTMLElement[], readonly HTMLElement[], readonly HTMLElement[]],
  leftHanded: boolean,
): readonly HTMLElement[] {
  const groups = leftHanded ? [menu, history, [...tools].reverse()] : [tools, history, menu];
  return groups.flatMap((group, i) =>
    i === 0 ? group : [element("span", { class: "separator" }), ...group],
  );
}
