import { beforeEach, describe, expect, it } from "vitest";
import type { Board } from "../../../src/board/document/board.ts";
import { assignClient, createDocument } from "../../../src/board/document/document.ts";
import { createBoard } from "../../../src/board/yjs-board.ts";
import type { InkInput, InkSample } from "../../../src/ink/stroke.ts";
import type { ToolPreview } from "../../../src/tools/tool.ts";
import { createTools } from "../../../src/tools/tools.ts";
import { createItemIndex } from "../../../src/board/spatial/item-index.ts";
import type { View } from "../../../src/ui/camera/auto-camera.ts";
import type { ToolDriver } from "../../../src/ui/stage/tool-driver.ts";
import { createToolDriver } from "../../../src/ui/stage/tool-driver.ts";
import type { FinishedGesture } from "../../../src/ui/stage/tool-gesture.ts";
import type { Instrument } from "../../../src/ui/stage/tool-in-hand.ts";
import { createCommands } from "../../../src/ui/input/commands.ts";
import type { GestureAction } from "../../../src/ui/input/gesture-events.ts";
import type { ViewControl } from "../../../src/ui/camera/view.ts";
import { createViewControl } from "../../../src/ui/camera/view.ts";
import { createHandTime } from "../../support/hand-time.ts";

const view: View = { width: 400, height: 800, insets: { top: 50, right: 0, bottom: 80, left: 0 } };
const fail = (error: unknown): never => {
  throw error;
};
const at = (x: number, y: number, time = 0): InkSample => ({ x, y, pressure: 0.5, time });

let board: Board;
let drawing: ToolDriver;
let camera: ViewControl;
let name: Instrument;
let allowed: boolean;
let shown: { readonly preview: ToolPreview | undefined; readonly points: number }[];
let done: FinishedGesture[];
let taps: number[];
let refusals: number;
let snaps: number;
let now: number;
let frames: Set<() => void>;
let rest: (() => void) | undefined;

