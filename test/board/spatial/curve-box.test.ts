import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createCurveBox } from "../../../src/board/spatial/curve-box.ts";
import { boundsOf } from "../../../src/base/geometry.ts";
import { curveBounds, segmentsOf } from "../../../src/ink/curve.ts";

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

test("a curve's box is around the control points of its spans, of which none is made", () => {
  fc.assert(
    fc.property(
      fc.array(point, { minLength: 1, maxLength: 9 }),
      fc.nat(8),
      fc.nat(8),
      (points, one, other) => {
        const [from, to] = [
          Math.min(one, other, points.length - 1),
          Math.min(Math.max(one, other), points.length - 1),
        ];
        const hull = segmentsOf(points, from, to).flatMap(({ from: a, to: b, slopeFrom, slopeTo }) => [
          { x: a.x + slopeFrom.x / 3, y: a.y + slopeFrom.y / 3 },
          { x: b.x - slopeTo.x / 3, y: b.y - slopeTo.y / 3 },
          b,
        ]);
        expect(curveBounds(points, 2, from, to)).toEqual(boundsOf([points[from]!, ...hull], 2));
      },
    ),
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
