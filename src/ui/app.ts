import type { Board } from "../board/board.ts";
import type { Log } from "../env/log.ts";
import type { Session } from "../session.ts";
import { shortAddress } from "./colors.ts";
import type { Choices } from "./choices.ts";
import { createChoices } from "./choices.ts";
import { listen } from "./dom.ts";
import { noticeText } from "./notice-text.ts";
import { createNotices } from "./notices.ts";
import { boxOn, coveredBy, findPage } from "./page.ts";
import type { NameOf } from "./presence-text.ts";
import { createPresence } from "./presence.ts";
import { commandFor } from "./shortcuts.ts";
import type { Doing, Stage } from "./stage.ts";
import { createStage } from "./stage.ts";
import type { Surroundings } from "./open-in-messenger.ts";
import type { Strings } from "./strings.ts";
import { createToolbar, iconButton } from "./toolbar.ts";
import type { Place } from "./view.ts";
import { runViewCommand } from "./view-commands.ts";
import { createViewTools } from "./view-tools.ts";

/** How long the notice of a clear offers to take it back. */
const UNDO_SECONDS = 10;
const NOTICE_SECONDS = 6;

export interface App {
  /** Ends a stroke that is under way: the page gets hidden. */
  release(): void;
  /** Takes everything off the page; returns what stays when it is built anew. */
  close(): Kept;
}

/** What a person must not lose when the page is built anew, in another language or for another board. */
export interface Kept {
  readonly choices: Choices;
  /** What was said once and is not said again. */
  readonly told: Set<string>;
  /** Undefined for another board. */
  readonly ofBoard: { readonly isSaved: boolean; readonly place: Place | undefined } | undefined;
}

