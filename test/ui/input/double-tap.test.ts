import { describe, expect, it } from "vitest";
import { createDoubleTap } from "../../../src/ui/input/double-tap.ts";

const tap = (x: number, time: number) => ({ x, y: 0, pressure: 0.5, time });

describe("a double tap", () => {
  it("is two taps soon after one another at one place of the screen", () => {
    const isDouble = createDoubleTap();
    expect([isDouble(tap(0, 0), 1), isDouble(tap(20, 300), 1)]).toEqual([false, true]);
    expect([isDouble(tap(0, 500), 2), isDouble(tap(20, 600), 2)]).toEqual([false, false]);
    expect([isDouble(tap(0, 2000), 1), isDouble(tap(0, 2500), 1)]).toEqual([false, false]);
  });
  it("of three taps it is the first two", () => {
    const isDouble = createDoubleTap();
    const three = [tap(0, 0), tap(0, 100), tap(0, 200)].map((each) => isDouble(each, 1));
    expect(three).toEqual([false, true, false]);
  });
});
