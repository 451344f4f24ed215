import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createCurveBox } from "../../../src/board/spatial/curve-box.ts";
import { curveBounds } from "../../../src/ink/curve.ts";

// Few places: points that stand still, and curves that turn back.
const coordinate = fc.integer({ min: 0, max: 3 });
const point = fc.record({ x: coordinate, y: coordinate, pressure: fc.constant(0.5) });

test("a curve that grows has the box of the whole curve, however it grew", () => {
  fc.assert(
    fc.property(fc.array(fc.array(point, { maxLength: 5 }), { maxLength: 12 }), (steps) => {
      const box = createCurveBox();
      const points: { x: number; y: number; pressure: number }[] = [];
      for (const more of steps) {
        points.push(...more);
        expect(box.update(points)).toEqual(curveBounds(points, 0));
      }
    }),
    { numRuns: 2000 },
  );
});

test("what was measured is not measured again", () => {
  let read = 0;
  const counting = (i: number): { readonly x: number; readonly y: number; readonly pressure: number } => ({
    get x() {
      read++;
      return i;
    },
    y: i % 7,
    pressure: 0.5,
  });
  const points = Array.from({ length: 2000 }, (_, i) => counting(i));
  const box = createCurveBox();
  box.update(points);
  read = 0;
  for (let i = 0; i < 10; i++) {
    points.push(counting(2000 + i));
    box.update(points);
  }
  expect(read).toBeLessThan(1000);
});
