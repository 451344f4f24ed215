import * as Y from "yjs";
import { sameId } from "./parties.ts";
import type { ScannedStruct, WriteId } from "./scan.ts";

/** An entry of `items`: in the document, or in an update that is not applied. */
type Entry = Y.Item | NewEntry;

interface NewEntry {
  readonly client: number;
  readonly origin: WriteId | undefined;
  right: Entry | null;
}

export interface PlacingDeps {
  readonly items: Y.Array<unknown>;
  /** The stored entry that contains an id; undefined where it is not in the document. */
  stored(id: WriteId): Y.Item | undefined;
  /** Told of steps before they are taken; may throw. */
  spend(steps: number): void;
}

/** Finds the places of new entries as Yjs will, without changing the document. */
export interface Placing {
  /** In the order in which Yjs integrates them; what an entry comes after is stored or was placed. */
  place(struct: ScannedStruct): void;
}

/**
 * Counts what Yjs will have to compare (Item.integrate, yjs 13.6, for entries with nothing given to
 * their right). Next to nothing for honest sessions: an entry goes to the end of what its session
 * sees, so it passes only what others added to that same end meanwhile.
 */
export function createPlacing({ items, stored, spend }: PlacingDeps): Placing {
  const placed = new Map<number, Map<number, NewEntry>>();
  /** New neighbours to the right of stored entries; `null` stands for the beginning. */
  const rights = new Map<Y.Item | null, Entry>();

  function find(id: WriteId | null | undefined): Entry | undefined {
    return id ? (placed.get(id.client)?.get(id.clock) ?? stored(id)) : undefined;
  }

  function rightOf(entry: Entry | undefined): Entry | null {
    if (!entry) return rights.get(null) ?? items._start;
    return entry instanceof Y.Item ? (rights.get(entry) ?? entry.right) : entry.right;
  }

  /** The entry after which a new one goes, where `first` stands right after what it comes after. */
  function leftOf(
    { origin, client }: ScannedStruct,
    start: Entry | undefined,
    first: Entry,
  ): Entry | undefined {
    let left = start;
    let passed: Set<Entry> | undefined;
    let conflicting: Set<Entry> | undefined;
    for (let at: Entry | null = first; at; at = rightOf(at)) {
      let before: Entry | undefined;
      if (sameId(at.origin, origin)) {
        if ((at instanceof Y.Item ? at.id.client : at.client) >= client) break;
      } else {
        before = passed && find(at.origin);
        if (!before || !passed!.has(before)) break;
      }
      spend(1);
      passed ??= new Set();
      passed.add(at);
      if (before && conflicting?.has(before)) {
        conflicting.add(at);
      } else {
        conflicting = new Set();
        left = at;
      }
    }
    return left;
  }

  return {
    place(struct) {
      const { client, clock, origin } = struct;
      const start = find(origin);
      const first = rightOf(start);
      // Mostly nothing stands there yet.
      const left = first ? leftOf(struct, start, first) : start;
      const entry: NewEntry = { client, origin, right: left === start ? first : rightOf(left) };
      if (left && !(left instanceof Y.Item)) left.right = entry;
      else rights.set(left ?? null, entry);
      const own = placed.get(client);
      if (own) own.set(clock, entry);
      else placed.set(client, new Map([[clock, entry]]));
    },
  };
}
