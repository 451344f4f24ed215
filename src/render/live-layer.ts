import { unionOf, type Box } from "../base/geometry.ts";
import type { Scratch, View } from "./cached-layer.ts";
import { paintShape, resetContext } from "./paint.ts";
import type { Shape } from "./shapes.ts";
import { areaOf, type Area } from "./transform.ts";

/** The transparent canvas of strokes that still grow, above the finished ones. */
export interface LiveLayer {
  /**
   * Shows exactly these strokes, bottom first. Must be called again when the canvas below changes:
   * a highlighter is blended with what lies there.
   */
  paint(shapes: readonly Shape[], view: View): void;
  /** Lends the canvas to somebody who spoils it. `paint` must follow before it is seen. */
  lend(): Scratch;
}

export function createLiveLayer(canvas: HTMLCanvasElement, cached: HTMLCanvasElement): LiveLayer {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("the canvas of growing strokes has no 2D context");
  /** All ink on the canvas lies here; a canvas whose size or view changed is emptied whole. */
  let inked: Area | undefined;
  let lastView: View | undefined;

  const clear = (view: View): void => {
    resetContext(context);
    const same =
      lastView?.transform.scale === view.transform.scale &&
      lastView.transform.x === view.transform.x &&
      lastView.transform.y === view.transform.y &&
      lastView.size.width === view.size.width &&
      lastView.size.height === view.size.height;
    if (!same) context.clearRect(0, 0, view.size.width, view.size.height);
    else if (inked) context.clearRect(inked.x, inked.y, inked.width, inked.height);
    lastView = view;
  };

  return {
    paint(shapes, view) {
      clear(view);
      let bounds: Box | undefined;
      for (const shape of shapes) {
        const box = shape.box();
        bounds = unionOf(bounds, box);
        const area = box && areaOf(box, view.transform, view.size);
        if (!area || shape.header.tool !== "highlighter") continue;
        // A highlighter blends with what lies below it, and only within one canvas.
        const { x, y, width, height } = area;
        context.drawImage(cached, x, y, width, height, x, y, width, height);
      }
      inked = bounds && areaOf(bounds, view.transform, view.size);
      for (const shape of shapes) paintShape(context, shape, view.transform, view.theme);
    },
    lend() {
      lastView = undefined;
      return { canvas, context };
    },
  };
}
