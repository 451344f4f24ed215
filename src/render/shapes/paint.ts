import type { Shape } from "./shapes.ts";
import type { StrokeHeader } from "../../ink/stroke.ts";
import type { Surface } from "../canvas/surface.ts";
import type { InkTheme } from "../canvas/theme.ts";
import type { Area } from "../canvas/transform.ts";

const HIGHLIGHTER_ALPHA = 0.45;

/** How something is laid over what lies below it, after all of it was painted on a canvas of its own. */
export interface BlendGroup {
  readonly alpha: number;
  readonly blend: "source-over" | "multiply" | "screen";
}

/** A highlighter's ink is: it does not darken where it crosses itself. */
export function isBlended({ tool }: StrokeHeader): boolean {
  return tool === "highlighter";
}

/** Of a shape that is blended as a whole; undefined for others. */
export function blendGroupOf({ header }: Shape, theme: InkTheme): BlendGroup | undefined {
  if (!isBlended(header)) return undefined;
  return { alpha: HIGHLIGHTER_ALPHA, blend: theme.dark ? "screen" : "multiply" };
}

/** Lays what was painted on `mask` over `context`, at the same place. */
export function drawBlendGroup(
  context: CanvasRenderingContext2D,
  mask: Surface,
  { x, y, width, height }: Area,
  { alpha, blend }: BlendGroup,
): void {
  resetContext(context);
  context.globalAlpha = alpha;
  context.globalCompositeOperation = blend;
  context.drawImage(mask.canvas, x, y, width, height, x, y, width, height);
  resetContext(context);
}

/** Copies a part of a canvas to the same place of another one. */
export function copyArea(
  from: HTMLCanvasElement,
  to: CanvasRenderingContext2D,
  { x, y, width, height }: Area,
): void {
  to.drawImage(from, x, y, width, height, x, y, width, height);
}

/** Makes `context` paint in device pixels, plainly. */
export function resetContext(context: CanvasRenderingContext2D): void {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalAlpha = 1;
  context.globalCompositeOperation = "source-over";
}

/** Empties a part of a canvas, and makes it paint plainly. */
export function clearArea({ context }: Surface, { x, y, width, height }: Area): void {
  resetContext(context);
  context.clearRect(x, y, width, height);
}
