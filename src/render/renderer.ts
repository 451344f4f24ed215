/*
 * The front of this floor: takes a board, a view and gestures, and paints them on two canvases, one above
 * the other.
 */
import type { Box } from "../base/geometry.ts";
import type { ItemId } from "../board/document/board.ts";
import type { PreviewedBoard } from "../board/previews/previewed-board.ts";
import type { ItemIndex } from "../board/spatial/item-index.ts";
import type { Cancel } from "../env/clock.ts";
import type { Camera } from "./canvas/camera.ts";
import type { InkTheme } from "./canvas/theme.ts";
import { createFrames } from "./frames.ts";
import { createCachedLayer, type CachedLayer } from "./layers/cached-layer.ts";
import { createFirstShowing, createLivePainting } from "./layers/first-memory.ts";
import type { LaserTrail } from "./layers/laser.ts";
import { createLights } from "./layers/lights.ts";
import { isEmpty, type LiveContent } from "./layers/live-content.ts";
import { createLiveLayer } from "./layers/live-layer.ts";
import type { Overlay } from "./layers/overlay.ts";
import { createViewState } from "./layers/view-state.ts";
import type { View } from "./layers/view.ts";
import type { LiveShape } from "./scene/live-ink.ts";
import { createPreviews, type Previews, type StrokePreview } from "./scene/previews.ts";
import { withFrames, type InkPlayback } from "./scene/playback.ts";
import { createScene, type Scene } from "./scene/scene.ts";
import type { PictureSource } from "./shapes/bitmaps.ts";
import { boxOfPieces } from "./shapes/shapes.ts";
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
  /** Paints what waits, and what `change` brings, now: for the handler of a pointer event. Tiles go on at the next frame. */
  paintNow(change?: () => void): void;
  readonly shown: ShownItems;
  readonly playback: InkPlayback;
  /** Nothing waits to be painted. */
  idle(): boolean;
  /** Device pixels that the tiles have together. */
  tilePixels(): number;
  close(): void;
}

/** Where items are shown now, in world units. */
export interface ShownItems {
  /** A box around everything visible on the board; undefined where there is nothing. */
  bounds(): Box | undefined;
  /** `bounds` need not find the boxes of very many items first. */
  isKnown(): boolean;
  /** A box around a visible item; undefined where there is none. */
  boundsOf(id: ItemId): Box | undefined;
}

export interface RendererDeps {
  readonly cached: HTMLCanvasElement;
  readonly live: HTMLCanvasElement;
  readonly board: PreviewedBoard;
  /** Of the board without the previews, to whose changes it listened first. */
  readonly index: ItemIndex;
  readonly words: Words;
  readonly pictures: PictureSource;
  /** Runs the task before the next picture is shown. */
  readonly requestFrame: (task: () => void) => Cancel;
  /** Milliseconds that never go back: how long a frame may work, and how a contact's ink flows. */
  readonly now: () => number;
  /** After `shown.isKnown` has said no: it is known now. Called before what is known is painted. */
  readonly onKnown: () => void;
  /** An empty canvas that is on no page. */
  readonly createCanvas: () => HTMLCanvasElement;
}

/**
 * What the latest painting showed, if that left nothing to do: as long as nothing but a pen moves, all of it stands,
 * and only the pen's stroke is painted.
 */
interface Still {
  readonly view: View;
  /** Without what is under pens. */
  readonly content: LiveContent;
}

/** How long is looked for where ink is in a frame that shows none, in milliseconds. */
const SLICE_BEFORE_INK = 30;

/** So long an empty sheet waits for stored ink at most, in milliseconds. */
const EXPECTED_MS = 100;

/** An engine may take back the memory of canvases, and later gives them back empty. */
const LOSS_EVENTS = ["contextlost", "contextrestored"];

/**
 * Changes only mark what is out of date; paintings bring it up to date, one a frame, each within one
 * slice of time: what finding items leaves of it is for tiles. Throws where a canvas gives no 2D context. Paints nothing before the first
 * `setViewport`.
 */
