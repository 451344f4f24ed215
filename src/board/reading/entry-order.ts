/*
 * The entries of `items` in the order of the array, kept in step with it. Nearly always what is new is at the end:
 * one stroke while people draw, hundreds where a stored board comes in pieces.
 */
import type * as Y from "yjs";

/** What an order needs to know of an entry. */
interface Ranked {
  /** Grows along the array. */
  rank: number;
}

export interface EntryOrder<Entry extends Ranked> {
  readonly entries: readonly Entry[];
  /** These are in the array, and have entries by now. */
  add(fresh: readonly Y.Item[]): void;
  /** Some are not there any more. */
  renew(): void;
}

/** With more new items than this, going through all is quicker than looking for each one's place. */
const FEW = 64;

/** `entryOf`: of a write to the array that is in the order, or is about to be. */
export function createEntryOrder<Entry extends Ranked>(
  items: Y.Array<unknown>,
  entryOf: (item: Y.Item) => Entry | undefined,
): EntryOrder<Entry> {
  let entries: Entry[] = [];
  /** The write of the last one. */
  let last: Y.Item | undefined;

  function addLast(item: Y.Item): void {
    const entry = entryOf(item);
    if (!entry) return;
    entry.rank = (entries.at(-1)?.rank ?? -1) + 1;
    entries.push(entry);
    last = item;
  }

  /** Where all of them are behind what was there. */
  function append(count: number): boolean {
    const fresh: Y.Item[] = [];
    for (let item = last ? last.right : items._start; item; item = item.right) {
      if (entryOf(item)) fresh.push(item);
    }
    if (fresh.length !== count) return false;
    fresh.forEach(addLast);
    return true;
  }

  /** Their neighbours are looked for from the end. */
  function insert(fresh: readonly Y.Item[]): void {
    const waiting = new Set(fresh);
    for (const item of fresh) {
      let left = item.left;
      while (left && (waiting.has(left) || !entryOf(left))) left = left.left;
      const at = left ? entries.lastIndexOf(entryOf(left)!) + 1 : 0;
      entries.splice(at, 0, entryOf(item)!);
      if (at === entries.length - 1) last = item;
      rank(entries, at);
      waiting.delete(item);
    }
  }

  function renew(): void {
    entries = [];
    last = undefined;
    for (let item = items._start; item; item = item.right) addLast(item);
  }

  renew();
  return {
    get entries() {
      return entries;
    },
    add(fresh) {
      if (fresh.length <= FEW) insert(fresh);
      else if (!append(fresh.length)) renew();
    },
    renew,
  };
}

/** Between the ranks of its neighbours; all get new ones where there is no number left between them. */
function rank(entries: readonly Ranked[], at: number): void {
  const below = entries[at - 1]?.rank ?? -1;
  const above = entries[at + 1]?.rank ?? below + 2;
  const middle = (below + above) / 2;
  if (below < middle && middle < above) entries[at]!.rank = middle;
  else for (const [index, entry] of entries.entries()) entry.rank = index;
}
