import * as fc from "fast-check";
import { expect, test } from "vitest";
import { overlaps, type Box } from "../../src/base/geometry.ts";
import { disjoint, planFinished, type PaintState } from "../../src/render/plan.ts";

const box = (x: number): Box => ({ minX: x, minY: 0, maxX: x + 10, maxY: 10 });

/** `order`: bottom first; `wanted` and `painted`: where those items lie. */
function state(
  order: string,
  wanted: Record<string, Box>,
  painted: Record<string, Box>,
  touched: string,
): PaintState {
  return {
    items: order.split("").map((id) => ({ id })),
    painted: new Map(Object.entries(painted)),
    touched: new Set(touched),
    boxOf: (id) => wanted[id],
  };
}

test("nothing to do", () => {
  expect(planFinished(state("ab", { a: box(0) }, { a: box(0) }, ""))).toEqual({ kind: "none" });
  expect(planFinished(state("ab", { a: box(0) }, { a: box(0) }, "ab"))).toEqual({ kind: "none" });
});

test("new ones on top are appended, bottom first", () => {
  const wanted = { a: box(0), b: box(5), c: box(5) };
  const plan = planFinished(state("abc", wanted, { a: box(0) }, "cb"));
  expect(plan).toEqual({ kind: "append", ids: ["b", "c"] });
});

test("a new one below, but aside, is appended too", () => {
  const plan = planFinished(state("ab", { a: box(0), b: box(50) }, { b: box(50) }, "a"));
  expect(plan).toEqual({ kind: "append", ids: ["a"] });
});

test("a new one below what is painted makes its place be painted anew", () => {
  const plan = planFinished(state("ab", { a: box(0), b: box(5) }, { b: box(5) }, "a"));
  expect(plan).toEqual({ kind: "regions", boxes: [box(0)] });
});

test("what goes makes its place be painted anew, with what comes at the same time", () => {
  const wanted = { b: box(5), c: box(90) };
  const plan = planFinished(state("bc", wanted, { a: box(0), b: box(5) }, "ac"));
  expect(plan).toEqual({ kind: "regions", boxes: [box(0), box(90)] });
});

test("very many at once make everything be painted anew", () => {
  const many = Array.from({ length: 65 }, (_, i) => String.fromCharCode(0x100 + i)).join("");
  expect(planFinished(state(many, {}, {}, many))).toEqual({ kind: "full" });
});

test("disjoint boxes cover the given ones and do not overlap", () => {
  const side = fc.integer({ min: 0, max: 30 });
  const boxes = fc.array(
    fc.tuple(side, side, side, side).map(([x, y, w, h]) => {
      return { minX: x * 4, minY: y * 4, maxX: x * 4 + w, maxY: y * 4 + h };
    }),
  );
  fc.assert(
    fc.property(boxes, (given) => {
      const apart = disjoint(given);
      for (const each of given) {
        const holders = apart.filter(
          (other) =>
            other.minX <= each.minX &&
            other.minY <= each.minY &&
            other.maxX >= each.maxX &&
            other.maxY >= each.maxY,
        );
        expect(holders).toHaveLength(1);
      }
      const pairs = apart.flatMap((a, i) => apart.slice(i + 1).map((b) => overlaps(a, b)));
      expect(pairs).not.toContain(true);
    }),
  );
});
