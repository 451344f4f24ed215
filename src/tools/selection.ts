import type { Box, Point } from "../base/geometry.ts";
import type { Matrix } from "../base/matrix.ts";
import type { ItemId } from "../board/board.ts";

/** Named by the points of the compass; `rotate` stands above the upper side. */
export const HANDLES = ["nw", "n", "ne", "e", "se", "s", "sw", "w", "rotate"] as const;
export type HandleName = (typeof HANDLES)[number];

export interface Handle {
  readonly name: HandleName;
  /** World units. */
  readonly at: Point;
}

/**
 * The items that the person has chosen, on this screen only. It follows the board: what is erased, or
 * on a layer that gets locked, is no longer selected; what somebody moves takes the box with it.
 */
export interface Selection {
  /** In the order of the board, bottom first. */
  ids(): readonly ItemId[];
  /** Strokes are selected whole; what no tool may touch is passed over. */
  set(ids: readonly ItemId[]): void;
  /** A box around all of it, as the board has it; undefined where nothing is selected. */
  box(): Box | undefined;
  /** What the gesture under way does to it. */
  matrix(): Matrix;
  /** Where the corners of the box are, after that: nw, ne, se, sw. Empty where nothing is selected. */
  corners(): readonly Point[];
  /** Where the handles are, after that. Empty where nothing is selected. */
  handles(zoom: number): readonly Handle[];
  /** Other items, another box, or the gesture goes on. */
  onChange(listener: () => void): () => void;

  /** Each is one step of the history, and says whether it did anything. World units. */
  nudge(dx: number, dy: number): boolean;
  /** The copies, a little off, are selected instead. */
  duplicate(zoom: number): boolean;
  erase(): boolean;
}
