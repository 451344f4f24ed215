/*
 * Lines, arrows, rectangles and ellipses, drawn from one end or corner to the other.
 */
import { distance, type Point } from "../base/geometry.ts";
import type { Board } from "../board/document/board.ts";
import type { Preview } from "../board/previews/preview.ts";
import type { ShapeTool, StrokeHeader } from "../ink/stroke.ts";
import { strokeHeader } from "./stroke-header.ts";
import type { Tool } from "./tool.ts";

/** A drag that is shorter than this, in screen pixels, was a click: it makes nothing. */
const SHORTEST = 4;
const STEP = Math.PI / 12;

interface Gesture {
  readonly header: StrokeHeader & { readonly tool: ShapeTool };
  readonly from: Point;
  readonly shortest: number;
  to: Point;
  constrain: boolean;
}

/** Draws a line, an arrow, a rectangle or an ellipse from where the pointer goes down to where it is lifted. */
export function createShapeTool({
  board,
  tool,
}: {
  readonly board: Pick<Board, "addShape">;
  readonly tool: ShapeTool;
}): Tool {
  let gesture: Gesture | undefined;

  const shape = (): (Preview & { readonly kind: "shape" }) | undefined => {
    if (!gesture) return undefined;
    const { header, from, shortest, constrain } = gesture;
    const to = constrain ? constrained(tool, from, gesture.to) : gesture.to;
    return distance(from, to) < shortest ? undefined : { kind: "shape", header, from, to };
  };

  const up = (): void => {
    const drawn = shape();
    gesture = undefined;
    if (drawn) board.addShape(drawn.header, drawn.from, drawn.to);
  };

  return {
    down({ x, y }, { zoom, input, color, size, constrain }) {
      up();
      const header = strokeHeader({ tool, color, size }, input, zoom);
      gesture = { header, from: { x, y }, shortest: SHORTEST / zoom, to: { x, y }, constrain };
    },
    move(samples, constrain) {
      if (!gesture) return;
      const last = samples.at(-1);
      if (last) gesture.to = { x: last.x, y: last.y };
      gesture.constrain = constrain;
    },
    commit: () => undefined,
    up,
    drop() {
      gesture = undefined;
    },
    preview: shape,
  };
}

/** The nearest end that makes an even angle of a line, and a square or a circle of a box. */
export function constrained(tool: ShapeTool, from: Point, to: Point): Point {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  if (tool === "line" || tool === "arrow") {
    const angle = Math.round(Math.atan2(dy, dx) / STEP) * STEP;
    const direction = { x: Math.cos(angle), y: Math.sin(angle) };
    const length = dx * direction.x + dy * direction.y;
    return { x: from.x + direction.x * length, y: from.y + direction.y * length };
  }
  const side = Math.max(Math.abs(dx), Math.abs(dy));
  return { x: from.x + (dx < 0 ? -side : side), y: from.y + (dy < 0 ? -side : side) };
}
