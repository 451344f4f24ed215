import { beforeEach, describe, expect, it } from "vitest";
import type { InkInput, InkSample } from "../../../src/ink/stroke.ts";
import type { GestureAction } from "../../../src/ui/input/gesture-events.ts";
import { createDriverDesk, type DriverDesk } from "./driver-desk.ts";

const at = (x: number, y: number, time = 0): InkSample => ({ x, y, pressure: 0.5, time });

let desk: DriverDesk;

beforeEach(() => {
  desk = createDriverDesk();
});

const start = (
  sample: InkSample,
  options: { provisional?: boolean; erasing?: boolean; input?: InkInput } = {},
): GestureAction => ({
  type: "stroke-start",
  input: options.input ?? "mouse",
  sample,
  provisional: options.provisional ?? false,
  erasing: options.erasing ?? false,
});
const move = (...samples: InkSample[]): GestureAction => ({ type: "stroke-move", samples, predicted: [] });
const end: GestureAction = { type: "stroke-end" };

describe("drawing with a pen", () => {
  it("shows at once, and leaves the stroke where the pointer was, in world units", () => {
    desk.drawing.perform([start(at(200, 400))]);
    expect(desk.shown.map(({ points }) => points)).toEqual([1]);
    desk.drawing.perform([move(at(300, 400, 16))]);
    expect(desk.shown.map(({ points }) => points)).toEqual([1, 2]);
    desk.drawing.perform([end]);
    expect(desk.preview()).toBeUndefined();
    expect(desk.board.items()).toHaveLength(1);
    expect(desk.board.items()[0]).toMatchObject({
      ended: true,
      points: [
        { x: 0, y: 0 },
        { x: 100, y: 0 },
      ],
    });
  });

  it("a pinch leaves nothing on the board and moves the canvas", () => {
    desk.drawing.perform([start(at(10, 10), { provisional: true })]);
    desk.drawing.perform([{ type: "stroke-drop" }]);
    desk.drawing.perform([{ type: "navigate", from: { x: 200, y: 400 }, to: { x: 200, y: 400 }, scale: 2 }]);
    expect(desk.board.items()).toEqual([]);
    expect(desk.board.history.canUndo()).toBe(false);
    expect(desk.camera.camera()).toEqual({ x: 0, y: 0, zoom: 2 });
  });

  it("on a zoomed canvas the stroke is finer and in its place", () => {
    desk.drawing.perform([{ type: "navigate", from: { x: 200, y: 400 }, to: { x: 200, y: 400 }, scale: 4 }]);
    desk.drawing.perform([start(at(201, 400)), end]);
    expect(desk.board.items()[0]).toMatchObject({
      header: { width: 1, scale: 2 },
      points: [{ x: 0.25, y: 0 }],
    });
  });

  it("shows where the pen is expected next, and never keeps it", () => {
    desk.drawing.perform([start(at(200, 400), { input: "pen" })]);
    const predicted = [at(310, 410, 20), at(320, 500, 24)];
    desk.drawing.perform([{ type: "stroke-move", samples: [at(300, 400, 16)], predicted }]);
    expect(desk.shown.at(-1)?.points).toBe(4);
    desk.drawing.perform([move(at(301, 400, 24))]);
    expect(desk.shown.at(-1)?.points).toBeLessThan(4);
    desk.drawing.perform([{ type: "stroke-move", samples: [at(302, 400, 32)], predicted }, end]);
    const [item] = desk.board.items();
    expect(item?.kind === "stroke" && item.points.every(({ y }) => y === 0)).toBe(true);
  });

  it("a fling is the camera's, and without actions nothing is shown", () => {
    desk.drawing.perform([{ type: "fling", velocity: { x: 1, y: 0 } }]);
    expect(desk.camera.camera()).toEqual({ x: 0, y: 0, zoom: 1 });
    const count = desk.shown.length;
    desk.drawing.perform([]);
    expect(desk.shown).toHaveLength(count);
  });
});

