/* What fingers do that draw nothing: they pinch, tap together, pan the canvas and throw it. */
import { describe, expect, it } from "vitest";
import type { GestureAction, GestureInput } from "../../../src/ui/input/gesture-events.ts";
import type { Gestures } from "../../../src/ui/input/gesture.ts";
import { createGestures } from "../../../src/ui/input/gesture.ts";
import {
  type DownOptions,
  cancel,
  committed,
  down,
  move,
  run,
  sample,
  swipe,
  types,
  up,
} from "./gesture-inputs.ts";

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

describe("three fingers that move to one side", () => {
  const FINGERS = [1, 2, 3];
  /** They land 10 ms apart, move by so much in steps, and are lifted. */
  const three = (by: { x: number; y?: number }, options: DownOptions = {}): GestureInput[] => [
    ...FINGERS.map((id) => down(id, sample(100 * id, 50, 10 * id), options)),
    ...[1, 2, 3, 4].flatMap((step) =>
      FINGERS.map((id) =>
        move(id, sample(100 * id + (by.x * step) / 4, 50 + ((by.y ?? 0) * step) / 4, 30 + 16 * step)),
      ),
    ),
    ...FINGERS.map((id) => up(id, 130 + id)),
  ];
  const turns = (actions: readonly GestureAction[]): GestureAction[] =>
    actions.filter(({ type }) => type !== "stroke-start" && type !== "stroke-drop");

  it.each([
    [-120, "left"],
    [120, "right"],
  ] as const)("turn the page, and move no canvas: by %i px", (x, direction) => {
    const gestures = createGestures();
    expect(turns(run(gestures, three({ x })))).toEqual([{ type: "swipe", direction }]);
    expect(types(run(gestures, [down(4, sample(0, 0, 900))]))).toEqual(["stroke-start"]);
  });

  it("turn it also where fingers pan, and again", () => {
    const gestures = createGestures();
    for (let i = 0; i < 2; i++)
      expect(run(gestures, three({ x: 90 }, { button: "pan" }))).toEqual([
        { type: "swipe", direction: "right" },
      ]);
  });

  it.each<[string, readonly GestureInput[]]>([
    ["move a little", three({ x: 30 })],
    ["move up or down", three({ x: 60, y: 90 })],
    ["are four", [...three({ x: 90 }).slice(0, 3), down(4, sample(9, 9, 35)), ...three({ x: 90 }).slice(3)]],
    ["are taken away", [...three({ x: 90 }).slice(0, -3), ...FINGERS.map((id) => cancel(id))]],
    [
      "go apart",
      [...three({ x: 0 }).slice(0, 3), move(1, sample(0, 50, 60)), move(3, sample(500, 50, 60)), up(1, 99)],
    ],
  ])("turn nothing where they %s", (_, inputs) => {
    expect(run(createGestures(), inputs).filter(({ type }) => type === "swipe")).toEqual([]);
  });

  it("that land one after the other turn nothing once two have moved the canvas", () => {
    const gestures = createGestures();
    run(gestures, [down(1, sample(0, 0)), down(2, sample(100, 0, 10)), move(1, sample(60, 0, 300))]);
    const actions = run(gestures, [
      down(3, sample(200, 0, 310)),
      ...FINGERS.map((id) => move(id, sample(100 * id + 90, 0, 330))),
      ...FINGERS.map((id) => up(id, 350)),
    ]);
    expect(types(actions)).not.toContain("swipe");
  });

  it("give way to a pen, which draws", () => {
    const gestures = createGestures();
    run(gestures, three({ x: 90 }).slice(0, 6));
    expect(types(run(gestures, [down(9, sample(5, 5, 90), { input: "pen" })]))).toContain("stroke-start");
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
