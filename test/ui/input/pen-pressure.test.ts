import { describe, expect, it } from "vitest";
import { createPenPressure } from "../../../src/ui/input/pen-pressure.ts";

describe("the pressure of a pen", () => {
  it("that measures none is nominal, whichever way it says so", () => {
    const pressure = createPenPressure();
    expect([0, 0, 0.5, 0, NaN].map(pressure)).toEqual([0.5, 0.5, 0.5, 0.5, 0.5]);
  });
  it("that measures is what it measures, also where it hardly presses", () => {
    const pressure = createPenPressure();
    expect([0.1, 0.7, 0, 0.5, 1, 0].map(pressure)).toEqual([0.1, 0.7, 0, 0.5, 1, 0]);
  });
});