describe("drawing with another tool", () => {
  it("shows what it will be, and changes the board once, at the end", () => {
    desk.name = "rectangle";
    desk.drawing.perform([start(at(200, 400))]);
    desk.drawing.perform([move(at(260, 430, 16))]);
    expect(desk.preview()).toMatchObject({ kind: "shape", from: { x: 0, y: 0 }, to: { x: 60, y: 30 } });
    expect(desk.board.items()).toEqual([]);
    desk.drawing.perform([end]);
    expect(desk.preview()).toBeUndefined();
    expect(desk.board.items()).toHaveLength(1);
    expect(desk.done.at(-1)).toMatchObject({ tool: "rectangle", isTap: false, preview: { kind: "shape" } });
  });

  it("a second finger constrains as long as it is down, shift as long as it is held, also without a movement", () => {
    desk.name = "ellipse";
    desk.drawing.perform([start(at(200, 400)), move(at(260, 430, 16))]);
    desk.drawing.perform([{ type: "constrain", on: true }]);
    expect(desk.preview()).toMatchObject({ to: { x: 60, y: 60 } });
    desk.drawing.perform([{ type: "constrain", on: false }]);
    expect(desk.preview()).toMatchObject({ to: { x: 60, y: 30 } });
    desk.drawing.setShift(true);
    expect(desk.preview()).toMatchObject({ to: { x: 60, y: 60 } });
    desk.drawing.setShift(false);
    expect(desk.preview()).toMatchObject({ to: { x: 60, y: 30 } });
    desk.drawing.perform([{ type: "constrain", on: true }, end]);
    // The finger beside it does not constrain what is drawn next.
    desk.drawing.perform([start(at(200, 400)), move(at(260, 430, 16))]);
    expect(desk.preview()).toMatchObject({ to: { x: 60, y: 30 } });
  });

  it("the pen's own eraser cuts, whatever is in the hand", () => {
    desk.drawing.perform([start(at(100, 400)), move(at(200, 400, 16), at(300, 400, 32)), end]);
    desk.drawing.perform([start(at(200, 300), { erasing: true }), move(at(200, 500, 16))]);
    expect(desk.preview()).toMatchObject({ kind: "erase" });
    desk.drawing.perform([end]);
    expect(desk.board.items()[0]).toMatchObject({ parts: [expect.anything(), expect.anything()] });
  });

  it("the light of a laser fades by itself, in frames, and is never on the board", () => {
    desk.name = "laser";
    desk.drawing.perform([start(at(200, 400)), move(at(260, 430, 16)), end]);
    expect(desk.preview()).toMatchObject({ kind: "laser" });
    expect(desk.frames.size).toBe(1);
    const frame = (): void => {
      const tasks = [...desk.frames];
      desk.frames.clear();
      for (const task of tasks) task();
    };
    desk.now = 1000;
    frame();
    expect(desk.preview()).toMatchObject({ kind: "laser" });
    desk.now = 1300;
    frame();
    expect(desk.preview()).toBeUndefined();
    expect(desk.frames.size).toBe(0);
    expect(desk.board.items()).toEqual([]);
    expect(desk.board.history.canUndo()).toBe(false);
  });

  it("light that has not faded goes with the canvas, and asks for no frame any more", () => {
    desk.name = "laser";
    desk.drawing.perform([start(at(200, 400)), move(at(260, 430, 16)), end]);
    desk.drawing.close();
    expect(desk.preview()).toBeUndefined();
    expect(desk.frames.size).toBe(0);
  });

  it("a drag that a key asks for is one gesture", () => {
    desk.name = "line";
    desk.drawing.drag({ x: 0, y: 0 }, { x: 50, y: 0 }, false);
    expect(desk.board.items()).toHaveLength(1);
  });
});

