import { onGrid, type Shape, type ShapePiece } from "./shapes.ts";
import type { Surface } from "./surface.ts";
import { displayColor, type InkTheme } from "./theme.ts";
import type { Area, Transform } from "./transform.ts";

const HIGHLIGHTER_ALPHA = 0.45;

/**
 * Whether a stroke is one glaze over what lies below it: it does not darken where it crosses itself,
 * so all of it is painted before it is laid on.
 */
export function isGlaze({ header }: Shape): boolean {
  return header.tool === "highlighter";
}

/** Paints a piece in full colour; leaves transform and styles of the context changed, nothing else. */
export function paintPiece(
  context: CanvasRenderingContext2D,
  shape: Shape,
  piece: ShapePiece,
  transform: Transform,
  theme: InkTheme,
): void {
  const { scale } = transform;
  const { origin, path, lineWidth } = piece.path(scale);
  const x = onGrid(origin.x * scale) + transform.x;
  const y = onGrid(origin.y * scale) + transform.y;
  context.setTransform(1, 0, 0, 1, x, y);
  const color = displayColor(shape.header.color, theme.dark);
  if (lineWidth === undefined) {
    context.fillStyle = color;
    context.fill(path);
  } else {
    context.strokeStyle = color;
    context.lineWidth = lineWidth;
    context.lineCap = "round";
    context.lineJoin = "round";
    context.stroke(path);
  }
}

/** Lays what was painted on `mask` over `context`, at the same place. */
export function layGlaze(
  context: CanvasRenderingContext2D,
  mask: Surface,
  { x, y, width, height }: Area,
  theme: InkTheme,
): void {
  resetContext(context);
  context.globalAlpha = HIGHLIGHTER_ALPHA;
  context.globalCompositeOperation = theme.dark ? "screen" : "multiply";
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
