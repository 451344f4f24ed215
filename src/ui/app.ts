import type { Board } from "../board/document/board.ts";
import type { Log } from "../env/log.ts";
import type { Contact, Session } from "../session.ts";
import { cleanName } from "../sync/wire/name.ts";
import { createCarryNotice } from "./notices/carry-notice.ts";
import type { Choices } from "./choices/choices.ts";
import { createCommands } from "./commands.ts";
import type { KnownPeople } from "./people/contact-names.ts";
import { createContactNames, createKnownPeople } from "./people/contact-names.ts";
import { listen } from "./widgets/dom.ts";
import { createFollow } from "./people/follow.ts";
import { setHaptics, tick } from "./input/haptics.ts";
import { createHint } from "./notices/hint.ts";
import { createHistoryControls } from "./bar/history-controls.ts";
import { iconButton } from "./widgets/icon-button.ts";
import { listenToKeys } from "./input/keyboard.ts";
import { createLayerControls } from "./bar/layer-controls.ts";
import { announceIn } from "./notices/announce-in.ts";
import { createNews } from "./notices/news.ts";
import { createNotices } from "./notices/notices.ts";
import type { HostKind } from "./open-in-messenger.ts";
import { boxOn, coveredBy, findPage } from "./page.ts";
import { createPeopleList } from "./people/people-list.ts";
import { createPresence } from "./people/presence.ts";
import { createSessionNotices, NOTICE_SECONDS } from "./notices/session-notices.ts";
import { createSettingsPanel } from "./bar/settings-panel.ts";
import type { LocalPresence, Stage } from "./stage/stage.ts";
import { createStage } from "./stage/stage.ts";
import type { Strings } from "./words/strings.ts";
import { createToolbar } from "./bar/toolbar.ts";
import type { PanelName } from "./bar/toolbar.ts";
import type { CameraState } from "./camera/view.ts";
import { createViewTools } from "./bar/view-tools.ts";
import { whoWrote as namesOf } from "./people/who.ts";
import type { Who } from "./people/who.ts";

export interface App {
  /** Ends a stroke that is under way: the page gets hidden. */
  release(): void;
  /** Takes everything off the page; returns what stays when it is built anew. */
  close(): UiState;
}

/** What a person must not lose when the page is built anew, in another language or for another board. */
export interface UiState {
  /** What was said once and is not said again. */
  readonly told: Set<string>;
  /** What is open besides the board. */
  readonly panel: PanelName | undefined;
  /** Undefined for another board. */
  readonly ofBoard:
    | { readonly isSaved: boolean; readonly camera: CameraState | undefined; readonly known: KnownPeople }
    | undefined;
}

