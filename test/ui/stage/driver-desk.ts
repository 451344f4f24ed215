/*
 * What tests of the tool driver stand on: a board, every tool, a camera, and a hand and a clock that are as
 * the test says.
 */
import type { Board } from "../../../src/board/document/board.ts";
import { assignClient, createDocument } from "../../../src/board/document/document.ts";
import { createItemIndex } from "../../../src/board/spatial/item-index.ts";
import { createBoard } from "../../../src/board/yjs-board.ts";
import type { ToolPreview } from "../../../src/tools/tool.ts";
import { createTools } from "../../../src/tools/tools.ts";
import type { View } from "../../../src/ui/camera/auto-camera.ts";
import type { ViewControl } from "../../../src/ui/camera/view.ts";
import { createViewControl } from "../../../src/ui/camera/view.ts";
import { createCommands } from "../../../src/ui/input/commands.ts";
import type { ToolDriver } from "../../../src/ui/stage/tool-driver.ts";
import { createToolDriver } from "../../../src/ui/stage/tool-driver.ts";
import type { FinishedGesture } from "../../../src/ui/stage/tool-gesture.ts";
import type { Instrument } from "../../../src/ui/stage/tool-in-hand.ts";
import { createHandTime } from "../../support/hand-time.ts";

const VIEW: View = { width: 400, height: 800, insets: { top: 50, right: 0, bottom: 80, left: 0 } };

export interface DriverDesk {
  readonly board: Board;
  readonly drawing: ToolDriver;
  readonly camera: ViewControl;
  /** What is in the hand, whether it may work and recognises shapes, and what time it is: the test says. */
  name: Instrument;
  allowed: boolean;
  recognizes: boolean;
  now: number;
  readonly shown: { readonly preview: ToolPreview | undefined; readonly points: number }[];
  readonly done: FinishedGesture[];
  /** With how many fingers. */
  readonly taps: number[];
  readonly frames: Set<() => void>;
  refusals: number;
  snaps: number;
  /** The time has come, and the frame after it, to see whether the pointer has been still; undefined where nobody waits. */
  rest: (() => void) | undefined;
  /** What is shown now. */
  preview(): ToolPreview | undefined;
}

const fail = (error: unknown): never => {
  throw error;
};

/** A pen in the hand, above an empty board. */
export function createDriverDesk(): DriverDesk {
  const doc = createDocument();
  assignClient(doc, () => 7);
  const { board } = createBoard({ doc, time: createHandTime(), isPresent: () => false, onError: fail });
  const state: Omit<DriverDesk, "board" | "drawing" | "camera"> = {
    name: "pen",
    allowed: true,
    recognizes: true,
    now: 0,
    shown: [],
    done: [],
    taps: [],
    frames: new Set(),
    refusals: 0,
    snaps: 0,
    rest: undefined,
    preview: () => state.shown.at(-1)?.preview,
  };
  const camera = createViewControl({
    view: () => VIEW,
    start: undefined,
    ink: () => undefined,
    isInkKnown: () => true,
    expectedInk: () => undefined,
    setCamera: () => undefined,
    requestFrame: () => () => undefined,
    reducedMotion: () => true,
    onChange: () => undefined,
  });
  const commands = createCommands();
  commands.handle({
    undo: () => void state.taps.push(2),
    redo: () => void state.taps.push(3),
    retract: () => void state.taps.pop(),
  });
  const tools = createTools({
    board,
    index: createItemIndex(board, () => undefined),
    sizeOf: () => ({ width: 60, height: 20 }),
    edit: () => undefined,
    stopEditing: () => undefined,
    onError: fail,
  });
  const drawing = createToolDriver({
    tools,
    hand: {
      current: () => ({ name: state.name, color: 0x336699, size: 4 }),
      settingsOf: (other) => ({ name: other, color: 0, size: 20 }),
      isAllowed: () => state.allowed,
      refuse: () => state.refusals++,
      recognizesShapes: () => state.recognizes,
    },
    camera,
    view: () => VIEW,
    show(preview, predicted) {
      const points = preview?.kind === "ink" ? preview.points.length + predicted.length : 0;
      state.shown.push({ preview, points });
    },
    onFinish: (each) => state.done.push(each),
    onSnap: () => state.snaps++,
    commands,
    clock: {
      now: () => state.now,
      after(ms, task) {
        const due = state.now + ms;
        const waited = (): void => {
          if (state.rest === waited) state.rest = undefined;
          state.now = Math.max(state.now, due);
          task();
          const tasks = [...state.frames];
          state.frames.clear();
          for (const frame of tasks) frame();
        };
        state.rest = waited;
        return () => {
          if (state.rest === waited) state.rest = undefined;
        };
      },
      requestFrame(task) {
        const frame = (): void => task(state.now);
        state.frames.add(frame);
        return () => state.frames.delete(frame);
      },
    },
  });
  return Object.assign(state, { board, drawing, camera });
}
