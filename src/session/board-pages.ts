/*
 * The pages of a board: from what its index says, what this device keeps in mind of them (notes), and what is in
 * memory comes their list, which one is shown, and what the contacts are told of those that are not.
 *
 *     index --entries--> list      notes --digests of what is not in memory--> roster, for the replica
 *                          \          ^
 *     person --show--> page memory ---+--live digests--/
 */
import type * as Y from "yjs";
import { hashText } from "../base/hash.ts";
import { MINUTE_MS } from "../board/document/session-records.ts";
import { digestText } from "../board/document/state.ts";
import { FIRST_PAGE } from "../board/pages/page-id.ts";
import type { PageId } from "../board/pages/page-id.ts";
import { INDEX_DOCUMENT } from "../board/document/document-number.ts";
import { documentOfPage } from "../board/pages/page-number.ts";
import { INDEX_NAME, storedNameOf } from "../board/pages/stored-name.ts";
import type { Journal } from "../board/storage/journal.ts";
import type { ReadHeads } from "../board/storage/set-reader.ts";
import { createPageNotes } from "../board/storage/page-notes.ts";
import type { PageNotes } from "../board/storage/page-notes.ts";
import { copiesOfDocument } from "../board/storage/stored-copies.ts";
import type { Address, Participants } from "../env/host.ts";
import { sumOfEntries } from "../sync/roster/roster.ts";
import type { Roster } from "../sync/roster/roster.ts";
import { authorOf, watchAuthors } from "./authors.ts";
import { carryPages } from "./further-carry.ts";
import { createPageActions } from "./page-actions.ts";
import { createPageChecks } from "./page-checks.ts";
import { createPageDates } from "./page-dates.ts";
import { digestOf, journalOf, need, openDocument, pageOf, furtherPages } from "./page-state.ts";
import type { BoardPagesDeps, PagesState } from "./page-state.ts";
import { openPages, pagesRead, turnTo } from "./page-turning.ts";
import type { PageInfo, Pages } from "./pages.ts";
import type { RunningBoard, ShownPage } from "./running-board.ts";
import { unstoredOf } from "./unstored-work.ts";
import type { UnstoredWork } from "./unstored-work.ts";

/** Neither rejects. */
export interface PagesLoading {
  /** The first page need not wait any more: it may be known before anything is read that it is alone. */
  readonly awaited: Promise<void>;
  readonly read: Promise<void>;
}

export interface BoardPages {
  readonly pages: Pages;
  readonly roster: Roster;
  /** What is kept of calls, once that is read. */
  readonly calls: PageNotes["calls"];
  /** Reads the index and the notes; `isShown`: the first page is there to be drawn on. */
  load(isShown: Promise<void>): PagesLoading;
  /** No further page is known of. */
  isAlone(): boolean;
  isRead(): boolean;
  /** What was on it is given up, for good. */
  isGone(id: PageId): boolean;
  /** Everything is loaded: from now on it is noted whose sessions there are. */
  noteAuthors(): void;
  /** Who wrote in a session, as far as this device knows. */
  author(session: number): Address | undefined;
  /**
   * The first page runs, so the others can. `returns`: to the page that was seen last; settles when that is shown.
   * Never rejects.
   */
  join(running: RunningBoard, returns: boolean): Promise<void>;
  /** The further page that is shown; undefined: the first one is. */
  shown(): ShownPage | undefined;
  /** Of the page that is shown, on the wire. */
  document(): number;
  /** The page of a document, as far as this board knows it. */
  pageOf(document: number): PageId | undefined;
  /** What all of it takes on this device, and when it changed last, in minutes; as far as that is known. */
  stored(): { readonly bytes: number | undefined; readonly changedAt: number | undefined };
  /** Everything is given to the storage. */
  isGiven(): boolean;
  isStored(): boolean;
  /** As CarryDeps has it. */
  copyFurther(from: Participants): Promise<boolean>;
  /** What is on all further pages, in short: empty where there are none, undefined where that is not known yet. */
  digest(): string | undefined;
  /** By documents. */
  unstored(attempt: (part: () => void) => void): Map<number, UnstoredWork>;
  /** Writes what is unsaved at once. */
  flush(): void;
  close(): void;
}

/** Of a page that the storage has not given yet, and nobody was asked about. */
const NOT_TOLD: ShownPage["part"] = {
  missing: () => ({ hasEverything: false, missingStrokes: 0 }),
  isRefused: () => false,
  preview: () => undefined,
};

