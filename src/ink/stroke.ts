/** The instruments that leave ink. */
export const INK_TOOLS = ["pen", "marker", "highlighter"] as const;
export type InkTool = (typeof INK_TOOLS)[number];

/** What is drawn from one point to another: their outline is ink of even width (ink/shape.ts). */
export const SHAPE_TOOLS = ["line", "arrow", "rectangle", "ellipse"] as const;
export type ShapeTool = (typeof SHAPE_TOOLS)[number];

/** What holds words. Two points: the top left corner, and for a note the bottom right one. */
export const TEXT_TOOLS = ["text", "note"] as const;
export type TextTool = (typeof TEXT_TOOLS)[number];

/** What a person has in the hand to draw or write, and chooses a colour and a size for. */
export const BRUSH_TOOLS = [...INK_TOOLS, ...SHAPE_TOOLS, ...TEXT_TOOLS] as const;
export type BrushTool = (typeof BRUSH_TOOLS)[number];

/** What a picture is made by. Two points: its top left and its bottom right corner. */
export const PICTURE_TOOL = "picture";

/** Everything that makes an item. The order is the code in stored items: only append. */
export const ITEM_TOOLS = [...BRUSH_TOOLS, PICTURE_TOOL] as const;
export type ItemTool = (typeof ITEM_TOOLS)[number];

/** What held the instrument; it decides how the outline reacts. Only append. */
export const INK_INPUTS = ["mouse", "touch", "pen"] as const;
export type InkInput = (typeof INK_INPUTS)[number];

/** What a person chooses before drawing. */
export interface StrokeStyle {
  readonly tool: ItemTool;
  /** 0xRRGGBB. */
  readonly color: number;
  /** Nominal width in world units, a multiple of 1/4 in 1/4 .. 512; of words: the size of their type. */
  readonly width: number;
}

/** All that is known of a stroke at its first point; stored once, in front of the points. */
export interface StrokeHeader extends StrokeStyle {
  readonly input: InkInput;
  /** True where every point carries a measured pressure (pens). */
  readonly pressure: boolean;
  /**
   * Points lie on a grid of 2^-(2 + scale) world units: 1/4 at scale 0. Whole, -4 .. 6; below 0 where
   * it was drawn on a canvas that was zoomed out.
   */
  readonly scale: number;
}

/** A kept point of a stroke, on the stroke's grid. */
export interface InkPoint {
  readonly x: number;
  readonly y: number;
  /** 0 .. 1 in steps of 1/64; 0.5 where the stroke carries no pressure. */
  readonly pressure: number;
}

/** One reading of a pointing device. */
export interface InkSample {
  /** World units. */
  readonly x: number;
  readonly y: number;
  /** 0 .. 1; 0.5 where the device measures none. */
  readonly pressure: number;
  /** Milliseconds, of any fixed origin. */
  readonly time: number;
}

/** A stroke is continued in a next one before its text has more characters than this. */
export const MAX_STROKE_CHARS = 4000;
