/* Palms: what a pen, the breadth of touches, their number and how far they move say about them. */
import { describe, expect, it } from "vitest";
import type { GestureInput } from "../../../src/ui/input/gesture-events.ts";
import { createGestures } from "../../../src/ui/input/gesture.ts";
import { committed, down, move, run, sample, types, up } from "./gesture-inputs.ts";

const near = (time: number): GestureInput => ({ type: "pen-near", time, isDown: false });
const pen = (from: number, to: number): GestureInput[] => [
  down(9, sample(300, 300, from), { input: "pen" }),
  up(9, to),
];
const twoTap = (start: number): GestureInput[] => [
  down(1, sample(0, 50, start)),
  down(2, sample(100, 50, start + 10)),
  up(1, start + 100),
  up(2, start + 110),
];
const broad = (input: GestureInput): GestureInput =>
  input.type === "down" || input.type === "move" ? { ...input, size: 80 } : input;
const tapsOf = (inputs: readonly GestureInput[], hasPen = true): string[] =>
  types(
    run(
      createGestures(() => hasPen),
      inputs,
    ),
  ).filter((type) => type.endsWith("tap"));

describe("taps of two fingers", () => {
  it.each<[string, readonly GestureInput[]]>([
    ["right after a pen", [...pen(0, 100), ...twoTap(160)]],
    ["right after a pen that was only above", [near(100), ...twoTap(160)]],
    ["that a pen comes into", [...twoTap(0).slice(0, 3), near(105), up(2, 110)]],
    [
      "that land beside a pen and are lifted after it",
      [
        down(9, sample(9, 9, 0), { input: "pen" }),
        ...twoTap(800).slice(0, 2),
        up(9, 850),
        ...twoTap(800).slice(2),
      ],
    ],
    ["of what is broad", twoTap(1000).map(broad)],
    [
      "of what becomes broad",
      [...twoTap(1000).slice(0, 2), broad(move(2, sample(101, 50, 1040))), ...twoTap(1000).slice(2)],
    ],
  ])("are none: %s", (_name, inputs) => {
    expect(tapsOf(inputs)).toEqual([]);
    expect(tapsOf(inputs, false)).toEqual([]);
  });

  it("are some when the pen has been away", () => {
    expect(tapsOf([...pen(0, 100), ...twoTap(600)])).toEqual(["tap"]);
    expect(tapsOf([near(100), ...twoTap(600)])).toEqual(["tap"]);
  });

  it("are taken back, all that there were, when a pen comes right after them; and only once", () => {
    expect(tapsOf([...twoTap(0), near(400), ...pen(420, 500)])).toEqual(["tap", "untap"]);
    expect(tapsOf([...twoTap(0), ...twoTap(120), near(400)])).toEqual(["tap", "tap", "untap", "untap"]);
    expect(tapsOf([...twoTap(0), near(470)])).toEqual(["tap"]);
  });
});

describe("a stroke of a touch", () => {
  const revoked = (inputs: readonly GestureInput[]): string[] =>
    types(run(createGestures(), inputs)).filter((type) => type === "palm" || type === "stroke-revoke");

  it("that has ended short, just before a pen comes down, was a palm's; every one of them", () => {
    const strokes = [...committed(1), up(1, 110), down(2, sample(200, 0, 300)), up(2, 330)];
    const actions = run(createGestures(), [...strokes, near(400), ...pen(500, 600), ...pen(700, 800)]);
    expect(actions.filter(({ type }) => type === "palm")).toEqual([{ type: "palm", begun: [0, 300] }]);
  });

  it("was none where it ended long before, or went far", () => {
    expect(revoked([...committed(1), up(1, 110), ...pen(900, 950)])).toEqual([]);
    expect(revoked([...committed(1), move(1, sample(80, 0, 110)), up(1, 120), ...pen(300, 400)])).toEqual([]);
    expect(revoked([...committed(1), up(1, Infinity), ...pen(900, 950)])).toEqual([]);
  });

  it("that is still down as the pen comes was, but for one that has drawn far for long", () => {
    expect(revoked([...committed(1), ...pen(500, 600)])).toEqual(["stroke-revoke"]);
    expect(revoked([...committed(1), ...pen(5000, 5100)])).toEqual(["stroke-revoke"]);
    expect(revoked([...committed(1), move(1, sample(200, 0, 300)), ...pen(500, 600)])).toEqual([
      "stroke-revoke",
    ]);
    const long = [...committed(1), move(1, sample(200, 0, 900)), ...pen(1500, 1600)];
    expect(revoked(long)).toEqual([]);
    expect(types(run(createGestures(), long))).toContain("stroke-end");
  });

  it("is proven too by a pen that comes down elsewhere on the page", () => {
    const elsewhere: GestureInput = { type: "pen-near", time: 500, isDown: true };
    expect(revoked([...committed(1), up(1, 110), elsewhere])).toEqual(["palm"]);
    expect(revoked([...committed(1), elsewhere, up(1, 600), ...pen(700, 800)])).toEqual(["stroke-revoke"]);
  });

  it("is provisional near a pen until it goes far, and is dropped where it does not", () => {
    const draw = (far: number): GestureInput[] => [
      down(1, sample(0, 0, 200)),
      ...Array.from({ length: 20 }, (_, i) => move(1, sample((far * (i + 1)) / 20, 0, 210 + 20 * i))),
      up(1, 650),
    ];
    const afterPen = (far: number): string[] =>
      types(
        run(
          createGestures(() => true),
          [near(100), ...draw(far)],
        ),
      );
    expect(afterPen(30)).not.toContain("stroke-commit");
    expect(afterPen(30).at(-1)).toBe("stroke-drop");
    expect(afterPen(90)).toContain("stroke-commit");
    expect(afterPen(90).at(-1)).toBe("stroke-end");
  });
});

