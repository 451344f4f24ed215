/*
 * Where a camera belongs that shows all ink by itself: geometry only, without a state.
 */
import { centreOf, type Box, type Point } from "../../base/geometry.ts";
import type { Camera, Viewport } from "../../render/canvas/camera.ts";
import { MIN_ZOOM } from "../../render/canvas/camera.ts";

/** The canvas on the screen, in CSS pixels. */
export interface View extends Viewport {
  /** What the bars cover at each edge. */
  readonly insets: Insets;
}

export interface Insets {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** Where everybody starts: the world's origin in the middle of the canvas. */
export const HOME: Camera = { x: 0, y: 0, zoom: 1 };

/** Air around the drawing when the camera moves to show it, in CSS pixels. */
const PADDING = 28;

/** The part of the world that no bar covers. */
export function freeBox(view: View, camera: Camera, padding = 0): Box {
  const { width, height, insets } = view;
  const left = insets.left + padding;
  const top = insets.top + padding;
  // A canvas smaller than its bars still has a middle.
  const right = Math.max(width - insets.right - padding, left + 1);
  const bottom = Math.max(height - insets.bottom - padding, top + 1);
  return {
    minX: camera.x + (left - width / 2) / camera.zoom,
    minY: camera.y + (top - height / 2) / camera.zoom,
    maxX: camera.x + (right - width / 2) / camera.zoom,
    maxY: camera.y + (bottom - height / 2) / camera.zoom,
  };
}

/** The middle of what no bar covers, in CSS pixels of the canvas. */
export function freeMiddle(view: View): Point {
  return centreOf(freeScreen(view));
}

/** What no bar covers, in CSS pixels of the canvas. */
export function freeScreen({ width, height, insets }: View): Box {
  return {
    minX: insets.left,
    minY: insets.top,
    maxX: width - insets.right,
    maxY: height - insets.bottom,
  };
}

/** How far a box must move to lie within what is free; of one that is larger, the end counts. */
export function wayInto(free: Box, box: Box): Point {
  return {
    x: wayAlong(free.minX, free.maxX, box.minX, box.maxX),
    y: wayAlong(free.minY, free.maxY, box.minY, box.maxY),
  };
}

function wayAlong(freeMin: number, freeMax: number, min: number, max: number): number {
  if (max > freeMax) return freeMax - max;
  return min < freeMin ? Math.min(freeMin - min, freeMax - max) : 0;
}

export function contains(outer: Box, inner: Box): boolean {
  return (
    outer.minX <= inner.minX &&
    outer.minY <= inner.minY &&
    outer.maxX >= inner.maxX &&
    outer.maxY >= inner.maxY
  );
}

/** The camera that shows all of `box` between the bars, as near as possible but at most at `maxZoom`. */
export function fitBetweenBars(view: View, box: Box, maxZoom: number, padding = PADDING): Camera {
  const free = freeBox(view, HOME, padding);
  const zoom = Math.max(
    MIN_ZOOM,
    Math.min(
      maxZoom,
      (free.maxX - free.minX) / Math.max(box.maxX - box.minX, 1),
      (free.maxY - free.minY) / Math.max(box.maxY - box.minY, 1),
    ),
  );
  const [shown, middle] = [centreOf(box), centreOf(free)];
  return { x: shown.x - middle.x / zoom, y: shown.y - middle.y / zoom, zoom };
}

/** Where an automatic camera belongs on this screen: at home if that shows all ink, else so that it does. */
export function restCamera(view: View, ink: Box | undefined): Camera {
  if (!ink || contains(freeBox(view, HOME), ink)) return HOME;
  return fitBetweenBars(view, ink, HOME.zoom);
}

/**
 * Where an automatic camera should go now; undefined: it stays. It moves only when ink lies outside
 * what can be seen, and never nearer: the canvas must not breathe while two people draw.
 *
 * @param known ink that this person drew at this camera. It may lie under a bar, and moving the canvas
 *   away under the hand would be worse than that.
 */
export function followInk(
  view: View,
  camera: Camera,
  ink: Box | undefined,
  known: Box | undefined,
): Camera | undefined {
  if (!ink) {
    const home = camera.x === HOME.x && camera.y === HOME.y && camera.zoom === HOME.zoom;
    return home ? undefined : HOME;
  }
  const free = freeBox(view, camera);
  const seen: Box = {
    minX: Math.min(free.minX, known?.minX ?? Infinity),
    minY: Math.min(free.minY, known?.minY ?? Infinity),
    maxX: Math.max(free.maxX, known?.maxX ?? -Infinity),
    maxY: Math.max(free.maxY, known?.maxY ?? -Infinity),
  };
  if (contains(seen, ink)) return undefined;
  const target = fitBetweenBars(view, ink, Math.min(camera.zoom, HOME.zoom));
  const still =
    Math.abs(target.zoom - camera.zoom) < 1e-6 &&
    Math.abs(target.x - camera.x) < 1e-6 &&
    Math.abs(target.y - camera.y) < 1e-6;
  return still ? undefined : target;
}

/** The camera `progress` (0 .. 1) of the way; zoom in equal ratios, so that the speed feels even. */
export function between(from: Camera, to: Camera, progress: number): Camera {
  const eased = 1 - (1 - progress) ** 3;
  if (progress >= 1) return to;
  const zoom = from.zoom * (to.zoom / from.zoom) ** eased;
  // The centre follows the zoom, or the canvas would first slide and then shrink.
  const part = from.zoom === to.zoom ? eased : (1 / zoom - 1 / from.zoom) / (1 / to.zoom - 1 / from.zoom);
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part, zoom };
}
