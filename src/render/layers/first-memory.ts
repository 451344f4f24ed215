/*
 * When the two canvases on the page get their memory, and their size. That of a large canvas takes a slow device a tenth
 * of a second.
 */
import { resize } from "../canvas/surface.ts";
import type { Area } from "../canvas/transform.ts";
import type { CachedLayer } from "./cached-layer.ts";
import { isEmpty, type LiveContent } from "./live-content.ts";
import type { LiveLayer } from "./live-layer.ts";
import type { View } from "./view.ts";

/**
 * At first a sheet on which no ink would be yet waits for its memory. What it returns shows what is painted, and says
 * what has become different.
 */
export function createFirstShowing(
  canvas: HTMLCanvasElement,
  layer: CachedLayer,
): (view: View, isInkToCome: boolean) => Area | undefined {
  let isNew = true;
  return (view, isInkToCome) => {
    if (isNew && isInkToCome && !isSized(canvas, view)) return undefined;
    isNew = false;
    // Sizing empties a canvas, so it waits until the painting that fills it again.
    if (sizeCanvas(canvas, view)) layer.invalidate();
    return layer.show();
  };
}

/**
 * The live canvas gets its memory, as long as nothing is on it, in a frame in which nothing else is done: at first it
 * waits. What it returns paints it, and says whether it waits. `isBusy`: finished ink is being painted.
 */
export function createLivePainting(
  canvas: HTMLCanvasElement,
  layer: LiveLayer,
): (content: LiveContent, view: View, below: Area | undefined, isBusy: boolean) => boolean {
  let isNew = true;
  return (content, view, below, isBusy) => {
    const isWaiting = isNew && isEmpty(content) && !isSized(canvas, view);
    if (isWaiting && (isBusy || below !== undefined)) return true;
    isNew = false;
    if (sizeCanvas(canvas, view)) layer.invalidate();
    layer.paint(content, view, below);
    return false;
  };
}

/** The pixel ratio for which each canvas has its style: to look at that at each painting takes a pen's time. */
const styledFor = new WeakMap<HTMLCanvasElement, number>();

/** Says whether the canvas got another size, and is empty. */
function sizeCanvas(canvas: HTMLCanvasElement, view: View): boolean {
  const { size, appearance } = view;
  const { pixelRatio } = appearance;
  const resized = !isSized(canvas, view);
  if (!resized && styledFor.get(canvas) === pixelRatio) return false;
  styledFor.set(canvas, pixelRatio);
  resize({ canvas }, size.width, size.height);
  // Set from the rounded size, so that one pixel of the canvas is one pixel of the screen.
  canvas.style.width = `${size.width / pixelRatio}px`;
  canvas.style.height = `${size.height / pixelRatio}px`;
  return resized;
}

function isSized({ width, height }: HTMLCanvasElement, { size }: View): boolean {
  return width === size.width && height === size.height;
}
