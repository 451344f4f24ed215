import { describe, expect, it } from "vitest";
import type { Point } from "../../src/base/geometry.ts";
import { createPrng, type Prng } from "../../src/base/prng.ts";
import type { InkPoint } from "../../src/ink/stroke.ts";
import { recognizeShape, type RecognizedShape } from "../../src/tools/recognize.ts";
import { generateStrokes, loadRecordings } from "../support/strokes.ts";
import { goneRound, roughly, simplified, turned } from "./support/rough.ts";

const ROUNDS = 60;
const DEGREE = Math.PI / 180;

/** How often something drawn roughly becomes what it was meant as. */
function rateOf(
  seed: number,
  draw: (prng: Prng) => InkPoint[],
  isMeant: (shape: RecognizedShape | undefined) => boolean,
): number {
  const prng = createPrng(seed);
  let right = 0;
  for (let i = 0; i < ROUNDS; i++) if (isMeant(recognizeShape(draw(prng), 1))) right++;
  return right / ROUNDS;
}

const between = (prng: Prng, least: number, most: number): number => least + prng.next() * (most - least);

const boxOf = ({ from, to }: RecognizedShape): { width: number; height: number; x: number; y: number } => ({
  width: to.x - from.x,
  height: to.y - from.y,
  x: (from.x + to.x) / 2,
  y: (from.y + to.y) / 2,
});

const rectangle = (width: number, height: number): Point[] => [
  { x: -width / 2, y: -height / 2 },
  { x: width / 2, y: -height / 2 },
  { x: width / 2, y: height / 2 },
  { x: -width / 2, y: height / 2 },
];

const ellipse = (width: number, height: number): Point[] =>
  Array.from({ length: 72 }, (_, i) => ({
    x: (Math.cos(i * 5 * DEGREE) * width) / 2,
    y: (Math.sin(i * 5 * DEGREE) * height) / 2,
  }));