describe("a touch that pans where there is a pen", () => {
  const pan = (...places: readonly (readonly [number, number])[]): GestureInput[] => [
    down(1, sample(0, 0, 1000), { button: "pan" }),
    ...places.map(([x, time]) => move(1, sample(x, 0, time))),
  ];
  const panned = (inputs: readonly GestureInput[]): unknown[] =>
    run(
      createGestures(() => true),
      inputs,
    );

  it("does so from where it landed, once it has moved as one that means it", () => {
    expect(panned(pan([12, 1016], [23, 1032]))).toEqual([]);
    expect(panned(pan([12, 1016], [30, 1032], [40, 1048]))).toEqual([
      { type: "navigate", from: { x: 0, y: 0 }, to: { x: 30, y: 0 }, scale: 1 },
      { type: "navigate", from: { x: 30, y: 0 }, to: { x: 40, y: 0 }, scale: 1 },
    ]);
  });

  it("must go twice as far where it takes its time", () => {
    const slow = (far: number): GestureInput[] =>
      pan(...Array.from({ length: 40 }, (_, i) => [(far * (i + 1)) / 40, 1000 + 16 * (i + 1)] as const));
    expect(panned(slow(40))).toEqual([]);
    const [first] = panned(slow(60));
    expect(first).toEqual({ type: "navigate", from: { x: 0, y: 0 }, to: { x: 48, y: 0 }, scale: 1 });
  });

  it("does not as it drifts, but from where it rested when it moves off", () => {
    const drift = [
      [15, 1900],
      [23, 2100],
      [40, 3200],
    ] as const;
    expect(panned(pan(...drift))).toEqual([]);
    expect(panned(pan(...drift, [70, 3220]))).toEqual([
      { type: "navigate", from: { x: 40, y: 0 }, to: { x: 70, y: 0 }, scale: 1 },
    ]);
  });

  it("must go further where the pen was just here, and goes nowhere beside it", () => {
    expect(panned([near(900), ...pan([12, 1016], [40, 1032])])).toEqual([]);
    expect(panned([near(900), ...pan([12, 1016], [50, 1032])])).toHaveLength(1);
    expect(panned([...pan([12, 1016]), near(1020), ...pan([90, 1032]).slice(1)])).toEqual([]);
    const [press, ...moves] = pan([60, 1016], [90, 1032]);
    const beside = [down(9, sample(9, 9, 900), { input: "pen" }), press!, up(9, 1010), ...moves, up(1, 1050)];
    expect(
      types(
        run(
          createGestures(() => true),
          beside,
        ),
      ),
    ).toEqual(["stroke-start", "stroke-end"]);
  });

  it("is none of four, nor a broad one, which also ends what it has begun", () => {
    const four = [1, 2, 3, 4].map((id) => down(id, sample(50 * id, 0, 1000), { button: "pan" }));
    expect(panned([...four, move(1, sample(200, 0, 1400)), move(2, sample(250, 0, 1400))])).toEqual([]);
    expect(panned(pan([60, 1016], [90, 1032]).map(broad))).toEqual([]);
    const gestures = createGestures(() => true);
    run(gestures, pan([60, 1016]));
    expect(gestures.navigating()).toBe(true);
    expect(
      run(gestures, [broad(move(1, sample(90, 0, 1032))), move(1, sample(99, 0, 1040)), up(1, 1050)]),
    ).toEqual([]);
    expect(gestures.navigating()).toBe(false);
  });

  it("is as broad as a palm sooner where there is a pen: thumbs are broad too", () => {
    const thumbs = twoTap(1000).map((input) => (input.type === "down" ? { ...input, size: 65 } : input));
    expect(tapsOf(thumbs)).toEqual([]);
    expect(tapsOf(thumbs, false)).toEqual(["tap"]);
  });

  it("pans at once where there has never been a pen, however broad it is", () => {
    const [press, ...moves] = pan([60, 1016], [90, 1032]).map(broad);
    expect(types(run(createGestures(), [press!, ...moves]))).toEqual(["navigate"]);
  });

  it("pinches from where both landed, once one of two has moved as one that means it", () => {
    const two = [1, 2].map((id) => down(id, sample(100 * id, 0, 1000), { button: "pan" }));
    const drifts = [move(1, sample(90, 0, 1300)), move(2, sample(210, 0, 1316))];
    expect(panned([...two, ...drifts])).toEqual([]);
    expect(panned([...two, ...drifts, move(2, sample(290, 0, 1332)), move(2, sample(490, 0, 1348))])).toEqual(
      [
        { type: "navigate", from: { x: 150, y: 0 }, to: { x: 190, y: 0 }, scale: 2 },
        { type: "navigate", from: { x: 190, y: 0 }, to: { x: 290, y: 0 }, scale: 2 },
      ],
    );
  });
});
