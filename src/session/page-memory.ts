/*
 * Which pages of a board are in memory, besides the first one: the one that is shown, and one more, be it that
 * something is done with it or that it was shown before. When another one needs the place, it leaves; not as long as
 * the person is in the midst of something there, or the storage or the contacts have not been given all of it.
 *
 *   (stored) --shown, or the turn of its job--> loading --> in memory --another needs the place--> (stored)
 *                                                  ^                                                  |
 *                                                  +--- what this session did there (left-page.ts) <--+
 */
import { delay } from "../base/delay.ts";
import type { PageId } from "../board/pages/page-id.ts";
import type { Clock } from "../env/clock.ts";
import { createPagesInMemory } from "./pages-in-memory.ts";
import type { LoadedPage, PageReading } from "./pages-in-memory.ts";

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

export interface PageMemoryDeps extends PageReading {
  readonly clock: Clock;
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

/** Besides the first one. */
const MOST_PAGES = 2;
/** A page that the storage does not take stays in memory: nothing is lost for the sake of room. */
const PATIENCE_MS = 5000;
const LOOK_MS = 100;

export function createPageMemory(deps: PageMemoryDeps): PageMemory {
  const { clock } = deps;
  /** It was waited for them to be stored. */
  const inVain = new WeakSet<LoadedPage>();
  let jobs: Job[] = [];
  /** It is shown. */
  let kept: PageId | undefined;
  /** It is to be shown as soon as it is read. */
  let coming: PageId | undefined;
  /** Whose job runs. */
  let borrowed: PageId | undefined;
  let isWorking = false;
  let isTidying = false;
  let isClosed = false;
  const memory = createPagesInMemory(deps, (id) => id === kept || id === coming || id === borrowed);
  const { pages } = memory;

  /** Waits a moment for what is not stored yet. */
  async function makeRoom(): Promise<void> {
    const until = clock.now() + PATIENCE_MS;
    for (;;) {
      memory.letGoBut(0);
      const staying = memory.settleOthers().filter((page) => !inVain.has(page));
      if (staying.length === 0 || isClosed) return;
      if (clock.now() >= until) return staying.forEach((page) => inVain.add(page));
      await delay(clock, LOOK_MS);
    }
  }

  /** After a change, as soon as what has to be stored before is. */
  async function tidy(): Promise<void> {
    if (isTidying) return;
    isTidying = true;
    for (let pause = LOOK_MS; ; pause = Math.min(2 * pause, PATIENCE_MS)) {
      await delay(clock, pause);
      if (isClosed) return;
      memory.letGoBut(MOST_PAGES);
      if (pages.size <= MOST_PAGES) break;
      memory.settleOthers();
    }
    isTidying = false;
  }

  async function work(): Promise<void> {
    if (isWorking) return;
    isWorking = true;
    for (let job = next(); job; job = next()) {
      jobs = jobs.filter((each) => each !== job);
      if (!pages.has(job.id)) await makeRoom();
      borrowed = job.id;
      const page = isClosed ? undefined : await memory.read(job.id);
      await job.run(page).catch(job.failed);
      borrowed = undefined;
      void tidy();
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
      coming = id;
      if (!pages.has(id)) memory.letGoBut(1);
      const page = await memory.read(id);
      if (coming === id) {
        kept = id;
        coming = undefined;
      }
      void tidy();
      return page;
    },
    keepNone() {
      kept = undefined;
      coming = undefined;
      void tidy();
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
    drop: memory.drop,
    close() {
      isClosed = true;
      memory.close();
    },
  };
}
