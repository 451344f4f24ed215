/*
 * How the pages of a board come to be there, another one comes to be shown, and some come to be given up.
 */
import { STORAGE_ORIGIN } from "../board/document/document.ts";
import { FIRST_PAGE, makerOf } from "../board/pages/page-id.ts";
import type { PageId } from "../board/pages/page-id.ts";
import { createPageIndex } from "../board/pages/page-index.ts";
import type { PageIndex, PageIndexChange } from "../board/pages/page-index.ts";
import { INDEX_DOCUMENT } from "../board/document/document-number.ts";
import { documentOfPage } from "../board/pages/page-number.ts";
import { storedNameOf } from "../board/pages/stored-name.ts";
import { emptyStored } from "../board/storage/empty-stored.ts";
import { UNLISTED } from "../board/storage/page-notes.ts";
import { copiesOfDocument } from "../board/storage/stored-copies.ts";
import type { PageMaking } from "./page-actions.ts";
import { loadPage } from "./page-loading.ts";
import { noteOwn } from "./authors.ts";
import { createPageMemory } from "./page-memory.ts";
import type { PageMemory } from "./page-memory.ts";
import type { LoadedPage } from "./pages-in-memory.ts";
import { need, openDocument } from "./page-state.ts";
import type { BoardPagesDeps, PagesState } from "./page-state.ts";
import { createPageSync } from "./page-sync.ts";
import { EMPTY_DIGEST } from "../sync/roster/roster.ts";
import type { RunningBoard } from "./running-board.ts";
import type { UnstoredWork } from "./unstored-work.ts";

/** So long a contact may take to tell of a page that was listed when the app ended. */
const UNLISTED_MS = 60_000;

/** Shows another page, as soon as it can be drawn on. Never rejects. */
export async function turnTo(state: PagesState, id: PageId): Promise<void> {
  const { open } = state;
  if (!open || id === state.chosen || !open.index.has(id)) return;
  state.chosen = id;
  if (id === FIRST_PAGE) {
    open.memory.keepNone();
    return setShown(state, undefined);
  }
  const page = await open.memory.keep(id);
  if (page && state.chosen === id && !state.isClosed) setShown(state, page);
}

function setShown(state: PagesState, page: LoadedPage | undefined): void {
  const id = page?.id ?? FIRST_PAGE;
  state.shown = page;
  state.notes.setShown(id);
  state.joined!.replica.setShown(documentOfPage(id)!);
  state.deps.onPage.turned();
  if (page) page.page.tellRoom();
  else state.joined!.tellRoom();
  state.deps.changed("now");
}

/**
 * Where the first page runs, and the index is read or known to be empty, there are pages from now on: what it has after
 * all comes as from a contact.
 */
export function openPages(state: PagesState): void {
  const { deps, index, joined: board } = state;
  if (state.open || !board || !(state.isRead || state.isAlone) || state.isClosed) return;
  const { doc, guard } = index;
  const before = takeBefore(deps, INDEX_DOCUMENT);
  before?.addTo(doc, guard);
  index.begin(board.doc.clientID);
  const pages = createPageIndex({ doc, time: deps.env, onError: deps.onError, size: guard.size });
  before?.redrawIn(doc, pages);
  const memory = createMemory(state, board);
  const part = board.replica.addDocument(INDEX_DOCUMENT, {
    ...{ doc, guard },
    flushInk: () => guard.verify(),
    hold: () => undefined,
    strokesBeyond: () => 0,
  });
  const sync = createPageSync(deps.env.clock, memory);
  const making = makingOf(state, pages, memory);
  state.open = { board, index: pages, memory, verify: guard.verify, making, sync, part };
  followIndex(state, pages);
  board.doc.on("update", (_update: Uint8Array, origin: unknown) => {
    if (origin !== STORAGE_ORIGIN) touched(state, FIRST_PAGE);
  });
  for (const document of [...deps.before.keys()]) need(state, document);
  if (state.isRead) seeStored(state);
  deps.changed("soon");
}

/** The index is read, and what was noted. */
export function pagesRead(state: PagesState): void {
  state.isRead = true;
  if (state.open) seeStored(state);
  else openPages(state);
}

