import type { ItemId } from "../document/board.ts";
import { writeOf } from "../document/item-id.ts";
import { mergeRanges } from "../document/marks.ts";
import type { ClockRange, Mark } from "../document/marks.ts";
import type { WriteId } from "../document/write-id.ts";
import type { Outcome } from "./outcome.ts";

/** Kinds of marks. */
export type Kinds = readonly Mark["kind"][];

/** Those that hide an item. */
export const HIDING: Kinds = ["clear", "erase"];

/** Clocks, or positions, by session. */
export type Ranges = ReadonlyMap<number, readonly ClockRange[]>;

export type IsHidden = (client: number, clock: number) => boolean;

/** How many clocks, or positions, of something are hidden. */
export interface Hidden {
  readonly hidden: number;
  readonly all: number;
}

export function hiddenOf(ranges: Ranges, isHidden: IsHidden): Hidden {
  let hidden = 0;
  let all = 0;
  for (const [client, list] of ranges) {
    for (const { start, end } of list) {
      all += end - start;
      for (let clock = start; clock < end; clock++) if (isHidden(client, clock)) hidden++;
    }
  }
  return { hidden, all };
}

/** What of it is not hidden. */
export function standing(ranges: Ranges, isHidden: IsHidden): Ranges {
  const left = new Map<number, ClockRange[]>();
  for (const [client, list] of ranges) {
    const clocks = list.flatMap(({ start, end }) =>
      Array.from({ length: end - start }, (_, i) => start + i).filter((clock) => !isHidden(client, clock)),
    );
    if (clocks.length > 0) left.set(client, mergeRanges(clocks.map((start) => ({ start, end: start + 1 }))));
  }
  return left;
}

export function clocksIn(ranges: readonly ClockRange[]): number {
  return ranges.reduce((sum, { start, end }) => sum + end - start, 0);
}

/** The writes that put items into the array, as ranges. */
export function rangesOf(ids: readonly ItemId[]): Map<number, ClockRange[]> {
  return rangesOfWrites(ids.map(writeOf));
}

export function rangesOfWrites(writes: Iterable<WriteId>): Map<number, ClockRange[]> {
  const ranges = new Map<number, ClockRange[]>();
  for (const { client, clock } of writes) {
    const range = { start: clock, end: clock + 1 };
    const known = ranges.get(client);
    if (known) known.push(range);
    else ranges.set(client, [range]);
  }
  for (const [client, list] of ranges) ranges.set(client, mergeRanges(list));
  return ranges;
}

/** What came of something of which this is hidden still. */
export function outcomeOf({ hidden, all }: Hidden): Outcome {
  if (hidden === 0) return "done";
  return hidden === all ? "shared" : "partly";
}
