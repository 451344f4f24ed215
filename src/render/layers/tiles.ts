/*
 * Tiles of finished ink, as many as memory allows: which are there, what of them is out of date, and which
 * one makes room for another.
 */
import type { Box } from "../../base/geometry.ts";
import { createSurface, release, type Surface } from "../canvas/surface.ts";
import { areaOf, unionOfAreas, type Area, type Transform } from "../canvas/transform.ts";

/** The side of a tile in device pixels. */
export const TILE_SIZE = 512;
export const TILE_VIEWPORT = { width: TILE_SIZE, height: TILE_SIZE };
const WHOLE: Area = { x: 0, y: 0, ...TILE_VIEWPORT };

/** Which part of the world, and how large: `scale` is device pixels to a world unit. */
export interface TilePlace {
  readonly scale: number;
  readonly column: number;
  readonly row: number;
}

/** A square of finished ink, counted from the world's middle: everybody at this scale has the same. */
export interface Tile extends TilePlace {
  readonly surface: Surface;
  /** From world units to the tile's pixels. */
  readonly transform: Transform;
  /** What does not show the present; undefined: all is well. */
  dirty: Area | undefined;
  /** Becomes dirty when it has been painted: what comes there does not make what is painted untrue. */
  later: Area | undefined;
  /** There is something on it, and not what another place had before. */
  begun: boolean;
  /** It has been painted to the end, so that it can be shown even if it is a moment old. */
  ready: boolean;
  /** The number of the painting that last needed it. */
  used: number;
}

/** The tiles that were painted, as many as memory allows; those not needed for longest go first. */
export interface TileCache {
  find(place: TilePlace): Tile | undefined;
  /** A tile that is there or is made; undefined where all memory is taken by tiles used in `painting`. */
  obtain(place: TilePlace, painting: number): Tile | undefined;
  all(): Iterable<Tile>;
  /** What is painted inside `box` is no longer true. */
  damage(box: Box): void;
  /** More has come there. A tile that `isAtWork` says is being painted is painted to its end first. */
  more(box: Box, isAtWork: (tile: Tile) => boolean): void;
  /** All pixels are gone, or may be. */
  invalidateAll(): void;
  /** How many tiles there may be. Those that are too many go. */
  setLimit(count: number): void;
  clear(): void;
}

export function createTileCache(createCanvas: () => HTMLCanvasElement): TileCache {
  const tiles = new Map<string, Tile>();
  let limit = 0;

  const oldest = (): Tile | undefined => {
    let found: Tile | undefined;
    for (const tile of tiles.values()) if (!found || tile.used < found.used) found = tile;
    return found;
  };

  const drop = (tile: Tile): Surface => {
    tiles.delete(nameOf(tile));
    return tile.surface;
  };

  return {
    find: (place) => tiles.get(nameOf(place)),
    obtain(place, painting) {
      const known = tiles.get(nameOf(place));
      if (known) {
        known.used = painting;
        return known;
      }
      let surface: Surface | undefined;
      if (tiles.size >= limit) {
        const victim = oldest();
        if (!victim || victim.used >= painting) return undefined;
        surface = drop(victim);
      }
      const tile: Tile = {
        ...place,
        surface: surface ?? createTileSurface(createCanvas, { alpha: false }),
        transform: {
          scale: place.scale,
          x: -place.column * TILE_SIZE,
          y: -place.row * TILE_SIZE,
        },
        dirty: WHOLE,
        later: undefined,
        begun: false,
        ready: false,
        used: painting,
      };
      tiles.set(nameOf(place), tile);
      return tile;
    },
    all: () => tiles.values(),
    damage(box) {
      for (const tile of tiles.values()) {
        const area = areaOf(box, tile.transform, TILE_VIEWPORT);
        if (area) tile.dirty = unionOfAreas(tile.dirty, area);
      }
    },
    more(box, isAtWork) {
      for (const tile of tiles.values()) {
        const area = areaOf(box, tile.transform, TILE_VIEWPORT);
        if (!area) continue;
        if (isAtWork(tile)) tile.later = unionOfAreas(tile.later, area);
        else tile.dirty = unionOfAreas(tile.dirty, area);
      }
    },
    invalidateAll() {
      for (const tile of tiles.values()) {
        tile.dirty = { ...WHOLE };
        tile.begun = false;
        tile.ready = false;
      }
    },
    setLimit(count) {
      limit = count;
      while (tiles.size > limit) release(drop(oldest()!));
    },
    clear() {
      for (const tile of tiles.values()) release(tile.surface);
      tiles.clear();
    },
  };
}

/** A canvas as large as a tile. */
export function createTileSurface(
  createCanvas: () => HTMLCanvasElement,
  settings: CanvasRenderingContext2DSettings,
): Surface {
  const canvas = createCanvas();
  canvas.width = TILE_SIZE;
  canvas.height = TILE_SIZE;
  return createSurface(canvas, settings);
}

function nameOf({ scale, column, row }: TilePlace): string {
  return `${scale},${column},${row}`;
}
