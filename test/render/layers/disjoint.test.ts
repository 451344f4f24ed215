import * as fc from "fast-check";
import { expect, test } from "vitest";
import { overlaps } from "../../../src/base/geometry.ts";
import { disjoint } from "../../../src/render/layers/disjoint.ts";

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
