import { describe, expect, it } from "vitest";
import { readWheel } from "../../../src/ui/input/wheel.ts";

const none = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, code: "" };

describe("readWheel", () => {
  const wheel = { deltaX: 0, deltaY: 0, deltaMode: 0, ...none };
  it("moves the canvas against the wheel", () => {
    expect(readWheel({ ...wheel, deltaX: 10, deltaY: 100 })).toEqual({ type: "pan", dx: -10, dy: -100 });
    expect(readWheel({ ...wheel, deltaY: 3, deltaMode: 1 })).toEqual({ type: "pan", dx: 0, dy: -60 });
    expect(readWheel({ ...wheel, deltaY: 50, shiftKey: true })).toEqual({ type: "pan", dx: -50, dy: 0 });
  });
  it("zooms with Ctrl, and back by the same", () => {
    const near = readWheel({ ...wheel, deltaY: -20, ctrlKey: true });
    const far = readWheel({ ...wheel, deltaY: 20, ctrlKey: true });
    if (near.type !== "zoom" || far.type !== "zoom") throw new Error("zoom expected");
    expect(near.factor).toBeGreaterThan(1);
    expect(near.factor * far.factor).toBeCloseTo(1);
  });
  it("one notch is one step, however far the system says it went", () => {
    expect(readWheel({ ...wheel, deltaY: 120, ctrlKey: true })).toEqual(
      readWheel({ ...wheel, deltaY: 1200, ctrlKey: true }),
    );
  });
});
