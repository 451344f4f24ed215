import { boundsOf, type Box, type Point } from "../base/geometry.ts";
import type { ItemId } from "../board/document/board.ts";
import type { PreviewedBoard } from "../board/previews/previewed-board.ts";
import type { ItemIndex } from "../board/spatial/item-index.ts";
import type { Cancel } from "../env/clock.ts";
import { createCachedLayer } from "./layers/cached-layer.ts";
import type { View } from "./layers/view.ts";
import type { Camera, Viewport } from "./canvas/camera.ts";
import { laserLight, type LaserTrail } from "./layers/laser.ts";
import type { Light } from "./layers/live-content.ts";
import { createLiveLayer } from "./layers/live-layer.ts";
import { overlayLights, type Overlay } from "./layers/overlay.ts";
import { createPreviews, type StrokePreview } from "./scene/previews.ts";
import type { LiveShape } from "./scene/live-ink.ts";
import { createScene } from "./scene/scene.ts";
import { boxOfPieces } from "./shapes/shapes.ts";
import type { InkTheme } from "./canvas/theme.ts";
import { backingSize, transformOf } from "./canvas/transform.ts";
import type { Words } from "./shapes/words.ts";

/** Paints a board: finished items on one canvas, from tiles; what changes on another, above it. */
export interface Renderer {
  /** CSS pixels. Sizes both canvases to whole device pixels at the next painting. */
  setViewport(width: number, height: number, pixelRatio: number): void;
  setCamera(camera: Camera): void;
  camera(): Camera;
  setTheme(theme: InkTheme): void;
  /** The strokes under this person's pens, with the predicted ink of each; stands until the next call. */
  setPreviews(previews: readonly StrokePreview[]): void;
  /** The light of laser pointers, its ages counted from now on; it fades by itself. Stands until the next call. */
  setLasers(trails: readonly LaserTrail[]): void;
  /** What shows this person's own gesture; stands until the next call. */
  setOverlay(overlay: Overlay | undefined): void;
  /** Paints what waits, now: for the handler of a pointer event. Tiles go on at the next frame. */
  paintNow(): void;
  /** A box around everything visible on the board; undefined where there is nothing. */
  bounds(): Box | undefined;
  /** A box around a visible item as it is shown now; undefined where there is none. */
  boundsOf(id: ItemId): Box | undefined;
  /** Its four corners in turn, in world units; of words and notes as they lie, if they were turned. */
  outlineOf(id: ItemId): readonly Point[] | undefined;
  /** Nothing waits to be painted. */
  idle(): boolean;
  /** Device pixels that the tiles have together. */
  tilePixels(): number;
  close(): void;
}

export interface RendererDeps {
  readonly cached: HTMLCanvasElement;
  readonly live: HTMLCanvasElement;
  readonly board: PreviewedBoard;
  /** Of the board without the previews, to whose changes it listened first. */
  readonly index: ItemIndex;
  readonly words: Words;
  /** Runs the task before the next picture is shown. */
  readonly requestFrame: (task: () => void) => Cancel;
  /** Milliseconds that never go back: how long a frame may work, and how a contact's ink flows. */
  readonly now: () => number;
  /** An empty canvas that is on no page. */
  readonly createCanvas: () => HTMLCanvasElement;
}

/** An engine may take back the memory of canvases, and later gives them back empty. */
const LOSS_EVENTS = ["contextlost", "contextrestored"];
/** How long tiles are painted in one frame, in milliseconds: while the view moves, and while it rests. */
const MOVING_SLICE = 6;
const RESTING_SLICE = 12;
/** Frames without another scale until tiles are painted for it. */
const ZOOM_SETTLES = 3;

/**
 * Changes only mark what is out of date; paintings bring it up to date, one a frame, each within its
 * slice of time. Throws where a canvas gives no 2D context. Paints nothing before the first
 * `setViewport`.
 */
