/*
 * The pages of the board on the web page: the button in the strip, the gallery, the keys and swipes, and what is
 * told of the pages and of contacts on others of them.
 */
import type { Board } from "../board/document/board.ts";
import type { Calendar } from "../env/calendar.ts";
import type { InkTheme } from "../render/canvas/theme.ts";
import type { PictureSource } from "../render/shapes/bitmaps.ts";
import type { PageId } from "../board/pages/page-id.ts";
import type { Contact, Session } from "../session.ts";
import type { MenuContents } from "./bar/menu.ts";
import type { Commands } from "./input/commands.ts";
import type { PagePeople } from "./page-people.ts";
import type { PageAdded } from "./notices/notice-text.ts";
import type { NoticeAction, Notices } from "./notices/notices.ts";
import { isBeside } from "./pages/beside.ts";
import { createElsewhere } from "./pages/elsewhere.ts";
import { createGallery } from "./pages/gallery.ts";
import { createGoneNotice } from "./pages/gone-notice.ts";
import { createPageActions } from "./pages/page-actions.ts";
import type { PageActions } from "./pages/page-actions.ts";
import { createPagesButton } from "./pages/pages-button.ts";
import { createPictures } from "./pages/pictures.ts";
import { createStoragePanel } from "./pages/storage-panel.ts";
import type { StoragePanel } from "./pages/storage-panel.ts";
import { pagesCommands } from "./pages/pages-commands.ts";
import type { ElsewhereOf } from "./people/whose-page.ts";
import { pageOf } from "./people/whose-page.ts";
import { pageClock } from "./widgets/page-clock.ts";
import { pageNumber, placeText } from "./words/page-title.ts";
import type { Strings } from "./words/strings.ts";

export interface BoardPages {
  readonly panel: MenuContents["pages"];
  readonly storage: MenuContents["storage"];
  /** The page that is shown; undefined before there is a board. */
  current(): PageId | undefined;
  /** Those of them who look at this page, or of whom it is not known at which. */
  here(contacts: readonly Contact[]): readonly Contact[];
  readonly elsewhere: ElsewhereOf;
  /** Goes to this page; says whether it is shown now. */
  turnTo(page: PageId): boolean;
  /** How to begin a page behind this one; undefined: there is no room for it. */
  begin(): (() => void) | undefined;
  newPageAction(): NoticeAction | undefined;
  /** The session has something new. */
  update(contacts: readonly Contact[]): void;
  added(notice: PageAdded): void;
  setTheme(theme: InkTheme): void;
  close(): void;
}

export interface BoardPagesDeps {
  readonly session: Pick<Session, "pages" | "storedBoards">;
  readonly bitmaps: PictureSource;
  readonly strings: Strings;
  readonly calendar: Calendar;
  readonly commands: Commands;
  readonly notices: Notices;
  readonly board: () => Board | undefined;
  readonly people: Pick<PagePeople, "nameOf" | "contacts" | "follow" | "news">;
  readonly panel: {
    readonly isOpen: () => boolean;
    readonly toggle: (byKeyboard: boolean) => void;
    readonly close: () => void;
  };
  readonly storagePanel: BoardPagesDeps["panel"];
  /** Another page is about to be shown: what is drawn and typed on this one ends here. */
  readonly onTurn: () => void;
}

export function createBoardPages(deps: BoardPagesDeps): BoardPages {
  const { session, strings, notices, people, panel } = deps;
  const { nameOf, follow } = people;
  const { pages } = session;
  const actions = createPageActions({
    pages,
    notices,
    strings,
    say: people.news.say,
    onTurn() {
      follow.stop();
      deps.onTurn();
    },
  });
  const closeOver = (): void => {
    if (!isBeside()) panel.close();
  };
  const gallery = createGallery({
    strings,
    pages,
    pictures: createPictures({ pages, board: deps.board, bitmaps: deps.bitmaps, clock: pageClock }),
    contacts: people.contacts,
    nameOf,
    actions,
    clock: pageClock,
    calendar: deps.calendar,
    isOpen: panel.isOpen,
    onOpen(id) {
      actions.go(id);
      closeOver();
    },
    onAdd() {
      if (actions.add()) closeOver();
    },
    onStorage: deps.storagePanel.toggle,
  });
  const storage = storagePanelOf(deps, actions);
  const button = createPagesButton(strings, panel.toggle);
  const elsewhere = createElsewhere({
    pages,
    notices,
    nameOf,
    strings,
    followed: follow.whom,
    go: (id) => void actions.go(id),
  });
  const stop = deps.commands.handle(
    pagesCommands({
      pages,
      actions,
      direction: strings.direction,
      toggle: () => panel.toggle(true),
      rename() {
        if (!panel.isOpen()) panel.toggle(true);
        gallery.rename();
      },
    }),
  );
  const gone = createGoneNotice({ notices, strings, actions });
  let shown: PageId | undefined;
  return {
    panel: {
      button: button.button,
      content: gallery.content,
      update: () => undefined,
      onOpen() {
        gallery.update();
        gallery.reveal();
      },
    },
    storage,
    current: () => pages()?.current(),
    here(contacts) {
      const current = pages()?.current();
      return contacts.filter((contact) => (pageOf(contact) ?? current) === current);
    },
    elsewhere(contact) {
      const all = pages();
      const page = pageOf(contact);
      if (!all || page === undefined || page === all.current()) return undefined;
      return pageNumber(all.list(), page);
    },
    turnTo(page) {
      const all = pages();
      if (!all || all.current() === page) return all !== undefined;
      // It may be on its way here.
      if (pageNumber(all.list(), page) === undefined) return false;
      deps.onTurn();
      all.show(page);
      return all.current() === page;
    },
    begin: actions.begin,
    newPageAction() {
      const run = actions.begin();
      return run && { label: strings.pages.add, run };
    },
    update(contacts) {
      const all = pages();
      if (!all) return;
      const id = all.current();
      const list = all.list();
      button.update(list, id);
      if (shown !== undefined && shown !== id) people.news.say(placeText(list, id, strings));
      shown = id;
      gone.update(all);
      elsewhere.update(contacts);
      gallery.update();
      storage.update();
    },
    added: elsewhere.added,
    setTheme: gallery.setTheme,
    close() {
      stop();
      gallery.close();
    },
  };
}

function storagePanelOf(
  { session, strings, calendar, notices, people, storagePanel }: BoardPagesDeps,
  actions: PageActions,
): StoragePanel {
  return createStoragePanel({
    strings,
    calendar,
    notices,
    pages: session.pages,
    boards: session.storedBoards,
    nameOf: people.nameOf,
    actions,
    isOpen: storagePanel.isOpen,
    onPage(id) {
      actions.go(id);
      storagePanel.close();
    },
    say: people.news.say,
  });
}
