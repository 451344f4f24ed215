import type { Viewport } from "../canvas/camera.ts";
import type { Paper } from "../canvas/paper.ts";
import type { Transform } from "../canvas/transform.ts";

/** How the world is shown at this moment. */
export interface View {
  /** Of the canvas, in device pixels. */
  readonly size: Viewport;
  readonly transform: Transform;
  readonly paper: Paper;
  /** The scale is on its way to another. */
  readonly zooming: boolean;
}
