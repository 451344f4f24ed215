/*
 * The front of this floor: a session on the page, in one language. The page's parts have files of their own
 * (people, controls, board); here they are put together, and told when the session has something new.
 */
import type { Calendar } from "../env/calendar.ts";
import type { Log } from "../env/log.ts";
import type { PageId } from "../board/pages/page-id.ts";
import type { Session } from "../session.ts";
import { searchOn, tellOfAway } from "./app-parts.ts";
import { createBoardPages } from "./board-pages.ts";
import { createBoardTransfer } from "./board-transfer.ts";
import type { CameraState } from "./camera/view.ts";
import type { Choices } from "./choices/choices.ts";
import { createSessionBitmaps } from "./session-bitmaps.ts";
import type { Commands } from "./input/commands.ts";
import { createCommands } from "./input/commands.ts";
import { createCallBar } from "./voice/call-bar.ts";
import { listenToKeys } from "./input/keyboard.ts";
import { refuseMiddlePaste } from "./input/middle-paste.ts";
import type { PanelName, Toolbar } from "./bar/toolbar.ts";
import { createQuestions } from "./notices/questions.ts";
import { createNotices } from "./notices/notices.ts";
import type { Notices } from "./notices/notices.ts";
import { watchForPen } from "./notices/pen-notice.ts";
import { createSessionNotices } from "./notices/session-notices.ts";
import type { HostKind } from "./open-in-messenger.ts";
import { createOwnPresence } from "./own-presence.ts";
import { openPageBoard } from "./page-board.ts";
import { showChoices } from "./page-choices.ts";
import { createPageControls } from "./page-controls.ts";
import { createPagePeople } from "./page-people.ts";
import type { PagePeople } from "./page-people.ts";
import { findPage, type Page } from "./page.ts";
import type { KnownPeople } from "./people/contact-names.ts";
import { createKnownPeople } from "./people/contact-names.ts";
import { createShownBoard } from "./shown-board.ts";
import type { Strings } from "./words/strings.ts";

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
    | {
        readonly isSaved: boolean;
        /** Where the person looked on each page. */
        readonly cameras: ReadonlyMap<PageId, CameraState>;
        readonly known: KnownPeople;
      }
    | undefined;
}

export interface AppDeps {
  readonly session: Session;
  readonly strings: Strings;
  readonly choices: Choices;
  /** For words about when something was. */
  readonly calendar: Calendar;
  readonly log: Log;
  readonly around: HostKind;
  readonly kept: UiState | undefined;
}

