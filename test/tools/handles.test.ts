import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Box, Point } from "../../src/base/geometry.ts";
import {
  apply,
  boxThrough,
  cornersOf,
  IDENTITY,
  invert,
  multiply,
  type Matrix,
} from "../../src/base/matrix.ts";
import type { Frame } from "../../src/tools/frame.ts";
import { draggedHandle, handlesOf, type HandleName } from "../../src/tools/handles.ts";

const BOX: Box = { minX: 100, minY: 200, maxX: 300, maxY: 300 };
const uprightFrame = (box: Box): Frame => ({ axes: IDENTITY, box, stretches: true });
const FRAME = uprightFrame(BOX);
const names = ["nw", "n", "ne", "e", "se", "s", "sw", "w"] as const;

const drag = (name: HandleName, dx: number, dy: number, constrain = false, box = BOX): Matrix =>
  draggedHandle(name, uprightFrame(box), { from: { x: 0, y: 0 }, to: { x: dx, y: dy }, zoom: 1, constrain });

/** To six digits after the point. */
const rounded = (box: Box): number[] =>
  [box.minX, box.minY, box.maxX, box.maxY].map((edge) => Math.round(edge * 1e6) / 1e6 + 0);

describe("dragging a handle", () => {
  it("of a side stretches one way, the other side stays", () => {
    expect(boxThrough(drag("e", 50, 999), BOX)).toEqual({ ...BOX, maxX: 350 });
    expect(boxThrough(drag("w", 50, 999), BOX)).toEqual({ ...BOX, minX: 150 });
    expect(boxThrough(drag("n", 999, -50), BOX)).toEqual({ ...BOX, minY: 150 });
    expect(boxThrough(drag("s", 999, 50), BOX)).toEqual({ ...BOX, maxY: 350 });
  });

  it("of a corner keeps the proportions, the opposite corner stays", () => {
    expect(rounded(boxThrough(drag("se", 200, 100), BOX))).toEqual(
      rounded({ minX: 100, minY: 200, maxX: 500, maxY: 400 }),
    );
    expect(rounded(boxThrough(drag("nw", 100, 50), BOX))).toEqual(
      rounded({ minX: 200, minY: 250, maxX: 300, maxY: 300 }),
    );
    const { a, d } = drag("ne", 30, 70);
    expect(a).toBe(d);
  });

  it("with the constraint a corner is free, and a side keeps the proportions about the other side's middle", () => {
    expect(rounded(boxThrough(drag("se", 100, -50, true), BOX))).toEqual(
      rounded({ ...BOX, maxX: 400, maxY: 250 }),
    );
    expect(rounded(boxThrough(drag("e", 200, 0, true), BOX))).toEqual(
      rounded({ minX: 100, minY: 150, maxX: 500, maxY: 350 }),
    );
  });

  it("never turns anything inside out, nor makes it flat", () => {
    const far = fc.integer({ min: -5000, max: 5000 });
    fc.assert(
      fc.property(fc.constantFrom(...names), far, far, fc.boolean(), (name, dx, dy, constrain) => {
        const { a, b, c, d } = drag(name, dx, dy, constrain);
        expect([b, c]).toEqual([0, 0]);
        expect(a).toBeGreaterThan(0);
        expect(d).toBeGreaterThan(0);
      }),
    );
  });

  it("there and back again is no change", () => {
    const way = fc.integer({ min: -60, max: 60 });
    fc.assert(
      fc.property(fc.constantFrom(...names), way, way, fc.boolean(), (name, dx, dy, constrain) => {
        const there = drag(name, dx, dy, constrain);
        const box = boxThrough(there, BOX);
        // Where the handle itself went: of a corner that keeps the proportions, not under the pointer.
        const handle = (of: Box): Point => ({
          x: name.includes("w") ? of.minX : name.includes("e") ? of.maxX : 0,
          y: name.includes("n") ? of.minY : name.includes("s") ? of.maxY : 0,
        });
        const from = handle(box);
        const back = draggedHandle(name, uprightFrame(box), { from, to: handle(BOX), zoom: 1, constrain });
        expect(rounded(boxThrough(multiply(back, there), BOX))).toEqual(rounded(BOX));
      }),
    );
  });

  it("rotates about the middle, by steps of 15 degrees with the constraint", () => {
    const middle = { x: 200, y: 250 };
    const turn = (to: Point, constrain: boolean): Matrix =>
      draggedHandle("rotate", FRAME, { from: { x: 200, y: 150 }, to, zoom: 1, constrain });
    const quarter = turn({ x: 300, y: 250 }, false);
    const top = apply(quarter, { x: 200, y: 200 });
    expect(top.x).toBeCloseTo(250);
    expect(top.y).toBeCloseTo(250);
    const about = apply(quarter, middle);
    expect(about.x).toBeCloseTo(middle.x);
    expect(about.y).toBeCloseTo(middle.y);
    const { a, b } = turn({ x: 330, y: 170 }, true);
    const steps = (Math.atan2(b, a) / Math.PI) * 12;
    expect(steps).toBeCloseTo(Math.round(steps));
    expect(invert(quarter)).toBeDefined();
  });
});

describe("handles", () => {
  const handle = (matrix: Matrix, name: HandleName, zoom = 1): Point =>
    handlesOf(FRAME, matrix, zoom).find((each) => each.name === name)!.at;

  it("stand off the corners, as far on the screen at any zoom", () => {
    expect(handle(IDENTITY, "se")).toEqual({ x: 308, y: 308 });
    expect(handle(IDENTITY, "se", 2)).toEqual({ x: 304, y: 304 });
    expect(handle(IDENTITY, "rotate")).toEqual({ x: 200, y: 164 });
  });

  it("go with what is being rotated, and do not stand further off what is being enlarged", () => {
    const turned = draggedHandle("rotate", FRAME, {
      from: { x: 200, y: 150 },
      to: { x: 300, y: 250 },
      zoom: 1,
      constrain: false,
    });
    expect(handle(turned, "rotate").x).toBeCloseTo(286);
    expect(handle(turned, "rotate").y).toBeCloseTo(250);
    expect(handle(drag("se", 200, 100), "se").x).toBeCloseTo(508);
    expect(cornersOf(BOX, turned)[0]!.x).toBeCloseTo(250);
  });

  it("a short side has none in its middle", () => {
    const shown = handlesOf(uprightFrame({ ...BOX, maxY: 210 }), IDENTITY, 1).map(({ name }) => name);
    expect(shown).toEqual(["nw", "n", "ne", "se", "s", "sw", "rotate"]);
  });
});
