import type { Box } from "../base/geometry.ts";
import type { Board, ItemId } from "../board/board.ts";
import type { Cancel } from "../env/clock.ts";
import type { InkPoint, StrokeHeader } from "../ink/stroke.ts";
import type { Camera, Viewport } from "./camera.ts";
import { createCachedLayer } from "./cached-layer.ts";
import { createLiveLayer } from "./live-layer.ts";
import { createScene } from "./scene.ts";
import { createShape, type Shape } from "./shapes.ts";
import type { InkTheme } from "./theme.ts";
import { backingSize, transformOf } from "./transform.ts";

/** A stroke that is being drawn here, before and while it gets into the document. */
export interface StrokePreview {
  readonly header: StrokeHeader;
  /** Kept points and the tail that leads to the newest sample. */
  readonly points: readonly InkPoint[];
  /** Where the pen is expected next: painted behind the newest point, and never saved. */
  readonly predicted?: readonly InkPoint[];
  /** The item that shows the same stroke: it is not painted while the preview stands. */
  readonly itemId?: ItemId | undefined;
}

/** Paints a board: finished strokes on one canvas, kept; growing ones on another, above it. */
export interface Renderer {
  /** CSS pixels. Sizes both canvases to whole device pixels at the next painting. */
  setViewport(width: number, height: number, pixelRatio: number): void;
  setCamera(camera: Camera): void;
  camera(): Camera;
  setTheme(theme: InkTheme): void;
  setPreviews(previews: readonly StrokePreview[]): void;
  /** Paints what waits, now: for the handler of a pointer event. */
  paintNow(): void;
  /** A box around everything visible on the board; undefined where there is nothing. */
  bounds(): Box | undefined;
  /** Nothing waits to be painted. */
  idle(): boolean;
  close(): void;
}

export interface RendererDeps {
  readonly cached: HTMLCanvasElement;
  readonly live: HTMLCanvasElement;
  readonly board: Board;
  /** Runs the task before the next picture is shown. */
  readonly requestFrame: (task: () => void) => Cancel;
}

/**
 * Changes only mark what is out of date; one painting a frame brings it up to date. Throws where a
 * canvas gives no 2D context. Paints nothing before the first `setViewport`.
 */
export function createRenderer({ cached, live, board, requestFrame }: RendererDeps): Renderer {
  const scene = createScene(board);
  const cachedLayer = createCachedLayer(cached, scene);
  const liveLayer = createLiveLayer(live, cached);
  let viewport: Viewport = { width: 0, height: 0 };
  let pixelRatio = 1;
  let camera: Camera = { x: 0, y: 0, zoom: 1 };
  let theme: InkTheme = { dark: false };
  let previews: readonly Shape[] = [];
  let stale = true;
  let frame: Cancel | undefined;
  let closed = false;

  const schedule = (): void => {
    if (closed) return;
    stale = true;
    frame ??= requestFrame(() => {
      frame = undefined;
      paint();
    });
  };
  const repaintAll = (): void => {
    scene.invalidate();
    schedule();
  };

  const paint = (): void => {
    if (viewport.width <= 0 || viewport.height <= 0) return;
    const size = backingSize(viewport, pixelRatio);
    // Sizing empties a canvas, so it waits until the painting that fills it again.
    for (const canvas of [cached, live]) sizeCanvas(canvas, size, pixelRatio);
    const view = { size, transform: transformOf(camera, viewport, pixelRatio), theme };
    if (scene.pending()) cachedLayer.paint(scene.takePlan(), view, liveLayer.lend);
    liveLayer.paint([...scene.unfinished(), ...previews], view);
    stale = false;
  };

  const stopListening = board.onChange((change) => {
    scene.apply(change);
    schedule();
  });
  cached.addEventListener("contextrestored", repaintAll);
  live.addEventListener("contextrestored", repaintAll);

  return {
    setViewport(width, height, ratio) {
      if (width === viewport.width && height === viewport.height && ratio === pixelRatio) return;
      viewport = { width, height };
      pixelRatio = ratio;
      repaintAll();
    },
    setCamera(next) {
      if (next.x === camera.x && next.y === camera.y && next.zoom === camera.zoom) return;
      camera = next;
      repaintAll();
    },
    camera: () => camera,
    setTheme(next) {
      if (next.dark === theme.dark) return;
      theme = next;
      repaintAll();
    },
    setPreviews(next) {
      if (next.length === 0 && previews.length === 0) return;
      previews = next.map(({ header, points, predicted = [] }) =>
        createShape({ header, points: [...points, ...predicted] }),
      );
      scene.setPreviewed(new Set(next.flatMap(({ itemId }) => itemId ?? [])));
      schedule();
    },
    paintNow() {
      frame?.();
      frame = undefined;
      if (!closed && stale) paint();
    },
    bounds: () => scene.bounds(),
    idle: () => frame === undefined,
    close() {
      closed = true;
      frame?.();
      frame = undefined;
      stopListening();
      cached.removeEventListener("contextrestored", repaintAll);
      live.removeEventListener("contextrestored", repaintAll);
    },
  };
}

function sizeCanvas(canvas: HTMLCanvasElement, size: Viewport, pixelRatio: number): void {
  if (canvas.width !== size.width) canvas.width = size.width;
  if (canvas.height !== size.height) canvas.height = size.height;
  // Set from the rounded size, so that one pixel of the canvas is one pixel of the screen.
  const width = `${size.width / pixelRatio}px`;
  const height = `${size.height / pixelRatio}px`;
  if (canvas.style.width !== width) canvas.style.width = width;
  if (canvas.style.height !== height) canvas.style.height = height;
}
