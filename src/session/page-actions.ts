/*
 * What a person does to the pages of a board: they are listed, made, named, put in another order, removed and
 * brought back in the index; which one is shown is decided in board-pages.ts.
 */
import type * as Y from "yjs";
import { delay } from "../base/delay.ts";
import { FIRST_PAGE } from "../board/pages/page-id.ts";
import type { PageId } from "../board/pages/page-id.ts";
import type { PageIndex } from "../board/pages/page-index.ts";
import type { BoardHandle } from "../board/yjs-board.ts";
import type { Clock } from "../env/clock.ts";
import type { Env } from "../env/env.ts";
import { readBoardFile } from "./board-file.ts";
import { packBoard, packContent } from "./board-packing.ts";
import type { ReadPage } from "./board-packing.ts";
import { contentOfPage, fillPage } from "./page-copy.ts";
import type { PageContent } from "./page-copy.ts";
import type { PageMemory } from "./page-memory.ts";
import type { PageInfo, Pages, PageTurn } from "./pages.ts";
import type { RunningBoard } from "./running-board.ts";

/** What is there from the moment on when the first page runs and the index is read. */
export interface OpenPages {
  readonly board: RunningBoard;
  readonly index: PageIndex;
  readonly memory: PageMemory;
  /** Notices an index that an own change found broken. */
  verify(): void;
  readonly making: PageMaking;
}

/** Pages that are made first and come into the index then: of one that is cut short nothing was seen by anybody. */
export interface PageMaking {
  /** What is stored of it is given up at the next opening, unless it is in the index then. */
  begun(id: PageId): void;
  /** They are in the index. */
  listed(ids: readonly PageId[]): void;
  /** What there is of them is given up. */
  stopped(ids: readonly PageId[]): void;
}

export interface PageActionsDeps {
  readonly env: Pick<Env, "clock" | "calendar" | "random">;
  /** Undefined: not yet. */
  open(): OpenPages | undefined;
  current(): PageId;
  show(id: PageId): void;
  /** What is known of a page besides its entry. */
  state(id: PageId): Pick<PageInfo, "changedAt" | "bytes" | "version">;
}

/** So long is worked in one task, in milliseconds. */
const SLICE_MS = 12;
/** A page is stored before it is listed, unless the storage does not take it for so long. */
const STORED_MS = 5000;
const LOOK_MS = 100;

interface PageInMemory extends Pick<BoardHandle, "board" | "flush"> {
  readonly doc: Y.Doc;
}

export function createPageActions({ env, open, current, show, state }: PageActionsDeps): Pages {
  type Entry = Pick<PageInfo, "id" | "name">;
  /** As long as nothing is known of others there is the first one. */
  const entries = (): readonly Entry[] => open()?.index.list() ?? [{ id: FIRST_PAGE, name: "" }];
  const infoOf = ({ id, name }: Entry): PageInfo => ({
    id,
    name,
    madeAt: open()?.index.madeAt(id),
    ...state(id),
  });

  /** The first page is always in memory, but is none of those that come and go. */
  async function borrow<T>(
    id: PageId,
    use: (page: PageInMemory) => T | Promise<T>,
    { memory, board }: OpenPages,
  ): Promise<T | undefined> {
    if (id === FIRST_PAGE) return use({ doc: board.doc, ...board.first.handle });
    return memory.borrow(id, ({ document: { doc }, page: { handle } }) => use({ doc, ...handle }), true);
  }

  function change<T>(act: (index: PageIndex) => T): T | undefined {
    const all = open();
    const done = all && act(all.index);
    all?.verify();
    return done;
  }

  return {
    list: () => entries().map(infoOf),
    removed: () => open()?.index.removed().map(infoOf) ?? [],
    current,
    show,
    hasRoom: () => open()?.index.hasRoom() ?? false,
    left: () => open()?.index.left() ?? 0,
    share(id) {
      const all = open();
      const handle = id === FIRST_PAGE ? all?.board.first.handle : all?.memory.get(id)?.page.handle;
      return handle?.room.share();
    },
    add: (at) => change((index) => index.add(at)),
    async duplicate(id) {
      const all = open();
      if (!all?.index.hasRoom()) return undefined;
      const turn = turnOf(env.clock);
      const content = await borrow(
        id,
        ({ doc }) => inTurns(contentOfPage(doc, env.random.uint32(), env), turn),
        all,
      );
      if (!content) return undefined;
      const at = entries().findIndex((each) => each.id === id);
      const place = at < 0 ? undefined : at + 1;
      const [copy] =
        (await insertPages(all, [{ name: "", content }], { clock: env.clock, place, turn })) ?? [];
      return copy;
    },
    rename: (id, name) => change((index) => index.rename(id, name)) ?? false,
    move: (id, at) => change((index) => index.move(id, at)) ?? false,
    remove: (id) => change((index) => index.setRemoved(id, true)) ?? false,
    restore: (id) => change((index) => index.setRemoved(id, false)) ?? false,
    async emptyRemoved() {
      change((index) => index.empty(index.removed().map(({ id }) => id)));
    },
    pack: (turn, bytesOf, content) => {
      const packing = { env, turn, bytesOf };
      if (content) return packContent(content, packing);
      const all = open();
      const read: ReadPage = async (id, use) => all && borrow(id, use, all);
      return packBoard(entries(), read, packing);
    },
    unpack: (file) => readBoardFile(file, env),
    insert: async (pages, turn) => {
      const all = open();
      return all ? insertPages(all, pages, { clock: env.clock, place: undefined, turn }) : [];
    },
    async glance(id, look) {
      const all = open();
      return all && borrow(id, ({ board }) => look(board), all);
    },
  };
}

/**
 * They are listed when all is on them, and stored: who leaves in the midst of it leaves nothing. Undefined: stopped; then
 * they are given up.
 */
async function insertPages(
  { index, memory, verify, making }: OpenPages,
  pages: readonly { readonly name: string; readonly content: PageContent }[],
  {
    clock,
    place,
    turn,
  }: { readonly clock: Clock; readonly place: number | undefined; readonly turn: PageTurn },
): Promise<readonly PageId[] | undefined> {
  const made: PageId[] = [];
  for (const [i, { content }] of pages.entries()) {
    const id = i < index.left() ? index.reserve() : undefined;
    if (id === undefined) break;
    made.push(id);
    making.begun(id);
    const isFilled = await memory.borrow(
      id,
      async ({ page, document: { journal } }) => {
        const filling = fillPage(page.handle.board, content);
        if (!(await inTurns(filling, (done = 0) => turn((i + done) / pages.length)))) return false;
        journal.settle();
        const until = clock.now() + STORED_MS;
        while (!journal.isStored() && clock.now() < until) await delay(clock, LOOK_MS);
        return true;
      },
      true,
    );
    if (!isFilled) {
      making.stopped(made);
      return undefined;
    }
  }
  const listed = made.filter((id, i) => index.add(place, pages[i]!.name, id) !== undefined);
  verify();
  making.listed(listed);
  making.stopped(made.slice(listed.length));
  return listed;
}

/** For work that nobody stops. */
function turnOf(clock: Clock): PageTurn {
  let task = clock.now();
  return async () => {
    if (clock.now() - task < SLICE_MS) return true;
    await delay(clock, 0);
    task = clock.now();
    return true;
  };
}

/** All of it, as far as `turn` says yes; undefined where it does not. */
async function inTurns<T>(steps: Generator<number | undefined, T>, turn: PageTurn): Promise<T | undefined> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (!(await turn(step.value))) {
      steps.return(undefined as T);
      return undefined;
    }
  }
}
