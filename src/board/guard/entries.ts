import type * as Y from "yjs";
import type { ScannedStruct } from "./scan.ts";
import type { WriteId } from "../document/write-id.ts";

/*
 * The lists of a document as they will be when an update's writes are placed in them one by one. The
 * document stays as it is: an entry stands for a write of it as soon as somebody asks for that, and so
 * does each piece of a write that Yjs will have to cut.
 */

/** A write, or what is left of it after a cut, in a list: of the document, or of what is to be applied. */
export interface Entry {
  readonly client: number;
  readonly clock: number;
  length: number;
  readonly origin: WriteId | null | undefined;
  readonly rightOrigin: WriteId | null | undefined;
  /** Undefined: as the document has it. */
  right: Entry | null | undefined;
  readonly item: Y.Item | undefined;
  /** Once it was cut: itself and the others, in the order of the clocks. */
  pieces: Entry[] | undefined;
  /** The last search for a place that passed it, and the last group of conflicting writes that it was in; 0: none. */
  passed: number;
  conflicting: number;
}

/** The items, the words of a label, or the values that a key ever had. */
export interface List {
  /** Undefined: as the document has it. */
  first: Entry | null | undefined;
  readonly stored: Y.Array<unknown> | Y.Text | undefined;
  /** Of a key: the last value that the document has. */
  readonly last: Y.Item | null | undefined;
  /** Of a key: how many writes Yjs passes to find the first. */
  length: number;
}

export interface EntriesDeps {
  /** The stored write that contains an id; undefined where it is not in the document. */
  stored(id: WriteId): Y.Item | undefined;
  /** The write of the update that contains an id. */
  scanned(id: WriteId): ScannedStruct;
  /** How many stored writes its session made after one. */
  after(item: Y.Item): number;
  /** Told of steps before they are taken; may throw. */
  spend(steps: number): void;
}

/** The lists as they are with what was placed, without changing the document. */
export interface Entries {
  /** The entry that contains an id. */
  find(id: WriteId): Entry;
  /** The one that ends, or begins, with an id: cut there where it must be. */
  endingAt(id: WriteId): Entry;
  startingAt(id: WriteId): Entry;
  rightOf(entry: Entry): Entry | null;
  firstOf(list: List): Entry | null;
  add(struct: ScannedStruct, entry: Entry): void;
}

/** Yjs cuts a write by making room in its session's array: so many places move in the time of a step. */
export const MOVED_PER_STEP = 256;

/** One that is whole, and that no search has passed. */
export function createEntry(write: Omit<Entry, "pieces" | "passed" | "conflicting">): Entry {
  const { client, clock, length, origin, rightOrigin, right, item } = write;
  const pieces = undefined;
  return { client, clock, length, origin, rightOrigin, right, item, pieces, passed: 0, conflicting: 0 };
}

export function listOf(stored: Y.Array<unknown> | Y.Text | undefined): List {
  return { first: stored ? undefined : null, stored, last: undefined, length: 0 };
}

export function valuesOf(map: Y.Map<unknown>, key: string): List {
  return { first: undefined, stored: undefined, last: map._map.get(key) ?? null, length: 0 };
}

export function createEntries({ stored, scanned, after, spend }: EntriesDeps): Entries {
  const ofDocument = createTable();
  const ofUpdate = createTable();

  function entryOf(item: Y.Item): Entry {
    const { client, clock } = item.id;
    const ofSession = ofDocument(client);
    let entry = ofSession.get(clock);
    if (!entry) {
      const { length, origin, rightOrigin } = item;
      entry = createEntry({ client, clock, length, origin, rightOrigin, right: undefined, item });
      ofSession.set(clock, entry);
    }
    return entry;
  }

  /** The write that contains an id; once it was cut, its first piece. */
  function wholeOf(id: WriteId): Entry {
    const item = stored(id);
    const entry = item ? entryOf(item) : ofUpdate(id.client).get(scanned(id).clock);
    if (!entry) throw new Error("not placed yet");
    return entry;
  }

  function find(id: WriteId): Entry {
    const entry = wholeOf(id);
    return entry.pieces ? entry.pieces[pieceAt(entry.pieces, id.clock)]! : entry;
  }

  function rightOf(entry: Entry): Entry | null {
    if (entry.right === undefined) entry.right = entry.item?.right ? entryOf(entry.item.right) : null;
    return entry.right;
  }

  function firstOf(list: List): Entry | null {
    if (list.first === undefined) {
      let first = list.stored ? list.stored._start : list.last;
      if (!list.stored) {
        for (; first?.left; first = first.left) count(list);
        if (first) count(list);
      }
      list.first = first ? entryOf(first) : null;
    }
    return list.first;
  }

  function count(list: List): void {
    list.length++;
    spend(1);
  }

  /** Cuts an entry in front of a clock within it; gives the second part. */
  function cut(entry: Entry, clock: number): Entry {
    const { client, rightOrigin, item } = entry;
    spend(1 + Math.ceil((item ? after(item) : 0) / MOVED_PER_STEP));
    const whole = wholeOf({ client, clock });
    const rest = createEntry({
      client,
      clock,
      length: entry.clock + entry.length - clock,
      origin: { client, clock: clock - 1 },
      rightOrigin,
      right: rightOf(entry),
      item,
    });
    entry.right = rest;
    entry.length = clock - entry.clock;
    whole.pieces ??= [whole];
    const { pieces } = whole;
    pieces.splice(pieceAt(pieces, entry.clock) + 1, 0, rest);
    return rest;
  }

  function endingAt(id: WriteId): Entry {
    const entry = find(id);
    if (id.clock < entry.clock + entry.length - 1) cut(entry, id.clock + 1);
    return entry;
  }

  function startingAt(id: WriteId): Entry {
    const entry = find(id);
    return id.clock > entry.clock ? cut(entry, id.clock) : entry;
  }

  return {
    find,
    endingAt,
    startingAt,
    rightOf,
    firstOf,
    add: ({ client, clock }, entry) => void ofUpdate(client).set(clock, entry),
  };
}

/** Entries by session and first clock of their writes; the last session asked for is at hand. */
function createTable(): (client: number) => Map<number, Entry> {
  const sessions = new Map<number, Map<number, Entry>>();
  let last = -1;
  let entries = new Map<number, Entry>();
  return (client) => {
    if (client === last) return entries;
    entries = sessions.get(client) ?? new Map<number, Entry>();
    sessions.set(client, entries);
    last = client;
    return entries;
  };
}

/** The piece that contains a clock. */
function pieceAt(pieces: readonly Entry[], clock: number): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (pieces[middle]!.clock <= clock) low = middle;
    else high = middle - 1;
  }
  return low;
}