/** Shows a session on the page and lets a person work in it. */
export function createApp({
  session,
  strings,
  log,
  around,
  kept,
}: {
  readonly session: Session;
  readonly strings: Strings;
  readonly log: Log;
  readonly around: Surroundings;
  readonly kept: Kept | undefined;
}): App {
  const page = findPage();
  const inBrowser = around === "browser";
  const nameOf: NameOf = inBrowser
    ? (address) => strings.tab(address.replace(/\D/gu, ""))
    : (address) => shortAddress(address);
  const choices =
    kept?.choices ?? createChoices({ onError: (error) => log.warn("A listener failed", error) });
  const notices = createNotices({ container: page.notices, closeLabel: strings.closeNotice });
  const presence = createPresence({ nameOf, strings, remark: remarkOf(around, strings) });
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let stage: Stage | undefined;
  let board: Board | undefined;
  let stopHistory: (() => void) | undefined;
  let isSaved = kept?.ofBoard?.isSaved ?? true;
  let start = kept?.ofBoard?.place;
  let doing: Doing | undefined;
  const told = kept?.told ?? new Set<string>();

  const undo = (): void => void board?.history.undo();
  const redo = (): void => void board?.history.redo();
  const clear = (): void => {
    toolbar.closePanel();
    if (!board) return;
    if (board.clear()) {
      const action = { label: strings.undo, run: undo };
      notices.show({ kind: "clear", text: strings.youCleared, seconds: UNDO_SECONDS, action });
    } else {
      notices.show({ kind: "clear", text: strings.nothingToClear, seconds: NOTICE_SECONDS });
    }
  };

  const toolbar = createToolbar({
    bar: page.bar,
    panelsRoot: page.panels,
    strings,
    choices,
    actions: { undo, redo, clear },
  });
  const back = iconButton("back-button", strings.backToChat, "back");
  back.hidden = inBrowser;
  listen(back, "click", () => session.leave());
  const viewTools = createViewTools({
    strings,
    choices,
    actualSize: () => stage?.view.actualSize(),
    showAll: () => stage?.view.showAll(),
  });
  page.strip.replaceChildren(back, presence.root, viewTools.root);
  page.live.setAttribute("aria-label", strings.board);
  page.root.lang = strings.language;
  page.root.dir = strings.direction;

  const showHistory = (): void => {
    const history = board?.history;
    toolbar.setHistory({ canUndo: history?.canUndo() ?? false, canRedo: history?.canRedo() ?? false });
  };

  const showTheme = (): void => {
    toolbar.setPaper({ dark: dark.matches });
    stage?.setTheme({ dark: dark.matches });
  };

  const showView = (): void => {
    viewTools.update(stage && { zoom: stage.view.camera().zoom, byHand: stage.view.byHand() });
  };

  const tellPresence = (): void => {
    const { tool, color } = choices.brush();
    if (doing) session.setPresence({ name: "", color, tool, ...doing });
  };

  /** What is worth saying once: what the pen is for, and what the fingers are for from now on. */
  const tellOfPen = (): void => {
    if (!choices.hasPen() || told.has("pen")) return;
    told.add("pen");
    const action = { label: strings.fingersDraw, run: () => choices.setFingersPan(false) };
    notices.show({ kind: "pen", text: strings.penFound, seconds: NOTICE_SECONDS, action });
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
        const open = toolbar.panelOpen();
        toolbar.closePanel();
        return open;
      },
      onViewChange: showView,
      onDoing(next) {
        doing = next;
        tellPresence();
      },
      onEraserEnd() {
        if (told.has("eraser")) return;
        told.add("eraser");
        notices.show({ kind: "eraser", text: strings.eraserEnd, seconds: NOTICE_SECONDS });
      },
    });
    start = undefined;
    stopHistory = board.history.onChange(() => {
      // From here on, undo means something else than the notice says.
      notices.dismiss("clear");
      showHistory();
    });
  };

  const update = (): void => {
    const phase = session.phase();
    // In a browser there is room for tabs that nobody is waiting for.
    const contacts = session.contacts().filter(({ state }) => !inBrowser || state === "here");
    const ready = session.board();
    const hasInk = (ready?.items().length ?? 0) > 0;
    presence.update({ phase, own: session.own(), contacts, hasInk, isSaved });
    if (ready !== board) {
      closeStage();
      if (ready) openStage(ready);
      showTheme();
    }
    stage?.contacts.update(contacts);
    showView();
    toolbar.setEnabled(board !== undefined);
    showHistory();
    page.root.dataset["phase"] = phase;
    // For whoever looks from outside whether two pages show the same board: tests, a simulator.
    page.root.dataset["board"] = session.digest() ?? "";
  };

  const closeStage = (): void => {
    stage?.close();
    stopHistory?.();
    stage = undefined;
    board = undefined;
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const command = commandFor(event);
    if (command === "undo") undo();
    else if (command === "redo") redo();
    else if (command === "dismiss") toolbar.closePanel();
    // Sliders and radio buttons have their own use for these keys.
    else if (command && stage && !(event.target instanceof HTMLInputElement)) {
      runViewCommand(command, stage.view);
    } else if (event.key === " " && event.target === document.body) stage?.setPanKey(true);
    else return;
    event.preventDefault();
  };
  const onKeyUp = (event: KeyboardEvent): void => {
    if (event.key === " ") stage?.setPanKey(false);
  };
  /** Whoever has the keyboard now hears that the key comes up; this page does not. */
  const onBlur = (): void => stage?.setPanKey(false);
  /** The page itself never zooms: the paper does. */
  const onWheel = (event: WheelEvent): void => {
    if (event.ctrlKey) event.preventDefault();
  };

  const stops = [
    session.onChange(update),
    choices.onChange(tellPresence),
    choices.onChange(tellOfPen),
    session.onNotice((notice) => {
      if (notice.kind === "storage-recovered") notices.dismiss("storage-failed");
      if (notice.kind === "storage-failed" || notice.kind === "storage-recovered") {
        isSaved = notice.kind === "storage-recovered";
        update();
      }
      // What is true as long as the page is open is said once: a contact could say it for ever.
      if (notice.kind === "muted" || notice.kind === "update-needed") {
        const about = `${notice.kind} ${notice.address}`;
        if (told.has(about)) return;
        told.add(about);
      }
      const stays = notice.kind !== "storage-recovered" && notice.kind !== "cleared";
      const text = noticeText(notice, nameOf, strings);
      notices.show({ kind: notice.kind, text, ...(stays ? {} : { seconds: NOTICE_SECONDS }) });
    }),
    listen(document.documentElement, "keydown", onKeyDown),
    listen(document.documentElement, "keyup", onKeyUp),
    listen(document.documentElement, "wheel", onWheel, { passive: false }),
  ];
  window.addEventListener("blur", onBlur);
  dark.addEventListener("change", showTheme);
  showTheme();
  update();

  return {
    release: () => stage?.release(),
    close() {
      for (const stop of stops) stop();
      window.removeEventListener("blur", onBlur);
      dark.removeEventListener("change", showTheme);
      const place = stage && { camera: stage.view.camera(), byHand: stage.view.byHand() };
      closeStage();
      notices.close();
      toolbar.close();
      viewTools.close();
      page.strip.replaceChildren();
      return { choices, told, ofBoard: { isSaved, place } };
    },
  };
}

/** Where the ink is, if it is not where it should be. */
function remarkOf(around: Surroundings, strings: Strings): string | undefined {
  if (around === "messenger") return undefined;
  return around === "browser" ? strings.noHost : strings.hostIsSilent;
}
