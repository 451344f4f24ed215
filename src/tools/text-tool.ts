/*
 * Puts texts and notes on the board, or takes up those that are there.
 */
import { distance, type Point } from "../base/geometry.ts";
import type { Board, ItemId } from "../board/document/board.ts";
import type { TextTool } from "../ink/stroke.ts";
import type { HitTest } from "./hit.ts";
import { strokeHeader } from "./stroke-header.ts";
import type { Tool, ToolContext } from "./tool.ts";

/** Screen pixels. A press that moves more than this is no tap: it was meant for something else. */
const TAP_SLOP = 12;
/** How far from words a tap still means them. */
const REACH = 4;
/** The sides of a note, and how many times the size of its type they are at least. */
const NOTE_SIDE = 160;
const NOTE_LETTERS = 8;

interface Gesture {
  readonly from: Point;
  readonly context: ToolContext;
  moved: boolean;
}

/**
 * A tap puts words or a note where it is, or takes up those that are there. `size` of the context is
 * that of the type. `edit`: lets the person type; an item is new and empty where the tap made it.
 */
export function createTextTool({
  board,
  hits,
  tool,
  edit,
}: {
  readonly board: Pick<Board, "addText">;
  readonly hits: HitTest;
  readonly tool: TextTool;
  readonly edit: (id: ItemId) => void;
}): Tool {
  let gesture: Gesture | undefined;

  const add = ({ x, y }: Point, { zoom, input, color, size }: ToolContext): ItemId => {
    const header = strokeHeader({ tool, color, size }, input, zoom);
    // The tap is in the middle of the first line's height, or of the note.
    if (tool === "text") return board.addText(header, { x, y: y - header.width / 2 }, undefined, "");
    const side = Math.round(Math.max(NOTE_SIDE / zoom, NOTE_LETTERS * header.width));
    const at = { x: x - side / 2, y: y - side / 2 };
    return board.addText(header, at, { width: side, height: side }, "");
  };

  const up = (): void => {
    const ended = gesture;
    gesture = undefined;
    if (!ended || ended.moved) return;
    const { from, context } = ended;
    edit(textAt(hits, from, context.zoom) ?? add(from, context));
  };

  return {
    down({ x, y }, context) {
      up();
      gesture = { from: { x, y }, context, moved: false };
    },
    move(samples) {
      if (!gesture) return;
      const { from, context } = gesture;
      if (samples.some((sample) => distance(from, sample) * context.zoom > TAP_SLOP)) gesture.moved = true;
    },
    commit: () => undefined,
    up,
    drop() {
      gesture = undefined;
    },
    preview: () => undefined,
  };
}

/** The text at a place in the world, on a screen with this many pixels to a world unit. */
export function textAt(hits: HitTest, place: Point, zoom: number): ItemId | undefined {
  const there = hits.at(place, REACH / zoom);
  return there?.kind === "text" ? there.id : undefined;
}
