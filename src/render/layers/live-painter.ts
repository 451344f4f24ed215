/*
 * Paints parts of the live canvas from nothing, bottom first: strokes under pens, what gestures move, light.
 */
import { overlaps, type Box } from "../../base/geometry.ts";
import { createSurface, release, resize, type Surface } from "../canvas/surface.ts";
import { commonArea, worldOf, type Area } from "../canvas/transform.ts";
import type { LiveShape } from "../scene/live-ink.ts";
import { clearArea, copyArea, drawBlendGroup, resetContext } from "../shapes/paint.ts";
import type { GrownStroke } from "./grown-strokes.ts";
import {
  blendGroupsOf,
  blends,
  boxOfLive,
  paintPieces,
  areaOfLive,
  type Light,
  type LiveContent,
} from "./live-content.ts";
import type { View } from "./view.ts";

/** Paints parts of the live canvas. */
export interface LivePainter {
  clearAll(view: View): void;
  /** Shows in this part exactly the strokes, and what else of the content is there. */
  paintIn(area: Area, strokes: readonly GrownStroke[], content: LiveContent, view: View): void;
  close(): void;
}

export interface LivePainterDeps {
  readonly canvas: HTMLCanvasElement;
  /** The canvas of finished ink. */
  readonly below: HTMLCanvasElement;
  readonly createCanvas: () => HTMLCanvasElement;
}

export function createLivePainter({ canvas, below, createCanvas }: LivePainterDeps): LivePainter {
  // Not `desynchronized`: on a slow processor such a canvas is shown later than others are, and on some devices black.
  const screen = createSurface(canvas, {});
  let mask: Surface | undefined;

  /** Over what is there, at once or as one group. */
  const paintLive = (live: LiveShape, area: Area, view: View, put: (target: Surface) => void): void => {
    const groups = blendGroupsOf(live, view);
    if (groups.length === 0) {
      put(screen);
      return;
    }
    const reach = areaOfLive(live, view);
    const part = reach && commonArea(reach, area);
    if (!part) return;
    mask ??= createSurface(createCanvas(), {});
    resize(mask, view.size.width, view.size.height);
    clearArea(mask, area);
    put(mask);
    const alpha = groups.reduce((product, group) => product * group.alpha, 1);
    drawBlendGroup(screen.context, mask, part, { alpha, blend: groups[0]!.blend });
  };

  const paintLight = (light: Light, area: Area, view: View): void => {
    const { context } = screen;
    context.save();
    resetContext(context);
    context.beginPath();
    context.rect(area.x, area.y, area.width, area.height);
    context.clip();
    light.paint(context, view);
    context.restore();
  };

  /**
   * A highlighter blends with what lies below it, and only within one canvas. Not a pixel further than it
   * may reach: what changes there would stay hidden.
   */
  const copyBelow = (live: LiveShape, area: Area, view: View): void => {
    const reach = blends(live, view) ? areaOfLive(live, view) : undefined;
    const common = reach && commonArea(reach, area);
    if (common) copyArea(below, screen.context, common);
  };

  return {
    clearAll: ({ size }) => clearArea(screen, { x: 0, y: 0, ...size }),
    paintIn(area, strokes, content, view) {
      clearArea(screen, area);
      const box = worldOf(area, view.transform);
      const here = strokes.filter(({ live }) => overlapsBox(boxOfLive(live), box));
      const lifted = content.lifted.filter((live) => overlapsBox(boxOfLive(live), box));
      for (const { live } of here) copyBelow(live, area, view);
      for (const live of lifted) copyBelow(live, area, view);
      for (const { live, base, baked } of here) {
        const tail = live.shape.pieces.slice(baked.length).filter((piece) => overlaps(piece.box(), box));
        paintLive(live, area, view, (target) => {
          if (base) {
            resetContext(target.context);
            copyArea(base.canvas, target.context, area);
          }
          paintPieces(target, live, tail, view);
        });
      }
      for (const live of lifted) {
        paintLive(live, area, view, (target) => paintPieces(target, live, live.shape.pieces, view));
      }
      for (const light of content.lights) if (overlaps(light.box, box)) paintLight(light, area, view);
    },
    close() {
      if (mask) release(mask);
    },
  };
}

function overlapsBox(a: Box | undefined, b: Box): boolean {
  return a !== undefined && overlaps(a, b);
}
