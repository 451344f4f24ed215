/*
 * Which tiles to paint for a view, and in which order: those in view from the middle outward, then those
 * that are likely to come into view.
 */
import type { View } from "./view.ts";
import { TILE_SIZE, type TilePlace } from "./tiles.ts";
import type { Area, Transform } from "../canvas/transform.ts";

/** Which tiles a view needs. */
export interface TilePlan {
  /** Those in view, the middle first; of the view's own scale, or one near it while that is on its way. */
  readonly sharp: readonly TilePlace[];
  /** Those that are likely to be needed next, so that there is never nothing to show. */
  readonly near: readonly TilePlace[];
  /** How many tiles may be kept. */
  readonly limit: number;
}

/** Scale of the tiles that stand in where nothing better is painted yet. */
const OVERVIEW_SCALE = 1 / 8;
/** How far around the view tiles are painted ahead, in device pixels. */
const AHEAD = TILE_SIZE / 2;
/** 96 megabytes of pixels, unless the screen alone needs more. */
const MAX_TILES = 96;
const SPARE_TILES = 16;

export function planTiles(view: View): TilePlan {
  const { size, transform } = view;
  const scale = view.zooming ? 2 ** Math.floor(Math.log2(transform.scale)) : transform.scale;
  const sharp = placesWithin(scale, view, 0);
  const near: TilePlace[] = [];
  if (transform.scale > 2 * OVERVIEW_SCALE) {
    near.push(...placesWithin(OVERVIEW_SCALE, view, Math.max(size.width, size.height)));
  }
  if (!view.zooming) {
    const names = new Set(sharp.map(nameOf));
    near.push(...placesWithin(scale, view, AHEAD).filter((place) => !names.has(nameOf(place))));
  }
  const inView = Math.ceil(size.width / TILE_SIZE + 1) * Math.ceil(size.height / TILE_SIZE + 1);
  const limit = Math.max(inView + SPARE_TILES, Math.min(2 * inView + SPARE_TILES, MAX_TILES));
  return { sharp, near, limit };
}

/** Where a tile lies on the canvas; in whole pixels where it has the canvas's scale. */
export function screenArea(place: TilePlace, transform: Transform): Area {
  const side = (TILE_SIZE * transform.scale) / place.scale;
  return {
    x: place.column * side + transform.x,
    y: place.row * side + transform.y,
    width: side,
    height: side,
  };
}

/** Tiles that touch a part of the canvas. */
export function placesUnder(scale: number, part: Area, transform: Transform): TilePlace[] {
  const side = (TILE_SIZE * transform.scale) / scale;
  const left = Math.floor((part.x - transform.x) / side);
  const top = Math.floor((part.y - transform.y) / side);
  const right = Math.ceil((part.x + part.width - transform.x) / side);
  const bottom = Math.ceil((part.y + part.height - transform.y) / side);
  const places: TilePlace[] = [];
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) places.push({ scale, column, row });
  }
  return places;
}

function placesWithin(scale: number, { size, transform }: View, margin: number): TilePlace[] {
  const part = {
    x: -margin,
    y: -margin,
    width: size.width + 2 * margin,
    height: size.height + 2 * margin,
  };
  const away = (place: TilePlace): number => {
    const { x, y, width, height } = screenArea(place, transform);
    return (x + width / 2 - size.width / 2) ** 2 + (y + height / 2 - size.height / 2) ** 2;
  };
  return placesUnder(scale, part, transform).sort((a, b) => away(a) - away(b));
}

function nameOf({ column, row }: TilePlace): string {
  return `${column},${row}`;
}
