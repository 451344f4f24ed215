/*
 * The pages that are in memory besides the first one: how they get there, and how they leave. Which of them are
 * needed is decided in page-memory.ts.
 */
import type { PageId } from "../board/pages/page-id.ts";
import type { StoredReport } from "../board/storage/run-loading.ts";
import type { AddedDocument } from "../sync/replica.ts";
import type { KeptDocument } from "./kept-document.ts";
import type { LeftPage } from "./left-page.ts";
import type { RunningPage } from "./running-page.ts";

/** A page in memory. */
export interface LoadedPage {
  readonly id: PageId;
  readonly document: KeptDocument;
  readonly page: RunningPage;
  /** What was stored of it is on it, or could not be read. */
  readonly whole: Promise<StoredReport>;
  /** The contacts' side of it; undefined until it is whole and in the index. */
  part(): AddedDocument | undefined;
  /** It may have come into the index. */
  join(): void;
  /** Nobody is in the midst of anything there, and all of it is stored, and on its way to the contacts. */
  mayLeave(): boolean;
  /** It is about to be closed. What is to be had when it is read again; undefined: this session did nothing there. */
  leave(): LeftPage | undefined;
  /** It takes no more part in anything; it is stored. */
  close(): void;
}

/** How pages are read, and what is to be done when one leaves. */
export interface PageReading {
  /**
   * Reads a page, until it can be drawn on: where the storage takes its time before it is whole. `left`: it was in
   * memory before. Never rejects.
   */
  load(id: PageId, left: LeftPage | undefined): Promise<LoadedPage>;
  /** It is about to leave the memory. */
  leaving(page: LoadedPage): void;
}

export interface PagesInMemory {
  /** Those that were asked for last at the end. */
  readonly pages: ReadonlyMap<PageId, LoadedPage>;
  /** Undefined: dropped or closed meanwhile. */
  read(id: PageId): Promise<LoadedPage | undefined>;
  /** Lets pages go that nobody needs, as far as they may, until there are no more than these. */
  letGoBut(most: number): void;
  /** Those that nobody needs; what was done there is stored at once. */
  settleOthers(): readonly LoadedPage[];
  drop(id: PageId): void;
  close(): void;
}

export function createPagesInMemory(
  { load, leaving }: PageReading,
  isNeeded: (id: PageId) => boolean,
): PagesInMemory {
  const pages = new Map<PageId, LoadedPage>();
  const loading = new Map<PageId, Promise<LoadedPage | undefined>>();
  /** Of pages that were in memory. */
  const left = new Map<PageId, LeftPage>();

  function begin(id: PageId): Promise<LoadedPage | undefined> {
    const reading = load(id, left.get(id)).then((page) => {
      if (loading.get(id) !== reading) {
        page.close();
        return undefined;
      }
      loading.delete(id);
      left.delete(id);
      pages.set(id, page);
      return page;
    });
    loading.set(id, reading);
    return reading;
  }

  function letGo(page: LoadedPage): void {
    leaving(page);
    const its = page.leave();
    if (its) left.set(page.id, its);
    pages.delete(page.id);
    page.close();
  }

  const others = (): readonly LoadedPage[] => [...pages.values()].filter(({ id }) => !isNeeded(id));

  return {
    pages,
    async read(id) {
      const there = pages.get(id);
      if (!there) return loading.get(id) ?? begin(id);
      pages.delete(id);
      pages.set(id, there);
      return there;
    },
    letGoBut(most) {
      for (const page of others()) if (pages.size > most && page.mayLeave()) letGo(page);
    },
    settleOthers() {
      for (const { document } of others()) document.journal.settle();
      return others();
    },
    drop(id) {
      loading.delete(id);
      left.delete(id);
      const page = pages.get(id);
      pages.delete(id);
      page?.close();
    },
    close() {
      loading.clear();
      left.clear();
      for (const page of pages.values()) page.close();
      pages.clear();
    },
  };
}
