/*
 * The decoded content of `items`, visible or not, kept in step with it and in its order.
 */
import * as Y from "yjs";
import { decodeHeader, MAX_HEADER_LENGTH } from "../../ink/header.ts";
import type { Item, ItemId } from "../document/board.ts";
import { idOf, itemId } from "../document/item-id.ts";
import { lastRun, TextStroke } from "./drawn-item.ts";
import type { DrawnItem } from "./drawn-item.ts";
import { createEntryOrder } from "./entry-order.ts";
import { createHeldGrowth } from "./held-growth.ts";
import type { HeldGrowth } from "./held-growth.ts";
import type { KeptInk } from "./kept-ink.ts";
import { newItemsOf } from "./new-items.ts";
import { createStrokeEnds } from "./stroke-ends.ts";

/** An entry of `items` as it is read, visible or not. */
export interface Entry {
  readonly client: number;
  readonly clock: number;
  readonly id: ItemId;
  /** Undefined where this version cannot read the entry, or not yet: it is kept, and not shown. */
  stroke: DrawnItem | undefined;
  /** As it is shown; undefined until somebody asks, and again when it has become different. */
  item: Item | undefined;
  /** The clock after its last write: who has its session up to here has all of it. */
  end: number;
  visible: boolean;
  /** Grows along the array. */
  rank: number;
}

/** The decoded content of `items`, kept in step with it and in its order. */
export interface StrokeList {
  readonly entries: readonly Entry[];
  entry(id: ItemId): Entry | undefined;
  /** What a session added last. */
  newestOf(client: number): Entry | undefined;
  /** The entry of a write to the array. */
  entryOf(item: Y.Item): Entry | undefined;
  /** How many of a session's entries end after this clock. */
  countBeyond(client: number, clock: number): number;
  /** Takes in a change of the array; returns the entries that came and that went. */
  splice(transaction: Y.Transaction): { added: Entry[]; removed: Entry[] };
  /** Takes in a change of a stroke's text; returns its entry, or undefined where it is not one of ours. */
  grow(text: Y.Text): Entry | undefined;
  readonly growth: HeldGrowth;
}

export function createStrokeList(items: Y.Array<unknown>, kept: KeptInk["points"]): StrokeList {
  const byId = new Map<ItemId, Entry>();
  const newest = new Map<number, Entry>();
  /** By the write that made it: what neighbours in the array are found by. */
  const byItem = new Map<Y.Item, Entry>();
  const ends = createStrokeEnds();
  const growth = createHeldGrowth();
  for (let item = items._start; item; item = item.right) if (!item.deleted) readItem(item);
  const order = createEntryOrder(items, (item) => byItem.get(item));

  function readItem(item: Y.Item): Entry {
    const entry = readContent(item);
    byItem.set(item, entry);
    ends.add(entry.client, entry.end);
    return entry;
  }

  function endAt(entry: Entry, end: number): void {
    ends.remove(entry.client, entry.end);
    entry.end = end;
    ends.add(entry.client, end);
  }

  function readContent(item: Y.Item): Entry {
    const type = item.content instanceof Y.ContentType ? item.content.type : undefined;
    const entry = type instanceof Y.Text ? readStroke(type, kept) : undefined;
    if (entry) {
      keep(entry);
      return entry;
    }
    const { client, clock } = item.id;
    const id = itemId(client, clock);
    const end = clock + item.length;
    return { client, clock, id, stroke: undefined, item: undefined, end, visible: false, rank: 0 };
  }

  function keep(entry: Entry): void {
    byId.set(entry.id, entry);
    if (entry.clock >= (newest.get(entry.client)?.clock ?? 0)) newest.set(entry.client, entry);
  }

  function goneFrom(transaction: Y.Transaction): Entry[] {
    if (transaction.deleteSet.clients.size === 0) return [];
    const gone = [...byItem].filter(([item]) => item.deleted);
    for (const [item, entry] of gone) {
      byItem.delete(item);
      ends.remove(entry.client, entry.end);
    }
    return gone.map(([, entry]) => entry);
  }

  /** A text whose beginning came without it: the network cuts between any two writes. */
  function readLate(text: Y.Text, entry: Entry): Entry | undefined {
    const read = readStroke(text, kept);
    if (!read) return undefined;
    entry.stroke = read.stroke;
    endAt(entry, read.end);
    keep(entry);
    return entry;
  }

  return {
    get entries() {
      return order.entries;
    },
    entry: (id) => byId.get(id),
    entryOf: (item) => byItem.get(item),
    newestOf: (client) => newest.get(client),
    countBeyond: ends.beyond,
    splice(transaction) {
      const fresh = newItemsOf(transaction, items).filter((item) => !item.deleted);
      const added = fresh.map(readItem);
      const gone = goneFrom(transaction);
      for (const entry of gone) byId.delete(entry.id);
      if (gone.length > 0) order.renew();
      else order.add(fresh);
      return { added, removed: gone };
    },
    growth,
    grow(text) {
      const entry = text._item ? byItem.get(text._item) : undefined;
      if (!entry?.stroke) return entry && readLate(text, entry);
      const before = entry.end;
      endAt(entry, endOf(text, entry.clock));
      if (entry.stroke instanceof TextStroke) growth.grow(entry.stroke, text, before);
      return entry;
    },
  };
}

/** What a session appended in one go is one run, so a stroke is a handful of them. */
function endOf(text: Y.Text, clock: number): number {
  const last = lastRun(text);
  return last ? last.id.clock + last.length : clock + 1;
}

/** The first characters of a text, without making one string of all of it. */
function headOf(text: Y.Text, length: number): string {
  let head = "";
  for (let run = text._start; run && head.length < length; run = run.right) {
    if (!run.deleted && run.content instanceof Y.ContentString) head += run.content.str;
  }
  return head;
}

function readStroke(text: Y.Text, kept: KeptInk["points"]): Entry | undefined {
  const id = idOf(text);
  const head = id && decodeHeader(headOf(text, MAX_HEADER_LENGTH));
  if (!head) return undefined;
  const stroke = new TextStroke(text, id, head, kept);
  return {
    client: id.client,
    clock: id.clock,
    id: stroke.id,
    stroke,
    item: undefined,
    end: endOf(text, id.clock),
    visible: false,
    rank: 0,
  };
}
