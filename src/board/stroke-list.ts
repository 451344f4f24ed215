import * as Y from "yjs";
import { createPointDecoder, decodeHeader } from "../ink/codec.ts";
import type { InkPoint, StrokeHeader } from "../ink/stroke.ts";
import type { ItemId, StrokeItem } from "./board.ts";
import { newItemsOf } from "./new-items.ts";

/** An entry of `items` as it is read, visible or not. */
export interface Entry {
  readonly client: number;
  readonly clock: number;
  readonly id: ItemId;
  /** Undefined where this version cannot read the entry, or not yet: it is kept, and not shown. */
  stroke: StrokeItem | undefined;
  /** The clock after its last write: who has its session up to here has all of it. */
  end: number;
  visible: boolean;
}

/** The decoded content of `items`, kept in step with it and in its order. */
export interface StrokeList {
  readonly entries: readonly Entry[];
  entry(id: ItemId): Entry | undefined;
  /** What a session added last. */
  newestOf(client: number): Entry | undefined;
  /** Takes in a change of the array; returns the entries that came and that went. */
  splice(transaction: Y.Transaction): { added: Entry[]; removed: Entry[] };
  /** Takes in a change of a stroke's text; returns its entry, or undefined where it is not one of ours. */
  grow(event: Y.YTextEvent): Entry | undefined;
}

/** With more new items than this, going through all is quicker than looking for each one's place. */
const FEW = 64;

interface ReadStroke {
  readonly entry: Entry;
  /** Decodes more of the text and adds to the stroke. */
  read(text: string): void;
  /** How many characters were read, to notice a change anywhere but at the end. */
  length: number;
}

/** The identity of an item is that of the write that put it into the array. */
export function idOf(type: { _item: Y.Item | null }): { client: number; clock: number } | undefined {
  const id = type._item?.id;
  return id && { client: id.client, clock: id.clock };
}

export function itemId(client: number, clock: number): ItemId {
  return `${client}.${clock}`;
}

export function createStrokeList(items: Y.Array<unknown>): StrokeList {
  const byText = new Map<Y.Text, ReadStroke>();
  const byId = new Map<ItemId, Entry>();
  const newest = new Map<number, Entry>();
  /** By the write that made it: what neighbours in the array are found by. */
  const byItem = new Map<Y.Item, Entry>();
  let entries: Entry[] = [];
  for (let item = items._start; item; item = item.right) {
    if (!item.deleted) entries.push(readItem(item));
  }

  function readItem(item: Y.Item): Entry {
    const entry = readContent(item);
    byItem.set(item, entry);
    return entry;
  }

  function readContent(item: Y.Item): Entry {
    const { client, clock } = item.id;
    const type = item.content instanceof Y.ContentType ? item.content.type : undefined;
    const read = type instanceof Y.Text ? readStroke(type) : undefined;
    if (!read) {
      const id = itemId(client, clock);
      return { client, clock, id, stroke: undefined, end: clock + item.length, visible: false };
    }
    byText.set(type as Y.Text, read);
    byId.set(read.entry.id, read.entry);
    if (clock >= (newest.get(client)?.clock ?? 0)) newest.set(client, read.entry);
    return read.entry;
  }

  /** The entries in the order of the array, by going through all of it. */
  function walk(): Entry[] {
    const found: Entry[] = [];
    for (let item = items._start; item; item = item.right) {
      const entry = byItem.get(item);
      if (entry) found.push(entry);
    }
    return found;
  }

  /** New items are nearly always at the end, so their neighbours are looked for from there. */
  function insertEntries(fresh: readonly Y.Item[]): void {
    const waiting = new Set(fresh);
    for (const item of fresh) {
      let left = item.left;
      while (left && (waiting.has(left) || !byItem.has(left))) left = left.left;
      const at = left ? entries.lastIndexOf(byItem.get(left)!) + 1 : 0;
      entries.splice(at, 0, byItem.get(item)!);
      waiting.delete(item);
    }
  }

  function goneFrom(transaction: Y.Transaction): Entry[] {
    if (transaction.deleteSet.clients.size === 0) return [];
    const gone = [...byItem].filter(([item]) => item.deleted);
    for (const [item] of gone) byItem.delete(item);
    return gone.map(([, entry]) => entry);
  }

  function forget(entry: Entry): void {
    byId.delete(entry.id);
    for (const [text, read] of byText) {
      if (read.entry === entry) byText.delete(text);
    }
  }

  /** A text whose beginning came without it: the network cuts between any two writes. */
  function readLate(text: Y.Text): Entry | undefined {
    const entry = text._item ? byItem.get(text._item) : undefined;
    const read = entry && readStroke(text);
    if (!read) return undefined;
    entry.stroke = read.entry.stroke;
    entry.end = read.entry.end;
    byText.set(text, { ...read, entry });
    byId.set(entry.id, entry);
    if (entry.clock >= (newest.get(entry.client)?.clock ?? 0)) newest.set(entry.client, entry);
    return entry;
  }

  return {
    get entries() {
      return entries;
    },
    entry: (id) => byId.get(id),
    newestOf: (client) => newest.get(client),
    splice(transaction) {
      const fresh = newItemsOf(transaction, items).filter((item) => !item.deleted);
      const added = fresh.map(readItem);
      const gone = goneFrom(transaction);
      for (const entry of gone) forget(entry);
      if (gone.length > 0 || fresh.length > FEW) entries = walk();
      else insertEntries(fresh);
      return { added, removed: gone };
    },
    grow(event) {
      const read = byText.get(event.target);
      if (!read) return readLate(event.target);
      read.entry.end = endOf(event.target, read.entry.clock);
      // The array's event, which comes first, may have read the whole text already.
      if (read.length === event.target.length) return read.entry;
      const text = event.target.toJSON();
      read.read(text.slice(read.length));
      read.length = text.length;
      return read.entry;
    },
  };
}

/** What a session appended in one go is one run, so a stroke is a handful of them. */
function endOf(text: Y.Text, clock: number): number {
  let last = text._start;
  while (last?.right) last = last.right;
  return last ? last.id.clock + last.length : clock + 1;
}

function readStroke(text: Y.Text): ReadStroke | undefined {
  const id = idOf(text);
  const content = text.toJSON();
  const head = decodeHeader(content);
  if (!id || !head) return undefined;
  const decoder = createPointDecoder(head.header);
  const points: InkPoint[] = decoder.decode(content.slice(head.length));
  const stroke: { -readonly [K in keyof StrokeItem]: StrokeItem[K] } & { readonly header: StrokeHeader } = {
    kind: "stroke",
    id: itemId(id.client, id.clock),
    client: id.client,
    header: head.header,
    points,
    ended: decoder.ended(),
  };
  const read = (more: string): void => {
    for (const point of decoder.decode(more)) points.push(point);
    stroke.ended = decoder.ended();
  };
  const entry: Entry = { ...id, id: stroke.id, stroke, end: endOf(text, id.clock), visible: false };
  return { entry, read, length: content.length };
}