/** Shows a session on the page and lets a person work in it. */
export function createApp({
  session,
  strings,
  choices,
  log,
  around,
  kept,
}: {
  readonly session: Session;
  readonly strings: Strings;
  readonly choices: Choices;
  readonly log: Log;
  readonly around: HostKind;
  readonly kept: UiState | undefined;
}): App {
  const page = findPage();
  const inBrowser = around === "browser";
  const known = kept?.ofBoard?.known ?? createKnownPeople();
  const names = createContactNames({
    known,
    strings,
    unnamed: inBrowser ? (address) => strings.tab(address.replace(/\D/gu, "")) : undefined,
  });
  const { nameOf } = names;
  const notices = createNotices({ container: page.notices, closeLabel: strings.close });
  const carryNotice = createCarryNotice({ session, notices, nameOf, strings });
  const presence = createPresence({
    nameOf,
    strings,
    remark: remarkOf(around, strings),
    onFollow: (address) => follow.toggle(address),
    onEveryone: (byKeyboard) => toolbar.togglePanel("people", byKeyboard),
  });
  const news = createNews({ announcer: announceIn(page.news), nameOf, strings });
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let stage: Stage | undefined;
  let board: Board | undefined;
  let stopBoard: (() => void) | undefined;
  let contacts: readonly Contact[] = [];
  let isSaved = kept?.ofBoard?.isSaved ?? true;
  let start = kept?.ofBoard?.camera;
  let localPresence: LocalPresence | undefined;
  const told = kept?.told ?? new Set<string>();

  const whoWrote = (sessions: readonly number[]): Who =>
    namesOf(sessions, (client) => session.whoIs(client), contacts, nameOf, strings);
  const history = createHistoryControls({
    board: () => board,
    notices,
    strings,
    whoWrote,
    finishTyping: () => stage?.stopTyping(),
  });
  const layers = createLayerControls({ board: () => board, choices, strings, notices });
  const follow = createFollow({
    goTo: (view) => stage?.view.goTo(view),
    onChange() {
      const whom = follow.whom();
      presence.setFollowed(whom);
      people.show();
      if (whom !== undefined) news.say(strings.following(nameOf(whom)));
    },
  });
  const settings = createSettingsPanel({ strings, choices });
  const people = createPeopleList({
    strings,
    choices,
    nameOf,
    followed: () => follow.whom(),
    isOpen: () => toolbar.openPanel() === "people",
    // Both go where somebody is: what covers the paper makes way.
    onShow(address) {
      follow.stop();
      toolbar.closePanel();
      stage?.contacts.show(address);
    },
    onFollow(address) {
      toolbar.closePanel();
      follow.toggle(address);
    },
  });
  const toolbar = createToolbar({
    bar: page.bar,
    panelsRoot: page.panels,
    strings,
    choices,
    actions: { ...history, setBackground: (background) => void board?.setBackground(background) },
    layers: layers.panel,
    settings,
    people: {
      button: presence.everyone,
      container: people.root,
      content: people.content,
      onOpen: () => people.open(page.bar),
    },
    isMac: /Mac|iPhone|iPad/u.test(navigator.userAgent),
  });
  const hint = createHint(page.dock, strings.hint, choices);
  const back = iconButton("back-button", strings.backToChat, "back");
  back.hidden = inBrowser;
  listen(back, "click", () => session.leave());
  const viewTools = createViewTools({
    strings,
    choices,
    actualSize: () => stage?.view.actualSize(),
    showAll: () => stage?.view.showAll(),
  });
  page.strip.replaceChildren(back, presence.root, viewTools.root, people.root);
  page.live.setAttribute("aria-label", strings.board);
  page.root.lang = strings.language;
  page.root.dir = strings.direction;

  const showLayers = (): void => {
    layers.panel.update();
    board?.setActiveLayer(choices.activeLayer());
  };

  const showBoard = (): void => {
    toolbar.setHistory({
      canUndo: board?.history.canUndo() ?? false,
      canRedo: board?.history.canRedo() ?? false,
    });
    if (board) toolbar.setBackground(board.background());
    showLayers();
  };

  const showTheme = (): void => {
    toolbar.setTheme({ dark: dark.matches });
    stage?.setTheme({ dark: dark.matches });
    people.setTheme({ dark: dark.matches });
  };

  const showView = (): void => {
    viewTools.update(stage && { zoom: stage.view.camera().zoom, byHand: stage.view.byHand() });
  };

  const tellPresence = (): void => {
    if (!localPresence) return;
    const { color } = choices.brush();
    session.setPresence({
      name: cleanName(choices.preferences().name),
      color,
      tool: choices.tool(),
      ...localPresence,
    });
  };

  /** What is worth saying once: what the pen is for, and what the fingers are for from now on. */
  const tellOfPen = (): void => {
    if (!choices.hasPen() || !choices.fingersPan() || told.has("pen")) return;
    told.add("pen");
    const action = { label: strings.fingersDraw, run: () => choices.setFingersPan(false) };
    notices.show({ kind: "pen", text: strings.penFound, seconds: NOTICE_SECONDS, action });
  };

  let tool = choices.tool();
  let restored = choices.restored();
  const showChoices = (): void => {
    setHaptics(choices.preferences().haptics);
    // What is restored was not chosen just now: nobody may have touched the page yet.
    if (tool !== choices.tool() && restored) tick();
    tool = choices.tool();
    restored = choices.restored();
    page.root.dataset["tool"] = tool;
    page.root.dataset["side"] = choices.preferences().leftHanded ? "left" : "right";
    showLayers();
    tellPresence();
    people.show();
  };

  const openStage = (ready: Board): void => {
    board = ready;
    stage = createStage({
      root: page.root,
      surface: page.surface,
      cached: page.cached,
      live: page.live,
      overlay: page.contacts,
      board,
      start,
      choices,
      strings,
      nameOf,
      insets: () => coveredBy(page),
      covered: () => boxOn(page.surface, viewTools.root),
      pressCloses() {
        follow.stop();
        const open = toolbar.openPanel() !== undefined;
        toolbar.closePanel();
        return open;
      },
      onViewChange: showView,
      onLocalPresence(next) {
        localPresence = next;
        tellPresence();
      },
      onPreview: (preview) => session.setPreview(preview),
      undo: () => history.undo(),
      redo: () => history.redo(),
      whoWrote,
      onRefused: (reason) => layers.refuse(reason),
      say: (text) => void notices.show({ kind: "paper", text, seconds: NOTICE_SECONDS }),
      onError: (error) => log.warn("stage: a listener failed", error),
    });
    start = undefined;
    const stops = [
      board.history.onChange(showBoard),
      board.onChange((change) => {
        news.boardChanged(change, whoWrote(change.by));
        if (change.settings) showBoard();
      }),
    ];
    stopBoard = () => {
      for (const stop of stops) stop();
    };
  };

  const update = (): void => {
    const phase = session.phase();
    const before = contacts;
    // In a browser there is room for tabs that nobody is waiting for.
    contacts = session.contacts().filter(({ state }) => !inBrowser || state === "here");
    names.update(session.own(), contacts);
    news.contactsChanged(before, contacts);
    const ready = session.board();
    const hasInk = ready?.isEmpty() === false;
    presence.update({ phase, own: session.own(), contacts, hasInk, isSaved });
    if (ready !== board) {
      closeStage();
      if (ready) openStage(ready);
      showTheme();
      showBoard();
    }
    stage?.contacts.update(contacts);
    follow.update(contacts);
    people.update(session.own(), contacts);
    carryNotice.update();
    showView();
    toolbar.setEnabled(board !== undefined);
    page.root.dataset["phase"] = phase;
    // For whoever looks from outside whether two pages show the same board, and may be closed: tests, a simulator.
    page.root.dataset["board"] = session.digest() ?? "";
    page.root.dataset["stored"] = String(session.isStored());
  };

  const closeStage = (): void => {
    stage?.close();
    stopBoard?.();
    stage = undefined;
    board = undefined;
  };

  const run = createCommands({
    ...history,
    choices,
    toolbar,
    stage: () => stage,
    follow() {
      const whom = follow.whom() ?? contacts.find(({ state }) => state === "here")?.address;
      if (whom !== undefined) follow.toggle(whom);
    },
    leave() {
      if (!inBrowser) session.leave();
    },
    onView: () => follow.stop(),
  });
  const stops = [
    session.onChange(update),
    session.onNotice(news.noticed),
    session.onNotice(
      createSessionNotices({
        notices,
        nameOf,
        strings,
        told,
        onSaved(saved) {
          isSaved = saved;
          update();
        },
      }),
    ),
    choices.onChange(showChoices),
    choices.onChange(tellOfPen),
    listen(page.surface, "wheel", () => follow.stop(), { passive: true }),
    listenToKeys({ root: page.root, run, setPanKey: (held) => stage?.setPanKey(held) }),
  ];
  dark.addEventListener("change", showTheme);
  showTheme();
  showChoices();
  hint.update();
  update();
  if (kept?.panel) toolbar.togglePanel(kept.panel, true);

  return {
    release: () => stage?.release(),
    close() {
      const panel = toolbar.openPanel();
      const camera = stage && { camera: stage.view.camera(), byHand: stage.view.byHand() };
      for (const stop of stops) stop();
      dark.removeEventListener("change", showTheme);
      closeStage();
      notices.close();
      news.close();
      hint.close();
      toolbar.close();
      settings.close();
      viewTools.close();
      page.strip.replaceChildren();
      return { told, panel, ofBoard: { isSaved, camera, known } };
    },
  };
}

/** Where the ink is, if it is not where it should be. */
function remarkOf(around: HostKind, strings: Strings): string | undefined {
  if (around === "messenger") return undefined;
  return around === "browser" ? strings.noHost : strings.hostIsSilent;
}
