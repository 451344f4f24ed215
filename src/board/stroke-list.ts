import * as Y from "yjs";
import { createPointDecoder, decodeHeader } from "../ink/codec.ts";
import type { InkPoint, StrokeHeader } from "../ink/stroke.ts";
import type { ItemId, StrokeItem } from "./board.ts";

/** An entry of `items` as it is read, visible or not. */
export interface Entry {
  readonly client: number;
  readonly clock: number;
  readonly id: ItemId;
  /** Undefined where this version cannot read the entry: it is kept, and not shown. */
  readonly stroke: StrokeItem | undefined;
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
  splice(event: Y.YArrayEvent<unknown>): { added: Entry[]; removed: Entry[] };
  /** Takes in a change of a stroke's text; returns its entry, or undefined where it is not one of ours. */
  grow(event: Y.YTextEvent): Entry | undefined;
}

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
  let entries = items.toArray().map(readEntry);

  function readEntry(value: unknown): Entry {
    if (value instanceof Y.Text) {
      const read = readStroke(value);
      if (read) {
        byText.set(value, read);
        byId.set(read.entry.id, read.entry);
        const { client, clock } = read.entry;
        if (clock >= (newest.get(client)?.clock ?? 0)) newest.set(client, read.entry);
        return read.entry;
      }
    }
    const id = value instanceof Y.AbstractType ? idOf(value) : undefined;
    const { client, clock } = id ?? { client: 0, clock: 0 };
    return { client, clock, id: itemId(client, clock), stroke: undefined, end: clock + 1, visible: false };
  }

  function forget(entry: Entry): void {
    byId.delete(entry.id);
    for (const [text, read] of byText) {
      if (read.entry === entry) byText.delete(text);
    }
  }

  return {
    get entries() {
      return entries;
    },
    entry: (id) => byId.get(id),
    newestOf: (client) => newest.get(client),
    splice(event) {
      const next: Entry[] = [];
      const added: Entry[] = [];
      const removed: Entry[] = [];
      let at = 0;
      for (const { retain, insert, delete: gone } of event.changes.delta) {
        if (retain !== undefined) {
          for (const entry of entries.slice(at, at + retain)) next.push(entry);
          at += retain;
        }
        if (gone !== undefined) {
          removed.push(...entries.slice(at, at + gone));
          at += gone;
        }
        if (Array.isArray(insert)) {
          for (const value of insert) {
            const entry = readEntry(value);
            next.push(entry);
            added.push(entry);
          }
        }
      }
      for (const entry of entries.slice(at)) next.push(entry);
      for (const entry of removed) forget(entry);
      entries = next;
      return { added, removed };
    },
    grow(event) {
      const read = byText.get(event.target);
      if (!read) return undefined;
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
  const points: InkPoint[] = [];
  const stroke: { -readonly [K in keyof StrokeItem]: StrokeItem[K] } & { readonly header: StrokeHeader } = {
    kind: "stroke",
    id: itemId(id.client, id.clock),
    client: id.client,
    header: head.header,
    points,
    ended: false,
  };
  const read = (more: string): void => {
    for (const point of decoder.decode(more)) points.push(point);
    stroke.ended = decoder.ended();
  };
  read(content.slice(head.length));
  const entry: Entry = { ...id, id: stroke.id, stroke, end: endOf(text, id.clock), visible: false };
  return { entry, read, length: content.length };
}
