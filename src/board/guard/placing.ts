import { sameId } from "./session-writes.ts";
import { createEntries, createEntry } from "./entries.ts";
import type { EntriesDeps, Entry, List } from "./entries.ts";
import type { ScannedStruct } from "./scan.ts";
import type { WriteId } from "../document/write-id.ts";

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

/**
 * Counts what Yjs will have to compare (Item.integrate, yjs 13.6). Next to nothing for honest sessions:
 * what they write stands between neighbours that they see, so it passes only what others put there
 * meanwhile.
 */
export function createPlacing(deps: EntriesDeps): Placing {
  const { spend } = deps;
  const { find, endingAt, startingAt, rightOf, firstOf, add } = createEntries(deps);
  // Yjs keeps two sets for each search; here entries bear the number of the last that they were put in.
  let searches = 0;
  let groups = 0;

  /** What a new entry goes after, where `first` and not `right` stands right after what it was put after. */
  function leftOf(
    { client, origin, rightOrigin }: Entry,
    start: Entry | undefined,
    first: Entry,
    right: Entry | null,
  ): Entry | undefined {
    let left = start;
    let previous: Entry | undefined;
    searches++;
    groups++;
    for (let at: Entry | null = first; at && at !== right; at = rightOf(at)) {
      spend(1);
      let isNext: boolean;
      if (sameId(at.origin, origin)) {
        isNext = at.client < client;
        if (!isNext && sameId(at.rightOrigin, rightOrigin)) break;
      } else {
        const before = previous && endsWith(previous, at.origin) ? previous : at.origin && find(at.origin);
        if (before?.passed !== searches) break;
        isNext = before.conflicting !== groups;
      }
      if (isNext) {
        left = at;
        groups++;
      } else {
        at.conflicting = groups;
      }
      at.passed = searches;
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
      const entry = createEntry({
        client,
        clock,
        length,
        origin,
        rightOrigin,
        right: first,
        item: undefined,
      });
      // Mostly nothing stands there yet.
      const left = first && first !== right ? leftOf(entry, start, first, right) : start;
      if (left !== start) entry.right = rightOf(left!);
      if (left) left.right = entry;
      else list.first = entry;
      add(struct, entry);
    },
    isLast: (id) => rightOf(find(id)) === null,
  };
}

function endsWith({ client, clock, length }: Entry, id: WriteId | null | undefined): boolean {
  return id?.client === client && id.clock === clock + length - 1;
}
