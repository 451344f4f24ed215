import { expect, test } from "vitest";
import { createPrng } from "../../../src/base/prng.ts";
import type { Prng } from "../../../src/base/prng.ts";
import { mergeRanges, subtractRanges } from "../../../src/board/document/marks.ts";
import type { ClockRange } from "../../../src/board/document/marks.ts";
import { createRangeCover, overlap } from "../../../src/board/reading/range-cover.ts";

const END = 60;

/** Ascending, mostly disjoint; some touch, some are empty. */
function anyRanges(prng: Prng): ClockRange[] {
  const ranges: ClockRange[] = [];
  let at = prng.below(4);
  // Few of some, and many of others: they are taken in differently.
  for (let left = prng.chance(0.5) ? 1 : 12; left > 0 && at < END; left--) {
    const end = Math.min(at + prng.below(5), END);
    ranges.push({ start: at, end });
    at = end + prng.below(3);
  }
  return ranges;
}

function endsOf(ranges: readonly ClockRange[]): number[] {
  return ranges.flatMap(({ start, end }) => [start, end]);
}

test("what lies under ranges that come and go is what lies under those that are there", () => {
  const prng = createPrng(3);
  for (let run = 0; run < 200; run++) {
    const cover = createRangeCover();
    let there: ClockRange[][] = [];
    for (let step = 0; step < 12; step++) {
      // Several changes are taken in at once.
      for (let left = 1 + prng.below(12); left > 0; left--) {
        const gone = prng.chance(0.4) ? there[prng.below(there.length)] : undefined;
        if (gone) there = there.filter((each) => each !== gone);
        const ranges = gone ?? anyRanges(prng);
        if (!gone) there.push(ranges);
        const ends = endsOf(ranges);
        cover.change({ clients: [7], firsts: [0, ends.length], ends }, gone ? -1 : 1);
      }
      const merged = mergeRanges(there.flat().filter(({ start, end }) => start < end));
      expect(cover.within(7, { start: 0, end: END })).toEqual(merged);
      const at = prng.below(END);
      const some = { start: at, end: at + 1 + prng.below(9) };
      expect(cover.touches(7, some)).toBe(merged.some(({ start, end }) => start < some.end && end > at));
      const within = { start: prng.below(END), end: END };
      expect(cover.within(7, within)).toEqual(subtractRanges([within], subtractRanges([within], merged)));
      expect(cover.gaps(7, within)).toEqual(subtractRanges([within], merged));
      for (let place = 0; place <= END; place++)
        expect(cover.covers(7, place)).toBe(merged.some(({ start, end }) => start <= place && place < end));
    }
    expect(cover.within(8, { start: 1, end: 3 })).toEqual([]);
    expect(cover.gaps(8, { start: 1, end: 3 })).toEqual([{ start: 1, end: 3 }]);
  }
});

test("whether two lists have a place in common", () => {
  const prng = createPrng(4);
  for (let run = 0; run < 2000; run++) {
    const [a, b] = [anyRanges(prng), anyRanges(prng)].map((each) =>
      each.filter(({ start, end }) => start < end),
    ) as [ClockRange[], ClockRange[]];
    const places = (ranges: readonly ClockRange[]): number[] =>
      ranges.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i));
    const of = new Set(places(a));
    expect(overlap(a, endsOf(b))).toBe(places(b).some((place) => of.has(place)));
  }
});