export function createRenderer(deps: RendererDeps): Renderer {
  const { cached, live, board, index, words, requestFrame, now } = deps;
  const createCanvas = (): HTMLCanvasElement => {
    const canvas = deps.createCanvas();
    for (const event of LOSS_EVENTS) canvas.addEventListener(event, repaintAll);
    return canvas;
  };
  const scene = createScene({ board, index, words, now });
  const previews = createPreviews(board, (id, shape) => scene.adopt(id, shape));
  const cachedLayer = createCachedLayer({ canvas: cached, ink: scene.finished, createCanvas });
  const liveLayer = createLiveLayer({ canvas: live, below: cached, createCanvas });
  let viewport: Viewport = { width: 0, height: 0 };
  let pixelRatio = 1;
  let camera: Camera = { x: 0, y: 0, zoom: 1 };
  let theme: InkTheme = { dark: false };
  /** What has just left the live canvas and is not on all tiles yet. */
  let arriving: readonly ItemId[] = [];
  let paintedScale: number | undefined;
  let zoomFrames = 0;
  let moving = false;
  let lasers: { readonly trails: readonly LaserTrail[]; readonly told: number } = { trails: [], told: 0 };
  let overlay: { readonly of: Overlay; zoom: number; lights: readonly Light[] } | undefined;
  let stale = true;
  let frame: Cancel | undefined;
  let closed = false;

  const schedule = (): void => {
    if (closed) return;
    stale = true;
    frame ??= requestFrame(() => {
      frame = undefined;
      const slice = moving ? MOVING_SLICE : RESTING_SLICE;
      moving = false;
      const start = now();
      paint(() => now() - start >= slice);
    });
  };
  const repaintAll = (): void => {
    cachedLayer.lost();
    liveLayer.invalidate();
    schedule();
  };

  const viewNow = (): View => {
    const size = backingSize(viewport, pixelRatio);
    const transform = transformOf(camera, viewport, pixelRatio);
    if (paintedScale !== undefined && paintedScale !== transform.scale) zoomFrames = ZOOM_SETTLES;
    else if (zoomFrames > 0) zoomFrames--;
    paintedScale = transform.scale;
    const appearance = { ...theme, background: board.background(), pixelRatio };
    return { size, transform, appearance, zooming: zoomFrames > 0 };
  };

  const laserLights = (): Light[] => {
    const later = now() - lasers.told;
    return lasers.trails.flatMap((trail) => laserLight(trail, later, camera.zoom) ?? []);
  };

  const gestureLights = (): readonly Light[] => {
    if (!overlay) return [];
    if (overlay.zoom !== camera.zoom) {
      overlay.zoom = camera.zoom;
      overlay.lights = overlayLights(overlay.of, camera.zoom);
    }
    return overlay.lights;
  };

  const arrivals = (): LiveShape[] =>
    arriving.flatMap((id) => {
      const shape = scene.finished.has(id) ? scene.finished.shapeOf(id) : undefined;
      const box = shape && boxOfPieces(shape.pieces);
      if (!box || cachedLayer.isSharpIn(box)) return [];
      return { shape, opacity: scene.finished.layerOf(id).opacity };
    });

  const underPens = (): LiveShape[] =>
    previews.shapes().map(({ shape, layer }) => ({
      shape,
      opacity: layer === undefined ? 1 : scene.opacityOf(layer),
    }));

  const paint = (enough: () => boolean): void => {
    if (viewport.width <= 0 || viewport.height <= 0) return;
    const view = viewNow();
    // Sizing empties a canvas, so it waits until the painting that fills it again.
    for (const canvas of [cached, live]) {
      if (!sizeCanvas(canvas, view.size, pixelRatio)) continue;
      cachedLayer.invalidate();
      liveLayer.invalidate();
    }
    // Asked first: what comes to rest while this frame is painted is shown by the next one.
    const flowing = scene.flowing();
    const damage = scene.takeDamage();
    cachedLayer.damage(damage, view.appearance);
    const { sharp, done, changed } = cachedLayer.paint(view, enough);
    arriving = sharp ? [] : [...arriving, ...damage.come];
    const glowing = laserLights();
    const strokes = [...arrivals(), ...scene.unfinished(), ...underPens()];
    const lights = [...gestureLights(), ...glowing];
    liveLayer.paint({ strokes, lifted: scene.lifted(), lights }, view, changed);
    stale = false;
    if (!done || view.zooming || flowing || glowing.length > 0) schedule();
  };

  const stopListening = board.onChange((change) => {
    scene.apply(change);
    schedule();
  });
  for (const canvas of [cached, live]) {
    for (const event of LOSS_EVENTS) canvas.addEventListener(event, repaintAll);
  }

  return {
    setViewport(width, height, ratio) {
      if (width === viewport.width && height === viewport.height && ratio === pixelRatio) return;
      viewport = { width, height };
      pixelRatio = ratio;
      schedule();
    },
    setCamera(next) {
      if (next.x === camera.x && next.y === camera.y && next.zoom === camera.zoom) return;
      camera = next;
      moving = true;
      schedule();
    },
    camera: () => camera,
    setTheme(next) {
      if (next.dark === theme.dark) return;
      theme = next;
      schedule();
    },
    setPreviews(next) {
      if (next.length === 0 && previews.shapes().length === 0) return;
      previews.set(next);
      scene.setPreviewed(new Set(next.flatMap(({ itemId }) => itemId ?? [])));
      schedule();
    },
    setLasers(trails) {
      if (trails.length === 0 && lasers.trails.length === 0) return;
      lasers = { trails, told: now() };
      schedule();
    },
    setOverlay(next) {
      if (!next && !overlay) return;
      overlay = next && { of: next, zoom: NaN, lights: [] };
      schedule();
    },
    paintNow() {
      if (closed || !stale) return;
      frame?.();
      frame = undefined;
      paint(() => true);
    },
    bounds: () => scene.bounds(),
    boundsOf: (id) => boundsOf(scene.cornersOf(id) ?? []),
    outlineOf: (id) => scene.cornersOf(id),
    idle: () => frame === undefined,
    tilePixels: () => cachedLayer.pixels(),
    close() {
      closed = true;
      frame?.();
      frame = undefined;
      stopListening();
      for (const canvas of [cached, live]) {
        for (const event of LOSS_EVENTS) canvas.removeEventListener(event, repaintAll);
      }
      cachedLayer.close();
      liveLayer.close();
    },
  };
}

/** Says whether the canvas got another size, and is empty. */
function sizeCanvas(canvas: HTMLCanvasElement, size: Viewport, pixelRatio: number): boolean {
  const resized = canvas.width !== size.width || canvas.height !== size.height;
  if (canvas.width !== size.width) canvas.width = size.width;
  if (canvas.height !== size.height) canvas.height = size.height;
  // Set from the rounded size, so that one pixel of the canvas is one pixel of the screen.
  const width = `${size.width / pixelRatio}px`;
  const height = `${size.height / pixelRatio}px`;
  if (canvas.style.width !== width) canvas.style.width = width;
  if (canvas.style.height !== height) canvas.style.height = height;
  return resized;
}
