/*
 * Which pages of a board are in memory, besides the first one: the one that is shown, one that is there for
 * something else, and all on which this person drew since the app was opened. Those stay, since what was drawn
 * can be taken back, and since no session may ever begin its writes on a page anew.
 *
 *   (stored) --shown, or the turn of its job--> loading --> in memory --another needs the place--> (stored)
 */
import * as Y from "yjs";
import { delay } from "../base/delay.ts";
import type { PageId } from "../board/pages/page-id.ts";
import type { StoredReport } from "../board/storage/run-loading.ts";
import type { Clock } from "../env/clock.ts";
import type { AddedDocument } from "../sync/replica.ts";
import type { KeptDocument } from "./kept-document.ts";
import type { RunningPage } from "./running-page.ts";

/** A page in memory. */
export interface LoadedPage {
  readonly id: PageId;
  readonly document: KeptDocument;
  readonly page: RunningPage;
  /** What was stored of it is on it, or could not be read. */
  readonly whole: Promise<StoredReport>;
  /** The contacts' side of it; undefined until it is whole. */
  part(): AddedDocument | undefined;
  /** It takes no more part in anything; it is stored. */
  close(): void;
}

export interface PageMemory {
  get(id: PageId): LoadedPage | undefined;
  all(): Iterable<LoadedPage>;
  /** Reads it, if need be, to stay until another one is kept. Undefined: closed meanwhile. */
  keep(id: PageId): Promise<LoadedPage | undefined>;
  /** Nothing is kept: the first page is shown. */
  keepNone(): void;
  /**
   * Runs `use` when it is there, after what was asked for before; it stays until that is done. Undefined: closed
   * meanwhile.
   */
  borrow<T>(id: PageId, use: (page: LoadedPage) => T | Promise<T>, isUrgent: boolean): Promise<T | undefined>;
  /** It is on no board any more: it is taken out at once. */
  drop(id: PageId): void;
  close(): void;
}

export interface PageMemoryDeps {
  readonly clock: Clock;
  readonly session: number;
  /** Reads a page, until it can be drawn on: where the storage takes its time before it is whole. Never rejects. */
  load(id: PageId): Promise<LoadedPage>;
  /** It is about to leave the memory. */
  leaving(page: LoadedPage): void;
  /** A person waits for a page: what is borrowed for nobody's eyes should be given back. */
  hurry(): void;
}

interface Job {
  readonly id: PageId;
  readonly isUrgent: boolean;
  run(page: LoadedPage | undefined): Promise<void>;
  /** That went wrong. */
  failed(error: unknown): void;
}

/** A page that the storage does not take stays in memory: nothing is lost for the sake of room. */
const PATIENCE_MS = 5000;

export function createPageMemory(deps: PageMemoryDeps): PageMemory {
  const { clock, session } = deps;
  const pages = new Map<PageId, LoadedPage>();
  const loading = new Map<PageId, Promise<LoadedPage | undefined>>();
  let jobs: Job[] = [];
  let kept: PageId | undefined;
  /** Whose job runs. */
  let borrowed: PageId | undefined;
  let isWorking = false;
  let isClosed = false;

  function read(id: PageId): Promise<LoadedPage | undefined> {
    const there = pages.get(id);
    if (there) return Promise.resolve(there);
    const begun = loading.get(id);
    if (begun) return begun;
    const reading = deps.load(id).then((page) => {
      if (loading.get(id) !== reading || isClosed) {
        page.close();
        return undefined;
      }
      loading.delete(id);
      pages.set(id, page);
      return page;
    });
    loading.set(id, reading);
    return reading;
  }

  function mayGo({ id, document: { doc, journal } }: LoadedPage): boolean {
    return id !== kept && id !== borrowed && Y.getState(doc.store, session) === 0 && journal.isMirrored();
  }

  function letGo(page: LoadedPage): void {
    deps.leaving(page);
    pages.delete(page.id);
    page.close();
  }

  /** Waits a moment for what is not stored yet. */
  async function makeRoom(): Promise<void> {
    const until = clock.now() + PATIENCE_MS;
    for (;;) {
      for (const page of pages.values()) if (mayGo(page)) letGo(page);
      const isSomeUnstored = [...pages.values()].some(
        ({ id, document: { doc, journal } }) =>
          id !== kept && Y.getState(doc.store, session) === 0 && !journal.isMirrored(),
      );
      if (!isSomeUnstored || clock.now() >= until || isClosed) return;
      await delay(clock, PATIENCE_MS / 10);
    }
  }

  async function work(): Promise<void> {
    if (isWorking) return;
    isWorking = true;
    for (let job = next(); job; job = next()) {
      jobs = jobs.filter((each) => each !== job);
      if (!pages.has(job.id)) await makeRoom();
      const page = isClosed ? undefined : await read(job.id);
      borrowed = job.id;
      await job.run(page).catch(job.failed);
      borrowed = undefined;
    }
    isWorking = false;
  }

  /** Those for which a person waits first, and of the others those that are there already. */
  function next(): Job | undefined {
    return (
      jobs.find(({ isUrgent }) => isUrgent) ?? jobs.find(({ id }) => pages.has(id)) ?? jobs[0] ?? undefined
    );
  }

  return {
    get: (id) => pages.get(id),
    all: () => pages.values(),
    async keep(id) {
      const before = kept;
      kept = id;
      if (before !== undefined && before !== id && !pages.has(id)) {
        for (const page of pages.values()) if (page.id !== before && mayGo(page)) letGo(page);
      }
      return read(id);
    },
    keepNone() {
      kept = undefined;
    },
    borrow(id, use, isUrgent) {
      return new Promise((resolve, failed) => {
        jobs.push({
          id,
          isUrgent,
          failed,
          async run(page) {
            await page?.whole;
            resolve(page && (await use(page)));
          },
        });
        if (isUrgent) deps.hurry();
        void work();
      });
    },
    drop(id) {
      loading.delete(id);
      const page = pages.get(id);
      pages.delete(id);
      page?.close();
    },
    close() {
      isClosed = true;
      loading.clear();
      for (const page of pages.values()) page.close();
      pages.clear();
    },
  };
}
