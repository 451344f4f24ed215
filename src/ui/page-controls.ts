/*
 * What lies around the canvas, from the parts of the bar: made once for a page, whichever board is on it.
 */
import { lazily } from "../base/lazily.ts";
import type { Session } from "../session.ts";
import type { Board } from "../board/document/board.ts";
import type { InkTheme } from "../render/canvas/theme.ts";
import type { HistoryControls } from "./bar/history-controls.ts";
import { createHistoryControls } from "./bar/history-controls.ts";
import type { LayerControls } from "./bar/layer-controls.ts";
import { createLayerControls } from "./bar/layer-controls.ts";
import type { MenuContents } from "./bar/menu.ts";
import { createSettingsPanel } from "./bar/settings-panel.ts";
import type { Toolbar } from "./bar/toolbar.ts";
import { createToolbar } from "./bar/toolbar.ts";
import type { BoardPages } from "./board-pages.ts";
import { createViewTools } from "./bar/view-tools.ts";
import type { Choices } from "./choices/choices.ts";
import type { Commands } from "./input/commands.ts";
import { createHint } from "./notices/hint.ts";
import type { Notices } from "./notices/notices.ts";
import type { PagePeople } from "./page-people.ts";
import type { Page } from "./page.ts";
import type { Stage } from "./stage/stage.ts";
import type { PictureIntake } from "./pictures/picture-intake.ts";
import { createPicturePanel } from "./pictures/picture-panel.ts";
import { isBeside } from "./pages/beside.ts";
import { listen } from "./widgets/dom.ts";
import { iconButton } from "./widgets/icon-button.ts";
import type { Strings } from "./words/strings.ts";

/** All that lies around the canvas: the strip above, the bar below with its panels, and the hint. */
export interface PageControls {
  readonly toolbar: Toolbar;
  readonly history: HistoryControls;
  readonly refuse: LayerControls["refuse"];
  /** The buttons of the view, which lie on the canvas. */
  readonly viewTools: HTMLElement;
  /** Another board, or another history, background or layer. */
  showBoard(): void;
  /** Whether there is something to undo and to redo, which others' changes decide as well. */
  showHistory(): void;
  showView(): void;
  setTheme(theme: InkTheme): void;
  /** The panel that is open lies beside the canvas: one draws and leaves it there. */
  staysOpen(): boolean;
  /** The keyboard goes to where the own name is set, in the settings. */
  askName(): void;
  /** Back to the chat, where there is one. */
  leave(): void;
  close(): void;
}

export interface PageControlsDeps {
  readonly page: Page;
  readonly strings: Strings;
  readonly choices: Choices;
  readonly commands: Commands;
  readonly notices: Notices;
  readonly people: PagePeople;
  readonly pages: BoardPages;
  readonly transfer: { readonly panel: MenuContents["export"] };
  readonly board: () => Board | undefined;
  /** What there is as long as there is a board. */
  readonly onBoard: () =>
    | { readonly stage: Pick<Stage, "view">; readonly pictures: PictureIntake }
    | undefined;
  readonly session: Pick<Session, "voice">;
  /** Back to the chat; undefined: there is none. */
  readonly leave: (() => void) | undefined;
}

export function createPageControls(deps: PageControlsDeps): PageControls {
  const { page, strings, choices, commands, notices, people, pages, board, onBoard, leave } = deps;
  const view = (): Stage["view"] | undefined => onBoard()?.stage.view;
  const history = createHistoryControls({
    board,
    page: pages.current,
    notices,
    strings,
    whoWrote: people.whoWrote,
    announce: people.news.say,
    finishTyping: () => void commands.run("stop-typing"),
    newPage: pages.begin,
  });
  const layers = createLayerControls({ board, choices, strings, notices, newPage: pages.newPageAction });
  const settings = lazily(() =>
    createSettingsPanel({ strings, choices, canConnect: deps.session.voice.canConnect() }),
  );
  const toolbar = createToolbar({
    elements: page,
    strings,
    choices,
    commands,
    onBackground: (background) => void board()?.setBackground(background),
    contents: {
      pages: pages.panel,
      storage: pages.storage,
      export: deps.transfer.panel,
      layers: layers.panel,
      settings: { content: () => settings().content, update: () => settings().update() },
      picture: createPicturePanel({
        strings,
        take: (files) => onBoard()?.pictures.take(files),
        photograph: () => onBoard()?.pictures.photograph(),
        paste: () => void commands.run("paste"),
        onDone: () => toolbar.closePanel(),
      }),
      people: {
        button: people.presence.everyone,
        container: people.list.root,
        content: people.list.content,
        onOpen: () => people.list.open(page.bar),
      },
    },
    isMac: /Mac|iPhone|iPad/u.test(navigator.userAgent),
  });
  const hint = createHint(page.dock, strings.hint, choices);
  const goBack = (): void => leave?.();
  const back = iconButton(strings.backToChat, "back", "back-button");
  back.hidden = leave === undefined;
  listen(back, "click", goBack);
  const viewTools = createViewTools({
    strings,
    choices,
    actualSize: () => view()?.actualSize(),
    showAll: () => view()?.showAll(),
  });
  const { button } = pages.panel;
  page.strip.replaceChildren(back, people.presence.root, viewTools.root, button, people.list.root);

  function showHistory(): void {
    const { canUndo, canRedo } = board()?.history ?? {};
    toolbar.setHistory({ canUndo: canUndo?.() ?? false, canRedo: canRedo?.() ?? false });
  }

  const takeLayer = (): void => board()?.setActiveLayer(choices.activeLayer());
  const stop = choices.onChange(takeLayer);
  hint.update();

  return {
    toolbar,
    history,
    refuse: layers.refuse,
    viewTools: viewTools.root,
    showHistory,
    showBoard() {
      const now = board();
      showHistory();
      if (now) toolbar.setBackground(now.background());
      // The other panels tell nothing of the board, but for its background.
      if (toolbar.openPanel() === "layers") toolbar.refreshPanel();
      takeLayer();
    },
    showView() {
      const now = view();
      viewTools.update(now && { zoom: now.camera().zoom, byHand: now.byHand() });
    },
    setTheme: toolbar.setTheme,
    staysOpen: () => toolbar.openPanel() === "pages" && isBeside(),
    askName() {
      if (toolbar.openPanel() !== "settings") toolbar.togglePanel("settings", true);
      settings().askName();
    },
    leave: goBack,
    close() {
      stop();
      hint.close();
      toolbar.close();
      viewTools.close();
      page.strip.replaceChildren();
    },
  };
}
