import type { Viewport } from "./camera.ts";
import { paintShape, resetContext } from "./paint.ts";
import type { Plan } from "./plan.ts";
import type { Scene } from "./scene.ts";
import { PAPER, type InkTheme } from "./theme.ts";
import { areaOf, worldOf, type Area, type Transform } from "./transform.ts";

/** How the world is shown at this moment. */
export interface View {
  /** Of the canvas, in device pixels. */
  readonly size: Viewport;
  readonly transform: Transform;
  readonly theme: InkTheme;
}

/** The canvas of paper and finished strokes. */
export interface CachedLayer {
  /**
   * Carries out a plan. `borrow` gives a canvas of the same size that may be spoiled; it is called
   * only where one is needed.
   */
  paint(plan: Plan, view: View, borrow: () => Scratch): void;
}

export interface Scratch {
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
}

export function createCachedLayer(canvas: HTMLCanvasElement, scene: Scene): CachedLayer {
  const context = canvas.getContext("2d", { alpha: false });
  if (!context) throw new Error("the canvas of finished strokes has no 2D context");

  /** Paper on the area, and on it all strokes that touch it, also where they lead out of it. */
  const paintOn = (target: CanvasRenderingContext2D, area: Area, { transform, theme }: View): void => {
    resetContext(target);
    target.fillStyle = theme.dark ? PAPER.dark : PAPER.light;
    target.fillRect(area.x, area.y, area.width, area.height);
    for (const shape of scene.finishedIn(worldOf(area, transform))) {
      paintShape(target, shape, transform, theme);
    }
  };

  return {
    paint(plan, view, borrow) {
      if (plan.kind === "full") {
        paintOn(context, { x: 0, y: 0, ...view.size }, view);
      } else if (plan.kind === "regions") {
        const scratch = borrow();
        for (const box of plan.boxes) {
          const area = areaOf(box, view.transform, view.size);
          if (!area) continue;
          // Not with a clip: engines soften the edge of a clipped path differently, and the pixels
          // would tell in which order strokes came.
          paintOn(scratch.context, area, view);
          resetContext(context);
          const { x, y, width, height } = area;
          context.drawImage(scratch.canvas, x, y, width, height, x, y, width, height);
        }
      } else if (plan.kind === "append") {
        for (const id of plan.ids) {
          const shape = scene.finished(id);
          const box = shape?.box();
          if (!shape || !box || !areaOf(box, view.transform, view.size)) continue;
          paintShape(context, shape, view.transform, view.theme);
        }
      }
    },
  };
}
