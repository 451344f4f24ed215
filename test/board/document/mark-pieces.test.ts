import * as fc from "fast-check";
import { expect, test } from "vitest";
import { encodeMark, FIRST_PAGE } from "../../../src/board/document/marks.ts";
import type { ClockRange, Mark } from "../../../src/board/document/marks.ts";
import { MAX_MARK_BYTES, piecesOf } from "../../../src/board/document/mark-pieces.ts";
import { TIME_LIMIT } from "../../../src/ink/header.ts";

const CLIENT = fc.nat(2 ** 32 - 1);

/** Ascending, disjoint, never touching. */
const RANGES = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 2 ** 33 }), fc.integer({ min: 1, max: 2 ** 20 })), {
    minLength: 1,
    maxLength: 60,
  })
  .map((steps) => {
    let at = 0;
    return steps.map(([gap, length]): ClockRange => {
      const start = at + gap;
      at = start + length;
      return { start, end: at };
    });
  });

const MARK: fc.Arbitrary<Mark> = fc.oneof(
  fc
    .array(fc.tuple(CLIENT, fc.nat(2 ** 31)), { minLength: 1, maxLength: 200 })
    .map((below): Mark => ({ kind: "clear", page: FIRST_PAGE, below: new Map(below) })),
  fc
    .tuple(
      fc.constantFrom("erase" as const, "cut" as const),
      fc.array(fc.tuple(CLIENT, RANGES), { minLength: 1 }),
    )
    .map(([kind, ranges]): Mark => ({ kind, ranges: new Map(ranges) })),
);

/** All that a mark names, in a comparable form. */
function contentOf(mark: Mark): string[] {
  if (mark.kind === "clear") return Array.from(mark.below, ([client, clock]) => `${client} below ${clock}`);
  return [...mark.ranges].flatMap(([client, ranges]) =>
    ranges.map(({ start, end }) => `${client} ${start} ${end}`),
  );
}

test("pieces of a mark name all that it names, once, and each fits", () => {
  fc.assert(
    fc.property(MARK, fc.integer({ min: 60, max: 400 }), (mark, limit) => {
      const pieces = piecesOf(mark, limit);
      expect(pieces.flatMap(contentOf).sort()).toEqual(contentOf(mark).sort());
      for (const piece of pieces) {
        expect(piece.kind).toBe(mark.kind);
        expect(encodeMark(piece, TIME_LIMIT - 1).length).toBeLessThanOrEqual(limit);
      }
    }),
  );
});

test("what fits into one value is one, and pieces are well filled", () => {
  const erase = (count: number): Mark => ({
    kind: "erase",
    ranges: new Map([[7, Array.from({ length: count }, (_, i) => ({ start: i * 30, end: i * 30 + 1 }))]]),
  });
  expect(piecesOf(erase(8000)).length).toBe(1);
  expect(piecesOf(erase(8000))).toEqual([erase(8000)]);
  const pieces = piecesOf(erase(80_000));
  expect(pieces.length).toBe(10);
  for (const piece of pieces.slice(0, -1)) {
    expect(encodeMark(piece).length).toBeGreaterThan(MAX_MARK_BYTES - 64);
  }
});
