/*
 * The pages of a board as named state: the index, what is kept in mind of pages that are not in memory, and which one
 * is shown. It changes in page-turning.ts; board-pages.ts is its front.
 */
import type * as Y from "yjs";
import type { Board } from "../board/document/board.ts";
import type { SizeLimits } from "../board/document/size.ts";
import type { DocumentKind } from "../board/document/schema-rows.ts";
import type { StateDigest } from "../board/document/state.ts";
import { FIRST_PAGE } from "../board/pages/page-id.ts";
import type { PageId } from "../board/pages/page-id.ts";
import { documentOfPage, pageOfDocument } from "../board/pages/page-number.ts";
import type { Journal } from "../board/storage/journal.ts";
import type { PageNotes } from "../board/storage/page-notes.ts";
import type { StoredReport } from "../board/storage/run-loading.ts";
import type { ReadHeads } from "../board/storage/set-reader.ts";
import { copiesOfDocument } from "../board/storage/stored-copies.ts";
import type { StoredCopy } from "../board/storage/stored-set.ts";
import type { Env } from "../env/env.ts";
import type { AddedDocument } from "../sync/replica.ts";
import { openKeptDocument } from "./kept-document.ts";
import type { KeptDocument } from "./kept-document.ts";
import type { Notice } from "./notice.ts";
import type { OpenPages } from "./page-actions.ts";
import type { PageChecks } from "./page-checks.ts";
import type { PageDates } from "./page-dates.ts";
import type { LoadedPage } from "./pages-in-memory.ts";
import type { PageSync } from "./page-sync.ts";
import type { RunningBoard } from "./running-board.ts";
import type { UnstoredWork } from "./unstored-work.ts";
import type { Urgency } from "./urgency.ts";

export interface BoardPagesDeps {
  readonly env: Env;
  /** Wherever the first page may be stored. */
  readonly copies: readonly [StoredCopy, ...StoredCopy[]];
  /** Of each page. */
  readonly limits: SizeLimits;
  readonly first: {
    readonly journal: Journal;
    /** When nothing stands in the way of reading the other documents; what the heads said of the board. */
    readonly begun: Promise<ReadHeads>;
  };
  /** Of a board in whose place this one is, by documents, as far as that was not taken over yet. */
  readonly before: Map<number, UnstoredWork>;
  wedged(): void;
  readonly onPage: {
    /** Another one is shown. */
    turned(): void;
    /** What was stored of it is on it; returns how to tell that it leaves the memory. */
    whole(id: PageId, doc: Y.Doc, board: Board): () => void;
  };
  changed(urgency: Urgency): void;
  notice(notice: Notice): void;
  /** The storage takes what is written of a document, or not. */
  trouble(document: number, state: "failed" | "recovered"): void;
  /** Of a document that was just read. */
  report(document: number, report: StoredReport): void;
  onError(error: unknown): void;
}

/** What there is from the moment on when the first page runs and the index is read. */
export interface OpenState extends OpenPages {
  readonly sync: PageSync;
  /** The contacts' side of the index. */
  readonly part: AddedDocument;
}

export interface PagesState {
  readonly deps: BoardPagesDeps;
  readonly index: KeptDocument;
  readonly notes: PageNotes;
  readonly dates: PageDates;
  readonly checks: PageChecks;
  /** The board, from when the first page runs. */
  joined: RunningBoard | undefined;
  /** The index is read, or could not be. */
  isRead: boolean;
  /** Before that, as the heads of the first page say: there is nothing in it. */
  isAlone: boolean;
  open: OpenState | undefined;
  /** Undefined: the first page is shown. */
  shown: LoadedPage | undefined;
  /** The page that is shown, or is as soon as it is read. */
  chosen: PageId;
  /** What was stored of these is given up. */
  readonly givenUp: Set<PageId>;
  isClosed: boolean;
}

/** Of a page in memory what it is, else what it was then. */
export function digestOf({ joined, open, notes }: PagesState, id: PageId): StateDigest | undefined {
  if (id === FIRST_PAGE) return joined?.replica.first().digest();
  return open?.memory.get(id)?.part()?.digest() ?? notes.of(id)?.digest;
}

export function journalOf({ deps, open }: PagesState, id: PageId): Journal | undefined {
  return id === FIRST_PAGE ? deps.first.journal : open?.memory.get(id)?.document.journal;
}

/** What is on the pages, removed ones too, without the first one, as far as it is known: by documents. */
export function furtherPages(state: PagesState): Map<number, StateDigest> {
  const digests = new Map<number, StateDigest>();
  const { index } = state.open ?? {};
  for (const { id } of index ? [...index.list(), ...index.removed()] : []) {
    const digest = id === FIRST_PAGE ? undefined : digestOf(state, id);
    if (digest) digests.set(documentOfPage(id)!, digest);
  }
  return digests;
}

/** Undefined for what is no page of the index. */
export function pageOf({ open }: PagesState, document: number): PageId | undefined {
  const id = pageOfDocument(document);
  return id !== undefined && open?.index.has(id) ? id : undefined;
}

/** A contact has something else on it, or asks for it: it is read, if it is a page that is not there anyway. */
export function need(state: PagesState, document: number): void {
  const id = pageOf(state, document);
  if (id !== undefined && id !== FIRST_PAGE && id !== state.chosen) state.open?.sync.need(id);
}

/** `wasStored` as StoredCopy has it. */
export function openDocument(
  { env, copies, limits, wedged, trouble, changed }: BoardPagesDeps,
  {
    document,
    holds,
    name,
  }: { readonly document: number; readonly holds: DocumentKind; readonly name: string },
  wasStored: () => boolean,
): KeptDocument {
  const where = copiesOfDocument(copies, name, wasStored);
  const opened = openKeptDocument({ env, copies: where, limits, holds, onWedged: wedged });
  opened.journal.onTrouble((state) => trouble(document, state));
  opened.journal.onMirrored(() => changed("soon"));
  return opened;
}
