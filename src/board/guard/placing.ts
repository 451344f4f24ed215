import type * as Y from "yjs";
import { sameId } from "./session-writes.ts";
import type { ScannedStruct } from "./scan.ts";
import type { WriteId } from "../document/write-id.ts";

/** A write, or what is left of it after a cut, in a list: of the document, or of what is to be applied. */
interface Entry {
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

export interface PlacingDeps {
  /** The stored write that contains an id; undefined where it is not in the document. */
  stored(id: WriteId): Y.Item | undefined;
  /** The write of the update that contains an id. */
  scanned(id: WriteId): ScannedStruct;
  /** How many stored writes its session made after one. */
  after(item: Y.Item): number;
  /** Told of steps before they are taken; may throw. */
  spend(steps: number): void;
}

/** Finds the places of new writes as Yjs will, without changing the document. */
export interface Placing {
  /**
   * `state`: the clocks below it are known. In the order in which Yjs integrates: what a write stands
   * between is stored or was placed.
   */
  place(struct: ScannedStruct, state: number, list: List): void;
  /** Whether nothing stands behind a write. */
  isLast(id: WriteId): boolean;
}

/** Yjs cuts a write by making room in its session's array: so many places move in the time of a step. */
export const MOVED_PER_STEP = 256;

export function listOf(stored: Y.Array<unknown> | Y.Text | undefined): List {
  return { first: stored ? undefined : null, stored, last: undefined, length: 0 };
}

export function valuesOf(map: Y.Map<unknown>, key: string): List {
  return { first: undefined, stored: undefined, last: map._map.get(key) ?? null, length: 0 };
}

/**
 * Counts what Yjs will have to compare (Item.integrate, yjs 13.6). Next to nothing for honest sessions:
 * what they write stands between neighbours that they see, so it passes only what others put there
 * meanwhile.
 */
export function createPlacing({ stored, scanned, after, spend }: PlacingDeps): Placing {
  const entries = new Map<Y.Item | ScannedStruct, Entry>();

  function entryOf(item: Y.Item): Entry {
    let entry = entries.get(item);
    if (!entry) {
      const { id, length, origin, rightOrigin } = item;
      const { client, clock } = id;
      entry = { client, clock, length, origin, rightOrigin, right: undefined, item, pieces: undefined };
      entries.set(item, entry);
    }
    return entry;
  }

  /** The entry that contains an id. */
  function find(id: WriteId): Entry {
    const item = stored(id);
    const entry = item ? entryOf(item) : entries.get(scanned(id));
    if (!entry) throw new Error("not placed yet");
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
    const source = item ?? scanned({ client, clock });
    spend(1 + Math.ceil((item ? after(item) : 0) / MOVED_PER_STEP));
    const rest: Entry = {
      client,
      clock,
      length: entry.clock + entry.length - clock,
      origin: { client, clock: clock - 1 },
      rightOrigin,
      right: rightOf(entry),
      item,
      pieces: undefined,
    };
    entry.right = rest;
    entry.length = clock - entry.clock;
    const whole = entries.get(source)!;
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

  /** What a new entry goes after, where `first` and not `right` stands right after what it was put after. */
  function leftOf(
    { client, origin, rightOrigin }: Entry,
    start: Entry | undefined,
    first: Entry,
    right: Entry | null,
  ): Entry | undefined {
    let left = start;
    let previous: Entry | undefined;
    const passed = new Set<Entry>();
    const conflicting = new Set<Entry>();
    for (let at: Entry | null = first; at && at !== right; at = rightOf(at)) {
      spend(1);
      let isNext: boolean;
      if (sameId(at.origin, origin)) {
        isNext = at.client < client;
        if (!isNext && sameId(at.rightOrigin, rightOrigin)) break;
      } else {
        const before = previous && endsWith(previous, at.origin) ? previous : at.origin && find(at.origin);
        if (!before || !passed.has(before)) break;
        isNext = !conflicting.has(before);
      }
      if (isNext) {
        left = at;
        if (conflicting.size > 0) conflicting.clear();
      } else {
        conflicting.add(at);
      }
      passed.add(at);
      previous = at;
    }
    return left;
  }

  return {
    place(struct, state, list) {
      const { client, rightOrigin } = struct;
      const clock = Math.max(struct.clock, state);
      const origin = clock > struct.clock ? { client, clock: clock - 1 } : struct.origin;
      const start = origin ? endingAt(origin) : undefined;
      const right = rightOrigin ? startingAt(rightOrigin) : null;
      const first = start ? rightOf(start) : firstOf(list);
      // Each time anew, Yjs goes to a key's first value from its last.
      if (!start && list.length > 0) spend(list.length);
      if (list.last !== undefined) list.length++;
      const length = struct.clock + struct.length - clock;
      const entry: Entry = {
        client,
        clock,
        length,
        origin,
        rightOrigin,
        right: first,
        item: undefined,
        pieces: undefined,
      };
      // Mostly nothing stands there yet.
      const left = first && first !== right ? leftOf(entry, start, first, right) : start;
      if (left !== start) entry.right = rightOf(left!);
      if (left) left.right = entry;
      else list.first = entry;
      entries.set(struct, entry);
    },
    isLast: (id) => rightOf(find(id)) === null,
  };
}

function endsWith({ client, clock, length }: Entry, id: WriteId | null | undefined): boolean {
  return id?.client === client && id.clock === clock + length - 1;
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
