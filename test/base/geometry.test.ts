import { expect, test } from "vitest";
import { boundsOf, centreOf, overlaps, unionOf } from "../../src/base/geometry.ts";

test("bounds hold all points, and the margin", () => {
  expect(boundsOf([])).toBeUndefined();
  expect(boundsOf([{ x: 1, y: 5 }], 2)).toEqual({ minX: -1, minY: 3, maxX: 3, maxY: 7 });
  expect(
    boundsOf([
      { x: 1, y: 5 },
      { x: -3, y: 8 },
    ]),
  ).toEqual({ minX: -3, minY: 5, maxX: 1, maxY: 8 });
});

test("a union holds both boxes", () => {
  const a = { minX: 0, minY: 0, maxX: 1, maxY: 1 };
  const b = { minX: -1, minY: 0.5, maxX: 0.5, maxY: 3 };
  expect(unionOf(a, b)).toEqual({ minX: -1, minY: 0, maxX: 1, maxY: 3 });
  expect(unionOf(a, undefined)).toBe(a);
  expect(unionOf(undefined, b)).toBe(b);
});

test("boxes overlap where they share a point", () => {
  const a = { minX: 0, minY: 0, maxX: 2, maxY: 2 };
  expect(overlaps(a, { minX: 2, minY: 2, maxX: 3, maxY: 3 })).toBe(true);
  expect(overlaps(a, { minX: 2.1, minY: 0, maxX: 3, maxY: 3 })).toBe(false);
  expect(overlaps(a, { minX: 0, minY: -3, maxX: 3, maxY: -1 })).toBe(false);
});

test("the centre of a box is as far from one side as from the other", () => {
  expect(centreOf({ minX: -2, minY: 3, maxX: 6, maxY: 4 })).toEqual({ x: 2, y: 3.5 });
});