beforeEach(() => {
  const doc = createDocument();
  assignClient(doc, () => 7);
  ({ board } = createBoard({ doc, time: createHandTime(), isPresent: () => false, onError: fail }));
  [name, allowed, refusals, snaps, now] = ["pen", true, 0, 0, 0];
  [shown, done, taps, frames, rest] = [[], [], [], new Set(), undefined];
  camera = createViewControl({
    view: () => view,
    start: undefined,
    ink: () => undefined,
    setCamera: () => undefined,
    requestFrame: () => () => undefined,
    reducedMotion: () => true,
    onChange: () => undefined,
  });
  const commands = createCommands();
  commands.handle({ undo: () => void taps.push(2), redo: () => void taps.push(3) });
  const tools = createTools({
    board,
    index: createItemIndex(board, () => undefined),
    sizeOf: () => undefined,
    edit: () => undefined,
    onError: fail,
  });
  drawing = createToolDriver({
    tools: (tool) => tools.tool(tool),
    hand: {
      current: () => ({ name, color: 0x336699, size: 4 }),
      settingsOf: (other) => ({ name: other, color: 0, size: 20 }),
      isAllowed: () => allowed,
      refuse: () => refusals++,
    },
    camera,
    view: () => view,
    show(preview, predicted) {
      const points = preview?.kind === "ink" ? preview.points.length + predicted.length : 0;
      shown.push({ preview, points });
    },
    onFinish: (each) => done.push(each),
    onSnap: () => snaps++,
    commands,
    clock: {
      now: () => now,
      after(_, task) {
        rest = task;
        return () => {
          if (rest === task) rest = undefined;
        };
      },
      requestFrame(task) {
        const frame = (): void => task(now);
        frames.add(frame);
        return () => frames.delete(frame);
      },
    },
  });
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
const preview = (): ToolPreview | undefined => shown.at(-1)?.preview;

describe("drawing with a pen", () => {
  it("shows at once, and leaves the stroke where the pointer was, in world units", () => {
    drawing.perform([start(at(200, 400))]);
    expect(shown.map(({ points }) => points)).toEqual([1]);
    drawing.perform([move(at(300, 400, 16))]);
    expect(shown.map(({ points }) => points)).toEqual([1, 2]);
    drawing.perform([end]);
    expect(preview()).toBeUndefined();
    expect(board.items()).toHaveLength(1);
    expect(board.items()[0]).toMatchObject({
      ended: true,
      points: [
        { x: 0, y: 0 },
        { x: 100, y: 0 },
      ],
    });
  });

  it("a pinch leaves nothing on the board and moves the canvas", () => {
    drawing.perform([start(at(10, 10), { provisional: true })]);
    drawing.perform([{ type: "stroke-drop" }]);
    drawing.perform([{ type: "navigate", from: { x: 200, y: 400 }, to: { x: 200, y: 400 }, scale: 2 }]);
    expect(board.items()).toEqual([]);
    expect(board.history.canUndo()).toBe(false);
    expect(camera.camera()).toEqual({ x: 0, y: 0, zoom: 2 });
  });

  it("on a zoomed canvas the stroke is finer and in its place", () => {
    drawing.perform([{ type: "navigate", from: { x: 200, y: 400 }, to: { x: 200, y: 400 }, scale: 4 }]);
    drawing.perform([start(at(201, 400)), end]);
    expect(board.items()[0]).toMatchObject({ header: { width: 1, scale: 2 }, points: [{ x: 0.25, y: 0 }] });
  });

  it("shows where the pen is expected next, and never keeps it", () => {
    drawing.perform([start(at(200, 400), { input: "pen" })]);
    const predicted = [at(310, 410, 20), at(320, 500, 24)];
    drawing.perform([{ type: "stroke-move", samples: [at(300, 400, 16)], predicted }]);
    expect(shown.at(-1)?.points).toBe(4);
    drawing.perform([move(at(301, 400, 24))]);
    expect(shown.at(-1)?.points).toBeLessThan(4);
    drawing.perform([{ type: "stroke-move", samples: [at(302, 400, 32)], predicted }, end]);
    const [item] = board.items();
    expect(item?.kind === "stroke" && item.points.every(({ y }) => y === 0)).toBe(true);
  });

  it("a fling is the camera's, and without actions nothing is shown", () => {
    drawing.perform([{ type: "fling", velocity: { x: 1, y: 0 } }]);
    expect(camera.camera()).toEqual({ x: 0, y: 0, zoom: 1 });
    const count = shown.length;
    drawing.perform([]);
    expect(shown).toHaveLength(count);
  });
});

describe("drawing with another tool", () => {
  it("shows what it will be, and changes the board once, at the end", () => {
    name = "rectangle";
    drawing.perform([start(at(200, 400))]);
    drawing.perform([move(at(260, 430, 16))]);
    expect(preview()).toMatchObject({ kind: "shape", from: { x: 0, y: 0 }, to: { x: 60, y: 30 } });
    expect(board.items()).toEqual([]);
    drawing.perform([end]);
    expect(preview()).toBeUndefined();
    expect(board.items()).toHaveLength(1);
    expect(done.at(-1)).toMatchObject({ tool: "rectangle", isTap: false, preview: { kind: "shape" } });
  });

  it("a second finger constrains as long as it is down, shift as long as it is held, also without a movement", () => {
    name = "ellipse";
    drawing.perform([start(at(200, 400)), move(at(260, 430, 16))]);
    drawing.perform([{ type: "constrain", on: true }]);
    expect(preview()).toMatchObject({ to: { x: 60, y: 60 } });
    drawing.perform([{ type: "constrain", on: false }]);
    expect(preview()).toMatchObject({ to: { x: 60, y: 30 } });
    drawing.setShift(true);
    expect(preview()).toMatchObject({ to: { x: 60, y: 60 } });
    drawing.setShift(false);
    expect(preview()).toMatchObject({ to: { x: 60, y: 30 } });
    drawing.perform([{ type: "constrain", on: true }, end]);
    // The finger beside it does not constrain what is drawn next.
    drawing.perform([start(at(200, 400)), move(at(260, 430, 16))]);
    expect(preview()).toMatchObject({ to: { x: 60, y: 30 } });
  });

  it("the pen's own eraser cuts, whatever is in the hand", () => {
    drawing.perform([start(at(100, 400)), move(at(200, 400, 16), at(300, 400, 32)), end]);
    drawing.perform([start(at(200, 300), { erasing: true }), move(at(200, 500, 16))]);
    expect(preview()).toMatchObject({ kind: "erase" });
    drawing.perform([end]);
    expect(board.items()[0]).toMatchObject({ parts: [expect.anything(), expect.anything()] });
  });

  it("the light of a laser fades by itself, in frames, and is never on the board", () => {
    name = "laser";
    drawing.perform([start(at(200, 400)), move(at(260, 430, 16)), end]);
    expect(preview()).toMatchObject({ kind: "laser" });
    expect(frames.size).toBe(1);
    const frame = (): void => {
      const tasks = [...frames];
      frames.clear();
      for (const task of tasks) task();
    };
    now = 1000;
    frame();
    expect(preview()).toMatchObject({ kind: "laser" });
    now = 1300;
    frame();
    expect(preview()).toBeUndefined();
    expect(frames.size).toBe(0);
    expect(board.items()).toEqual([]);
    expect(board.history.canUndo()).toBe(false);
  });

  it("light that has not faded goes with the canvas, and asks for no frame any more", () => {
    name = "laser";
    drawing.perform([start(at(200, 400)), move(at(260, 430, 16)), end]);
    drawing.close();
    expect(preview()).toBeUndefined();
    expect(frames.size).toBe(0);
  });

  it("a drag that a key asks for is one gesture", () => {
    name = "line";
    drawing.drag({ x: 0, y: 0 }, { x: 50, y: 0 }, false);
    expect(board.items()).toHaveLength(1);
  });
});

describe("where the tool may not work", () => {
  beforeEach(() => {
    allowed = false;
  });

  it("nothing is drawn, and it is said once", () => {
    drawing.perform([start(at(200, 400)), move(at(300, 400, 16)), end]);
    expect(board.items()).toEqual([]);
    expect(refusals).toBe(1);
    drawing.perform([start(at(200, 400), { provisional: true }), { type: "stroke-commit" }, end]);
    expect(refusals).toBe(2);
    drawing.perform([start(at(200, 400), { provisional: true }), end]);
    expect(refusals).toBe(3);
  });

  it("nor does a key draw there", () => {
    name = "line";
    drawing.drag({ x: 0, y: 0 }, { x: 50, y: 0 }, false);
    expect(board.items()).toEqual([]);
    expect(refusals).toBe(1);
  });

  it("a pinch or a tap is no try", () => {
    drawing.perform([start(at(200, 400), { provisional: true }), { type: "stroke-drop" }]);
    expect(refusals).toBe(0);
  });
});

describe("what fingers ask for besides", () => {
  it("taps go on with their number", () => {
    drawing.perform([{ type: "tap", fingers: 2 }]);
    drawing.perform([{ type: "tap", fingers: 3 }]);
    expect(taps).toEqual([2, 3]);
  });

  it("a line drawn by hand that is held still becomes one, and is felt", () => {
    drawing.perform([start(at(200, 400)), move(at(230, 401, 16), at(260, 399, 32), at(300, 400, 48))]);
    rest?.();
    expect(snaps).toBe(1);
    expect(preview()).toBeUndefined();
    drawing.perform([move(at(320, 500, 700)), end]);
    expect(board.items()).toMatchObject([{ header: { tool: "line" } }]);
    board.history.undo();
    expect(board.items()).toEqual([]);
    expect(board.history.canUndo()).toBe(false);
  });

  it("a pointer that is still is nothing to a tool that has no use for it", () => {
    name = "rectangle";
    drawing.perform([start(at(200, 400)), move(at(260, 430, 16))]);
    rest?.();
    expect(snaps).toBe(0);
    drawing.perform([end]);
    expect(rest).toBeUndefined();
  });

  it("a gesture that ends where it began is a tap", () => {
    name = "select";
    drawing.perform([start(at(200, 400)), move(at(203, 402, 16)), end]);
    expect(done.at(-1)).toMatchObject({ isTap: true, at: { x: 3, y: 2 } });
  });
});