describe("where the tool may not work", () => {
  beforeEach(() => {
    desk.allowed = false;
  });

  it("nothing is drawn, and it is said once", () => {
    desk.drawing.perform([start(at(200, 400)), move(at(300, 400, 16)), end]);
    expect(desk.board.items()).toEqual([]);
    expect(desk.refusals).toBe(1);
    desk.drawing.perform([start(at(200, 400), { provisional: true }), { type: "stroke-commit" }, end]);
    expect(desk.refusals).toBe(2);
    desk.drawing.perform([start(at(200, 400), { provisional: true }), end]);
    expect(desk.refusals).toBe(3);
  });

  it("nor does a key draw there", () => {
    desk.name = "line";
    desk.drawing.drag({ x: 0, y: 0 }, { x: 50, y: 0 }, false);
    expect(desk.board.items()).toEqual([]);
    expect(desk.refusals).toBe(1);
  });

  it("a pinch or a tap is no try", () => {
    desk.drawing.perform([start(at(200, 400), { provisional: true }), { type: "stroke-drop" }]);
    expect(desk.refusals).toBe(0);
  });
});

describe("what fingers ask for besides", () => {
  it("taps go on with their number", () => {
    desk.drawing.perform([{ type: "tap", fingers: 2 }]);
    desk.drawing.perform([{ type: "tap", fingers: 3 }]);
    expect(desk.taps).toEqual([2, 3]);
  });

  it("a line drawn by hand that is held still becomes one, and is felt", () => {
    desk.drawing.perform([start(at(200, 400)), move(at(230, 401, 16), at(260, 399, 32), at(300, 400, 48))]);
    desk.rest?.();
    expect(desk.snaps).toBe(1);
    expect(desk.preview()).toBeUndefined();
    desk.drawing.perform([move(at(320, 500, 700)), end]);
    expect(desk.board.items()).toMatchObject([{ header: { tool: "line" } }]);
    desk.board.history.undo();
    expect(desk.board.items()).toMatchObject([{ header: { tool: "pen" } }]);
    desk.board.history.undo();
    expect(desk.board.items()).toEqual([]);
    expect(desk.board.history.canUndo()).toBe(false);
  });

  it("nothing becomes a shape where that is turned off, neither held still nor lifted after that", () => {
    desk.recognizes = false;
    desk.drawing.perform([start(at(200, 400)), move(at(230, 401, 16), at(260, 399, 32), at(300, 400, 48))]);
    desk.rest?.();
    desk.drawing.perform([{ type: "stroke-end", time: 900 }]);
    desk.drawing.perform([start(at(200, 500)), move(at(230, 501, 16), at(260, 499, 32), at(300, 500, 48))]);
    desk.drawing.perform([{ type: "stroke-end", time: 900 }]);
    expect(desk.snaps).toBe(0);
    expect(desk.board.items()).toMatchObject([{ header: { tool: "pen" } }, { header: { tool: "pen" } }]);
  });

  it("what was drawn while the page was busy stays ink, also where it comes back to where it was still", () => {
    const loop = Array.from({ length: 40 }, (_, i) =>
      at(300 + 60 * Math.sin(i / 6.2), 400 - 60 + 60 * Math.cos(i / 6.2), 60 + 16 * i),
    );
    desk.drawing.perform([start(at(200, 400)), move(at(230, 401, 16), at(260, 399, 32), at(300, 400, 48))]);
    desk.now += 640;
    desk.drawing.perform([move(...loop)]);
    desk.rest?.();
    expect(desk.snaps).toBe(0);
    desk.drawing.perform([{ type: "stroke-end", time: 700 }]);
    expect(desk.snaps).toBe(0);
    expect(desk.board.items()).toMatchObject([{ header: { tool: "pen" } }]);
  });

  it("a line that was held still until it was lifted becomes one, though the page was busy all the time", () => {
    desk.drawing.perform([start(at(200, 400)), move(at(230, 401, 16), at(260, 399, 32), at(300, 400, 48))]);
    desk.drawing.perform([{ type: "stroke-end", time: 700 }]);
    expect(desk.snaps).toBe(1);
    expect(desk.board.items()).toMatchObject([{ header: { tool: "line" } }]);
  });

  it("a pointer that is still is nothing to a tool that has no use for it", () => {
    desk.name = "rectangle";
    desk.drawing.perform([start(at(200, 400)), move(at(260, 430, 16))]);
    desk.rest?.();
    expect(desk.snaps).toBe(0);
    desk.drawing.perform([end]);
    expect(desk.rest).toBeUndefined();
  });

  it("a gesture that ends where it began is a tap", () => {
    desk.name = "select";
    desk.drawing.perform([start(at(200, 400)), move(at(203, 402, 16)), end]);
    expect(desk.done.at(-1)).toMatchObject({ isTap: true, at: { x: 3, y: 2 } });
  });
});

