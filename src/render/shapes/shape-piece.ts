import type { Box } from "../../base/geometry.ts";
import type { InkTheme } from "../canvas/theme.ts";
import type { Drawable } from "./drawable.ts";

/** A part of a shape, painted as a whole. What is made for it is made when first asked for. */
export interface ShapePiece {
  /** World units; holds all that is painted. */
  box(): Box;
  /** Does what takes longest: makes the path. `scale`: device pixels to a world unit. */
  prepare(scale: number): void;
  /** What is to be painted, in full colour, the lowest first. */
  drawables(theme: InkTheme): readonly Drawable[];
}
