import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { InkInput, InkSample } from "../../src/ink/stroke.ts";
import type { GestureAction, GestureInput } from "../../src/ui/gesture-events.ts";
import type { Gestures } from "../../src/ui/gesture.ts";
import { createGestures, PROVISIONAL_MS, PROVISIONAL_POINTS } from "../../src/ui/gesture.ts";

const sample = (x: number, y: number, time = 0): InkSample => ({ x, y, pressure: 0.5, time });

interface DownOptions {
  readonly input?: InkInput;
  readonly button?: "draw" | "pan" | "none";
  readonly dismissing?: boolean;
}

const down = (id: number, at: InkSample, options: DownOptions = {}): GestureInput => ({
  type: "down",
  id,
  input: options.input ?? "touch",
  button: options.button ?? "draw",
  sample: at,
  dismissing: options.dismissing ?? false,
});
const move = (id: number, ...samples: InkSample[]): GestureInput => ({ type: "move", id, samples });
const up = (id: number, time = 1000): GestureInput => ({ type: "up", id, time });
const cancel = (id: number): GestureInput => ({ type: "cancel", id });

const run = (gestures: Gestures, inputs: readonly GestureInput[]): GestureAction[] =>
  inputs.flatMap((input) => [...gestures.handle(input)]);
const types = (actions: readonly GestureAction[]): string[] => actions.map(({ type }) => type);

/** A finger that has drawn long enough for its stroke to be sent. */
const committed = (id: number): GestureInput[] => [
  down(id, sample(0, 0, 0)),
  ...Array.from({ length: PROVISIONAL_POINTS }, (_, i) => move(id, sample(i * 5, 0, (i + 1) * 10))),
];