describe("what was a palm's", () => {
  const finger = (x: number, time: number): GestureAction => start(at(x, 400, time), { input: "touch" });
  const drawn = (x: number, time: number): readonly GestureAction[] => [
    finger(x, time),
    move(at(x + 30, 401, time + 16), at(x + 60, 399, time + 32), at(x + 100, 400, time + 48)),
  ];
  const palm = (...begun: number[]): GestureAction => ({ type: "palm", begun });
  const expectNothing = (): void => {
    expect(desk.board.items()).toEqual([]);
    expect(desk.board.history.canUndo()).toBe(false);
    expect(desk.board.history.canRedo()).toBe(false);
  };

  it("is gone as ink, under way and ended, and as the shape that it became", () => {
    desk.drawing.perform([...drawn(100, 0), { type: "stroke-revoke" }]);
    expect(desk.preview()).toBeUndefined();
    expectNothing();
    desk.drawing.perform([...drawn(100, 100), end, ...drawn(200, 300)]);
    desk.rest?.();
    desk.drawing.perform([end]);
    expect(desk.board.items()).toMatchObject([{ header: { tool: "pen" } }, { header: { tool: "line" } }]);
    desk.drawing.perform([palm(100, 300)]);
    expectNothing();
    desk.drawing.perform([...drawn(200, 600)]);
    desk.rest?.();
    desk.drawing.perform([{ type: "stroke-revoke" }]);
    expectNothing();
  });

  it("leaves what was drawn by others than it, before and after", () => {
    desk.drawing.perform([...drawn(100, 0), end, ...drawn(200, 300), end]);
    desk.drawing.perform([start(at(50, 500, 400)), move(at(90, 520, 420)), end]);
    desk.drawing.perform([palm(300, 999)]);
    expect(desk.board.items()).toHaveLength(2);
    desk.board.history.undo();
    desk.board.history.undo();
    expect(desk.board.items()).toEqual([]);
    expect(desk.board.history.canUndo()).toBe(false);
  });

  it("is selected no more, and what was selected before is", () => {
    desk.drawing.perform([start(at(100, 400)), move(at(200, 400, 16), at(300, 400, 32)), end]);
    desk.name = "select";
    desk.drawing.perform([finger(200, 100), end]);
    const selected = (): unknown => {
      desk.drawing.perform([start(at(200, 400, 900)), move(at(240, 440, 916))]);
      const preview = desk.preview();
      desk.drawing.perform([{ type: "stroke-drop" }]);
      return preview?.kind;
    };
    expect(selected()).toBe("transform");
    const before = desk.board.items()[0];
    desk.drawing.perform([finger(200, 1200), move(at(230, 420, 1216)), end]);
    expect(desk.board.items()[0]).not.toEqual(before);
    desk.drawing.perform([palm(1200)]);
    expect(desk.board.items()[0]).toEqual(before);
    desk.drawing.perform([finger(200, 1300), move(at(230, 420, 1316)), { type: "stroke-revoke" }]);
    expect(desk.board.items()[0]).toEqual(before);
  });

  it("is dark at once", () => {
    desk.name = "laser";
    desk.drawing.perform([...drawn(100, 0), end]);
    expect(desk.preview()).toMatchObject({ kind: "laser" });
    desk.drawing.perform([palm(0)]);
    expect(desk.preview()).toBeUndefined();
  });

  it("is not undone either: the tap is taken back", () => {
    desk.drawing.perform([{ type: "tap", fingers: 2 }]);
    desk.drawing.perform([{ type: "untap" }]);
    expect(desk.taps).toEqual([]);
  });
});
