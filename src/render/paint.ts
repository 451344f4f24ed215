import type { Shape } from "./shapes.ts";
import { displayColor, type InkTheme } from "./theme.ts";
import type { Transform } from "./transform.ts";

const HIGHLIGHTER_ALPHA = 0.45;

/** Paints a stroke; leaves transform and styles of the context changed, nothing else. */
export function paintShape(
  context: CanvasRenderingContext2D,
  shape: Shape,
  transform: Transform,
  theme: InkTheme,
): void {
  const drawn = shape.path();
  if (!drawn) return;
  const { scale } = transform;
  const { origin, path, lineWidth } = drawn;
  context.setTransform(scale, 0, 0, scale, origin.x * scale + transform.x, origin.y * scale + transform.y);
  const glows = shape.header.tool === "highlighter";
  // One path, painted in one go: a highlighter does not darken where it crosses itself.
  context.globalAlpha = glows ? HIGHLIGHTER_ALPHA : 1;
  context.globalCompositeOperation = !glows ? "source-over" : theme.dark ? "screen" : "multiply";
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

/** Makes `context` paint in device pixels, plainly. */
export function resetContext(context: CanvasRenderingContext2D): void {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalAlpha = 1;
  context.globalCompositeOperation = "source-over";
}
