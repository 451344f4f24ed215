import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  decodeMark,
  encodeMark,
  markKey,
  markOf,
  mergeRanges,
  undoneKey,
  decodeSwitch,
  encodeSwitch,
  stampOfMark,
} from "../../../src/board/document/marks.ts";
import { TIME_LIMIT } from "../../../src/ink/header.ts";
import { createMarkCover } from "../../../src/board/reading/mark-cover.ts";
import type { ClockRange, Mark } from "../../../src/board/document/marks.ts";

const client = fc.integer({ min: 1, max: 2 ** 32 - 1 });
const clock = fc.integer({ min: 0, max: 2 ** 31 });
const ranges = fc
  .uniqueArray(fc.integer({ min: 0, max: 10_000 }), { minLength: 2, maxLength: 12 })
  .map((numbers) => {
    const sorted = numbers.sort((a, b) => a - b);
    const list: ClockRange[] = [];
    for (let i = 0; i + 1 < sorted.length; i += 2) list.push({ start: sorted[i]!, end: sorted[i + 1]! });
    return list;
  });
const mark: fc.Arbitrary<Mark> = fc.oneof(
  fc.record({
    kind: fc.constant("clear" as const),
    page: fc.string({ maxLength: 8 }),
    below: fc.array(fc.tuple(client, clock)).map((entries) => new Map(entries)),
  }),
  fc.record({
    kind: fc.constant("erase" as const),
    ranges: fc.array(fc.tuple(client, ranges)).map((entries) => new Map(entries)),
  }),
);

describe("the bytes of a mark", () => {
  test("decode to what was encoded", () => {
    fc.assert(
      fc.property(mark, (each) => {
        expect(decodeMark(encodeMark(each))).toEqual(each);
      }),
    );
  });

  test("are the same in every version", () => {
    const clear: Mark = {
      kind: "clear",
      page: "",
      below: new Map([
        [300, 128],
        [7, 5],
      ]),
    };
    expect([...encodeMark(clear)]).toEqual([1, 0, 2, 7, 5, 172, 2, 128, 1]);
    const erase: Mark = {
      kind: "erase",
      ranges: new Map([
        [
          7,
          [
            { start: 3, end: 4 },
            { start: 10, end: 30 },
          ],
        ],
      ]),
    };
    expect([...encodeMark(erase)]).toEqual([2, 1, 7, 2, 3, 1, 6, 20]);
  });

  test("that are cut, longer or foreign are no mark", () => {
    const bytes = encodeMark({ kind: "clear", page: "p", below: new Map([[300, 128]]) });
    for (let length = 0; length < bytes.length; length++) {
      expect(decodeMark(bytes.subarray(0, length))).toBeUndefined();
    }
    for (const more of [[128], [0, 0], [128, 128, 128, 1]]) {
      expect(decodeMark(new Uint8Array([...bytes, ...more]))).toBeUndefined();
    }
    expect(decodeMark(new Uint8Array([9, 1, 2]))).toBeUndefined();
    expect(decodeMark("clear")).toBeUndefined();
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (noise) => void decodeMark(noise)));
  });
});

test("a mark and its switch may say when they were made", () => {
  const clear: Mark = { kind: "clear", page: "", below: new Map([[300, 128]]) };
  for (const stamp of [0, 200, TIME_LIMIT - 1]) {
    const bytes = encodeMark(clear, stamp);
    expect([decodeMark(bytes), stampOfMark(bytes, false)]).toEqual([clear, stamp]);
    for (const isUndone of [true, false]) {
      const value = encodeSwitch(isUndone, stamp);
      expect([decodeSwitch(value), stampOfMark(value, true)]).toEqual([isUndone, stamp]);
    }
  }
  expect([decodeMark(encodeMark(clear)), stampOfMark(encodeMark(clear), false)]).toEqual([clear, undefined]);
  // As formats 1 and 2 wrote it.
  expect([true, false, undefined].map(decodeSwitch)).toEqual([true, false, false]);
  expect(stampOfMark(true, true)).toBeUndefined();
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 9 }), (noise) => {
      decodeSwitch(noise);
      stampOfMark(noise, true);
      stampOfMark(noise, false);
    }),
  );
  expect(decodeSwitch(Uint8Array.of(1, 128))).toBe(false);
});

test("a key tells its mark and its session, undone or not", () => {
  const key = markKey(3_735_928_559, 40);
  expect(markOf(key)).toEqual({ mark: key, client: 3_735_928_559, isSwitch: false });
  expect(markOf(undoneKey(key))).toEqual({ mark: key, client: 3_735_928_559, isSwitch: true });
  const thirtieth = markKey(3_735_928_559, 30);
  expect(markOf(thirtieth)).toMatchObject({ mark: thirtieth, isSwitch: false });
  expect(markOf(undoneKey(thirtieth))).toMatchObject({ mark: thirtieth, isSwitch: true });
});

test("merged ranges cover the same clocks, apart and in order", () => {
  fc.assert(
    fc.property(fc.array(ranges, { maxLength: 4 }), (lists) => {
      const all = lists.flat();
      const merged = mergeRanges(all);
      const covers = (list: readonly ClockRange[], at: number): boolean =>
        list.some(({ start, end }) => start <= at && at < end);
      for (const { start, end } of all) {
        for (const at of [start - 1, start, end - 1, end]) expect(covers(merged, at)).toBe(covers(all, at));
      }
      for (let i = 1; i < merged.length; i++) expect(merged[i]!.start).toBeGreaterThan(merged[i - 1]!.end);
    }),
  );
});

describe("what standing marks hide", () => {
  const clear = encodeMark({ kind: "clear", page: "", below: new Map([[7, 20]]) });
  const smaller = encodeMark({ kind: "clear", page: "", below: new Map([[7, 10]]) });
  const erase = encodeMark({ kind: "erase", ranges: new Map([[7, [{ start: 30, end: 31 }]]]) });

  test("is the union of all of them", () => {
    const cover = createMarkCover([
      ["a.0", clear],
      ["b.0", smaller],
      ["a.1", erase],
    ]);
    expect([0, 19, 20, 29, 30, 31].map((at) => cover.hides(7, at))).toEqual([
      true,
      true,
      false,
      false,
      true,
      false,
    ]);
    expect(cover.hides(8, 0)).toBe(false);
  });

  test("does not depend on the order of the entries, and ignores what is undone", () => {
    const entries: [string, unknown][] = [
      ["a.0.u", true],
      ["a.0", clear],
      ["b.0", smaller],
      ["b.0.u", false],
    ];
    for (const order of [entries, [...entries].reverse()]) {
      const cover = createMarkCover(order);
      expect([9, 10].map((at) => cover.hides(7, at))).toEqual([true, false]);
    }
  });
});