/** Shows a session on the page and lets a person work in it. */
export function createApp({ session, strings, choices, calendar, log, around, kept }: AppDeps): App {
  const page = speak(findPage(), strings);
  const known = kept?.ofBoard?.known ?? createKnownPeople();
  const told = kept?.told ?? new Set<string>();
  let isSaved = kept?.ofBoard?.isSaved ?? true;

  const commands = createCommands();
  const notices = createNotices({ container: page.notices, closeLabel: strings.close });
  const bitmaps = createSessionBitmaps(session, log);
  const shared = { page, session, bitmaps, strings, choices, calendar, commands, notices, log };
  const people = createPagePeople({
    ...shared,
    around,
    known,
    newsRegion: page.news,
    panel: panelOf("people", () => controls.toolbar),
    elsewhere: (contact) => pages.elsewhere(contact),
    turnTo: (id) => pages.turnTo(id),
    showContact: (address) => search.start(address),
    goTo: (view) => shown.open()?.stage.view.goTo(view),
  });
  const { nameOf, follow } = people;
  const pages = createBoardPages({
    ...shared,
    board: () => shown.board(),
    people,
    panel: panelOf("pages", () => controls.toolbar),
    storagePanel: panelOf("storage", () => controls.toolbar),
    onTurn: () => shown.open()?.stage.release(),
  });
  const transfer = createBoardTransfer({
    ...shared,
    inMessenger: around !== "browser",
    shown: () => shown,
    closePanel: () => controls.toolbar.closePanel(),
  });
  const controls = createPageControls({
    ...shared,
    people,
    pages,
    transfer,
    board: () => shown.board(),
    onBoard: () => shown.open(),
    leave: around === "browser" ? undefined : session.leave,
  });
  const presence = createOwnPresence({ session, choices });
  const questions = createQuestions({ ...shared, nameOf, inMessenger: around === "messenger", controls });
  const events = { onLocalPresence: presence.moved, onPlay: () => away.update(), takeIn: transfer.takeIn };
  const shown = createShownBoard({
    cameras: kept?.ofBoard?.cameras,
    openBoard: (look) => openPageBoard({ ...shared, people, controls, shown: look, events }),
  });
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const showTheme = (): void => {
    for (const part of [controls, pages, people.list, transfer, shown.open()])
      part?.setTheme({ dark: dark.matches });
  };
  const showAnotherBoard = (): void => {
    shown.show(session.board(), pages.current(), takersOf(session));
    showTheme();
    controls.showBoard();
    controls.showView();
    controls.toolbar.setEnabled(shown.board() !== undefined);
  };
  const search = searchOn({ session, people, pages, shown });

  const away = tellOfAway({ ...shared, people, pages, shown });

  const update = (): void => {
    const board = session.board();
    people.update({ hasInk: board?.isEmpty() === false, isSaved });
    if (board !== shown.board()) showAnotherBoard();
    pages.update(people.contacts());
    shown.open()?.update(pages.here(people.contacts()));
    search.update();
    follow.update(people.contacts());
    questions.update(people.contacts());
    away.update();
    showState(page.root, session);
  };
  const onNotice = createSessionNotices({
    notices,
    nameOf,
    strings,
    told,
    newPage: pages.newPageAction,
    onPageAdded: pages.added,
    onSaved(saved) {
      isSaved = saved;
      update();
    },
  });
  const stops = [
    session.onChange(update),
    session.onNotice(onNotice),
    showChoices(page.root, choices),
    watchForPen({ choices, notices, strings, told }),
    refuseMiddlePaste(page.root),
    bitmaps.close,
    addCalls({ ...shared, people }),
    listenToKeys({ root: page.root, commands, setPanKey: (held) => shown.open()?.stage.setPanKey(held) }),
  ];
  dark.addEventListener("change", showTheme);
  showTheme();
  update();
  if (kept?.panel) controls.toolbar.togglePanel(kept.panel, true);

  return {
    release: () => shown.open()?.stage.release(),
    close() {
      const panel = controls.toolbar.openPanel();
      const cameras = shown.cameras();
      for (const stop of stops) stop();
      dark.removeEventListener("change", showTheme);
      for (const part of [transfer, shown, notices, presence, people, questions, pages, controls])
        part.close();
      return { told, panel, ofBoard: { isSaved, cameras, known } };
    },
  };
}

/** The button beside the contact's name, and the bar while people talk. Returns how to end that. */
function addCalls({
  page,
  people,
  session,
  ...shared
}: Pick<AppDeps, "session" | "strings" | "choices"> & {
  readonly page: Page;
  readonly people: PagePeople;
  readonly commands: Commands;
  readonly notices: Notices;
}): () => void {
  const call = createCallBar({
    ...shared,
    voice: session.voice,
    nameOf: people.nameOf,
    announce: people.news.say,
    page: page.root,
  });
  people.presence.root.append(call.button);
  page.dock.append(call.root);
  const { choices } = shared;
  const choose = (): void => session.voice.setDirect(choices.preferences().directCalls);
  choose();
  const stops = [session.onChange(call.update), choices.onChange(choose)];
  return () => {
    for (const stop of stops) stop();
    call.close();
  };
}

function speak(page: Page, { board, language, direction }: Strings): Page {
  const { root, live } = page;
  live.setAttribute("aria-label", board);
  root.lang = language;
  root.dir = direction;
  return page;
}

/** Everybody who takes part, as one text: the same for the same people. */
function takersOf(session: Session): string {
  return [session.own(), ...session.contacts().map(({ address }) => address)].join(" ");
}

/** One of the panels of the bar, for whoever fills it. */
function panelOf(
  name: PanelName,
  toolbar: () => Toolbar,
): { isOpen(): boolean; toggle(byKeyboard: boolean): void; close(): void } {
  return {
    isOpen: () => toolbar().openPanel() === name,
    toggle: (byKeyboard) => toolbar().togglePanel(name, byKeyboard),
    close: () => toolbar().closePanel(),
  };
}

/** For whoever looks from outside whether two pages show the same board, and may be closed: tests, a simulator. */
function showState(root: HTMLElement, session: Session): void {
  root.dataset["phase"] = session.phase();
  root.dataset["board"] = session.digest() ?? "";
  root.dataset["stored"] = String(session.isStored());
}
