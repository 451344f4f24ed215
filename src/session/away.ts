/*
 * What the others drew while this device was away: what its storage did not have when the board was opened, and a
 * contact brings. Drawn while both were there is what a session wrote after this page first heard of it, so that is
 * no part of it. Whoever is heard for the first time may bring something, be it long after the opening: then the two
 * were apart until then. A device that has never had the board was not away from it.
 *
 *     (over) --a contact is heard first--> open --nothing more comes--> (over): told, where anything came
 */
import type * as Y from "yjs";
import type { Board, BoardChange, ItemId } from "../board/document/board.ts";
import { writeOf } from "../board/document/item-id.ts";
import { stateVectorOf } from "../board/document/state.ts";
import type { StateVector } from "../board/document/state.ts";
import type { PageId } from "../board/pages/page-id.ts";
import { documentOfPage } from "../board/pages/page-number.ts";
import type { Address } from "../env/host.ts";
import type { Cancel, Clock } from "../env/clock.ts";
import type { Replica } from "../sync/replica.ts";

export interface AwayNews {
  /** The sessions that drew. */
  readonly by: readonly number[];
  readonly strokes: number;
  /** What is new on each page; none is empty. */
  readonly pages: ReadonlyMap<PageId, readonly ItemId[]>;
}

export interface Away {
  /** An item that comes to a page now was drawn while this device was away. */
  includes(page: PageId, id: ItemId): boolean;
  /** What is to be told, once all of it is here: gives it once. */
  take(): AwayNews | undefined;
}

export interface AwayControl extends Away {
  /** What was stored of a page is on it, and more may come. Returns how to end that. */
  follow(page: PageId, doc: Y.Doc, board: Board): () => void;
  /** What was stored is here, and contacts are listened to from now on. */
  begin(replica: HeardReplica): void;
  close(): void;
}

type HeardReplica = Pick<Replica, "links" | "firstHeard" | "hasToldAll" | "isLacking" | "onChange">;

/** Nothing more comes, if nothing came for so long. */
const QUIET_MS = 3000;
/** Whatever is lacking: what comes later than that is not told. */
const LONGEST_MS = 30_000;
/** So long it is waited for that a contact says which pages there are. */
const PATIENCE_MS = 12_000;
const LOOK_MS = 500;
/** On all pages together; a contact may have drawn any number. */
const MOST_ITEMS = 20_000;
/** An item with fewer points is no part of a longer stroke, but for the last one. */
const LONG_STROKE = 400;

interface FollowedPage {
  readonly board: Board;
  /** What of it this person may have seen before. */
  readonly seen: StateVector;
}

interface AwayState {
  readonly deps: {
    readonly clock: Clock;
    /** This person drew in this session, at another opening: its writes were lost here. */
    readonly isOwn: (session: number) => boolean;
    readonly changed: () => void;
  };
  /** Pages in memory. */
  readonly followed: Map<PageId, FollowedPage>;
  readonly found: Map<PageId, Set<ItemId>>;
  /** Of pages that have left the memory, how many strokes their items are. */
  readonly counts: Map<PageId, number>;
  readonly heard: Set<Address>;
  replica: HeardReplica | undefined;
  /** When it is open: since when, and when something came last. */
  open: { readonly since: number; cameAt: number } | undefined;
  news: AwayNews | undefined;
  stop: Cancel | undefined;
}

export function createAway(deps: AwayState["deps"]): AwayControl {
  const state: AwayState = {
    deps,
    followed: new Map(),
    found: new Map(),
    counts: new Map(),
    heard: new Set(),
    replica: undefined,
    open: undefined,
    news: undefined,
    stop: undefined,
  };
  let stopHearing: (() => void) | undefined;

  return {
    includes: (page, id) => includes(state, page, id),
    take() {
      const { news } = state;
      state.news = undefined;
      return news;
    },
    follow(page, doc, board) {
      const own: FollowedPage = { board, seen: stateVectorOf(doc) };
      state.followed.set(page, own);
      const stop = board.onChange((change) => collect(state, page, change));
      return () => {
        stop();
        if (state.followed.get(page) !== own) return;
        const items = state.found.get(page);
        if (items) state.counts.set(page, strokesOf(board, items));
        state.followed.delete(page);
      };
    },
    begin(replica) {
      state.replica = replica;
      stopHearing = replica.onChange(() => hear(state));
    },
    close() {
      stopHearing?.();
      state.stop?.();
      state.open = undefined;
    },
  };
}