export function createBoardPages(deps: BoardPagesDeps): BoardPages {
  const state = createState(deps);
  const { index, notes, dates, checks } = state;
  const current = (): PageId => state.shown?.id ?? FIRST_PAGE;

  return {
    pages: createPageActions({
      env: deps.env,
      open: () => state.open,
      current,
      show: (id) => void turnTo(state, id),
      state: (id) => lookOf(state, id),
    }),
    roster: {
      entries: () => furtherPages(state),
      wanted: (document) => need(state, document),
      differs(_address, documents) {
        for (const document of documents) need(state, document);
      },
      settled(document) {
        const id = pageOf(state, document);
        if (id !== undefined) state.open?.sync.settled(id);
      },
    },
    load(isShown) {
      const { begun } = deps.first;
      const read = begun.then((heads) => loadPages(state, heads, isShown));
      return { read, awaited: begun.then(({ isAlone }) => (isAlone ? undefined : read)) };
    },
    isAlone: () => (state.isRead || state.isAlone) && index.doc.store.clients.size === 0,
    calls: notes.calls,
    isRead: () => state.isRead,
    isGone: (id) => state.givenUp.has(id) && state.open?.index.has(id) === false,
    noteAuthors: () => watchAuthors(state),
    author: (session) => authorOf(state, session),
    async join(running, returns) {
      state.joined = running;
      openPages(state);
      if (returns) await turnTo(state, notes.shown());
    },
    shown() {
      const { shown } = state;
      return shown && { handle: shown.page.handle, part: shown.part() ?? NOT_TOLD };
    },
    document: () => documentOfPage(current())!,
    pageOf: (document) => pageOf(state, document),
    stored: () => storedOf(state),
    isGiven: () => state.isRead && journalsOf(state).every((journal) => journal.isStored()),
    copyFurther: (from) => carryPages(state, from),
    isStored: () => state.isRead && journalsOf(state).every((journal) => journal.isMirrored()),
    digest: () => digestOfFurther(state),
    unstored: (attempt) => unstoredPages(state, attempt),
    flush() {
      for (const journal of journalsOf(state)) journal.flush();
      dates.noteAll();
      notes.flush();
    },
    close() {
      state.isClosed = true;
      for (const journal of journalsOf(state)) journal.flush();
      dates.close();
      checks.close();
      notes.close();
      state.open?.memory.close();
      state.open?.index.close();
      index.close();
    },
  };
}

function createState(deps: BoardPagesDeps): PagesState {
  const { clock, calendar, log } = deps.env;
  const notes = createPageNotes({ clock, log, copy: deps.copies[0] });
  const state: PagesState = {
    deps,
    index: openDocument(deps, { document: INDEX_DOCUMENT, holds: "index", name: INDEX_NAME }, () =>
      notes.wasStored("index"),
    ),
    notes,
    dates: createPageDates({
      clock,
      calendar,
      notes,
      digestOf: (id) => (state.open?.index.has(id) === false ? undefined : digestOf(state, id)),
      journalOf: (id) => journalOf(state, id),
    }),
    checks: createPageChecks({
      clock,
      notes,
      copyOf: (id) => copiesOfDocument(deps.copies, storedNameOf(id))[0],
      read: (id) => void state.open?.memory.borrow(id, () => undefined, false),
    }),
    joined: undefined,
    isRead: false,
    isAlone: false,
    open: undefined,
    shown: undefined,
    chosen: FIRST_PAGE,
    givenUp: new Set(),
    isClosed: false,
  };
  return state;
}

async function loadPages(
  state: PagesState,
  { isRemoved, isAlone }: ReadHeads,
  isShown: Promise<void>,
): Promise<void> {
  const { deps, index, notes } = state;
  state.isAlone = isAlone;
  // What is read after that delays nobody.
  if (isAlone) await isShown;
  // They say whether there is anything to look for.
  await notes.load();
  if (isRemoved) notes.forgetAll();
  const report = await index.journal.load();
  pagesRead(state);
  deps.report(INDEX_DOCUMENT, report);
}

function lookOf(state: PagesState, id: PageId): Pick<PageInfo, "changedAt" | "bytes" | "version"> {
  const digest = digestOf(state, id);
  const minutes = state.dates.changedAt(id);
  return {
    changedAt: minutes === undefined ? undefined : minutes * MINUTE_MS,
    bytes: journalOf(state, id)?.bytes() ?? state.notes.of(id)?.bytes,
    version: digest && digestText(digest),
  };
}

function storedOf(state: PagesState): ReturnType<BoardPages["stored"]> {
  const { open, index } = state;
  if (!open) return { bytes: undefined, changedAt: undefined };
  const all = [...open.index.list(), ...open.index.removed()];
  const sizes = all.map(({ id }) => lookOf(state, id).bytes ?? 0);
  const times = all.flatMap(({ id }) => state.dates.changedAt(id) ?? []);
  return {
    bytes: sizes.reduce((sum, bytes) => sum + bytes, index.journal.bytes()),
    changedAt: times.length > 0 ? Math.max(...times) : undefined,
  };
}

function journalsOf({ index, open }: PagesState): readonly Journal[] {
  const ofPages = [...(open?.memory.all() ?? [])].map(({ document }) => document.journal);
  return [index.journal, ...ofPages];
}

function digestOfFurther(state: PagesState): string | undefined {
  const { open, index } = state;
  if (!open) return undefined;
  if (index.doc.store.clients.size === 0) return "";
  return digestText(open.part.digest()) + hashText(sumOfEntries(furtherPages(state)));
}

function unstoredPages(
  { deps: { before }, index, open }: PagesState,
  attempt: (part: () => void) => void,
): Map<number, UnstoredWork> {
  const work = new Map(before);
  const add = (document: number, doc: Y.Doc): void =>
    void work.set(
      document,
      unstoredOf(doc, () => before.get(document), attempt),
    );
  add(INDEX_DOCUMENT, index.doc);
  for (const { id, document } of open?.memory.all() ?? []) add(documentOfPage(id)!, document.doc);
  return work;
}
