/*
 * The menu of the bar: what is not needed all the time, in a list of entries that open panels of their
 * own.
 */
import type { Background } from "../../board/document/backgrounds.ts";
import { lazily } from "../../base/lazily.ts";
import { listen } from "../widgets/dom.ts";
import { iconButton } from "../widgets/icon-button.ts";
import type { PanelPart } from "../widgets/panels.ts";
import type { Strings } from "../words/strings.ts";
import { createBackgroundPanel } from "./background-panel.ts";
import { keyText } from "./help.ts";
import { createHelpPanel } from "./help-panel.ts";
import { createMenuPanel, type MenuEntry } from "./menu-panel.ts";

/** The panels that open from the menu, or by a key. */
export type MenuPanel =
  | "picture"
  | "pages"
  | "layers"
  | "background"
  | "people"
  | "storage"
  | "export"
  | "settings"
  | "help";
export type MenuPart = "menu" | MenuPanel;

/** What others make for the panels of the menu. */
export interface MenuContents {
  readonly layers: Required<Pick<PanelPart<MenuPart>, "content" | "update">>;
  readonly settings: Required<Pick<PanelPart<MenuPart>, "content" | "update">>;
  /** Opens from a button of the bar, where there is room for one. */
  readonly picture: Required<Pick<PanelPart<MenuPart>, "button" | "content">>;
  /** Opens from the button in the strip. */
  readonly pages: Required<Pick<PanelPart<MenuPart>, "button" | "content" | "update" | "onOpen">>;
  readonly storage: Required<Pick<PanelPart<MenuPart>, "content" | "update" | "onOpen">>;
  readonly export: Required<Pick<PanelPart<MenuPart>, "content" | "update">>;
  /** Opens from a button beside the pictures of some, where there are more. */
  readonly people: Required<Pick<PanelPart<MenuPart>, "button" | "container" | "content" | "onOpen">>;
}

/** The menu at the end of the bar: its button, its entries, and the panels that these open. */
export interface Menu {
  readonly button: HTMLButtonElement;
  readonly panels: readonly PanelPart<MenuPart>[];
  /** The board has another background. */
  setBackground(background: Background): void;
}

export interface MenuDeps {
  readonly strings: Strings;
  readonly isMac: boolean;
  readonly contents: MenuContents;
  /** Which panel of the bar is open is the menu's matter too: its button closes any. */
  readonly panels: {
    show(name: MenuPart, focus: boolean): void;
    /** Closes the panel that is open, or opens the menu; `focus`: by keyboard. */
    toggleMenu(focus: boolean): void;
    close(): void;
  };
  readonly onClear: () => void;
  readonly onLookBack: () => void;
  readonly onBackground: (background: Background) => void;
}

export function createMenu(deps: MenuDeps): Menu {
  const { strings, isMac, contents, panels, onClear, onLookBack, onBackground } = deps;
  const { picture, pages, layers, settings, people, storage } = contents;
  const titles: Readonly<Record<MenuPanel, string>> = {
    picture: strings.picture.title,
    pages: strings.pages.title,
    layers: strings.layers,
    background: strings.background,
    people: strings.people.title,
    storage: strings.storage.title,
    export: strings.transfer.title,
    settings: strings.settings,
    help: strings.help,
  };
  const button = iconButton(strings.menu, "menu", "menu-button");
  listen(button, "click", (event) => panels.toggleMenu(event.detail === 0));

  let shown: Background | undefined;
  const background = lazily(() =>
    createBackgroundPanel({
      strings,
      onPick(picked, done) {
        onBackground(picked);
        if (done) panels.close();
      },
    }),
  );
  const opens = (name: Exclude<MenuPanel, "pages">): MenuEntry => ({
    name,
    icon: name,
    label: titles[name],
    key: keyText(name, strings, isMac),
    run: (byKeyboard) => panels.show(name, byKeyboard),
  });
  const clear: MenuEntry = {
    name: "clear",
    icon: "clear",
    label: strings.clear,
    key: "",
    run() {
      panels.close();
      onClear();
    },
  };
  const lookBack: MenuEntry = {
    name: "look-back",
    icon: "lookBack",
    label: strings.lookBack.title,
    key: keyText("look-back", strings, isMac),
    run() {
      panels.close();
      onLookBack();
    },
  };
  const entries = createMenuPanel([
    opens("picture"),
    opens("layers"),
    opens("background"),
    opens("people"),
    lookBack,
    clear,
    opens("export"),
    opens("storage"),
    opens("settings"),
    opens("help"),
  ]);
  const titled = (name: MenuPanel, content: PanelPart<MenuPart>["content"]): PanelPart<MenuPart> => ({
    name,
    label: titles[name],
    button,
    content,
    titled: true,
  });

  return {
    button,
    panels: [
      { name: "menu", label: strings.menu, button, content: entries },
      { ...titled("layers", layers.content), ...layers },
      {
        ...titled("background", () => background().content),
        update() {
          if (shown !== undefined) background().update(shown);
        },
      },
      { ...titled("picture", picture.content), ...picture, returnsTo: button },
      { ...titled("pages", pages.content), ...pages, returnsTo: button },
      { ...titled("people", people.content), ...people, returnsTo: button, isText: true },
      { ...titled("storage", storage.content), ...storage },
      { ...titled("export", contents.export.content), ...contents.export },
      { ...titled("settings", settings.content), ...settings },
      { ...titled("help", () => createHelpPanel(strings, isMac)), isText: true },
    ],
    setBackground(next) {
      shown = next;
    },
  };
}
