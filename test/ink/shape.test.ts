import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { boundsOf, type Point } from "../../src/base/geometry.ts";
import { flattenCurve, segmentsOf } from "../../src/ink/curve.ts";
import { outlineOf } from "../../src/ink/outline.ts";
import { piecesOf } from "../../src/ink/pieces.ts";
import { shapePoints } from "../../src/ink/shape.ts";
import { SHAPE_TOOLS } from "../../src/ink/stroke.ts";
import { PEN } from "../support/strokes.ts";
import { distanceToLine } from "./distance.ts";

const coordinates = fc.oneof(
  fc.integer({ min: -4e6, max: 4e6 }).map((n) => n / 4),
  fc.integer({ min: -256, max: 256 }).map((n) => n / 256),
);
const points = fc.record({ x: coordinates, y: coordinates });
const places = (each: readonly Point[]): Point[] => each.map(({ x, y }) => ({ x, y }));

describe("the outline of a shape", () => {
  test("is numbers, evenly pressed, not too many, and one point where there is no extent", () => {
    fc.assert(
      fc.property(fc.constantFrom(...SHAPE_TOOLS), points, points, (tool, from, to) => {
        const outline = shapePoints(tool, from, to, 4);
        expect(outline.length).toBeLessThan(300);
        for (const { x, y, pressure } of outline) {
          expect(Number.isFinite(x) && Number.isFinite(y)).toBe(true);
          expect(pressure).toBe(0.5);
        }
        expect(places(shapePoints(tool, from, from, 4))).toEqual([from]);
      }),
    );
  });

  test("is painted with even width", () => {
    for (const tool of SHAPE_TOOLS) {
      const header = { ...PEN, tool, width: 6 };
      const outlines = piecesOf(header, shapePoints(tool, { x: 0, y: 0 }, { x: 90, y: 40 }, 6)).map((piece) =>
        outlineOf(header, piece),
      );
      expect(outlines.length).toBeGreaterThan(0);
      for (const outline of outlines) expect(outline).toMatchObject({ kind: "line", width: 6 });
    }
  });

  test("a rectangle has straight sides and sharp corners, and is closed", () => {
    const outline = shapePoints("rectangle", { x: 30, y: 0 }, { x: 0, y: 10 }, 4);
    expect(places(outline)).toEqual([
      { x: 30, y: 0 },
      { x: 0, y: 0 },
      { x: 0, y: 10 },
      { x: 30, y: 10 },
      { x: 30, y: 0 },
    ]);
    for (const each of flattenCurve(outline, 1)) expect(distanceToLine(each, outline)).toBeLessThan(1e-9);
  });

  test.each([
    [200, 200],
    [200, 50],
    [3, 120],
    [1000, 2],
    [0.25, 0.25],
  ])("an ellipse of %d by %d is smooth all round and keeps to the true one", (width, height) => {
    const outline = shapePoints("ellipse", { x: 0, y: height }, { x: width, y: 0 }, 4);
    expect(outline[0]).toEqual(outline.at(-1));
    const box = boundsOf(outline)!;
    expect(box).toEqual({ minX: 0, minY: 0, maxX: width, maxY: height });
    const line = flattenCurve(outline, Math.max(width, height) / 200);
    for (const { x, y } of line) {
      const u = (x * 2) / width - 1;
      const v = (y * 2) / height - 1;
      expect(Math.abs(Math.sqrt(u * u + v * v) - 1)).toBeLessThan(0.001);
    }
    const segments = segmentsOf(outline);
    segments.forEach(({ slopeTo }, i) => {
      const { slopeFrom } = segments[(i + 1) % segments.length]!;
      const cross = slopeTo.x * slopeFrom.y - slopeTo.y * slopeFrom.x;
      const dot = slopeTo.x * slopeFrom.x + slopeTo.y * slopeFrom.y;
      expect(Math.abs(Math.atan2(cross, dot))).toBeLessThan(0.02);
    });
  });

  test("an arrow's head lies at its end, evenly on both sides, and grows with the width", () => {
    const from = { x: 10, y: 20 };
    const to = { x: 130, y: 180 };
    const headOf = (width: number, end = to): number => {
      const [start, tip, left, back, right, ...more] = shapePoints("arrow", from, end, width);
      expect(more).toEqual([]);
      expect(places([start!, tip!, back!])).toEqual([from, end, end]);
      const sides = [left!, right!].map(({ x, y }) => Math.hypot(x - end.x, y - end.y));
      expect(sides[0]).toBeCloseTo(sides[1]!);
      expect(distanceToLine(left!, [from, end])).toBeCloseTo(sides[0]! / 2);
      expect(distanceToLine(right!, [from, end])).toBeCloseTo(sides[0]! / 2);
      return sides[0]!;
    };
    expect(headOf(4)).toBeCloseTo(28);
    expect(headOf(16)).toBeCloseTo(64);
    // A short one is not all head.
    expect(headOf(16, { x: 14, y: 23 })).toBeCloseTo(2.5);
  });

  test("is the same, only larger, for everything larger", () => {
    fc.assert(
      fc.property(fc.constantFrom(...SHAPE_TOOLS), points, points, (tool, from, to) => {
        const doubled = (each: Point): Point => ({ x: each.x * 2, y: each.y * 2 });
        const outline = shapePoints(tool, from, to, 4);
        expect(places(shapePoints(tool, doubled(from), doubled(to), 8))).toEqual(outline.map(doubled));
      }),
    );
  });
});
