import type { Point } from "../../base/geometry.ts";
import type { Matrix } from "../../base/matrix.ts";
import type { ShapeTool, StrokeHeader } from "../../ink/stroke.ts";
import type { ItemId, PathRange } from "../document/board.ts";

/** What somebody's gesture will do to the board when it ends. Shown to everybody, and never stored. */
export type Preview =
  | {
      readonly kind: "shape";
      readonly header: StrokeHeader & { readonly tool: ShapeTool };
      readonly from: Point;
      readonly to: Point;
    }
  | { readonly kind: "transform"; readonly ids: readonly ItemId[]; readonly matrix: Matrix }
  /** Words whose lines break at this width, and which lie so. */
  | { readonly kind: "width"; readonly id: ItemId; readonly width: number; readonly matrix: Matrix }
  /** Under an eraser: whole items, and stretches of strokes. */
  | {
      readonly kind: "erase";
      readonly ids: readonly ItemId[];
      readonly cuts: ReadonlyMap<ItemId, readonly PathRange[]>;
    }
  /** The light of a laser pointer: where it was lately, oldest first. */
  | { readonly kind: "laser"; readonly color: number; readonly points: readonly LaserPoint[] };

/** Milliseconds until a place that a laser pointed at is dark again. */
export const LASER_MS = 1200;

export interface LaserPoint extends Point {
  /** Milliseconds before the preview was told. */
  readonly age: number;
}
