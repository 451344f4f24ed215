import { decodeMark, decodeSwitch, FIRST_PAGE, markOf } from "../document/marks.ts";
import type { ClockRange, Mark } from "../document/marks.ts";
import { createRangeCover, overlap } from "./range-cover.ts";
import type { RangeCover, Ranges } from "./range-cover.ts";

/** What the standing marks together hide, kept in step with the `marks` map. */
export interface MarkCover {
  /** Whether an item that was placed by this write is hidden. */
  hides(client: number, clock: number): boolean;
  /** Whether a character of a label is erased. A clear is about items. */
  erases(client: number, clock: number): boolean;
  /** What of a run of a label's characters is not erased. */
  unerased(client: number, run: ClockRange): readonly ClockRange[];
  /** What is cut out of a session's strokes, as merged positions (see marks.ts). */
  cuts(client: number): readonly ClockRange[];
  /** The sessions whose standing marks of these kinds hide, erase or cut some of this. */
  makers(of: Ranges, kinds: readonly Mark["kind"][]): ReadonlySet<number>;
  /** Takes in a value of the map; returns the marks that it makes stand or fall. */
  set(key: string, value: unknown): readonly HidingMark[];
  /** The same, to be kept in step with something else. */
  copy(): MarkCover;
}

/** A mark, and what it hides. */
export interface HidingMark {
  readonly kind: Mark["kind"];
  readonly ranges: Ranges;
}

interface Known {
  readonly mark: HidingMark | undefined;
  readonly isUndone: boolean;
}

/** What a cover has read. */
interface Read {
  readonly known: ReadonlyMap<string, Known>;
  readonly covers: Readonly<Record<Mark["kind"], RangeCover>>;
}

const NEW: Known = { mark: undefined, isUndone: false };

/**
 * Marks are evaluated together, not one by one: the cost of asking does not grow with the number of marks,
 * and that of a change grows only with what it and its sessions' ranges are. `read`: what was read already, and is
 * this one's own from now on.
 */
export function createMarkCover(
  entries: Iterable<readonly [string, unknown]>,
  read: Partial<Read> = {},
): MarkCover {
  const known = new Map<string, Known>(read.known);
  const covers = read.covers ?? {
    clear: createRangeCover(),
    erase: createRangeCover(),
    cut: createRangeCover(),
  };

  function standing({ mark, isUndone }: Known): HidingMark | undefined {
    return isUndone ? undefined : mark;
  }

  function set(key: string, value: unknown): readonly HidingMark[] {
    const { mark, isSwitch } = markOf(key);
    const was = known.get(mark) ?? NEW;
    const is = isSwitch
      ? { ...was, isUndone: decodeSwitch(value) }
      : { ...was, mark: hidingOf(decodeMark(value)) };
    known.set(mark, is);
    const [before, after] = [standing(was), standing(is)];
    if (before === after) return [];
    if (before) covers[before.kind].change(before.ranges, -1);
    if (after) covers[after.kind].change(after.ranges, 1);
    return [before, after].filter((each) => each !== undefined);
  }

  for (const [key, value] of entries) set(key, value);

  return {
    hides: (client, clock) => covers.clear.covers(client, clock) || covers.erase.covers(client, clock),
    erases: (client, clock) => covers.erase.covers(client, clock),
    unerased: (client, run) => covers.erase.gaps(client, run),
    cuts: (client) => covers.cut.of(client),
    makers(of, kinds) {
      const found = new Set<number>();
      for (const [key, entry] of known) {
        const mark = standing(entry);
        if (mark && kinds.includes(mark.kind) && touches(mark.ranges, of)) found.add(markOf(key).client);
      }
      return found;
    },
    set,
    copy: () =>
      createMarkCover([], {
        known,
        covers: { clear: covers.clear.copy(), erase: covers.erase.copy(), cut: covers.cut.copy() },
      }),
  };
}

/** A clear of another page hides nothing here. */
function hidingOf(mark: Mark | undefined): HidingMark | undefined {
  if (mark?.kind !== "clear") return mark;
  if (mark.page !== FIRST_PAGE) return undefined;
  const ranges = new Map([...mark.below].map(([client, end]) => [client, [{ start: 0, end }]] as const));
  return { kind: "clear", ranges };
}

function touches(ranges: Ranges, of: Ranges): boolean {
  const [few, many] = ranges.size < of.size ? [ranges, of] : [of, ranges];
  return [...few].some(([client, some]) => overlap(some, many.get(client) ?? []));
}
