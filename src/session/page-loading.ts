/*
 * Reads a further page from the storage and makes it part of the board: drawn on, kept, and in step with the
 * contacts' copies as soon as it is whole.
 */
import { delay } from "../base/delay.ts";
import type { Board } from "../board/document/board.ts";
import { STORAGE_ORIGIN } from "../board/document/document.ts";
import type { PageId } from "../board/pages/page-id.ts";
import { documentOfPage } from "../board/pages/page-number.ts";
import type { StoredReport } from "../board/storage/run-loading.ts";
import type { Clock } from "../env/clock.ts";
import type { AddedDocument } from "../sync/replica.ts";
import { STORAGE_PATIENCE } from "./kept-document.ts";
import type { KeptDocument } from "./kept-document.ts";
import { leftPage } from "./left-page.ts";
import type { LeftPage } from "./left-page.ts";
import type { LoadedPage } from "./pages-in-memory.ts";
import type { RunningBoard } from "./running-board.ts";
import type { RunningPage } from "./running-page.ts";
import type { UnstoredWork } from "./unstored-work.ts";

export interface PageLoadingDeps {
  readonly clock: Clock;
  readonly board: Pick<RunningBoard, "doc" | "openPage" | "replica">;
  /** Not read yet. */
  openDocument(id: PageId): KeptDocument;
  /** What another document had in whose place this one is, once: it is done again here. */
  takeBefore(number: number): UnstoredWork | undefined;
  isShown(id: PageId): boolean;
  /** It is in the index: contacts are told nothing of others. */
  isListed(id: PageId): boolean;
  /** The page is whole. */
  isWhole(id: PageId, report: StoredReport): void;
  /** The same before contacts are asked about it; returns how to tell that it goes. */
  follow(id: PageId, doc: KeptDocument["doc"], board: Board): () => void;
  /** Something came onto it that was not stored. */
  changed(id: PageId): void;
}

/** Gives the page when it can be drawn on. `left`: it was in memory before. Never rejects. */
export async function loadPage(
  deps: PageLoadingDeps,
  id: PageId,
  left: LeftPage | undefined,
): Promise<LoadedPage> {
  const { clock, board } = deps;
  const number = documentOfPage(id)!;
  const document = deps.openDocument(id);
  const { doc, guard, arrival, journal } = document;
  let replicated: AddedDocument | undefined;
  let running: RunningPage | undefined;
  let stopFollowing: (() => void) | undefined;
  let isGone = false;
  let isWhole = false;

  function join(): void {
    if (replicated || isGone || !isWhole || !deps.isListed(id)) return;
    replicated = board.replica.addDocument(number, running!.document);
    running!.tellChanges();
  }

  function run(): RunningPage {
    left?.bringBack(doc);
    document.begin(board.doc.clientID);
    const page = board.openPage({
      id,
      doc,
      guard,
      arrival,
      work: left?.work,
      isShown: () => deps.isShown(id),
      inkWaits(urgency) {
        if (replicated) replicated.wakeInk(urgency);
        else page.document.flushInk();
        if (urgency === "now") journal.hasten();
      },
    });
    page.tellChanges();
    return page;
  }

  const whole = journal.load().then((report) => {
    if (isGone) return report;
    const before = deps.takeBefore(number);
    before?.addTo(doc, guard);
    running ??= run();
    before?.redrawIn(doc, running.handle);
    stopFollowing = deps.follow(id, doc, running.handle.board);
    isWhole = true;
    join();
    doc.on("update", (_update: Uint8Array, origin: unknown) => {
      if (origin !== STORAGE_ORIGIN) deps.changed(id);
    });
    deps.isWhole(id, report);
    return report;
  });
  // A large one comes piece by piece, the first of which may be seen.
  const begun = new Promise<void>((resolve) => {
    arrival.onExpected(resolve);
  });
  await Promise.race([whole, begun, delay(clock, STORAGE_PATIENCE)]);
  running ??= run();
  const page = running;
  return {
    id,
    document,
    page,
    whole,
    part: () => replicated,
    join,
    mayLeave: () =>
      page.handle.work.underWay.size === 0 && journal.isMirrored() && replicated?.isSending() !== true,
    leave: () => leftPage(doc, page.handle.work),
    close() {
      isGone = true;
      stopFollowing?.();
      replicated?.close();
      page.close();
      document.close();
    },
  };
}
