/*
 * The pages of a board, read from its index document, and what a person does to them. What comes of what several
 * people do at once: page-table.ts.
 */
import type * as Y from "yjs";
import { createEmitter } from "../../base/emitter.ts";
import { stampAttribute } from "../document/attribute-stamps.ts";
import { LOCAL_ORIGIN, rootsOf } from "../document/document.ts";
import { entryKey } from "../document/keys.ts";
import { LIMITS } from "../document/limits.ts";
import { ENTRY_FIELDS } from "../document/schema.ts";
import { SIZE_LIMITS, trackSize } from "../document/size.ts";
import type { SizeLimits, SizeTracker } from "../document/size.ts";
import { writersOf } from "../document/state.ts";
import { MAX_STAMP_BYTES } from "../document/stamps.ts";
import { PAGES_OF_SESSION } from "../document/write-id.ts";
import { createMoments } from "../reading/moments.ts";
import { originOf } from "../reading/transaction-origin.ts";
import { createRoom } from "../writing/room.ts";
import type { Room } from "../writing/room.ts";
import { replayAttributes } from "../writing/rescue.ts";
import type { UnsyncedWrites } from "../writing/rescue.ts";
import { createSessionWriter } from "../writing/session-writer.ts";
import type { TimePorts } from "../writing/session-writer.ts";
import { pageIdOf } from "./page-id.ts";
import type { PageId } from "./page-id.ts";
import { added, emptiable, emptied, moved, removed, renamed, restored } from "./page-plans.ts";
import type { Values } from "./page-plans.ts";
import { createPageTable } from "./page-table.ts";
import type { EntryNews, PageEntry } from "./page-table.ts";

/** What became different of the pages. */
export interface PageIndexChange {
  /** Who caused it: this page, a contact, or what was stored. */
  readonly origin: "local" | "remote" | "storage";
  /** The contacts' sessions that wrote it; none where it was no contact. */
  readonly by: readonly number[];
  /** Pages that are in the list for the first time as far as is known here, in their order; `makerOf` tells whose. */
  readonly added: readonly PageId[];
  /** Pages whose ink is given up from now on. */
  readonly emptied: readonly PageId[];
}

/**
 * Each change is one transaction, and does nothing where it says so: about a page that is not there or emptied, that
 * is so already, or for which the index has no room.
 */
export interface PageIndex {
  /** In their order; never empty. */
  list(): readonly PageEntry[];
  /** The latest removed first. */
  removed(): readonly PageEntry[];
  /** Their ink is given up, for good. */
  emptied(): ReadonlySet<PageId>;
  /** In milliseconds since 1970, by its maker's calendar, as Moments has it; undefined for the first page. */
  madeAt(id: PageId): number | undefined;
  /** The same by the calendar of who removed it; undefined where it is not removed. */
  removedAt(id: PageId): number | undefined;
  /** It is there, removed or not, and not emptied. */
  has(id: PageId): boolean;
  /** For one page more. */
  hasRoom(): boolean;
  /** For how many pages more, at most. */
  left(): number;
  /** For a page that is made first, and added then. Undefined where there is no room. */
  reserve(): PageId | undefined;
  /** `at`: among those in the list; at the end without. `id`: one that was reserved. Undefined where there is no room. */
  add(at?: number, name?: string, id?: PageId): PageId | undefined;
  rename(id: PageId, name: string): boolean;
  /** A page of the list, to `at` among the others. */
  move(id: PageId, at: number): boolean;
  /** Not the only one in the list. Where it comes back it is at its place. */
  setRemoved(id: PageId, on: boolean): boolean;
  /** Of these the removed ones but for the first page; gives those. */
  empty(ids: readonly PageId[]): readonly PageId[];
  /**
   * Does once more what another session lost (writing/rescue.ts). Pages that it made cannot be made again: their
   * documents bear its number.
   */
  replay(lost: UnsyncedWrites): void;
  /** Of the index's document; what there is to tell of how full it is. */
  readonly room: Pick<Room, "news" | "onNews">;
  /** Called after each transaction that wrote something of a page. */
  onChange(listener: (change: PageIndexChange) => void): () => void;
  close(): void;
}

export interface PageIndexDeps {
  /** The index document, loaded, with this session's clientID assigned. */
  readonly doc: Y.Doc;
  readonly time: TimePorts;
  onError(error: unknown): void;
  /** Of the document's size. */
  readonly limits?: SizeLimits;
  /** How much is in it, where somebody follows that already. */
  readonly size?: SizeTracker["size"];
}

