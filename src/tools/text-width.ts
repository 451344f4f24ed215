/*
 * What dragging a side handle of words does: their lines break at another width, and the letters stay as
 * they are.
 */
import type { Point } from "../base/geometry.ts";
import { multiply, translation, type Matrix } from "../base/matrix.ts";
import type { TextItem } from "../board/document/board.ts";

/** A text, and which of its sides a handle stands at. */
export interface GrabbedSide {
  readonly item: TextItem;
  /** Of the text as it is, in its own units. */
  readonly width: number;
  /** The handle stands where its lines end, or where they begin. */
  readonly at: "end" | "start";
}

/** What words become. */
export interface DraggedSide {
  /** In the text's own units. */
  readonly width: number;
  readonly matrix: Matrix;
}

/** How far off the direction of the lines a handle may stand, as the cosine of the angle. */
const ALONG = 0.7;
/** In sizes of the type. */
const LEAST_WIDTH = 1;

/** Undefined where the handle stands above or below the words. `middle`: of what is selected. */
export function grabbedSide(
  item: TextItem,
  width: number,
  { handle, middle }: { readonly handle: Point; readonly middle: Point },
): GrabbedSide | undefined {
  const { a, b } = item.matrix;
  const [x, y] = [handle.x - middle.x, handle.y - middle.y];
  const along = (x * a + y * b) / Math.max(Math.hypot(x, y) * Math.hypot(a, b), Number.EPSILON);
  if (Math.abs(along) < ALONG) return undefined;
  return { item, width, at: along > 0 ? "end" : "start" };
}

/** The other side stays where it is. */
export function draggedSide({ item, width, at }: GrabbedSide, from: Point, to: Point): DraggedSide {
  const { a, b } = item.matrix;
  const along = ((to.x - from.x) * a + (to.y - from.y) * b) / Math.max(a * a + b * b, Number.EPSILON);
  const next = Math.max(width + (at === "end" ? along : -along), LEAST_WIDTH * item.header.width);
  const matrix = at === "end" ? item.matrix : multiply(item.matrix, translation(width - next, 0));
  return { width: next, matrix };
}
