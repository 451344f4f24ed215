import { describe, expect, it } from "vitest";
import { createWheelReader, type WheelInput, type WheelMove } from "../../../src/ui/input/wheel.ts";

const still = { deltaX: 0, deltaY: 0, deltaMode: 0, ctrlKey: false, metaKey: false, shiftKey: false };
const readWheel = (event: Partial<WheelInput>): WheelMove =>
  createWheelReader().read({ ...still, timeStamp: 0, ...event });

describe("a wheel", () => {
  it("moves the canvas against the wheel", () => {
    expect(readWheel({ deltaX: 10, deltaY: 100 })).toEqual({ type: "pan", dx: -10, dy: -100 });
    expect(readWheel({ deltaY: 3, deltaMode: 1 })).toEqual({ type: "pan", dx: 0, dy: -60 });
    expect(readWheel({ deltaY: 50, shiftKey: true })).toEqual({ type: "pan", dx: -50, dy: 0 });
  });
  it("zooms with Ctrl, and back by the same", () => {
    const near = readWheel({ deltaY: -20, ctrlKey: true });
    const far = readWheel({ deltaY: 20, ctrlKey: true });
    if (near.type !== "zoom" || far.type !== "zoom") throw new Error("zoom expected");
    expect(near.factor).toBeGreaterThan(1);
    expect(near.factor * far.factor).toBeCloseTo(1);
  });
  it("one notch is one step, however far the system says it went", () => {
    expect(readWheel({ deltaY: 120, ctrlKey: true })).toEqual(readWheel({ deltaY: 1200, ctrlKey: true }));
  });
  it.each([
    ["Control comes down", { ctrlKey: true }, "pan"],
    ["Command comes down", { metaKey: true }, "pan"],
    ["Shift comes down", { shiftKey: true }, "pan"],
  ] as const)("that has swing keeps its meaning when %s, until it pauses", (_name, key, kind) => {
    const reader = createWheelReader();
    const first = reader.read({ ...still, deltaY: 100, timeStamp: 0 });
    reader.setControl("ctrlKey" in key);
    for (const timeStamp of [16, 100, 250])
      expect(reader.read({ ...still, ...key, deltaY: 100, timeStamp })).toEqual(first);
    expect(first.type).toBe(kind);
    expect(reader.read({ ...still, ...key, deltaY: 100, timeStamp: 1000 })).not.toEqual(first);
  });
  it("goes on zooming when Control is let go before it stands still", () => {
    const reader = createWheelReader();
    reader.setControl(true);
    const first = reader.read({ ...still, ctrlKey: true, deltaY: 40, timeStamp: 0 });
    reader.setControl(false);
    expect(reader.read({ ...still, deltaY: 40, timeStamp: 50 })).toEqual(first);
    expect(reader.read({ ...still, deltaY: 40, timeStamp: 500 })).toMatchObject({ type: "pan" });
  });
  it("is a trackpad's pinch at once, for which browsers report Control without its key", () => {
    const reader = createWheelReader();
    reader.read({ ...still, deltaY: 8, timeStamp: 0 });
    expect(reader.read({ ...still, ctrlKey: true, deltaY: 4, timeStamp: 20 }).type).toBe("zoom");
  });
});
