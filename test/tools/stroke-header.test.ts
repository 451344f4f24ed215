import { describe, expect, it } from "vitest";
import { strokeHeader } from "../../src/tools/stroke-header.ts";

const brush = { tool: "marker", color: 0xe03e43, size: 8 } as const;

describe("strokeHeader", () => {
  it("a line is as wide on the screen as its brush, at any zoom", () => {
    for (const zoom of [0.1, 0.25, 0.5, 1, 2, 4, 8]) {
      expect(Math.abs(strokeHeader(brush, "touch", zoom).width * zoom - brush.size)).toBeLessThanOrEqual(
        0.125 * zoom,
      );
    }
  });
  it("the width is on its grid and within its limits", () => {
    expect(strokeHeader({ ...brush, size: 1 }, "touch", 8).width).toBe(0.25);
    expect(strokeHeader({ ...brush, size: 1 }, "touch", 3).width).toBe(0.25);
    expect(strokeHeader({ ...brush, size: 64 }, "touch", 0.1).width).toBe(512);
  });
  it("the grid is never coarser than a quarter of a screen pixel", () => {
    expect([0.1, 1, 1.5, 2, 8].map((zoom) => strokeHeader(brush, "mouse", zoom).scale)).toEqual([
      -3, 0, 1, 1, 3,
    ]);
  });
  it("only a pen carries pressure, and only ink", () => {
    expect(strokeHeader({ ...brush, tool: "arrow" }, "pen", 1)).toMatchObject({
      input: "pen",
      pressure: false,
    });
    expect(strokeHeader(brush, "pen", 1)).toMatchObject({ input: "pen", pressure: true });
    expect(strokeHeader(brush, "mouse", 1)).toMatchObject({ input: "mouse", pressure: false });
  });
});
