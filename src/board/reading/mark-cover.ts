import { decodeMark, decodeSwitch, FIRST_PAGE, inRanges, markOf, mergeRanges } from "../document/marks.ts";
import type { ClockRange, Mark } from "../document/marks.ts";

/** What the standing marks together hide, kept in step with the `marks` map. */
export interface MarkCover {
  /** Whether an item that was placed by this write is hidden. */
  hides(client: number, clock: number): boolean;
  /** Whether a character of a label is erased. A clear is about items. */
  erases(client: number, clock: number): boolean;
  /** What is cut out of a session's strokes, as merged positions (see marks.ts). */
  cuts(client: number): readonly ClockRange[];
  /** The sessions whose standing marks of these kinds hide, erase or cut some of this. */
  makers(of: Ranges, kinds: readonly Mark["kind"][]): ReadonlySet<number>;
  /** Takes in a value of the map; returns the mark that it makes stand or fall, if any. */
  set(key: string, value: unknown): Mark | undefined;
  /** The same, to be kept in step with something else. */
  copy(): MarkCover;
}

interface Known {
  mark: Mark | undefined;
  isUndone: boolean;
}

type Ranges = ReadonlyMap<number, readonly ClockRange[]>;

/** What all standing marks come to. */
interface Sum {
  /** Per session, the clock below which everything is cleared. */
  readonly below: ReadonlyMap<number, number>;
  /** Per session, merged ranges that are erased. */
  readonly erased: Ranges;
  /** Per session, merged positions that are cut out. */
  readonly cut: Ranges;
}

/**
 * Marks are evaluated together, not one by one: what the clears hide is one maximum per session, so
 * the cost of asking does not grow with the number of clears. `before`: what was read already.
 */
export function createMarkCover(
  entries: Iterable<readonly [string, unknown]>,
  before: ReadonlyMap<string, Known> = new Map(),
): MarkCover {
  const known = new Map<string, Known>([...before].map(([key, each]) => [key, { ...each }] as const));
  let sum: Sum | undefined;

  function set(key: string, value: unknown): Mark | undefined {
    const { mark, isSwitch } = markOf(key);
    const entry = known.get(mark) ?? { mark: undefined, isUndone: false };
    known.set(mark, entry);
    if (isSwitch) entry.isUndone = decodeSwitch(value);
    else entry.mark = decodeMark(value);
    sum = undefined;
    return entry.mark;
  }

  function whole(): Sum {
    return (sum ??= sumOf(known.values()));
  }

  for (const [key, value] of entries) set(key, value);

  return {
    hides: (client, clock) =>
      clock < (whole().below.get(client) ?? 0) || inRanges(whole().erased.get(client), clock),
    erases: (client, clock) => inRanges(whole().erased.get(client), clock),
    cuts: (client) => whole().cut.get(client) ?? [],
    makers(of, kinds) {
      const found = new Set<number>();
      for (const [key, { mark, isUndone }] of known) {
        if (mark && !isUndone && kinds.includes(mark.kind) && touches(mark, of))
          found.add(markOf(key).client);
      }
      return found;
    },
    set,
    copy: () => createMarkCover([], known),
  };
}

function touches(mark: Mark, of: Ranges): boolean {
  return [...of].some(([client, ranges]) => {
    if (mark.kind === "clear") {
      const below = mark.page === FIRST_PAGE ? (mark.below.get(client) ?? 0) : 0;
      return ranges.some(({ start }) => start < below);
    }
    const marked = mark.ranges.get(client) ?? [];
    return ranges.some(({ start, end }) => marked.some((each) => each.start < end && start < each.end));
  });
}

function sumOf(known: Iterable<Known>): Sum {
  const below = new Map<number, number>();
  const erased = new Map<number, ClockRange[]>();
  const cut = new Map<number, ClockRange[]>();
  for (const { mark, isUndone } of known) {
    if (!mark || isUndone) continue;
    if (mark.kind !== "clear") {
      const sums = mark.kind === "erase" ? erased : cut;
      for (const [client, ranges] of mark.ranges) {
        const all = sums.get(client);
        if (all) for (const range of ranges) all.push(range);
        else sums.set(client, [...ranges]);
      }
    } else if (mark.page === FIRST_PAGE) {
      for (const [client, clock] of mark.below) below.set(client, Math.max(clock, below.get(client) ?? 0));
    }
  }
  return { below, erased: merged(erased), cut: merged(cut) };
}

function merged(ranges: ReadonlyMap<number, readonly ClockRange[]>): Ranges {
  return new Map([...ranges].map(([client, all]) => [client, mergeRanges(all)] as const));
}
