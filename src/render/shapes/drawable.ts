/*
 * What is painted, as data: a canvas painter (canvas-painter.ts) and an SVG painter (output/svg-painter.ts) read the
 * same, so that the screen, a PNG and an SVG cannot disagree. What a person sees of an item is a few of these; how
 * items are blended is in scene/draw-list.ts.
 */
import type { Box } from "../../base/geometry.ts";
import type { Matrix } from "../../base/matrix.ts";
import type { Picture } from "../../board/document/picture.ts";
import type { PictureSource } from "./bitmaps.ts";
import type { Flat, ShapePath } from "./path.ts";

export type Drawable = DrawnPath | DrawnWords | DrawnPicture;

/** A path that is filled, or stroked with round ends and joins, in one colour. */
export interface DrawnPath {
  readonly kind: "path";
  /** From its own coordinates to world units. */
  readonly place: Matrix;
  readonly outline: DrawnOutline;
  /** "#rrggbb" */
  readonly color: string;
  /** 0 .. 1 */
  readonly alpha: number;
}

/** A path at any scale: as data, and as a canvas has it, made from that. */
export interface DrawnOutline {
  /** How it is to be seen at so many device pixels to a world unit: thin ink is a line that can be seen. */
  flatAt(scale: number): Flat;
  /** The same for a canvas: traced at this scale, or at another one. The latest is kept. */
  pathAt(scale: number): ShapePath;
}

/** Lines of words in one colour. */
export interface DrawnWords {
  readonly kind: "words";
  /** From the words' own coordinates, in which their type is TYPE_SIZE high, to world units. */
  readonly place: Matrix;
  readonly runs: readonly DrawnRun[];
  /** "#rrggbb" */
  readonly color: string;
}

/** A picture, or what is to be seen of it. */
export interface DrawnPicture {
  readonly kind: "picture";
  /** From its own coordinates to world units. */
  readonly place: Matrix;
  /** Of the whole of it, from 0, 0, and what of that is shown. */
  readonly size: { readonly width: number; readonly height: number };
  readonly shown: Box;
  readonly picture: Picture;
  /** Where a canvas finds how it looks. */
  readonly source: PictureSource;
}

export interface DrawnRun {
  readonly text: string;
  /** Where it begins, at the feet of its letters: at its right end where it goes from right to left. */
  readonly x: number;
  readonly y: number;
  readonly rtl: boolean;
}
