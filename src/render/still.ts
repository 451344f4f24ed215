/*
 * A small picture of a whole board, with the painters of the canvas: background, ink, blending and layers are as
 * they are there. It follows the board as long as it is not closed, a little at a time.
 */
import { grownBy, type Box } from "../base/geometry.ts";
import type { Board } from "../board/document/board.ts";
import { createPreviewedBoard } from "../board/previews/previewed-board.ts";
import { createItemIndex } from "../board/spatial/item-index.ts";
import type { CanvasAppearance } from "./canvas/appearance.ts";
import { sameAppearance } from "./canvas/appearance.ts";
import type { Viewport } from "./canvas/camera.ts";
import { createSurface, release } from "./canvas/surface.ts";
import type { InkTheme } from "./canvas/theme.ts";
import { areaOf, type Transform, transformOf, unionOfAreas } from "./canvas/transform.ts";
import { createTilePainter } from "./layers/tile-painter.ts";
import { createTileSurface, TILE_SIZE, TILE_VIEWPORT, type Tile } from "./layers/tiles.ts";
import type { LiveShape } from "./scene/live-ink.ts";
import { createScene } from "./scene/scene.ts";
import { paintPiece } from "./shapes/canvas-painter.ts";
import { blendGroupOf, resetContext } from "./shapes/paint.ts";
import type { PictureSource } from "./shapes/bitmaps.ts";
import { wordsBox } from "./shapes/words-piece.ts";
import type { Words } from "./shapes/words.ts";

/** A picture of a board, at the top left of a canvas that may be larger. */
export interface Still {
  /** Brings it nearer to what the board is now, until `enough` (false); true: it is all there. */
  work(theme: InkTheme, enough: () => boolean): boolean;
  /** Copies it, as far as it is painted, to a canvas, which gets its size. Says whether there was anything. */
  copyTo(canvas: HTMLCanvasElement): boolean;
  close(): void;
}

export interface StillDeps {
  readonly board: Board;
  readonly words: Words;
  readonly pictures: PictureSource;
  /** In device pixels, TILE_SIZE at most. */
  readonly size: Viewport;
  /** An empty canvas that is on no page. */
  readonly createCanvas: () => HTMLCanvasElement;
  /** Milliseconds that never go back. */
  readonly now: () => number;
}

/** The longer side of the screen that the picture is a small one of, in CSS pixels: what it shows is at 100 % there. */
const SCREEN = 600;
/** Air around the drawing, in CSS pixels of that screen. */
const PADDING = 28;

export function createStill({ board, words, pictures, size, createCanvas, now }: StillDeps): Still {
  if (Math.max(size.width, size.height) > TILE_SIZE) throw new Error("a still is larger than a tile");
  // It listens first: the others ask it when the board has changed.
  const index = createItemIndex(board, (item) => wordsBox(item, words));
  const previewed = createPreviewedBoard(board);
  const scene = createScene({ board: previewed, index, words, pictures, now });
  // Ink that comes from elsewhere flows on the canvas, and is here at once.
  const stops = [
    previewed.onChange((change) => scene.apply({ ...change, origin: "local" })),
    pictures.onChange(scene.pictureCame),
  ];
  const painter = createTilePainter(scene.finished, createCanvas);
  const surface = createTileSurface(createCanvas, { alpha: false });
  const pixelRatio = Math.max(size.width, size.height) / SCREEN;
  let tile: Tile | undefined;
  let shown: CanvasAppearance | undefined;

  const startAnew = (transform: Transform): Tile => {
    painter.restart();
    const { scale } = transform;
    const dirty = { x: 0, y: 0, ...size };
    return {
      scale,
      column: 0,
      row: 0,
      surface,
      transform,
      dirty,
      later: undefined,
      begun: false,
      ready: false,
      used: 0,
    };
  };
  /** What changed since has to be painted again. */
  const takeDamage = (known: Tile): void => {
    const { added, boxes } = scene.takeDamage();
    for (const box of [...boxes, ...added.map((each) => each.box)]) {
      const area = areaOf(box, known.transform, TILE_VIEWPORT);
      if (area) known.dirty = unionOfAreas(known.dirty, area);
    }
  };

  return {
    work(theme, enough) {
      if (!index.prepare(enough)) return false;
      const appearance = { ...theme, background: board.background(), pixelRatio };
      const transform = transformFor(scene.bounds(), size, pixelRatio);
      const isSame =
        shown && sameAppearance(shown, appearance) && tile && sameTransform(tile.transform, transform);
      shown = appearance;
      tile = isSame && tile ? tile : startAnew(transform);
      takeDamage(tile);
      return painter.work(tile, appearance, enough);
    },
    copyTo(canvas) {
      if (!tile?.ready || !shown) return false;
      const { width, height } = size;
      canvas.width = width;
      canvas.height = height;
      const { context } = createSurface(canvas, { alpha: false });
      context.drawImage(surface.canvas, 0, 0, width, height, 0, 0, width, height);
      for (const live of scene.unfinished()) paintUnfinished(context, live, tile.transform, shown);
      return true;
    },
    close() {
      for (const stop of stops) stop();
      previewed.close();
      index.close();
      release(surface);
    },
  };
}

/** Where all ink is to be seen; the middle of the world at 100 % where that shows it all. */
function transformFor(ink: Box | undefined, size: Viewport, pixelRatio: number): Transform {
  const viewport = { width: size.width / pixelRatio, height: size.height / pixelRatio };
  const half = { x: viewport.width / 2 - PADDING, y: viewport.height / 2 - PADDING };
  const home = { x: 0, y: 0, zoom: 1 };
  if (!ink) return transformOf(home, viewport, pixelRatio);
  const reach = { x: Math.max(-ink.minX, ink.maxX), y: Math.max(-ink.minY, ink.maxY) };
  if (reach.x <= half.x && reach.y <= half.y) return transformOf(home, viewport, pixelRatio);
  const { minX, minY, maxX, maxY } = grownBy(ink, 1);
  const zoom = Math.min(1, (2 * half.x) / (maxX - minX), (2 * half.y) / (maxY - minY));
  return transformOf({ x: (minX + maxX) / 2, y: (minY + maxY) / 2, zoom }, viewport, pixelRatio);
}

/** A stroke under a pen. Where it blends it may be darker where its pieces meet, until it has ended. */
function paintUnfinished(
  context: CanvasRenderingContext2D,
  { shape, opacity }: LiveShape,
  transform: Transform,
  appearance: CanvasAppearance,
): void {
  const group = blendGroupOf(shape, appearance);
  resetContext(context);
  context.globalAlpha = opacity * (group?.alpha ?? 1);
  context.globalCompositeOperation = group?.blend ?? "source-over";
  for (const piece of shape.pieces) paintPiece(context, piece, { transform }, appearance);
  resetContext(context);
}

function sameTransform(a: Transform, b: Transform): boolean {
  return a.scale === b.scale && a.x === b.x && a.y === b.y;
}
