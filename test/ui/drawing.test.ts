import { describe, expect, it } from "vitest";
import { assignClient, createDocument } from "../../src/board/document.ts";
import type { Board } from "../../src/board/board.ts";
import { createBoard } from "../../src/board/yjs-board.ts";
import type { InkSample } from "../../src/ink/stroke.ts";
import type { Camera } from "../../src/render/camera.ts";
import { createPen } from "../../src/tools/pen.ts";
import type { View } from "../../src/ui/auto-camera.ts";
import { createChoices } from "../../src/ui/choices.ts";
import type { Drawing } from "../../src/ui/drawing.ts";
import { createDrawing } from "../../src/ui/drawing.ts";
import { createViewControl } from "../../src/ui/view.ts";
import { inkOn } from "../support/ink.ts";

const view: View = { width: 400, height: 800, insets: { top: 50, right: 0, bottom: 80, left: 0 } };
const fail = (error: unknown): never => {
  throw error;
};
const at = (x: number, y: number, time = 0): InkSample => ({ x, y, pressure: 0.5, time });

interface Desk {
  readonly board: Board;
  readonly drawing: Drawing;
  /** The preview's points at each painting; undefined where there was none. */
  readonly painted: (number | undefined)[];
  camera(): Camera;
}

function createDesk(): Desk {
  const doc = createDocument();
  assignClient(doc, () => 7);
  const { board } = createBoard({ doc, isPresent: () => false, onError: fail });
  const painted: (number | undefined)[] = [];
  let preview: number | undefined;
  const camera = createViewControl({
    start: undefined,
    view: () => view,
    ink: () => undefined,
    setCamera: () => undefined,
    requestFrame: () => () => undefined,
    reducedMotion: () => true,
    onChange: () => undefined,
  });
  const drawing = createDrawing({
    pen: createPen({ board }),
    choices: createChoices({ onError: fail }),
    camera,
    view: () => view,
    renderer: {
      setPreviews: (previews) => {
        const [shown] = previews.map(({ points, predicted = [] }) => [...points, ...predicted]);
        preview = shown?.length;
      },
      paintNow: () => void painted.push(preview),
    },
  });
  return { board, drawing, painted, camera: () => camera.camera() };
}

describe("drawing", () => {
  it("paints at once, and leaves the stroke where the pointer was, in world units", () => {
    const { board, drawing, painted } = createDesk();
    drawing.perform([{ type: "stroke-start", input: "mouse", sample: at(200, 400), held: false }]);
    expect(painted).toEqual([1]);
    drawing.perform([{ type: "stroke-move", samples: [at(300, 400, 16)], predicted: [] }]);
    expect(painted).toEqual([1, 2]);
    drawing.perform([{ type: "stroke-end" }]);
    expect(painted).toEqual([1, 2, undefined]);
    expect(board.items()).toHaveLength(1);
    expect(board.items()[0]).toMatchObject({
      ended: true,
      points: [
        { x: 0, y: 0 },
        { x: 100, y: 0 },
      ],
    });
  });

  it("a pinch leaves nothing on the board and moves the paper", () => {
    const { board, drawing, camera } = createDesk();
    drawing.perform([{ type: "stroke-start", input: "touch", sample: at(10, 10), held: true }]);
    drawing.perform([{ type: "stroke-drop" }]);
    drawing.perform([{ type: "navigate", from: { x: 200, y: 400 }, to: { x: 200, y: 400 }, scale: 2 }]);
    expect(board.items()).toEqual([]);
    expect(board.history.canUndo()).toBe(false);
    expect(camera()).toEqual({ x: 0, y: 0, zoom: 2 });
  });

  it("drawn on a zoomed canvas, a stroke is finer and in its place", () => {
    const { board, drawing } = createDesk();
    drawing.perform([{ type: "navigate", from: { x: 200, y: 400 }, to: { x: 200, y: 400 }, scale: 4 }]);
    drawing.perform([{ type: "stroke-start", input: "mouse", sample: at(201, 400), held: false }]);
    drawing.perform([{ type: "stroke-end" }]);
    expect(board.items()[0]).toMatchObject({ header: { width: 1, scale: 2 }, points: [{ x: 0.25, y: 0 }] });
  });

  it("shows where the pen is expected next, and never keeps it", () => {
    const { board, drawing, painted } = createDesk();
    drawing.perform([{ type: "stroke-start", input: "pen", sample: at(200, 400), held: false }]);
    const predicted = [at(310, 410, 20), at(320, 500, 24)];
    drawing.perform([{ type: "stroke-move", samples: [at(300, 400, 16)], predicted }]);
    expect(painted).toEqual([1, 4]);
    drawing.perform([{ type: "stroke-move", samples: [at(301, 400, 24)], predicted: [] }]);
    expect(painted.at(-1)).toBeLessThan(4);
    drawing.perform([{ type: "stroke-move", samples: [at(302, 400, 32)], predicted }]);
    drawing.perform([{ type: "stroke-end" }]);
    expect(painted.at(-1)).toBeUndefined();
    const points = inkOn(board)[0]!.points;
    expect(points.at(-1)).toMatchObject({ x: 102, y: 0 });
    expect(points.every(({ y }) => y === 0)).toBe(true);
  });

  it("a fling is the camera's", () => {
    const { drawing, camera } = createDesk();
    drawing.perform([{ type: "fling", velocity: { x: 1, y: 0 } }]);
    // The desk wants no motion.
    expect(camera()).toEqual({ x: 0, y: 0, zoom: 1 });
  });

  it("without actions it paints nothing", () => {
    const { drawing, painted } = createDesk();
    drawing.perform([]);
    expect(painted).toEqual([]);
  });
});
