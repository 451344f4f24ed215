import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { InkInput, InkSample } from "../../../src/ink/stroke.ts";
import type { GestureAction, GestureInput } from "../../../src/ui/input/gesture-events.ts";
import type { Gestures } from "../../../src/ui/input/gesture.ts";
import { createGestures } from "../../../src/ui/input/gesture.ts";
import { PROVISIONAL_MS, PROVISIONAL_POINTS } from "../../../src/ui/input/stroke-gesture.ts";

const sample = (x: number, y: number, time = 0): InkSample => ({ x, y, pressure: 0.5, time });

interface DownOptions {
  readonly input?: InkInput;
  readonly button?: "draw" | "erase" | "pan" | "none";
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

describe("two fingers", () => {
  it("a second finger during a provisional stroke drops it and moves the canvas", () => {
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

  it("a second finger that lands beside a committed stroke does not pinch, but constrains it", () => {
    const gestures = createGestures();
    expect(types(run(gestures, committed(1)))).toContain("stroke-commit");
    expect(run(gestures, [down(2, sample(200, 0, 120)), move(2, sample(210, 0, 130))])).toEqual([
      { type: "constrain", on: true },
    ]);
    expect(types(run(gestures, [move(1, sample(60, 0, 140))]))).toEqual(["stroke-move"]);
    expect(run(gestures, [down(3, sample(9, 9, 150)), up(3), cancel(2)])).toEqual([
      { type: "constrain", on: false },
    ]);
    run(gestures, [down(2, sample(200, 0, 160))]);
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

describe("fingers that tap", () => {
  const tap = (fingers: 2 | 3): GestureAction => ({ type: "tap", fingers });
  /** Fingers land and are lifted one after the other, 10 ms apart. */
  const tapWith = (count: number, options: DownOptions = {}, start = 0): GestureInput[] => [
    ...Array.from({ length: count }, (_, i) => down(i + 1, sample(100 * i, 50, start + 10 * i), options)),
    ...Array.from({ length: count }, (_, i) => up(i + 1, start + 100 + 10 * i)),
  ];

  it.each([2, 3] as const)("%i of them tap, and leave no ink and an unmoved canvas", (count) => {
    const actions = run(createGestures(), tapWith(count));
    expect(types(actions)).toEqual(["stroke-start", "stroke-drop", "tap"]);
    expect(actions.at(-1)).toEqual(tap(count));
  });

  it("tap also where fingers pan, and again and again", () => {
    const gestures = createGestures();
    expect(run(gestures, tapWith(2, { button: "pan" }))).toEqual([tap(2)]);
    expect(run(gestures, tapWith(3, { button: "pan" }, 300))).toEqual([tap(3)]);
    expect(run(gestures, tapWith(2, { button: "pan" }, 600))).toEqual([tap(2)]);
    expect(gestures.navigating()).toBe(false);
  });

  it("tap though they tremble, with many samples, and nothing is committed or moved", () => {
    const trembling = Array.from({ length: 12 }, (_, i) => sample((i % 2) * 9, 50, 8 * i));
    const actions = run(createGestures(), [
      down(1, sample(0, 50, 0)),
      move(1, ...trembling),
      down(2, sample(100, 50, 120)),
      move(2, sample(107, 56, 140)),
      up(2, 200),
      move(1, sample(0, 59, 220)),
      up(1, 249),
    ]);
    expect(types(actions)).toEqual(["stroke-start", "stroke-move", "stroke-drop", "tap"]);
  });

  it.each<[string, readonly GestureInput[]]>([
    ["too slow", [down(1, sample(0, 0, 0)), down(2, sample(90, 0, 10)), up(2, 100), up(1, 250)]],
    [
      "a wide way",
      [
        down(1, sample(0, 0, 0)),
        down(2, sample(90, 0, 9)),
        move(2, sample(90, 10, 20)),
        up(1, 40),
        up(2, 50),
      ],
    ],
    ["one after the other", [down(1, sample(0, 0, 0)), up(1, 40), down(2, sample(90, 0, 60)), up(2, 99)]],
    [
      "one lands when another is gone",
      [...tapWith(2).slice(0, 3), down(3, sample(9, 9, 120)), up(2, 130), up(3, 140)],
    ],
    ["four of them", tapWith(4)],
    ["taken away by the system", [down(1, sample(0, 0, 0)), down(2, sample(90, 0, 9)), up(1, 40), cancel(2)]],
    [
      "lifted because the page goes",
      [down(1, sample(0, 0)), down(2, sample(90, 0)), up(1, Infinity), up(2, Infinity)],
    ],
    ["a press that closes a panel", tapWith(2, { dismissing: true })],
    ["beside a pen", [down(9, sample(5, 5), { input: "pen" }), ...tapWith(2), up(9, 200)]],
    ["beside a mouse", [down(9, sample(5, 5), { input: "mouse" }), ...tapWith(2), up(9, 200)]],
  ])("do not tap: %s", (_, inputs) => {
    expect(types(run(createGestures(), inputs))).not.toContain("tap");
  });

  it("move nothing before it is clear that they do not tap; then they pinch, from there on", () => {
    const gestures = createGestures();
    run(gestures, [down(1, sample(0, 0, 0)), down(2, sample(100, 0, 5))]);
    expect(run(gestures, [move(1, sample(0, 9, 30)), move(2, sample(100, 9, 30))])).toEqual([]);
    expect(run(gestures, [move(1, sample(0, 13, 40))])).toEqual([
      { type: "navigate", from: { x: 50, y: 9 }, to: { x: 50, y: 11 }, scale: 1 },
    ]);
    expect(types(run(gestures, [up(1, 60), up(2, 70)]))).not.toContain("tap");
  });

  it("pinch slowly: when the time of a tap is over, they move the canvas", () => {
    const gestures = createGestures();
    run(gestures, [down(1, sample(0, 0, 0)), down(2, sample(100, 0, 5)), move(1, sample(0, 4, 200))]);
    expect(types(run(gestures, [move(1, sample(0, 6, 250))]))).toEqual(["navigate"]);
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

/** One finger that pans to the right by 100 px in 100 ms, and is still down. */
function swipe(): GestureInput[] {
  return [
    down(1, sample(0, 0), { button: "pan" }),
    ...Array.from({ length: 11 }, (_, i) => move(1, sample(10 * (i + 1), 0, 10 * (i + 1)))),
  ];
}

describe("fingers that pan", () => {
  it("one moves the canvas as soon as it is no resting palm, and leaves no ink", () => {
    const gestures = createGestures();
    const rests = [
      down(1, sample(0, 0), { button: "pan" }),
      move(1, sample(5, 5, 10)),
      move(1, sample(3, 6, 20)),
    ];
    expect(run(gestures, rests)).toEqual([]);
    const actions = run(gestures, [move(1, sample(20, 0, 30)), move(1, sample(35, 5, 40))]);
    expect(actions).toEqual([{ type: "navigate", from: { x: 20, y: 0 }, to: { x: 35, y: 5 }, scale: 1 }]);
  });

  it("throw the canvas with the speed at which they let go", () => {
    const gestures = createGestures();
    run(gestures, swipe());
    const [fling] = run(gestures, [up(1, 112)]);
    expect(fling).toMatchObject({ type: "fling" });
    expect(fling?.type === "fling" && fling.velocity.x).toBeCloseTo(1);
    expect(fling?.type === "fling" && fling.velocity.y).toBe(0);
  });

  it("do not throw it after a rest, nor slowly, nor with a mouse", () => {
    const gestures = createGestures();
    run(gestures, swipe());
    expect(run(gestures, [up(1, 200)])).toEqual([]);
    const slow = Array.from({ length: 20 }, (_, i) => move(1, sample(9 + i, 0, 10 * (i + 1))));
    run(gestures, [down(1, sample(0, 0), { button: "pan" }), ...slow]);
    expect(run(gestures, [up(1, 201)])).toEqual([]);
    const [press, ...moves] = swipe();
    run(gestures, [{ ...press!, input: "mouse" } as GestureInput, ...moves]);
    expect(run(gestures, [up(1, 112)])).toEqual([]);
  });

  it("a second one pinches, and the one that stays goes on panning", () => {
    const gestures = createGestures();
    run(gestures, [...swipe(), down(2, sample(200, 0, 120), { button: "pan" })]);
    expect(types(run(gestures, [move(2, sample(210, 10, 130))]))).toEqual(["navigate"]);
    run(gestures, [up(1, 300), move(2, sample(230, 10, 310))]);
    expect(types(run(gestures, [move(2, sample(240, 10, 320))]))).toEqual(["navigate"]);
  });

  it("a pen takes precedence over a palm that pans", () => {
    const gestures = createGestures();
    run(gestures, swipe());
    expect(types(run(gestures, [down(2, sample(50, 50, 200), { input: "pen" })]))).toEqual(["stroke-start"]);
    expect(run(gestures, [move(1, sample(300, 0, 210)), up(1, 220)])).toEqual([]);
  });
});

describe("two fingers that let go", () => {
  const pinchMoves = (gestures: Gestures): void => {
    run(gestures, [down(1, sample(0, 0)), down(2, sample(100, 0, 5))]);
    for (let i = 1; i <= 6; i++) {
      run(gestures, [move(1, sample(0, 12 * i, 16 * i)), move(2, sample(100, 12 * i, 16 * i + 1))]);
    }
  };
  it("throw the canvas, though one is lifted after the other", () => {
    const gestures = createGestures();
    pinchMoves(gestures);
    expect(run(gestures, [up(1, 100)])).toEqual([]);
    const [fling] = run(gestures, [up(2, 130)]);
    expect(fling?.type === "fling" && fling.velocity.y).toBeCloseTo(0.75, 0);
  });
  it("do not, where the second one stays", () => {
    const gestures = createGestures();
    pinchMoves(gestures);
    expect(run(gestures, [up(1, 100), up(2, 400)])).toEqual([]);
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
      button: fc.constantFrom("draw" as const, "erase" as const, "pan" as const),
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
    let stroke: "none" | "provisional" | "sent" = "none";
    return actions.find((action) => {
      const before = stroke;
      switch (action.type) {
        case "fling":
          return before !== "none" || !Number.isFinite(Math.hypot(action.velocity.x, action.velocity.y));
        case "navigate":
          return before !== "none" || !(action.scale > 0 && Number.isFinite(action.scale));
        case "stroke-start":
          stroke = action.provisional ? "provisional" : "sent";
          return before !== "none";
        case "stroke-commit":
          stroke = "sent";
          return before !== "provisional";
        case "stroke-move":
          return before === "none";
        case "stroke-drop":
          stroke = "none";
          return before !== "provisional";
        case "constrain":
          return before !== "sent";
        case "tap":
          return before !== "none";
        default:
          stroke = "none";
          return before === "none";
      }
    });
  };

  it("keeps strokes whole, drops only what was provisional, and ends with everything lifted", () => {
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
