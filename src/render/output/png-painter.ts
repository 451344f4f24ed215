/*
 * Paints a part of a board on one canvas, with the tiles of the screen: pixel by pixel what is seen there.
 */
import type { Box } from "../../base/geometry.ts";
import type { CanvasAppearance } from "../canvas/appearance.ts";
import type { Viewport } from "../canvas/camera.ts";
import { createSurface, release } from "../canvas/surface.ts";
import { createTilePainter } from "../layers/tile-painter.ts";
import { createTileSurface, TILE_SIZE, TILE_VIEWPORT, type Tile } from "../layers/tiles.ts";
import type { FinishedInk } from "../scene/finished-ink.ts";

/** As many pixels as a canvas may have on every phone. */
const MOST_PIXELS = 4096 * 4096;
const LONGEST_SIDE = 16_384;
/** So many pieces of ink are painted in a step. */
const STEP = 8;

export interface PngToPaint {
  readonly ink: FinishedInk;
  /** What is to be seen, in world units. */
  readonly region: Box;
  /** Pixels to a world unit, as `largestScale` allows. */
  readonly scale: number;
  readonly appearance: CanvasAppearance;
  /** An empty canvas that is on no page. */
  readonly createCanvas: () => HTMLCanvasElement;
}

/** Up to `wanted` pixels to a world unit, as many as a picture of the region can have. */
export function largestScale({ minX, minY, maxX, maxY }: Box, wanted: number): number {
  const [width, height] = [maxX - minX, maxY - minY];
  return Math.min(wanted, Math.sqrt(MOST_PIXELS / (width * height)), LONGEST_SIDE / Math.max(width, height));
}

export function sizeInPixels({ minX, minY, maxX, maxY }: Box, scale: number): Viewport {
  const pixels = (length: number): number => Math.max(Math.floor(length * scale + 1e-6), 1);
  return { width: pixels(maxX - minX), height: pixels(maxY - minY) };
}

/**
 * Each step is a moment's work, and says how much is done, 0 .. 1. Throws where the engine gives no canvas of this
 * size.
 */
export function* paintPng(given: PngToPaint): Generator<number, HTMLCanvasElement> {
  const { ink, region, scale, appearance, createCanvas } = given;
  const painter = createTilePainter(ink, createCanvas);
  const canvas = createCanvas();
  const size = sizeInPixels(region, scale);
  Object.assign(canvas, size);
  const settings = { alpha: appearance.background === "none" };
  const target = createSurface(canvas, settings);
  const surface = createTileSurface(createCanvas, settings);
  const [left, top] = [Math.round(region.minX * scale), Math.round(region.minY * scale)];
  const columns = Math.ceil(size.width / TILE_SIZE);
  const rows = Math.ceil(size.height / TILE_SIZE);
  try {
    for (let i = 0; i < columns * rows; i++) {
      const [column, row] = [i % columns, Math.floor(i / columns)];
      const x = column * TILE_SIZE;
      const y = row * TILE_SIZE;
      const tile: Tile = {
        scale,
        column,
        row,
        surface,
        transform: { scale, x: -left - x, y: -top - y },
        dirty: { x: 0, y: 0, ...TILE_VIEWPORT },
        later: undefined,
        begun: false,
        ready: false,
        used: 0,
      };
      while (!painter.work(tile, appearance, after(STEP))) yield i / (columns * rows);
      target.context.drawImage(surface.canvas, x, y);
      yield (i + 1) / (columns * rows);
    }
    return canvas;
  } finally {
    release(surface);
  }
}

/** Says yes from the time on when it was asked so often. */
function after(count: number): () => boolean {
  let asked = 0;
  return () => ++asked > count;
}
