import { decodeMark, FIRST_PAGE, inRanges, markOf, mergeRanges } from "./marks.ts";
import type { ClockRange, Mark } from "./marks.ts";

/** What the standing marks together hide, kept in step with the `marks` map. */
export interface MarkCover {
  hides(client: number, clock: number): boolean;
  /** Takes in a value of the map; returns the mark that it makes stand or fall, if any. */
  set(key: string, value: unknown): Mark | undefined;
}

interface Known {
  mark: Mark | undefined;
  isUndone: boolean;
}

/** What all standing marks come to. */
interface Sum {
  /** Per session, the clock below which everything is cleared. */
  readonly below: ReadonlyMap<number, number>;
  /** Per session, merged ranges that are erased. */
  readonly erased: ReadonlyMap<number, readonly ClockRange[]>;
}

/**
 * Marks are evaluated together, not one by one: what the clears hide is one maximum per session, so
 * the cost of asking does not grow with the number of clears.
 */
export function createMarkCover(entries: Iterable<readonly [string, unknown]>): MarkCover {
  const known = new Map<string, Known>();
  let sum: Sum | undefined;

  function set(key: string, value: unknown): Mark | undefined {
    const { mark, isSwitch } = markOf(key);
    const entry = known.get(mark) ?? { mark: undefined, isUndone: false };
    known.set(mark, entry);
    if (isSwitch) entry.isUndone = value === true;
    else entry.mark = decodeMark(value);
    sum = undefined;
    return entry.mark;
  }

  for (const [key, value] of entries) set(key, value);

  return {
    hides(client, clock) {
      sum ??= sumOf(known.values());
      return clock < (sum.below.get(client) ?? 0) || inRanges(sum.erased.get(client), clock);
    },
    set,
  };
}

function sumOf(known: Iterable<Known>): Sum {
  const below = new Map<number, number>();
  const erased = new Map<number, ClockRange[]>();
  for (const { mark, isUndone } of known) {
    if (!mark || isUndone) continue;
    if (mark.kind === "erase") {
      for (const [client, ranges] of mark.ranges) {
        const all = erased.get(client);
        if (all) all.push(...ranges);
        else erased.set(client, [...ranges]);
      }
    } else if (mark.page === FIRST_PAGE) {
      for (const [client, clock] of mark.below) below.set(client, Math.max(clock, below.get(client) ?? 0));
    }
  }
  const merged = [...erased].map(([client, ranges]) => [client, mergeRanges(ranges)] as const);
  return { below, erased: new Map(merged) };
}
