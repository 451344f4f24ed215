/*
 * The aids of this person's own gesture: the lasso or box that encloses, and the ring of an eraser.
 */
import { boundsOf, type Point } from "../../base/geometry.ts";
import type { Light } from "./live-content.ts";
import { ACCENT, CANVAS_COLOR } from "../canvas/theme.ts";
import type { Transform } from "../canvas/transform.ts";

/** What shows this person's own gesture, in world units; nobody else sees it. */
export interface Overlay {
  /** The way around what is to be selected: of a hand, or four corners. */
  readonly lasso?: readonly Point[];
  /** Around what an eraser takes. */
  readonly ring?: { readonly at: Point; readonly radius: number };
}

/** In pixels of CSS. */
const LINE = 1.5;
const DASH = 6;
const FILL_ALPHA = 0.1;

/** `zoom`: pixels of CSS to a world unit. */
export function overlayLights({ lasso, ring }: Overlay, zoom: number): Light[] {
  const lights: Light[] = [];
  if (lasso && lasso.length > 1) lights.push(marquee(lasso, zoom));
  if (ring) lights.push(ringLight(ring, zoom));
  return lights;
}

/** A closed, dashed line around a faint face. */
function marquee(corners: readonly Point[], zoom: number): Light {
  return {
    box: boundsOf(corners, (2 * LINE) / zoom)!,
    paint(context, { transform, appearance }) {
      const path = closedPath(corners, transform);
      const color = appearance.dark ? ACCENT.dark : ACCENT.light;
      const pixel = transform.scale / zoom;
      context.fillStyle = color;
      context.globalAlpha = FILL_ALPHA;
      context.fill(path);
      context.globalAlpha = 1;
      context.strokeStyle = color;
      context.lineWidth = LINE * pixel;
      context.lineCap = "butt";
      context.lineJoin = "round";
      context.setLineDash([DASH * pixel, DASH * pixel]);
      context.stroke(path);
      context.setLineDash([]);
    },
  };
}

function closedPath(corners: readonly Point[], transform: Transform): Path2D {
  const path = new Path2D();
  for (const [i, corner] of corners.entries()) {
    const { x, y } = onCanvas(corner, transform);
    if (i === 0) path.moveTo(x, y);
    else path.lineTo(x, y);
  }
  path.closePath();
  return path;
}

/** Dark and light, so that it stands out from any ink. */
function ringLight({ at, radius }: { readonly at: Point; readonly radius: number }, zoom: number): Light {
  const reach = radius + (2 * LINE) / zoom;
  return {
    box: { minX: at.x - reach, minY: at.y - reach, maxX: at.x + reach, maxY: at.y + reach },
    paint(context, { transform, appearance }) {
      const { x, y } = onCanvas(at, transform);
      const path = new Path2D();
      path.arc(x, y, radius * transform.scale, 0, 2 * Math.PI);
      const pixel = transform.scale / zoom;
      const [halo, line] = appearance.dark
        ? [CANVAS_COLOR.dark, CANVAS_COLOR.light]
        : [CANVAS_COLOR.light, CANVAS_COLOR.dark];
      context.strokeStyle = halo;
      context.lineWidth = 2 * LINE * pixel;
      context.stroke(path);
      context.strokeStyle = line;
      context.lineWidth = LINE * pixel;
      context.stroke(path);
    },
  };
}

function onCanvas({ x, y }: Point, transform: Transform): Point {
  return { x: x * transform.scale + transform.x, y: y * transform.scale + transform.y };
}
