import type { Box } from "../../base/geometry.ts";
import type { Matrix } from "../../base/matrix.ts";
import type { InkTheme } from "../canvas/theme.ts";
import type { Transform } from "../canvas/transform.ts";

/** A part of a shape, painted as a whole. What is made for it is made when first asked for. */
export interface ShapePiece {
  /** World units; holds all that is painted. */
  box(): Box;
  /** Does what takes longest: makes the path. `scale`: device pixels to a world unit. */
  prepare(scale: number): void;
  /**
   * Paints in full colour; leaves transform and styles of the context changed, nothing else.
   * `matrix`: takes it elsewhere in the world.
   */
  paint(context: CanvasRenderingContext2D, placed: Placed, theme: InkTheme): void;
}

export interface Placed {
  readonly transform: Transform;
  readonly matrix?: Matrix | undefined;
}