describe("recognizeShape", () => {
  it("lines", () => {
    let length = 0;
    const draw = (prng: Prng): InkPoint[] => {
      length = between(prng, 80, 600);
      const line = [
        { x: 0, y: 0 },
        { x: length, y: 0 },
      ];
      return roughly(prng, turned(line, prng.next() * 7), length);
    };
    expect(rateOf(1, draw, (shape) => shape?.tool === "line")).toBeGreaterThan(0.97);
  });

  it("a line that is nearly level or upright is made so", () => {
    const line = simplified([
      { x: 0, y: 0, pressure: 0.5 },
      { x: 100, y: 1, pressure: 0.5 },
      { x: 300, y: 6, pressure: 0.5 },
    ]);
    expect(recognizeShape(line, 1)).toEqual({
      tool: "line",
      from: { x: 0, y: 0, pressure: 0.5 },
      to: { x: 300, y: 0 },
    });
  });

  it("arrows, with a hook on one side or both", () => {
    const draw = (prng: Prng): InkPoint[] => {
      const length = between(prng, 120, 500);
      const head = length * between(prng, 0.15, 0.3);
      const wing = (sign: 1 | -1): Point => {
        const angle = between(prng, 25, 50) * DEGREE;
        return { x: length - head * Math.cos(angle), y: sign * head * Math.sin(angle) };
      };
      const tip = { x: length, y: 0 };
      const heads = [[wing(1)], [wing(1), tip, wing(-1)], [wing(-1), wing(1)], [wing(-1), tip, wing(1), tip]];
      const arrow = [{ x: 0, y: 0 }, tip, ...heads[prng.below(4)]!];
      return roughly(prng, turned(arrow, prng.next() * 7), length, 0.006);
    };
    expect(rateOf(2, draw, (shape) => shape?.tool === "arrow")).toBeGreaterThan(0.9);
  });

  it("rectangles, up to 15 degrees askew", () => {
    let size = { width: 0, height: 0 };
    const draw = (prng: Prng): InkPoint[] => {
      size = { width: between(prng, 100, 500), height: between(prng, 100, 400) };
      const corners = turned(rectangle(size.width, size.height), between(prng, -12, 12) * DEGREE);
      return roughly(prng, goneRound(prng, corners), (size.width + size.height) / 2);
    };
    const rate = rateOf(3, draw, (shape) => {
      if (shape?.tool !== "rectangle") return false;
      const { width, height, x, y } = boxOf(shape);
      const slack = (size.width + size.height) * 0.05;
      expect(Math.abs(width - size.width)).toBeLessThan(slack);
      expect(Math.abs(height - size.height)).toBeLessThan(slack);
      expect(Math.abs(x - 500)).toBeLessThan(slack);
      expect(Math.abs(y - 400)).toBeLessThan(slack);
      return true;
    });
    expect(rate).toBeGreaterThan(0.95);
  });

  it("a rectangle that stands on a corner stays ink", () => {
    const draw = (prng: Prng): InkPoint[] => {
      const corners = turned(rectangle(300, 200), between(prng, 30, 60) * DEGREE);
      return roughly(prng, goneRound(prng, corners), 250);
    };
    expect(rateOf(4, draw, (shape) => shape === undefined)).toBeGreaterThan(0.95);
  });

  it("ellipses, and circles that are round", () => {
    const draw = (prng: Prng): InkPoint[] => {
      const width = between(prng, 100, 500);
      const corners = turned(ellipse(width, width * between(prng, 0.4, 0.75)), 0);
      return roughly(prng, goneRound(prng, corners), width * 0.75);
    };
    expect(rateOf(5, draw, (shape) => shape?.tool === "ellipse")).toBeGreaterThan(0.95);
    const circle = (prng: Prng): InkPoint[] => {
      const width = between(prng, 80, 400);
      return roughly(prng, goneRound(prng, turned(ellipse(width, width), 0)), width);
    };
    const isRound = (shape: RecognizedShape | undefined): boolean => {
      if (shape?.tool !== "ellipse") return false;
      const { width, height } = boxOf(shape);
      return Math.abs(width - height) < 1e-6;
    };
    expect(rateOf(6, circle, isRound)).toBeGreaterThan(0.95);
  });

  it("triangles, spirals and waves stay ink", () => {
    const triangle = (prng: Prng): InkPoint[] => {
      const corners = [
        { x: 0, y: -100 },
        { x: 120, y: 100 },
        { x: -120, y: 90 },
      ];
      return roughly(prng, goneRound(prng, turned(corners, prng.next() * 7)), 200);
    };
    expect(rateOf(7, triangle, (shape) => shape === undefined)).toBeGreaterThan(0.98);
    const spiral = ellipse(300, 300).map(({ x, y }, i) => ({
      x: (x * (i + 30)) / 102,
      y: (y * (i + 30)) / 102,
    }));
    const wave = Array.from({ length: 60 }, (_, i) => ({ x: i * 6, y: 30 * Math.sin(i / 5) }));
    for (const line of [spiral, wave]) {
      expect(
        rateOf(
          8,
          (prng) => roughly(prng, turned(line, 0), 200),
          (shape) => shape === undefined,
        ),
      ).toBe(1);
    }
  });

  it("what is small on the screen is writing, at any zoom", () => {
    const line = simplified([
      { x: 0, y: 0, pressure: 0.5 },
      { x: 40, y: 0, pressure: 0.5 },
    ]);
    expect(recognizeShape(line, 1)).toBeUndefined();
    expect(recognizeShape(line, 2)).toBeDefined();
    expect(recognizeShape([], 1)).toBeUndefined();
    expect(recognizeShape([{ x: 5, y: 5, pressure: 0.5 }], 1)).toBeUndefined();
  });

  it("hardly any handwriting is taken for anything but the straight line it is", () => {
    const hands = [...loadRecordings().flatMap(({ strokes }) => strokes), ...generateStrokes(9, 1000)];
    const taken = hands.map((samples) => recognizeShape(simplified(samples), 1));
    const wrong = taken.filter((shape) => shape && shape.tool !== "line");
    // The rings among the letters are ellipses.
    expect(wrong.length).toBeLessThan(hands.length * 0.02);
    expect(taken.filter((shape) => shape?.tool === "line").length).toBeLessThan(hands.length * 0.12);
  });
});