export function createPageIndex({ doc, time, onError, ...given }: PageIndexDeps): PageIndex {
  const roots = rootsOf(doc);
  const { attrs } = roots;
  const changed = createEmitter<PageIndexChange>(onError);
  const tracker = given.size ? undefined : trackSize(doc);
  const { size = tracker!.size, limits = SIZE_LIMITS } = given;
  const room = createRoom({ doc, limits, size, onError });
  const session = createSessionWriter({ doc, roots, time });
  const moments = createMoments({ doc, roots, list: { entryOf: () => undefined } });
  const table = createPageTable();
  let made = 0;

  // Also those where nothing stands any more.
  for (const key of attrs._map.keys()) table.set(key, attrs.get(key));

  let news: EntryNews[] = [];
  /** They came as removed ones. */
  const unlisted = new Set<PageId>();
  const onAttributes = ({ keysChanged }: Y.YMapEvent<unknown>): void => {
    // Not `keys`, which leaves out what was written and deleted at once.
    for (const key of keysChanged as ReadonlySet<string>) {
      const its = table.set(key, attrs.get(key));
      if (its) news.push(its);
    }
  };
  const onTransaction = (transaction: Y.Transaction): void => {
    const taken = news;
    news = [];
    if (taken.length === 0) return;
    for (const { page, isMade } of taken) if (isMade) unlisted.add(page);
    const listed = table.list().flatMap(({ id }) => (unlisted.delete(id) ? [id] : []));
    const origin = originOf(transaction);
    changed.emit({
      origin,
      by: origin === "remote" ? writersOf(transaction) : [],
      added: listed,
      emptied: taken.flatMap(({ page, isEmptied }) => (isEmptied ? [page] : [])),
    });
  };
  attrs.observe(onAttributes);
  doc.on("afterTransaction", onTransaction);

  /** Says whether there was anything to write, and room for it. */
  function write(values: Values): boolean {
    const content = values.reduce((sum, [, value]) => sum + value.length + MAX_STAMP_BYTES, 0);
    if (values.length === 0 || !room.admits({ writes: values.length, content })) return false;
    doc.transact(() => {
      for (const [key, value] of values) attrs.set(key, stampAttribute(value, session.stamp()));
    }, LOCAL_ORIGIN);
    return true;
  }

  function newId(): PageId | undefined {
    while (made < PAGES_OF_SESSION && table.knows(pageIdOf(doc.clientID, made))) made++;
    return made < PAGES_OF_SESSION ? pageIdOf(doc.clientID, made) : undefined;
  }

  const left = (): number => Math.max(0, LIMITS.pages.writes - table.made());
  const next = (): PageId | undefined => (left() > 0 ? newId() : undefined);

  return {
    list: table.list,
    removed: table.removed,
    emptied: table.emptied,
    madeAt: (id) => moments.ofAttribute(entryKey(id, ENTRY_FIELDS.made.key)),
    removedAt(id) {
      const isRemoved = (table.page(id)?.removed ?? 0) > 0;
      return isRemoved ? moments.ofAttribute(entryKey(id, ENTRY_FIELDS.removed.key)) : undefined;
    },
    has: (id) => table.page(id) !== undefined,
    hasRoom: () => next() !== undefined,
    left,
    reserve() {
      const id = next();
      if (id !== undefined) made++;
      return id;
    },
    add(at = Infinity, name = "", id = next()) {
      return id !== undefined && left() > 0 && write(added(table, id, at, name)) ? id : undefined;
    },
    rename: (id, name) => write(renamed(table, id, name)),
    move: (id, at) => write(moved(table, id, at)),
    setRemoved: (id, on) => write(on ? removed(table, id) : restored(table, id)),
    empty(ids) {
      const gone = emptiable(table, ids);
      return write(emptied(gone)) ? gone : [];
    },
    replay({ attributes }) {
      if (attributes.size > 0)
        doc.transact(() => replayAttributes({ doc, session }, attributes), LOCAL_ORIGIN);
    },
    room,
    onChange: (listener) => changed.on(listener),
    close() {
      attrs.unobserve(onAttributes);
      doc.off("afterTransaction", onTransaction);
      room.close();
      tracker?.close();
    },
  };
}
