import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Point } from "../../src/base/geometry.ts";
import { MAX_COORDINATE, quantize } from "../../src/ink/codec.ts";
import { curveBounds, flattenCurve, segmentsOf } from "../../src/ink/curve.ts";
import { outlineOf as outlineOfPiece, type Outline } from "../../src/ink/outline.ts";
import { piecesOf } from "../../src/ink/pieces.ts";
import { createSimplifier } from "../../src/ink/simplify.ts";
import { INK_INPUTS, INK_TOOLS, type InkPoint, type StrokeHeader } from "../../src/ink/stroke.ts";
import { generateStrokes, PEN } from "../support/strokes.ts";
import { distanceToLine } from "./distance.ts";

const headers: fc.Arbitrary<StrokeHeader> = fc.record({
  tool: fc.constantFrom(...INK_TOOLS),
  input: fc.constantFrom(...INK_INPUTS),
  color: fc.constant(0),
  width: fc.integer({ min: 1, max: 2048 }).map((quarters) => quarters / 4),
  pressure: fc.boolean(),
  scale: fc.integer({ min: 0, max: 6 }),
});
const coordinates = fc.oneof(
  fc.integer({ min: -8, max: 8 }).map((n) => n / 4),
  fc.double({ min: -200, max: 200, noNaN: true }),
  fc.constantFrom(MAX_COORDINATE, -MAX_COORDINATE),
);
const strokes = fc
  .tuple(
    headers,
    fc.array(
      fc.record({
        x: coordinates,
        y: coordinates,
        pressure: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      { minLength: 1, maxLength: 30 },
    ),
  )
  .map(([header, points]) => ({ header, points: points.map((p) => quantize(p, header)) }));

const point = (x: number, y: number, pressure = 0.5): InkPoint => ({ x, y, pressure });
/** Of a stroke that is one piece. */
const outlineOf = (header: StrokeHeader, points: readonly InkPoint[]): Outline | undefined => {
  const [piece, ...more] = piecesOf(header, points);
  expect(more).toEqual([]);
  return piece && outlineOfPiece(header, piece);
};
const placesOf = (outline: Outline): readonly Point[] =>
  outline.kind === "dot" ? [outline] : outline.points;
const sizeOf = (outline: Outline | undefined): number =>
  outline?.kind === "polygon"
    ? Math.max(...outline.points.map(({ y }) => y)) - Math.min(...outline.points.map(({ y }) => y))
    : Number.NaN;

/** Places on the edge as it is painted: through the middles of a polygon's sides. */
const paintedEdge = (outline: Outline | undefined): readonly Point[] => {
  if (outline?.kind !== "polygon") return [];
  const { points } = outline;
  return points.flatMap((control, i) => {
    const before = points.at(i - 1)!;
    const after = points[(i + 1) % points.length]!;
    return [0, 0.25, 0.5, 0.75].map((t) => {
      const [a, b, c] = [(1 - t) ** 2 / 2, (1 - t) ** 2 / 2 + 2 * t * (1 - t) + t ** 2 / 2, t ** 2 / 2];
      return {
        x: a * before.x + b * control.x + c * after.x,
        y: a * before.y + b * control.y + c * after.y,
      };
    });
  });
};

describe("curve", () => {
  test("passes through every point, in bounded pieces, without NaN, within its bounds", () => {
    fc.assert(
      fc.property(strokes, ({ points }) => {
        const line = flattenCurve(points, 1);
        expect(line.length).toBeLessThanOrEqual(1 + 16 * (points.length - 1));
        for (const { x, y } of points) {
          expect(line).toContainEqual(expect.objectContaining({ x, y }));
        }
        const box = curveBounds(points, 1e-6)!;
        for (const { x, y, pressure } of line) {
          expect(x >= box.minX && x <= box.maxX && y >= box.minY && y <= box.maxY).toBe(true);
          expect(pressure >= 0 && pressure <= 1).toBe(true);
        }
      }),
    );
  });

  test("follows a circle closely", () => {
    const circle = Array.from({ length: 25 }, (_, i) => {
      const angle = (i * Math.PI) / 12;
      return point(50 * Math.cos(angle), 50 * Math.sin(angle));
    });
    const worst = Math.max(...flattenCurve(circle, 1).map(({ x, y }) => Math.abs(Math.hypot(x, y) - 50)));
    expect(worst).toBeLessThan(0.05);
  });

  test("a turn over 40 degrees stays a corner, a gentler one is rounded", () => {
    const corner = segmentsOf([point(0, 0), point(10, 0), point(10, 10)]);
    expect(corner.map(({ slopeFrom, slopeTo }) => [slopeFrom, slopeTo])).toEqual([
      [
        { x: 10, y: 0 },
        { x: 10, y: 0 },
      ],
      [
        { x: 0, y: 10 },
        { x: 0, y: 10 },
      ],
    ]);
    const [bend] = segmentsOf([point(0, 0), point(10, 0), point(19, 5)]);
    expect(bend!.slopeTo.y).toBeGreaterThan(1);
  });

  test("doubled points change nothing", () => {
    const once = [point(0, 0), point(10, 1), point(20, 5)];
    const doubled = once.flatMap((each) => [each, each]);
    expect(flattenCurve(doubled, 2)).toEqual(flattenCurve(once, 2));
    expect(flattenCurve([point(3, 4), point(3, 4)], 2)).toEqual([point(3, 4)]);
  });
});

describe("outline", () => {
  test("is made of numbers only, whatever the stroke, and the same every time", () => {
    fc.assert(
      fc.property(strokes, ({ header, points }) => {
        const outline = outlineOf(header, points)!;
        for (const { x, y } of placesOf(outline)) {
          expect(Number.isFinite(x) && Number.isFinite(y)).toBe(true);
        }
        expect(outlineOf(header, [...points])).toEqual(outline);
      }),
    );
  });

  test("stays within the width of the curve", () => {
    fc.assert(
      fc.property(strokes, ({ header, points }) => {
        const outline = outlineOf(header, points)!;
        const box = curveBounds(points, header.width)!;
        for (const { x, y } of placesOf(outline)) {
          expect(x >= box.minX && x <= box.maxX && y >= box.minY && y <= box.maxY).toBe(true);
        }
      }),
    );
  });

  test.each([0.25, 1, 4])("a short line of width %d has no blob at its start", (width) => {
    for (let length = 1; length <= 16; length++) {
      const outline = outlineOf({ ...PEN, width }, [point(0, 0), point(0, length / 4)])!;
      for (const { x } of placesOf(outline)) expect(Math.abs(x)).toBeLessThanOrEqual(0.75 * width);
    }
  });

  test("nothing without points, a disc for one place", () => {
    expect(outlineOf(PEN, [])).toBeUndefined();
    const disc = { kind: "dot", x: 3, y: 4, radius: 2 };
    expect(outlineOf(PEN, [point(3, 4)])).toEqual(disc);
    expect(outlineOf(PEN, [point(3, 4), point(3, 4)])).toEqual(disc);
    expect(outlineOf({ ...PEN, tool: "highlighter" }, [point(3, 4)])).toEqual(disc);
  });

  test("marker and highlighter are lines of constant width", () => {
    for (const tool of ["marker", "highlighter"] as const) {
      const outline = outlineOf({ ...PEN, tool, width: 12 }, [point(0, 0), point(9, 0)]);
      expect(outline).toMatchObject({ kind: "line", width: 12 });
    }
  });

  test("a pen's pressure sets the width", () => {
    const header: StrokeHeader = { ...PEN, input: "pen", pressure: true, width: 10 };
    const stroke = (pressure: number): InkPoint[] => [point(0, 0, pressure), point(99, 0, pressure)];
    expect(sizeOf(outlineOf(header, stroke(0.5)))).toBeCloseTo(10, 0);
    expect(sizeOf(outlineOf(header, stroke(1)))).toBeGreaterThan(15);
    expect(sizeOf(outlineOf(header, stroke(0.1)))).toBeLessThan(6);
  });

  test("fast ink is thinner than slow ink where no pressure is measured", () => {
    const spaced = (spacing: number): InkPoint[] =>
      Array.from({ length: 20 }, (_, i) => point(i * spacing, 0));
    const fast = sizeOf(outlineOf({ ...PEN, width: 10 }, spaced(80)));
    expect(fast).toBeLessThan(sizeOf(outlineOf({ ...PEN, width: 10 }, spaced(5))) * 0.8);
  });

  test("a stroke drawn small when zoomed in has the shape of the large one", () => {
    const large = [point(0, 0), point(20, 8), point(40, 0), point(60, 20)];
    const small = large.map(({ x, y }) => point(x / 8, y / 8));
    const a = placesOf(outlineOf({ ...PEN, width: 4 }, large)!);
    const b = placesOf(outlineOf({ ...PEN, width: 0.5, scale: 3 }, small)!);
    expect(b.map(({ x, y }) => point(x * 8, y * 8))).toEqual(a.map(({ x, y }) => point(x, y)));
  });

  test("the end lies under the finger", () => {
    const [samples] = generateStrokes(21, 1);
    const simplifier = createSimplifier(PEN);
    const kept: InkPoint[] = [];
    let compared = 0;
    for (const sample of samples!) {
      kept.push(...simplifier.push(sample));
      const outline = outlineOf(PEN, [...kept, ...simplifier.tail()])!;
      if (outline.kind !== "polygon") continue;
      const line = [...outline.points, outline.points[0]!];
      expect(distanceToLine(sample, line)).toBeLessThan(PEN.width);
      compared++;
    }
    expect(compared).toBeGreaterThan(0);
  });

  test("what is drawn hardly moves while the stroke goes on", () => {
    let worst = 0;
    for (const samples of generateStrokes(22, 10)) {
      const simplifier = createSimplifier(PEN);
      const kept: InkPoint[] = [];
      let before: InkPoint[] = [];
      for (const sample of samples) {
        kept.push(...simplifier.push(sample));
        const now = flattenCurve([...kept, ...simplifier.tail()], 0.5);
        for (const each of before) worst = Math.max(worst, distanceToLine(each, now));
        before = now;
      }
    }
    expect(worst).toBeLessThan(3);
  });

  test("a corner of the samples is a corner of the ink, however fast the hand, live and finished", () => {
    for (const input of INK_INPUTS)
      for (const width of [1, 4, 12])
        for (const [stepX, stepY] of [
          [40, 120],
          [10, 120],
          [110, 60],
          [0, 120],
        ] as const) {
          const header: StrokeHeader = { ...PEN, input, pressure: input === "pen", width };
          const samples = Array.from({ length: 9 }, (_, i) => ({ x: i * stepX, y: (i % 2) * stepY }));
          const simplifier = createSimplifier(header);
          const kept: InkPoint[] = [];
          for (const [i, at] of samples.entries()) {
            kept.push(...simplifier.push({ ...at, pressure: 0.5, time: 16 * i }));
            const ink = paintedEdge(outlineOf(header, [...kept, ...simplifier.tail()]));
            for (const corner of samples.slice(1, i + 1)) {
              // Thin ink is half as wide as named; it goes past the corner by half of its width.
              const beyond = ink.filter(({ x }) => Math.abs(x - corner.x) < Math.max(stepX / 2, width));
              const reached = Math.max(...beyond.map(({ y }) => (corner.y === 0 ? -y : y - corner.y)));
              const name = `${input} ${width} ${stepX} ${stepY}, corner at ${corner.x}`;
              expect(reached, name).toBeGreaterThan(width / 8 - 1.5);
              expect(reached, name).toBeLessThan(width / 2 + 1.5);
            }
          }
        }
  });
});
