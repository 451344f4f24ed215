import { decodePlaces, decodeSwitch, FIRST_PAGE, markOf } from "../document/marks.ts";
import type { ClockRange, Mark, MarkPlaces } from "../document/marks.ts";
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
  /** What of a range of positions in a session's strokes (see marks.ts) is cut out, merged. */
  cutsIn(client: number, range: ClockRange): readonly ClockRange[];
  /** Whether that is anything. */
  isCut(client: number, range: ClockRange): boolean;
  /** The sessions whose standing marks of these kinds hide, erase or cut some of this. */
  makers(of: Ranges, kinds: readonly Mark["kind"][]): ReadonlySet<number>;
  /** Takes in a value of the map; returns the marks that it makes stand or fall. */
  set(key: string, value: unknown): readonly MarkPlaces[];
  /** The same, to be kept in step with something else. */
  copy(): MarkCover;
}

/** Marks may have very many ranges, so they are kept as they were written, and read when they stand or fall. */
interface Known {
  readonly value: unknown;
  readonly isUndone: boolean;
}

/** What a cover has read. */
interface Read {
  readonly known: ReadonlyMap<string, Known>;
  readonly covers: Readonly<Record<Mark["kind"], RangeCover>>;
}

const NEW: Known = { value: undefined, isUndone: false };

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

  function standing({ value, isUndone }: Known): MarkPlaces | undefined {
    const mark = isUndone ? undefined : decodePlaces(value);
    // A clear of another page hides nothing here.
    return mark?.page === FIRST_PAGE ? mark : undefined;
  }

  function set(key: string, value: unknown): readonly MarkPlaces[] {
    const { mark, isSwitch } = markOf(key);
    const was = known.get(mark) ?? NEW;
    const is = isSwitch ? { ...was, isUndone: decodeSwitch(value) } : { ...was, value };
    known.set(mark, is);
    if (isSwitch && was.isUndone === is.isUndone) return [];
    const [before, after] = [standing(was), standing(is)];
    if (before) covers[before.kind].change(before, -1);
    if (after) covers[after.kind].change(after, 1);
    return [before, after].filter((each) => each !== undefined);
  }

  for (const [key, value] of entries) set(key, value);

  return {
    hides: (client, clock) => covers.clear.covers(client, clock) || covers.erase.covers(client, clock),
    erases: (client, clock) => covers.erase.covers(client, clock),
    unerased: (client, run) => covers.erase.gaps(client, run),
    cutsIn: (client, range) => covers.cut.within(client, range),
    isCut: (client, range) => covers.cut.touches(client, range),
    makers(of, kinds) {
      const found = new Set<number>();
      for (const [key, entry] of known) {
        const mark = standing(entry);
        if (mark && kinds.includes(mark.kind) && touches(mark, of)) found.add(markOf(key).client);
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

function touches({ clients, firsts, ends }: MarkPlaces, of: Ranges): boolean {
  return clients.some((client, i) => {
    const ranges = of.get(client);
    return ranges !== undefined && overlap(ranges, ends.slice(firsts[i], firsts[i + 1]));
  });
}
