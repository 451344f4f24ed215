import { INK_TOOLS, type InkInput, type BrushTool, type StrokeHeader } from "../ink/stroke.ts";

/** What a person has chosen to draw with. */
export interface Brush<T extends BrushTool = BrushTool> {
  readonly tool: T;
  /** 0xRRGGBB. */
  readonly color: number;
  /** The width on the screen, in CSS pixels: a line is as wide as it looks before it is drawn. */
  readonly size: number;
}

const MIN_WIDTH = 0.25;
const MAX_WIDTH = 512;
const MIN_SCALE = -4;
const MAX_SCALE = 6;

const INK: readonly BrushTool[] = INK_TOOLS;

/** The header of a stroke, or another item, drawn with `brush` on a canvas shown at `zoom`. */
export function strokeHeader<T extends BrushTool>(
  brush: Brush<T>,
  input: InkInput,
  zoom: number,
): StrokeHeader & { readonly tool: T } {
  const width = Math.round((brush.size / zoom) * 4) / 4;
  return {
    tool: brush.tool,
    color: brush.color,
    width: Math.min(Math.max(width, MIN_WIDTH), MAX_WIDTH),
    input,
    // Only a pen measures it, and only ink shows it.
    pressure: input === "pen" && INK.includes(brush.tool),
    // The grid stays at a quarter of a pixel of this screen, or finer.
    scale: Math.min(Math.max(Math.ceil(Math.log2(zoom)), MIN_SCALE), MAX_SCALE),
  };
}
