/*
 * The front of this floor: a session on the page, in one language. The page's parts have files of their own
 * (people, controls, board); here they are put together, and told when the session has something new.
 */
import type { Board } from "../board/document/board.ts";
import type { Log } from "../env/log.ts";
import type { Session } from "../session.ts";
import type { CameraState } from "./camera/view.ts";
import type { Choices } from "./choices/choices.ts";
import { createCommands } from "./input/commands.ts";
import { listenToKeys } from "./input/keyboard.ts";
import { refuseMiddlePaste } from "./input/middle-paste.ts";
import type { PanelName } from "./bar/toolbar.ts";
import { createQuestions } from "./notices/questions.ts";
import { createNotices } from "./notices/notices.ts";
import { watchForPen } from "./notices/pen-notice.ts";
import { createSessionNotices } from "./notices/session-notices.ts";
import type { HostKind } from "./open-in-messenger.ts";
import { createOwnPresence } from "./own-presence.ts";
import type { PageBoard } from "./page-board.ts";
import { openPageBoard } from "./page-board.ts";
import { showChoices } from "./page-choices.ts";
import { createPageControls } from "./page-controls.ts";
import { createPagePeople } from "./page-people.ts";
import { findPage } from "./page.ts";
import type { KnownPeople } from "./people/contact-names.ts";
import { createKnownPeople } from "./people/contact-names.ts";
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
    | { readonly isSaved: boolean; readonly camera: CameraState | undefined; readonly known: KnownPeople }
    | undefined;
}

export interface AppDeps {
  readonly session: Session;
  readonly strings: Strings;
  readonly choices: Choices;
  readonly log: Log;
  readonly around: HostKind;
  readonly kept: UiState | undefined;
}

/** Shows a session on the page and lets a person work in it. */
export function createApp({ session, strings, choices, log, around, kept }: AppDeps): App {
  const page = findPage();
  page.live.setAttribute("aria-label", strings.board);
  page.root.lang = strings.language;
  page.root.dir = strings.direction;
  const known = kept?.ofBoard?.known ?? createKnownPeople();
  const told = kept?.told ?? new Set<string>();
  let isSaved = kept?.ofBoard?.isSaved ?? true;
  let start = kept?.ofBoard?.camera;
  let board: Board | undefined;
  let open: PageBoard | undefined;

  const commands = createCommands();
  const notices = createNotices({ container: page.notices, closeLabel: strings.close });
  const people = createPagePeople({
    session,
    strings,
    choices,
    around,
    known,
    newsRegion: page.news,
    panel: {
      isOpen: () => controls.toolbar.openPanel() === "people",
      toggle: (byKeyboard) => controls.toolbar.togglePanel("people", byKeyboard),
      close: () => controls.toolbar.closePanel(),
    },
    showContact: (address) => open?.stage.contacts.show(address),
    goTo: (view) => open?.stage.view.goTo(view),
  });
  const { nameOf, follow } = people;
  const controls = createPageControls({
    page,
    strings,
    choices,
    commands,
    notices,
    people,
    board: () => board,
    view: () => open?.stage.view,
    leave: around === "browser" ? undefined : session.leave,
  });
  const presence = createOwnPresence({ session, choices });
  const inMessenger = around === "messenger";
  const questions = createQuestions({ session, choices, notices, nameOf, strings, inMessenger, controls });

  const dark = matchMedia("(prefers-color-scheme: dark)");
  const showTheme = (): void => {
    const theme = { dark: dark.matches };
    controls.setTheme(theme);
    open?.setTheme(theme);
    people.list.setTheme(theme);
  };

  const closeBoard = (): void => {
    open?.close();
    open = undefined;
    board = undefined;
  };
  const showAnotherBoard = (next: Board | undefined): void => {
    closeBoard();
    board = next;
    if (board) {
      const parts = { page, session, strings, choices, commands, notices, people, controls, presence, log };
      open = openPageBoard({ ...parts, board, start });
      start = undefined;
    }
    showTheme();
    controls.showBoard();
    controls.showView();
    controls.toolbar.setEnabled(board !== undefined);
  };

  const update = (): void => {
    const ready = session.board();
    people.update({ hasInk: ready?.isEmpty() === false, isSaved });
    if (ready !== board) showAnotherBoard(ready);
    open?.stage.contacts.update(people.contacts());
    follow.update(people.contacts());
    questions.update(people.contacts());
    page.root.dataset["phase"] = session.phase();
    // For whoever looks from outside whether two pages show the same board, and may be closed: tests, a simulator.
    page.root.dataset["board"] = session.digest() ?? "";
    page.root.dataset["stored"] = String(session.isStored());
  };

  const onSaved = (saved: boolean): void => {
    isSaved = saved;
    update();
  };
  const stops = [
    session.onChange(update),
    session.onNotice(createSessionNotices({ notices, nameOf, strings, told, onSaved })),
    showChoices(page.root, choices),
    watchForPen({ choices, notices, strings, told }),
    refuseMiddlePaste(page.root),
    listenToKeys({ root: page.root, commands, setPanKey: (held) => open?.stage.setPanKey(held) }),
  ];
  dark.addEventListener("change", showTheme);
  showTheme();
  update();
  if (kept?.panel) controls.toolbar.togglePanel(kept.panel, true);

  return {
    release: () => open?.stage.release(),
    close() {
      const panel = controls.toolbar.openPanel();
      const view = open?.stage.view;
      const camera = view && { camera: view.camera(), byHand: view.byHand() };
      for (const stop of stops) stop();
      dark.removeEventListener("change", showTheme);
      closeBoard();
      notices.close();
      presence.close();
      people.close();
      questions.close();
      controls.close();
      return { told, panel, ofBoard: { isSaved, camera, known } };
    },
  };
}
