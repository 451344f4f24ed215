import type { Viewport } from "../canvas/camera.ts";
import type { CanvasAppearance } from "../canvas/appearance.ts";
import type { Transform } from "../canvas/transform.ts";

/** How the world is shown at this moment. */
export interface View {
  /** Of the canvas, in device pixels. */
  readonly size: Viewport;
  readonly transform: Transform;
  readonly appearance: CanvasAppearance;
  /** The scale is on its way to another. */
  readonly zooming: boolean;
}
