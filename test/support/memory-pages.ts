/*
 * The pages of a board in memory, each a real board of its own, for whoever uses pages without a session that
 * keeps them.
 */
import * as Y from "yjs";
import { createEmitter } from "../../src/base/emitter.ts";
import { createDocument, REMOTE_ORIGIN } from "../../src/board/document/document.ts";
import type { Board } from "../../src/board/document/board.ts";
import { createBoard } from "../../src/board/yjs-board.ts";
import type { PageId } from "../../src/board/pages/page-id.ts";
import { FIRST_PAGE } from "../../src/board/pages/page-id.ts";
import type { PageInfo, Pages } from "../../src/session/pages.ts";
import { createHandTime } from "./hand-time.ts";

export interface MemoryPages extends Pages {
  /** The board of a page, whether or not it is shown. */
  board(id: PageId): Board;
  /** Somebody else does something on a page, in the session with this number. */
  remotely(id: PageId, session: number, act: (board: Board) => void): void;
  /** Which pages were looked at without being shown, in order. */
  readonly glances: readonly PageId[];
  /** A page cannot be read from now on. */
  breakPage(id: PageId): void;
  /** Board, pages or ink became different. */
  onChange(listener: () => void): () => void;
}

export interface MemoryPagesOptions {
  /** How many pages there may be, removed ones included. */
  readonly room?: number;
  /** Milliseconds since 1970 when something is done. */
  readonly now?: () => number;
  /** Runs what takes a while: until then the page before stays. At once if not given. */
  readonly later?: (task: () => void) => void;
}

interface Page {
  readonly doc: Y.Doc;
  readonly board: Board;
  name: string;
  removed: boolean;
  isBroken: boolean;
  readonly madeAt: number | undefined;
  changedAt: number | undefined;
  version: number;
}

/** The second page that is made has little room left. */
const FULL_PAGE = "rs.2";

/** The session of whoever looks at the pages. */
export const OWN_SESSION = 1000;

export function createMemoryPages(options: MemoryPagesOptions = {}): MemoryPages {
  const { room = 500, now = () => 0, later = (task) => task() } = options;
  const onError = (error: unknown): void => {
    throw error;
  };
  const changed = createEmitter<void>(onError);
  const all = new Map<PageId, Page>();
  let order: PageId[] = [];
  let removedOrder: PageId[] = [];
  let current = FIRST_PAGE;
  let made = 0;
  const glances: PageId[] = [];

  const createPage = (id: PageId, from?: Uint8Array): Page => {
    const doc = createDocument();
    if (from) Y.applyUpdate(doc, from);
    doc.clientID = OWN_SESSION + made;
    const { board, onPending, flush } = createBoard({
      doc,
      time: createHandTime(),
      isPresent: () => false,
      onError,
    });
    const page: Page = {
      doc,
      board,
      name: "",
      removed: false,
      isBroken: false,
      madeAt: id === FIRST_PAGE ? undefined : now(),
      changedAt: id === FIRST_PAGE ? undefined : now(),
      version: 0,
    };
    onPending(() => later(flush));
    doc.on("update", () => {
      page.version++;
      page.changedAt = now();
      changed.emit();
    });
    all.set(id, page);
    return page;
  };
  createPage(FIRST_PAGE);
  order = [FIRST_PAGE];

  const infoOf = (id: PageId): PageInfo => {
    const { name, madeAt, changedAt, version, board } = all.get(id)!;
    return { id, name, madeAt, changedAt, bytes: board.items().length * 12_345, version: String(version) };
  };
  const insert = (at: number | undefined, from?: Uint8Array): PageId | undefined => {
    if (all.size >= room) return undefined;
    const id = `rs.${(++made).toString(36)}`;
    createPage(id, from);
    order = withAt(order, id, at ?? order.length);
    changed.emit();
    return id;
  };

  return {
    list: () => order.map(infoOf),
    removed: () => removedOrder.map(infoOf),
    current: () => current,
    show(id) {
      if (!all.has(id) || all.get(id)!.isBroken) return;
      later(() => {
        current = id;
        changed.emit();
      });
    },
    hasRoom: () => all.size < room,
    left: () => room - all.size,
    share: (id) => (id === FULL_PAGE ? 0.93 : 0.1),
    add: (at) => insert(at),
    async duplicate(id) {
      const page = all.get(id);
      return page && insert(order.indexOf(id) + 1, Y.encodeStateAsUpdate(page.doc));
    },
    pack: async () => undefined,
    *unpack() {
      yield 0;
      return "broken" as const;
    },
    insert: async () => [],
    rename(id, name) {
      const page = all.get(id);
      if (!page || page.name === name) return false;
      page.name = name;
      changed.emit();
      return true;
    },
    move(id, at) {
      if (!order.includes(id)) return false;
      order = withAt(
        order.filter((each) => each !== id),
        id,
        at,
      );
      changed.emit();
      return true;
    },
    remove(id) {
      if (order.length === 1 || !order.includes(id)) return false;
      order = order.filter((each) => each !== id);
      removedOrder = [id, ...removedOrder];
      changed.emit();
      return true;
    },
    restore(id) {
      if (!removedOrder.includes(id)) return false;
      removedOrder = removedOrder.filter((each) => each !== id);
      order = [...order, id];
      changed.emit();
      return true;
    },
    async emptyRemoved() {
      for (const id of removedOrder) all.delete(id);
      removedOrder = [];
      changed.emit();
    },
    async glance(id, look) {
      const page = all.get(id);
      glances.push(id);
      return page && !page.isBroken ? look(page.board) : undefined;
    },
    board: (id) => all.get(id)!.board,
    remotely(id, session, act) {
      const { doc } = all.get(id)!;
      const other = createDocument();
      Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
      other.clientID = session;
      const handle = createBoard({ doc: other, time: createHandTime(), isPresent: () => false, onError });
      act(handle.board);
      handle.flush();
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(other, Y.encodeStateVector(doc)), REMOTE_ORIGIN);
      handle.close();
    },
    glances,
    breakPage(id) {
      all.get(id)!.isBroken = true;
    },
    onChange: (listener) => changed.on(listener),
  };
}

function withAt(order: readonly PageId[], id: PageId, at: number): PageId[] {
  return [...order.slice(0, at), id, ...order.slice(at)];
}