describe("strokes", () => {
  it("a mouse stroke is never held", () => {
    const actions = run(createGestures(), [
      down(1, sample(0, 0), { input: "mouse" }),
      move(1, sample(3, 0)),
      up(1),
    ]);
    expect(actions[0]).toMatchObject({ type: "stroke-start", input: "mouse", held: false });
    expect(types(actions)).toEqual(["stroke-start", "stroke-move", "stroke-end"]);
  });

  it("a finger's stroke is held until it has the points and the time", () => {
    const gestures = createGestures();
    const first = run(gestures, [down(1, sample(0, 0, 0))]);
    expect(first[0]).toMatchObject({ type: "stroke-start", held: true });
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

describe("two fingers", () => {
  it("a second finger during a held stroke drops it and moves the canvas", () => {
    const gestures = createGestures();
    run(gestures, [down(1, sample(100, 100)), move(1, sample(101, 100, 16))]);
    expect(types(run(gestures, [down(2, sample(200, 100, 20))]))).toEqual(["stroke-drop"]);
    expect(gestures.navigating()).toBe(true);
    expect(run(gestures, [move(1, sample(101, 110, 30))])).toEqual([
      { type: "navigate", from: { x: 150.5, y: 100 }, to: { x: 150.5, y: 105 }, scale: 1 },
    ]);
  });

  it("spreading the fingers scales by the ratio of the distances once the slop is passed", () => {
    const gestures = createGestures();
    run(gestures, [down(1, sample(0, 0)), down(2, sample(100, 0))]);
    expect(run(gestures, [move(2, sample(110, 0))])[0]).toMatchObject({ scale: 1 });
    expect(run(gestures, [move(2, sample(120, 0))])[0]).toMatchObject({ scale: 1 });
    expect(run(gestures, [move(2, sample(240, 0))])[0]).toMatchObject({ scale: 2 });
    expect(run(gestures, [move(1, sample(120, 0))])[0]).toMatchObject({ scale: 0.5 });
  });

  it("a second finger that lands on a committed stroke is ignored until it is lifted", () => {
    const gestures = createGestures();
    expect(types(run(gestures, committed(1)))).toContain("stroke-commit");
    expect(run(gestures, [down(2, sample(200, 0, 120)), move(2, sample(210, 0, 130))])).toEqual([]);
    expect(types(run(gestures, [move(1, sample(60, 0, 140))]))).toEqual(["stroke-move"]);
    expect(types(run(gestures, [up(1)]))).toEqual(["stroke-end"]);
    expect(run(gestures, [move(2, sample(220, 0, 150)), up(2)])).toEqual([]);
    expect(types(run(gestures, [down(3, sample(0, 0, 200))]))).toEqual(["stroke-start"]);
  });

  it("the finger that stays after a pinch draws nothing, and can pinch again", () => {
    const gestures = createGestures();
    run(gestures, [down(1, sample(0, 0)), down(2, sample(100, 0)), up(1)]);
    expect(run(gestures, [move(2, sample(90, 0))])).toEqual([]);
    run(gestures, [down(3, sample(0, 0))]);
    expect(run(gestures, [move(3, sample(2, 0))])).toEqual([
      { type: "navigate", from: { x: 45, y: 0 }, to: { x: 46, y: 0 }, scale: 1 },
    ]);
    run(gestures, [up(2), up(3)]);
    expect(types(run(gestures, [down(4, sample(0, 0))]))).toEqual(["stroke-start"]);
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

describe("any sequence of events", () => {
  const id = fc.integer({ min: 1, max: 4 });
  const at = fc.record({
    x: fc.integer({ min: 0, max: 400 }),
    y: fc.integer({ min: 0, max: 400 }),
    pressure: fc.constant(0.5),
    time: fc.integer({ min: 0, max: 500 }),
  });
  const input: fc.Arbitrary<GestureInput> = fc.oneof(
    fc.record({
      type: fc.constant("down" as const),
      id,
      input: fc.constantFrom("mouse" as const, "touch" as const, "pen" as const),
      button: fc.constantFrom("draw" as const, "draw" as const, "pan" as const),
      sample: at,
      dismissing: fc.boolean(),
    }),
    fc.record({
      type: fc.constant("move" as const),
      id,
      samples: fc.array(at, { minLength: 1, maxLength: 12 }),
    }),
    fc.record({ type: fc.constant("up" as const), id, time: fc.integer({ min: 0, max: 500 }) }),
    fc.record({ type: fc.constant("cancel" as const), id }),
  );

  /** The first action that does not belong where it is. */
  const misplaced = (actions: readonly GestureAction[]): GestureAction | undefined => {
    let stroke: "none" | "held" | "sent" = "none";
    return actions.find((action) => {
      const before = stroke;
      switch (action.type) {
        case "fling":
          return before !== "none" || !Number.isFinite(Math.hypot(action.velocity.x, action.velocity.y));
        case "navigate":
          return before !== "none" || !(action.scale > 0 && Number.isFinite(action.scale));
        case "stroke-start":
          stroke = action.held ? "held" : "sent";
          return before !== "none";
        case "stroke-commit":
          stroke = "sent";
          return before !== "held";
        case "stroke-move":
          return before === "none";
        case "stroke-drop":
          stroke = "none";
          return before !== "held";
        default:
          stroke = "none";
          return before === "none";
      }
    });
  };

  it("keeps strokes whole, drops only what was held, and ends with everything lifted", () => {
    fc.assert(
      fc.property(fc.array(input, { maxLength: 60 }), (inputs) => {
        const gestures = createGestures();
        const actions = run(gestures, [...inputs, ...[1, 2, 3, 4].map((each) => up(each))]);
        expect(misplaced(actions)).toBeUndefined();
        const started = actions.filter(({ type }) => type === "stroke-start").length;
        const ended = actions.filter(({ type }) => type === "stroke-end" || type === "stroke-drop").length;
        expect(ended).toBe(started);
        expect(gestures.drawing() || gestures.navigating()).toBe(false);
      }),
    );
  });
});