export function createRenderer(deps: RendererDeps): Renderer {
  const { cached, live, board, index, words, pictures, requestFrame, now } = deps;
  const createCanvas = (): HTMLCanvasElement => watched(deps.createCanvas(), repaintAll);
  const scene = createScene({ board, index, words, pictures, now });
  const previews = createPreviews(board, (id, shape) => scene.adopt(id, shape));
  const cachedLayer = createCachedLayer({ canvas: cached, ink: scene.finished, createCanvas });
  const liveLayer = createLiveLayer({ canvas: live, below: cached, createCanvas });
  const paintLive = createLivePainting(live, liveLayer);
  const showCached = createFirstShowing(cached, cachedLayer);
  const state = createViewState();
  const lights = createLights(now);
  const frames = createFrames({ requestFrame, paint });
  const start = now();
  /** No finished ink was painted. */
  let isBare = true;
  /** What has just left the live canvas and is not on all tiles yet. */
  let arriving: readonly ItemId[] = [];
  let still: Still | undefined;

  /** Something else than a pen is otherwise. */
  function schedule(): void {
    still = undefined;
    frames.schedule();
  }

  function repaintAll(): void {
    cachedLayer.lost();
    liveLayer.invalidate();
    schedule();
  }

  /** Finds where items are; whether that is all. */
  function prepare(slice: number): boolean {
    const wasKnown = index.isKnown();
    const isKnown = index.prepare(enoughAfter(isBare ? SLICE_BEFORE_INK : slice, now));
    if (isKnown && !wasKnown) deps.onKnown();
    return isKnown;
  }

  function paint(slice: number): boolean {
    if (still) return paintLive(withPens(still.content, previews, scene), still.view, undefined, false);
    const enough = enoughAfter(slice, now);
    const isKnown = prepare(slice);
    const view = state.next(board.background(), isBare);
    if (!view) return !isKnown;
    // Asked first: what comes to rest while this frame is painted is shown by the next one.
    const flowing = scene.flowing();
    const damage = scene.takeDamage();
    cachedLayer.damage(damage, view.appearance);
    // Tiles without ink would only have to be painted once more.
    const isThere = isKnown && (board.arrival.isOver() || !scene.finished.isEmpty());
    const { sharp, done, inked } = cachedLayer.work(view, isThere, enough);
    isBare = !isKnown || scene.finished.isEmpty();
    arriving = sharp ? [] : [...arriving, ...damage.come];
    const light = lights.at(state.camera().zoom);
    const strokes = [...arrivalsOn(cachedLayer, arriving, scene), ...scene.unfinished()];
    const above = { strokes, lifted: scene.lifted(), lights: light.lights };
    const content = withPens(above, previews, scene);
    const isExpected = !board.arrival.isOver() && scene.finished.isEmpty() && now() - start < EXPECTED_MS;
    const isToCome = isExpected || !isKnown || (isThere && !inked && !sharp);
    const changed = showCached(view, isToCome && isEmpty(content));
    if (changed && inked) board.arrival.shown();
    const isLater = paintLive(content, view, changed, isToCome || (isThere && !done));
    const goesOn =
      isExpected || isLater || (isThere && !done) || !isKnown || view.zooming || flowing || light.fading;
    if (!goesOn) still = { view, content: above };
    return goesOn;
  }

  const stops = [
    board.onChange((change) => {
      scene.apply(change);
      schedule();
    }),
    board.arrival.onOver(schedule),
    pictures.onChange((hash) => {
      scene.pictureCame(hash);
      schedule();
    }),
    ...[cached, live].map((canvas) => watchLoss(canvas, repaintAll)),
  ];

  const whenChanged = (changed: boolean): void => void (changed && schedule());

  return {
    setViewport: (width, height, pixelRatio) => whenChanged(state.setViewport({ width, height }, pixelRatio)),
    setCamera(camera) {
      if (!state.setCamera(camera)) return;
      frames.moved();
      schedule();
    },
    camera: () => state.camera(),
    setTheme: (theme) => whenChanged(state.setTheme(theme)),
    setPreviews(next) {
      if (next.length === 0 && previews.shapes().length === 0) return;
      previews.set(next);
      if (scene.setPreviewed(next.flatMap(({ itemId }) => itemId ?? []))) schedule();
      else frames.schedule();
    },
    setLasers: (trails) => whenChanged(lights.setLasers(trails)),
    setOverlay: (overlay) => whenChanged(lights.setOverlay(overlay)),
    paintNow: frames.paintNow,
    playback: withFrames(scene.playback, schedule),
    shown: {
      bounds: () => scene.bounds(),
      isKnown: () => index.isKnown(),
      boundsOf: (id) => scene.boxOf(id),
    },
    idle: () => frames.idle(),
    tilePixels: () => cachedLayer.pixels(),
    close() {
      frames.close();
      for (const stop of stops) stop();
      cachedLayer.close();
      liveLayer.close();
    },
  };
}

function withPens(content: LiveContent, pens: Previews, scene: Scene): LiveContent {
  const strokes = pens.shapes().map(({ shape, layer, itemId }) => ({
    shape: itemId === undefined ? shape : scene.withRest(itemId, shape),
    opacity: layer === undefined ? 1 : scene.opacityOf(layer),
  }));
  return { ...content, strokes: [...content.strokes, ...strokes] };
}

/** Those of the items that are not on all tiles yet. */
function arrivalsOn(layer: CachedLayer, ids: readonly ItemId[], { finished }: Scene): LiveShape[] {
  return [...new Set(ids.map(finished.standIn))].flatMap((id) => {
    const shape = finished.has(id) ? finished.shapeOf(id) : undefined;
    const box = shape && boxOfPieces(shape.pieces);
    if (!box || layer.isSharpIn(box)) return [];
    return { shape, opacity: finished.layerOf(id).opacity };
  });
}

function watched(canvas: HTMLCanvasElement, listener: () => void): HTMLCanvasElement {
  watchLoss(canvas, listener);
  return canvas;
}

/** Returns what ends it. */
function watchLoss(canvas: HTMLCanvasElement, listener: () => void): () => void {
  for (const event of LOSS_EVENTS) canvas.addEventListener(event, listener);
  return () => {
    for (const event of LOSS_EVENTS) canvas.removeEventListener(event, listener);
  };
}

/** Says whether so many milliseconds have passed from now on. */
function enoughAfter(slice: number, now: () => number): () => boolean {
  const start = now();
  return () => now() - start >= slice;
}
