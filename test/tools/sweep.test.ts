import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { distance } from "../../src/base/geometry.ts";
import { pointOn, segmentBetween } from "../../src/ink/curve.ts";
import type { InkPoint } from "../../src/ink/stroke.ts";
import { distanceToLine, mergeRanges, stretchesWithin, touchesCurve } from "../../src/tools/sweep.ts";

const PRECISION = 0.125;
const coordinate = fc.integer({ min: -400, max: 400 }).map((quarters) => quarters / 4);
const place = fc.record({ x: coordinate, y: coordinate });
const stroke = fc
  .array(place, { minLength: 2, maxLength: 12 })
  .map((places) =>
    places
      .filter(({ x, y }, i) => i === 0 || x !== places[i - 1]!.x || y !== places[i - 1]!.y)
      .map((point): InkPoint => ({ ...point, pressure: 0.5 })),
  );
const sweep = fc.record({ from: place, to: place, radius: fc.double({ min: 1, max: 40, noNaN: true }) });

/** The place at a position of the curve, as `PathRange` counts. */
function at(points: readonly InkPoint[], position: number): InkPoint {
  const span = Math.min(Math.floor(position), points.length - 2);
  const segment = segmentBetween(points[span - 1], points[span]!, points[span + 1]!, points[span + 2]);
  return pointOn(segment, position - span);
}

const STEPS = 200;
const positions = (points: readonly InkPoint[]): number[] =>
  Array.from({ length: (points.length - 1) * STEPS + 1 }, (_, i) => i / STEPS);

describe("stretchesWithin", () => {
  it("is what trying every place of the curve gives", () => {
    fc.assert(
      fc.property(stroke, sweep, (points, disc) => {
        fc.pre(points.length > 1);
        const ranges = stretchesWithin(points, disc, PRECISION);
        const wrong = positions(points).filter((position) => {
          const away = distanceToLine(at(points, position), disc.from, disc.to) - disc.radius;
          const taken = ranges.some(({ from, to }) => position >= from && position <= to);
          return Math.abs(away) > PRECISION && taken !== away < 0;
        });
        expect(wrong).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("gives ranges in order that do not meet, and on the edge of the disc", () => {
    fc.assert(
      fc.property(stroke, sweep, (points, disc) => {
        fc.pre(points.length > 1);
        const ranges = stretchesWithin(points, disc, PRECISION);
        expect(mergeRanges(ranges)).toEqual(ranges);
        for (const end of ranges.flatMap(({ from, to }) => [from, to])) {
          if (end === 0 || end === points.length - 1) continue;
          const away = distanceToLine(at(points, end), disc.from, disc.to) - disc.radius;
          expect(Math.abs(away)).toBeLessThanOrEqual(2 * PRECISION);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("leaves no crumb at a doubled point", () => {
    const points = [
      [0, 0],
      [10, 0],
      [10, 0],
      [20, 0],
    ].map(([x, y]) => ({ x: x!, y: y!, pressure: 0.5 }));
    const disc = { from: { x: 10, y: 0 }, to: { x: 10, y: 0 }, radius: 5 };
    const [range, ...others] = stretchesWithin(points, disc, PRECISION);
    expect(others).toEqual([]);
    expect(range!.from).toBeCloseTo(0.5, 1);
    expect(range!.to).toBeCloseTo(2.5, 1);
  });

  it("a long straight line is cut as precisely as a short one", () => {
    const points = [
      { x: 0, y: 0, pressure: 0.5 },
      { x: 100_000, y: 0, pressure: 0.5 },
    ];
    const disc = { from: { x: 50_000, y: 20 }, to: { x: 50_000, y: -20 }, radius: 7 };
    const [range] = stretchesWithin(points, disc, PRECISION);
    expect(Math.abs(range!.from * 100_000 - 49_993)).toBeLessThanOrEqual(2 * PRECISION);
    expect(Math.abs(range!.to * 100_000 - 50_007)).toBeLessThanOrEqual(2 * PRECISION);
  });
});

describe("touchesCurve", () => {
  it("is what trying every place of the curve gives", () => {
    fc.assert(
      fc.property(stroke, sweep, (points, disc) => {
        fc.pre(points.length > 1);
        const nearest = Math.min(
          ...positions(points).map((position) => distanceToLine(at(points, position), disc.from, disc.to)),
        );
        const touches = touchesCurve(points, disc, PRECISION);
        const away = nearest - disc.radius;
        // The places that are tried are up to 1 apart.
        expect(touches === away <= 0 || (away > -PRECISION && away < PRECISION + 1)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it("knows a stroke that has grown since", () => {
    const points: InkPoint[] = [
      { x: 0, y: 0, pressure: 0.5 },
      { x: 10, y: 0, pressure: 0.5 },
    ];
    const disc = { from: { x: 40, y: 0 }, to: { x: 40, y: 0 }, radius: 5 };
    expect(touchesCurve(points, disc, PRECISION)).toBe(false);
    points.push({ x: 50, y: 0, pressure: 0.5 });
    expect(touchesCurve(points, disc, PRECISION)).toBe(true);
  });

  it("a dot is touched where it is", () => {
    const dot = [{ x: 3, y: 4, pressure: 0.5 }];
    const from = { x: 0, y: 0 };
    expect(distance(dot[0]!, from)).toBe(5);
    expect(touchesCurve(dot, { from, to: from, radius: 5 }, PRECISION)).toBe(true);
    expect(touchesCurve(dot, { from, to: from, radius: 4.9 }, PRECISION)).toBe(false);
    expect(touchesCurve([], { from, to: from, radius: 5 }, PRECISION)).toBe(false);
  });
});

describe("mergeRanges", () => {
  it("joins what overlaps or meets", () => {
    const merged = mergeRanges([
      { from: 4, to: 5 },
      { from: 0, to: 1 },
      { from: 1, to: 2 },
      { from: 4.5, to: 4.7 },
    ]);
    expect(merged).toEqual([
      { from: 0, to: 2 },
      { from: 4, to: 5 },
    ]);
  });
});