/** There are pages, and it is known what is stored of them. */
function seeStored(state: PagesState): void {
  const { index: pages } = state.open!;
  if (state.index.doc.store.clients.size > 0) setIndexed(state);
  for (const id of pages.emptied()) state.givenUp.add(id);
  giveUp(
    state,
    [...pages.emptied()].filter((id) => state.notes.of(id)),
  );
  giveUpUnlisted(state);
  const known = [...pages.list(), ...pages.removed()].map(({ id }) => id);
  state.checks.look(known.filter((id) => id !== FIRST_PAGE));
}

function takeBefore({ before }: BoardPagesDeps, document: number): UnstoredWork | undefined {
  const work = before.get(document);
  before.delete(document);
  return work;
}

function touched(state: PagesState, id: PageId): void {
  state.dates.touch(id);
  noteOwn(state);
}

function createMemory(state: PagesState, board: RunningBoard): PageMemory {
  const { deps, dates, notes } = state;
  const { clock } = deps.env;
  return createPageMemory({
    clock,
    load: (id, left) =>
      loadPage(
        {
          clock,
          board,
          openDocument: () =>
            openDocument(deps, { document: documentOfPage(id)!, holds: "page", name: storedNameOf(id) }, () =>
              notes.wasStored({ page: id }),
            ),
          takeBefore: (document) => takeBefore(deps, document),
          isShown: () => state.shown?.id === id,
          isListed: () => state.open!.index.has(id),
          isWhole(_id, report) {
            dates.note(id);
            deps.report(documentOfPage(id)!, report);
            deps.changed("soon");
          },
          follow: deps.onPage.whole,
          changed: (changed) => touched(state, changed),
        },
        id,
        left,
      ),
    leaving: ({ id }) => dates.note(id),
    hurry: () => state.open?.sync.hurry(),
  });
}

function followIndex(state: PagesState, pages: PageIndex): void {
  let changes: PageIndexChange[] = [];
  pages.onChange((change) => changes.push(change));
  // Told within the transaction, whose end others wait for.
  state.index.doc.on("afterAllTransactions", () => {
    const told = changes;
    changes = [];
    for (const change of told) indexChanged(state, change);
  });
}

function indexChanged(state: PagesState, { origin, by, added, emptied }: PageIndexChange): void {
  const { deps, joined } = state;
  setIndexed(state);
  giveUp(state, emptied);
  for (const page of origin === "remote" ? added : []) {
    const { session = 0 } = makerOf(page) ?? {};
    // Who brings what others made long ago tells no news.
    if (by.includes(session)) deps.notice({ kind: "page-added", address: joined?.whoIs(session), page });
  }
  deps.changed(origin === "local" ? "now" : "soon");
}

function setIndexed({ notes, deps }: PagesState): void {
  notes.setIndexed();
  deps.first.journal.notAlone();
}

function makingOf(state: PagesState, index: PageIndex, memory: PageMemory): PageMaking {
  const { notes, checks, deps } = state;
  return {
    begun(id) {
      notes.set(id, { digest: EMPTY_DIGEST, changedAt: 0, bytes: 0, sequence: UNLISTED });
      // Before anything of it is stored.
      notes.flush();
    },
    listed(ids) {
      state.index.journal.hasten();
      for (const id of ids) {
        memory.get(id)?.join();
        touched(state, id);
      }
      checks.look(ids);
    },
    stopped(ids) {
      giveUp(state, ids);
      deps.changed("soon");
    },
  };
}

/** What pages have left that were being made when the app ended; it stays where a contact turns out to have heard of them. */
function giveUpUnlisted(state: PagesState): void {
  const { notes, deps } = state;
  const { index, making } = state.open!;
  const left = notes.ids().filter((id) => notes.of(id)!.sequence === UNLISTED);
  if (left.length === 0) return;
  const isListed = (id: PageId): boolean => index.has(id);
  deps.env.clock.after(UNLISTED_MS, () => {
    if (state.isClosed) return;
    making.listed(left.filter(isListed));
    making.stopped(left.filter((id) => !isListed(id)));
  });
}

/** What is on these pages is given up, here as everywhere. */
function giveUp(state: PagesState, ids: readonly PageId[]): void {
  const { deps, open, dates, notes } = state;
  for (const id of ids) {
    if (id === state.chosen) void turnTo(state, open!.index.list()[0]!.id);
    if (id === state.shown?.id) setShown(state, undefined);
    open!.memory.drop(id);
    dates.forget(id);
    notes.forget(id);
    state.givenUp.add(id);
    for (const copy of copiesOfDocument(deps.copies, storedNameOf(id))) void emptyStored(copy);
  }
}
