/*
 * The front of this floor: one tool of each kind for one board.
 */
import type { Point } from "../base/geometry.ts";
import type { Board, Item, ItemId } from "../board/document/board.ts";
import type { ItemIndex } from "../board/spatial/item-index.ts";
import type { BrushTool } from "../ink/stroke.ts";
import { createCutter } from "./cutter.ts";
import { createEraser } from "./eraser.ts";
import { createHitTest, type TextSize } from "./hit.ts";
import { createInkTool } from "./ink-tool.ts";
import { createLaser } from "./laser.ts";
import { createSelectTool, TAP_REACH } from "./select-tool.ts";
import { createSelection, type Selection } from "./selection.ts";
import { createShapeTool } from "./shape-tool.ts";
import { createTextTool, textAt } from "./text-tool.ts";
import type { Tool } from "./tool.ts";

/**
 * The instruments that change the board or point at it. `eraser` takes whole items, `cutter` the ink
 * under it; `select` and `lasso` share one selection, and differ in what a drag over the canvas encloses.
 */
type Instrument = BrushTool | "eraser" | "cutter" | "select" | "lasso" | "laser";

/** One of each. They share the selection, and what they know of where things are. */
export interface Tools {
  tool(name: Instrument): Tool;
  readonly selection: Selection;
  /** The topmost item that a tap means. */
  itemAt(place: Point, zoom: number): Item | undefined;
  /** The text that a tap of the text tool takes up there; undefined where it makes a new one. */
  textAt(place: Point, zoom: number): ItemId | undefined;
  /** As Board.revocable; what was selected before is so again, and a text that was taken up for it is let go. */
  revocable(act: () => void): () => void;
  close(): void;
}

export function createTools({
  board,
  index,
  sizeOf,
  edit,
  stopEditing,
  onError,
}: {
  readonly board: Board;
  /** Of the same board. */
  readonly index: ItemIndex;
  readonly sizeOf: TextSize;
  /** Lets the person type in a text or a note. */
  readonly edit: (id: ItemId) => void;
  /** Ends that: a text that is still empty goes. */
  readonly stopEditing: () => void;
  /** What a listener of the selection throws. */
  readonly onError: (error: unknown) => void;
}): Tools {
  let edits = 0;
  const takeUp = (id: ItemId): void => {
    edits++;
    edit(id);
  };
  const hits = createHitTest({ board, index, sizeOf });
  const selection = createSelection({ board, hits, onError });
  const selecting = { board, hits, selection, sizeOf };
  const tools: Readonly<Record<Instrument, Tool>> = {
    pen: createInkTool({ board, tool: "pen" }),
    marker: createInkTool({ board, tool: "marker" }),
    highlighter: createInkTool({ board, tool: "highlighter" }),
    eraser: createEraser({ board, hits }),
    cutter: createCutter({ board, hits }),
    line: createShapeTool({ board, tool: "line" }),
    arrow: createShapeTool({ board, tool: "arrow" }),
    rectangle: createShapeTool({ board, tool: "rectangle" }),
    ellipse: createShapeTool({ board, tool: "ellipse" }),
    text: createTextTool({ board, hits, tool: "text", edit: takeUp }),
    note: createTextTool({ board, hits, tool: "note", edit: takeUp }),
    select: createSelectTool({ ...selecting, encloses: "box" }),
    lasso: createSelectTool({ ...selecting, encloses: "lasso" }),
    laser: createLaser(),
  };
  return {
    tool: (name) => tools[name],
    selection,
    revocable(act) {
      const selected = selection.ids();
      const before = edits;
      const revoke = board.revocable(act);
      const isTakenUp = edits > before;
      return () => {
        if (isTakenUp) stopEditing();
        revoke();
        selection.set(selected);
      };
    },
    itemAt: (place, zoom) => hits.at(place, TAP_REACH / zoom),
    textAt: (place, zoom) => textAt(hits, place, zoom),
    close: selection.close,
  };
}
