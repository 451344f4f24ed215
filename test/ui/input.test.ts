import { describe, expect, it } from "vitest";
import { commandFor } from "../../src/ui/shortcuts.ts";
import { readWheel } from "../../src/ui/wheel.ts";

const none = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };

describe("commandFor", () => {
  it("undoes and redoes with Ctrl and with Command", () => {
    for (const held of [{ ctrlKey: true }, { metaKey: true }]) {
      expect(commandFor({ ...none, ...held, key: "z" })).toBe("undo");
      expect(commandFor({ ...none, ...held, key: "Z", shiftKey: true })).toBe("redo");
      expect(commandFor({ ...none, ...held, key: "y" })).toBe("redo");
    }
  });
  it("dismisses with Escape", () => {
    expect(commandFor({ ...none, key: "Escape" })).toBe("dismiss");
  });
  it("moves the view with plain keys, and leaves the browser its own zoom", () => {
    expect(commandFor({ ...none, key: "ArrowLeft" })).toBe("pan-left");
    expect(commandFor({ ...none, key: "+", shiftKey: true })).toBe("zoom-in");
    expect(commandFor({ ...none, key: "-" })).toBe("zoom-out");
    expect(commandFor({ ...none, key: "0" })).toBe("actual-size");
    expect(commandFor({ ...none, key: "1" })).toBe("show-all");
    expect(commandFor({ ...none, key: "Home" })).toBe("show-all");
    for (const key of ["+", "-", "0"]) expect(commandFor({ ...none, ctrlKey: true, key })).toBeUndefined();
  });
  it("leaves everything else to the page", () => {
    expect(commandFor({ ...none, key: "z" })).toBeUndefined();
    expect(commandFor({ ...none, key: "z", ctrlKey: true, altKey: true })).toBeUndefined();
    expect(commandFor({ ...none, key: "a", ctrlKey: true })).toBeUndefined();
  });
});

describe("readWheel", () => {
  const wheel = { deltaX: 0, deltaY: 0, deltaMode: 0, ...none };
  it("moves the paper against the wheel", () => {
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
