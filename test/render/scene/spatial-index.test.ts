import * as fc from "fast-check";
import { expect, test } from "vitest";
import { boundsOf, overlaps, type Box } from "../../../src/base/geometry.ts";
import { createSpatialIndex } from "../../../src/render/scene/spatial-index.ts";

const near = fc.double({ min: -500, max: 500, noNaN: true });
const anywhere = fc.oneof({ weight: 5, arbitrary: near }, fc.double({ min: -1e7, max: 1e7, noNaN: true }));
const boxes: fc.Arbitrary<Box> = fc
  .tuple(anywhere, anywhere, anywhere, anywhere)
  .map(([x, y, right, bottom]) =>
    boundsOf([
      { x, y },
      { x: right, y: bottom },
    ])!,
  );
const steps = fc.array(fc.record({ key: fc.nat(12), box: fc.option(boxes, { nil: undefined }) }), {
  maxLength: 60,
});

test("finds what touches a place, and all bounds, after any changes", () => {
  fc.assert(
    fc.property(steps, fc.array(boxes, { minLength: 1 }), (changes, places) => {
      const index = createSpatialIndex<number>();
      const known = new Map<number, Box>();
      for (const { key, box } of changes) {
        if (box) {
          index.set(key, box);
          known.set(key, box);
        } else {
          index.delete(key);
          known.delete(key);
        }
      }
      for (const place of places) {
        const expected = [...known].filter(([, box]) => overlaps(box, place)).map(([key]) => key);
        expect(index.within(place).sort((a, b) => a - b)).toEqual(expected.sort((a, b) => a - b));
      }
      const corners = [...known.values()].flatMap(({ minX, minY, maxX, maxY }) => [
        { x: minX, y: minY },
        { x: maxX, y: maxY },
      ]);
      expect(index.bounds()).toEqual(boundsOf(corners));
      for (let key = 0; key < 12; key++) expect(index.get(key)).toEqual(known.get(key));
    }),
  );
});