function includes(state: AwayState, page: PageId, id: ItemId): boolean {
  const { replica, open, followed } = state;
  const seen = followed.get(page)?.seen;
  if (!open || !replica || !seen) return false;
  const { client, clock } = writeOf(id);
  const heardAt = replica.firstHeard(client, documentOfPage(page)!) ?? Infinity;
  return clock >= (seen.get(client) ?? 0) && clock < heardAt && !state.deps.isOwn(client);
}

/** Who is here for the first time may have drawn something. */
function hear(state: AwayState): void {
  const { replica, heard } = state;
  const links = replica!.links();
  if (heard.size === links.length) return;
  const fresh = links.filter((link) => link.state() === "here" && !heard.has(link.address));
  if (fresh.length === 0) return;
  for (const { address } of fresh) heard.add(address);
  const now = state.deps.clock.now();
  state.open ??= { since: now, cameAt: now };
  state.open.cameAt = now;
  state.stop ??= state.deps.clock.after(LOOK_MS, () => review(state));
}

/** What became of a page. */
function collect(state: AwayState, page: PageId, { origin, shown, hidden }: BoardChange): void {
  const { open, found, deps } = state;
  if (!open) return;
  const items = found.get(page) ?? new Set();
  for (const id of hidden) items.delete(id);
  const fresh = origin === "remote" ? shown.filter((id) => includes(state, page, id)) : [];
  if (fresh.length > 0) open.cameAt = deps.clock.now();
  const room = MOST_ITEMS - [...found.values()].reduce((sum, { size }) => sum + size, 0);
  for (const id of fresh.slice(0, Math.max(room, 0))) items.add(id);
  if (items.size > 0) found.set(page, items);
  else found.delete(page);
}

function review(state: AwayState): void {
  const { open, replica, deps } = state;
  if (!open) return;
  const now = deps.clock.now();
  if (now < open.since + LONGEST_MS && mayCome(state, replica!, now - open.since)) {
    state.stop = deps.clock.after(LOOK_MS, () => review(state));
    return;
  }
  state.stop = undefined;
  state.open = undefined;
  const news = newsOf(state);
  state.found.clear();
  state.counts.clear();
  if (!news) return;
  state.news = news;
  deps.changed();
}

/** Something may come of what a contact had when it was heard first, `after` so many milliseconds. */
function mayCome({ open, deps }: AwayState, replica: HeardReplica, after: number): boolean {
  const areUntold = replica
    .links()
    .some((link) => link.state() === "here" && !replica.hasToldAll(link.session() ?? 0));
  if (areUntold && after < PATIENCE_MS) return true;
  return deps.clock.now() < open!.cameAt + QUIET_MS || replica.isLacking();
}

function newsOf({ found, followed, counts }: AwayState): AwayNews | undefined {
  if (found.size === 0) return undefined;
  let strokes = 0;
  const by = new Set<number>();
  for (const [page, items] of found) {
    const board = followed.get(page)?.board;
    strokes += board ? strokesOf(board, items) : (counts.get(page) ?? items.size);
    for (const id of items) by.add(writeOf(id).client);
  }
  return { by: [...by], strokes, pages: new Map([...found].map(([page, items]) => [page, [...items]])) };
}

/** How many there are of them: a long stroke is several items. */
function strokesOf(board: Board, items: ReadonlySet<ItemId>): number {
  const counted = new Set<ItemId>();
  let strokes = 0;
  for (const id of items) {
    if (counted.has(id)) continue;
    strokes++;
    const item = board.item(id);
    if (item?.kind === "stroke" && item.points.length >= LONG_STROKE)
      for (const piece of board.whole([id])) counted.add(piece);
  }
  return strokes;
}
