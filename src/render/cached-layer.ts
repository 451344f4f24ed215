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
  /** Carries out a plan. */
  paint(plan: Plan, view: View): void;
}

export function createCachedLayer(canvas: HTMLCanvasElement, scene: Scene): CachedLayer {
  const context = canvas.getContext("2d", { alpha: false });
  if (!context) throw new Error("the canvas of finished strokes has no 2D context");

  const paintArea = (area: Area, { transform, theme }: View): void => {
    resetContext(context);
    context.fillStyle = theme.dark ? PAPER.dark : PAPER.light;
    context.fillRect(area.x, area.y, area.width, area.height);
    for (const shape of scene.finishedIn(worldOf(area, transform))) {
      paintShape(context, shape, transform, theme);
    }
  };

  /** The edges of the clip are pixel edges: outside no pixel changes, inside none is half painted. */
  const paintClipped = (area: Area, view: View): void => {
    context.save();
    resetContext(context);
    context.beginPath();
    context.rect(area.x, area.y, area.width, area.height);
    context.clip();
    paintArea(area, view);
    context.restore();
  };

  return {
    paint(plan, view) {
      if (plan.kind === "full") {
        paintArea({ x: 0, y: 0, ...view.size }, view);
      } else if (plan.kind === "regions") {
        for (const box of plan.boxes) {
          const area = areaOf(box, view.transform, view.size);
          if (area) paintClipped(area, view);
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
