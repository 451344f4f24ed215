/* What one pointer does: strokes, erasing and dragging, and what becomes of them when it is taken away. */
import { describe, expect, it } from "vitest";
import { createGestures } from "../../../src/ui/input/gesture.ts";
import { PROVISIONAL_MS, PROVISIONAL_POINTS } from "../../../src/ui/input/stroke-gesture.ts";
import { cancel, committed, down, move, run, sample, swipe, types, up } from "./gesture-inputs.ts";

describe("strokes", () => {
  it("a mouse stroke is never provisional", () => {
    const actions = run(createGestures(), [
      down(1, sample(0, 0), { input: "mouse" }),
      move(1, sample(3, 0)),
      up(1),
    ]);
    expect(actions[0]).toMatchObject({ type: "stroke-start", input: "mouse", provisional: false });
    expect(types(actions)).toEqual(["stroke-start", "stroke-move", "stroke-end"]);
  });

  it("a stroke that is broken off is dropped, and what its pointer does until it is lifted is nothing", () => {
    const gestures = createGestures();
    run(gestures, [down(1, sample(0, 0), { input: "mouse" }), move(1, sample(30, 0))]);
    expect(types(gestures.breakOff())).toEqual(["stroke-drop"]);
    expect(gestures.drawing()).toBe(false);
    expect(run(gestures, [move(1, sample(60, 0)), up(1)])).toEqual([]);
    expect(gestures.breakOff()).toEqual([]);
    expect(types(run(gestures, [down(1, sample(0, 0), { input: "mouse" })]))).toEqual(["stroke-start"]);
  });

  it("a finger's stroke is provisional until it has the points and the time", () => {
    const gestures = createGestures();
    const first = run(gestures, [down(1, sample(0, 0, 0))]);
    expect(first[0]).toMatchObject({ type: "stroke-start", provisional: true });
    const fast = Array.from({ length: PROVISIONAL_POINTS }, (_, i) => sample(i, 0, i));
    expect(types(run(gestures, [move(1, ...fast)]))).toEqual(["stroke-move"]);
    expect(types(run(gestures, [move(1, sample(20, 0, PROVISIONAL_MS))]))).toEqual([
      "stroke-move",
      "stroke-commit",
    ]);
    expect(types(run(gestures, [move(1, sample(30, 0, 90)), up(1)]))).toEqual(["stroke-move", "stroke-end"]);
  });

  it("a short tap is a dot", () => {
    expect(types(run(createGestures(), [down(1, sample(0, 0)), up(1)]))).toEqual([
      "stroke-start",
      "stroke-end",
    ]);
  });

  it("a tap that closes a panel leaves nothing, a stroke that closes it stays", () => {
    for (const input of ["mouse", "touch", "pen"] as const) {
      const tap = [down(1, sample(0, 0), { input, dismissing: true }), move(1, sample(1, 1, 200)), up(1)];
      expect(types(run(createGestures(), tap)).at(-1)).toBe("stroke-drop");
      const stroke = [down(1, sample(0, 0), { input, dismissing: true }), move(1, sample(30, 0, 9)), up(1)];
      expect(types(run(createGestures(), stroke)).at(-1)).toBe("stroke-end");
    }
  });

  it("a button without a meaning does nothing", () => {
    const inputs = [down(1, sample(0, 0), { input: "mouse", button: "none" }), move(1, sample(9, 9)), up(1)];
    expect(run(createGestures(), inputs)).toEqual([]);
  });

  it("a pen takes precedence over a finger and ignores palms", () => {
    const gestures = createGestures();
    run(gestures, [down(1, sample(0, 0))]);
    expect(types(run(gestures, [down(2, sample(50, 50), { input: "pen" })]))).toEqual([
      "stroke-drop",
      "stroke-start",
    ]);
    expect(run(gestures, [down(3, sample(90, 90)), move(3, sample(95, 90)), up(1), up(3)])).toEqual([]);
    expect(types(run(gestures, [up(2)]))).toEqual(["stroke-end"]);
  });
});

describe("a pen's eraser", () => {
  it("makes its stroke one that erases", () => {
    const [action] = run(createGestures(), [down(1, sample(0, 0), { input: "pen", button: "erase" })]);
    expect(action).toMatchObject({ type: "stroke-start", provisional: false, erasing: true });
    const [pen] = run(createGestures(), [down(1, sample(0, 0), { input: "pen" })]);
    expect(pen).toMatchObject({ erasing: false });
  });
});

describe("dragging", () => {
  it("moves the canvas with the pointer", () => {
    const gestures = createGestures();
    const actions = run(gestures, [
      down(1, sample(10, 10), { input: "mouse", button: "pan" }),
      move(1, sample(12, 10), sample(15, 30)),
      up(1),
    ]);
    expect(actions).toEqual([{ type: "navigate", from: { x: 10, y: 10 }, to: { x: 15, y: 30 }, scale: 1 }]);
    expect(gestures.navigating()).toBe(false);
  });
});

describe("what the system takes away", () => {
  it("a provisional stroke was a palm and is dropped; a committed one stays", () => {
    expect(
      types(run(createGestures(), [down(1, sample(0, 0)), move(1, sample(5, 0, 9)), cancel(1)])),
    ).toEqual(["stroke-start", "stroke-move", "stroke-drop"]);
    expect(types(run(createGestures(), [...committed(1), cancel(1)])).at(-1)).toBe("stroke-end");
    const pen = [down(1, sample(0, 0), { input: "pen" }), cancel(1)];
    expect(types(run(createGestures(), pen))).toEqual(["stroke-start", "stroke-end"]);
  });

  it("a canvas is not thrown by it", () => {
    const gestures = createGestures();
    run(gestures, swipe());
    expect(run(gestures, [cancel(1)])).toEqual([]);
    expect(gestures.navigating()).toBe(false);
  });
});

describe("predicted samples", () => {
  it("go with the movement, apart from what was measured", () => {
    const gestures = createGestures();
    run(gestures, [down(1, sample(0, 0), { input: "pen" })]);
    const samples = [sample(4, 0, 8)];
    const predicted = [sample(8, 0, 16)];
    expect(gestures.handle({ type: "move", id: 1, samples, predicted })).toEqual([
      { type: "stroke-move", samples, predicted },
    ]);
  });
});
