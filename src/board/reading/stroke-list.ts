import * as Y from "yjs";
import { createPointDecoder, END, pointStarts } from "../../ink/codec.ts";
import { decodeHeader, MAX_HEADER_LENGTH } from "../../ink/header.ts";
import type { DecodedHeader, ItemOrigin } from "../../ink/header.ts";
import type { PointDecoder } from "../../ink/codec.ts";
import type { InkPoint, StrokeHeader } from "../../ink/stroke.ts";
import type { Item, ItemId } from "../document/board.ts";
import { idOf, itemId } from "../document/item-id.ts";
import { newItemsOf } from "./new-items.ts";
import { number, rank } from "./ranks.ts";
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

/** An item as it was drawn, whatever became of it since. */
export interface DrawnItem {
  readonly id: ItemId;
  readonly client: number;
  readonly header: StrokeHeader;
  /** Undefined for what was drawn before format 3. */
  readonly origin: ItemOrigin | undefined;
  /** Grows at its end, in place, until `ended`. */
  readonly points: readonly InkPoint[];
  readonly ended: boolean;
  /** The clock of each point's first character, as far as there are points. */
  clocks(): readonly number[];
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
  grow(event: Y.YTextEvent): Entry | undefined;
}

/** With more new items than this, going through all is quicker than looking for each one's place. */
const FEW = 64;

export function createStrokeList(items: Y.Array<unknown>): StrokeList {
  const byId = new Map<ItemId, Entry>();
  const newest = new Map<number, Entry>();
  /** By the write that made it: what neighbours in the array are found by. */
  const byItem = new Map<Y.Item, Entry>();
  const ends = createStrokeEnds();
  let entries: Entry[] = [];
  for (let item = items._start; item; item = item.right) {
    if (!item.deleted) entries.push(readItem(item));
  }
  number(entries);

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
    const entry = type instanceof Y.Text ? readStroke(type) : undefined;
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
      rank(entries, at);
      waiting.delete(item);
    }
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
    const read = readStroke(text);
    if (!read) return undefined;
    entry.stroke = read.stroke;
    endAt(entry, read.end);
    keep(entry);
    return entry;
  }

  return {
    get entries() {
      return entries;
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
      if (gone.length > 0 || fresh.length > FEW) {
        entries = walk();
        number(entries);
      } else insertEntries(fresh);
      return { added, removed: gone };
    },
    grow({ target }) {
      const entry = target._item ? byItem.get(target._item) : undefined;
      if (!entry?.stroke) return entry && readLate(target, entry);
      endAt(entry, endOf(target, entry.clock));
      if (entry.stroke instanceof TextStroke) entry.stroke.grow();
      return entry;
    },
  };
}

function lastRun(text: Y.Text): Y.Item | null {
  let last = text._start;
  while (last?.right) last = last.right;
  return last;
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

function endsWithEnd(text: Y.Text): boolean {
  const content = lastRun(text)?.content;
  return content instanceof Y.ContentString && content.str.endsWith(END);
}

function readStroke(text: Y.Text): Entry | undefined {
  const id = idOf(text);
  const head = id && decodeHeader(headOf(text, MAX_HEADER_LENGTH));
  if (!head) return undefined;
  const stroke = new TextStroke(text, id, head);
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

/** Points are decoded when somebody asks for them: most of a large board is out of view when it opens. */
class TextStroke implements DrawnItem {
  readonly id: ItemId;
  readonly client: number;
  readonly header: StrokeHeader;
  readonly origin: ItemOrigin | undefined;
  readonly #text: Y.Text;
  readonly #headerLength: number;
  #decoder: PointDecoder | undefined = undefined;
  #decoded: InkPoint[] = [];
  #clocks: number[] = [];
  /** How many characters were decoded. */
  #length = 0;
  #isGrown = true;

  constructor(
    text: Y.Text,
    { client, clock }: { readonly client: number; readonly clock: number },
    { header, origin, length }: DecodedHeader,
  ) {
    this.#text = text;
    this.#headerLength = length;
    this.id = itemId(client, clock);
    this.client = client;
    this.header = header;
    this.origin = origin;
  }

  get points(): readonly InkPoint[] {
    this.#decode();
    return this.#decoded;
  }

  get ended(): boolean {
    if (this.#isGrown && endsWithEnd(this.#text)) return true;
    return this.#decode().ended();
  }

  clocks(): readonly number[] {
    // Asked for only where something is cut out of the stroke.
    if (this.#clocks.length !== this.points.length) this.#clocks = this.#readClocks();
    return this.#clocks;
  }

  /** There is more text. */
  grow(): void {
    this.#isGrown = true;
  }

  #readClocks(): number[] {
    const starts = pointStarts(this.header, this.#text.toJSON(), this.#headerLength);
    const clocks: number[] = [];
    let before = 0;
    for (let run = this.#text._start; run; run = run.right) {
      while (clocks.length < starts.length && starts[clocks.length]! < before + run.length) {
        clocks.push(run.id.clock + starts[clocks.length]! - before);
      }
      before += run.length;
    }
    return clocks;
  }

  #decode(): PointDecoder {
    if (this.#decoder && !this.#isGrown) return this.#decoder;
    const content = this.#text.toJSON();
    this.#decoder ??= createPointDecoder(this.header);
    const more = this.#decoder.decode(content.slice(Math.max(this.#length, this.#headerLength)));
    if (this.#decoded.length === 0) this.#decoded = more;
    else for (const point of more) this.#decoded.push(point);
    this.#length = content.length;
    this.#isGrown = false;
    return this.#decoder;
  }
}
