/*
 * What a person does to the pages of a board: they are listed, made, named, put in another order, removed and
 * brought back in the index; which one is shown is decided in board-pages.ts.
 */
import type * as Y from "yjs";
import { FIRST_PAGE } from "../board/pages/page-id.ts";
import type { PageId } from "../board/pages/page-id.ts";
import type { PageIndex } from "../board/pages/page-index.ts";
import type { BoardHandle } from "../board/yjs-board.ts";
import type { Env } from "../env/env.ts";
import { readBoardFile } from "./board-file.ts";
import { packBoard } from "./board-packing.ts";
import type { ReadPage } from "./board-packing.ts";
import { contentOfPage, putOnPage } from "./page-copy.ts";
import type { PageMemory } from "./page-memory.ts";
import type { PageInfo, Pages } from "./pages.ts";
import type { RunningBoard } from "./running-board.ts";

/** What is there from the moment on when the first page runs and the index is read. */
export interface OpenPages {
  readonly board: RunningBoard;
  readonly index: PageIndex;
  readonly memory: PageMemory;
  /** Notices an index that an own change found broken. */
  verify(): void;
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
      const content = await borrow(id, ({ doc }) => contentOfPage(doc, env.random.uint32(), env), all);
      const at = entries().findIndex((each) => each.id === id);
      const copy = content && change((index) => index.add(at < 0 ? undefined : at + 1));
      if (!content || copy === undefined) return undefined;
      await all.memory.borrow(copy, ({ page }) => putOnPage(page.handle.board, content), true);
      return copy;
    },
    rename: (id, name) => change((index) => index.rename(id, name)) ?? false,
    move: (id, at) => change((index) => index.move(id, at)) ?? false,
    remove: (id) => change((index) => index.setRemoved(id, true)) ?? false,
    restore: (id) => change((index) => index.setRemoved(id, false)) ?? false,
    async emptyRemoved() {
      change((index) => index.empty(index.removed().map(({ id }) => id)));
    },
    pack: (turn, bytesOf) => {
      const all = open();
      const read: ReadPage = async (id, use) => all && borrow(id, use, all);
      return packBoard(entries(), read, { env, turn, bytesOf });
    },
    unpack: (file) => readBoardFile(file, env),
    async insert(pages) {
      const all = open();
      const made: PageId[] = [];
      for (const { name, content } of all ? pages : []) {
        const id = change((index) => index.add(undefined, name));
        if (id === undefined) break;
        made.push(id);
        await all!.memory.borrow(id, ({ page }) => putOnPage(page.handle.board, content), true);
      }
      return made;
    },
    async glance(id, look) {
      const all = open();
      return all && borrow(id, ({ board }) => look(board), all);
    },
  };
}
