import type { Point } from "../base/geometry.ts";
import type { Preview } from "../board/previews/preview.ts";
import type { InkInput, InkSample } from "../ink/stroke.ts";
import type { PenPreview } from "./pen.ts";

/** Under what circumstances a gesture begins. */
export interface ToolContext {
  /** Screen pixels (CSS) to a world unit. */
  readonly zoom: number;
  readonly input: InkInput;
  /** 0xRRGGBB. */
  readonly color: number;
  /** In screen pixels: how wide ink is, how large the words, how far across an eraser. */
  readonly size: number;
  /** Shift, or a second finger: squares, even angles; adding to the selection. */
  readonly constrain: boolean;
  /** It may still turn out to be something else: nothing reaches the board before `commit` or `up`. */
  readonly provisional: boolean;
}

/** The stroke under a pen. Its ink is in the document or on its way: the contacts need no preview of it. */
export interface InkPreview extends PenPreview {
  readonly kind: "ink";
}

export type ToolPreview = Preview | InkPreview;

/**
 * One gesture after another: pointer samples in world units in, at the end of each one change of the
 * board out. Without a gesture under way, all but `down` and `preview` do nothing.
 */
export interface Tool {
  /** A gesture that is still under way is ended. */
  down(sample: InkSample, context: ToolContext): void;
  /** Samples in the order of time; none where only `constrain` is another than before. */
  move(samples: readonly InkSample[], constrain: boolean): void;
  /**
   * The pointer has been down and still for REST_MS, within REST_SLOP screen pixels. Says whether what was
   * drawn has become something else by it; the rest of the gesture then does nothing.
   */
  rest?(): boolean;
  /** The gesture is what it seems to be. */
  commit(): void;
  /** The pointer is lifted: the board changes. */
  up(): void;
  /** The gesture never was: no trace is left of it, but ink that was committed already is ended. */
  drop(): void;
  /** What the gesture will do to the board, as it is now. `now`: on the clock of the samples. */
  preview(now: number): ToolPreview | undefined;
  /** What the gesture encloses, corner by corner: to be shown to nobody else. */
  marquee?(): readonly Point[] | undefined;
}

export const REST_MS = 500;
export const REST_SLOP = 4;

/** How true the edges of what an eraser takes are, in screen pixels. */
export const PRECISION = 0.125;

/** Of a round instrument `size` screen pixels across, in world units. */
export function radiusOf(size: number, zoom: number): number {
  return size / 2 / zoom;
}
