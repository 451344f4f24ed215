import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { distance } from "../../src/base/geometry.ts";
import { SHAPE_TOOLS, type ShapeTool } from "../../src/ink/stroke.ts";
import { constrained, createShapeTool } from "../../src/tools/shape-tool.ts";
import type { Tool } from "../../src/tools/tool.ts";
import { createFakeBoard, type FakeBoard } from "./support/fake-board.ts";
import { drag, sampleAt } from "./support/gesture.ts";

function setUp(tool: ShapeTool): { board: FakeBoard; tool: Tool } {
  const board = createFakeBoard();
  return { board, tool: createShapeTool({ board, tool }) };
}

describe("shape tool", () => {
  it.each(SHAPE_TOOLS)("%s: a preview while it is drawn, one item at its end", (name) => {
    const { board, tool } = setUp(name);
    drag(
      tool,
      [
        [10, 20],
        [30, 30],
        [60, 90],
      ],
      { size: 6 },
    );
    const from = { x: 10, y: 20 };
    const to = { x: 60, y: 90 };
    const header = { tool: name, color: 0x2f6fed, width: 6, input: "mouse", pressure: false, scale: 0 };
    expect(tool.preview(0)).toEqual({ kind: "shape", header, from, to });
    expect(board.items()).toEqual([]);
    tool.up();
    expect(board.items()).toMatchObject([{ header }]);
    expect(tool.preview(0)).toBeUndefined();
  });

  it("a click makes nothing, and neither does what is dropped", () => {
    const { board, tool } = setUp("rectangle");
    drag(tool, [
      [10, 20],
      [12, 21],
    ]);
    expect(tool.preview(0)).toBeUndefined();
    tool.up();
    drag(tool, [
      [10, 20],
      [90, 90],
    ]);
    tool.drop();
    tool.up();
    expect(board.items()).toEqual([]);
  });

  it("what counts as a click is as large on the screen at any zoom", () => {
    const { tool } = setUp("line");
    drag(
      tool,
      [
        [0, 0],
        [2, 0],
      ],
      { zoom: 4 },
    );
    expect(tool.preview(0)).toBeDefined();
    drag(
      tool,
      [
        [0, 0],
        [12, 0],
      ],
      { zoom: 0.25 },
    );
    expect(tool.preview(0)).toBeUndefined();
  });

  it("the constraint comes and goes without a movement", () => {
    const { tool } = setUp("ellipse");
    drag(tool, [
      [0, 0],
      [60, -20],
    ]);
    tool.move([], true);
    expect(tool.preview(0)).toMatchObject({ to: { x: 60, y: -60 } });
    tool.move([], false);
    expect(tool.preview(0)).toMatchObject({ to: { x: 60, y: -20 } });
    tool.move([sampleAt([-10, -20])], true);
    expect(tool.preview(0)).toMatchObject({ to: { x: -20, y: -20 } });
  });
});

describe("constrained", () => {
  const place = fc.record({ x: fc.integer({ min: -500, max: 500 }), y: fc.integer({ min: -500, max: 500 }) });
  it("lines and arrows stand at multiples of 15 degrees, near the pointer", () => {
    fc.assert(
      fc.property(fc.constantFrom("line" as const, "arrow" as const), place, place, (tool, from, to) => {
        const end = constrained(tool, from, to);
        const steps = (Math.atan2(end.y - from.y, end.x - from.x) / Math.PI) * 12;
        expect(Math.abs(steps - Math.round(steps))).toBeLessThan(1e-6);
        expect(distance(end, to)).toBeLessThanOrEqual(distance(from, to) * Math.sin(Math.PI / 24) + 1e-9);
      }),
    );
  });
  it("rectangles are squares and ellipses circles, on the pointer's side", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("rectangle" as const, "ellipse" as const),
        place,
        place,
        (tool, from, to) => {
          const end = constrained(tool, from, to);
          expect(Math.abs(end.x - from.x)).toBe(Math.abs(end.y - from.y));
          expect((end.x - from.x) * (to.x - from.x)).toBeGreaterThanOrEqual(0);
          expect((end.y - from.y) * (to.y - from.y)).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});
