import type { Box } from "../../base/geometry.ts";
import { resetContext } from "../shapes/paint.ts";
import { paintBackground, sameAppearance, type CanvasAppearance } from "../canvas/appearance.ts";
import type { Damage } from "../scene/damage.ts";
import type { FinishedInk } from "../scene/finished-ink.ts";
import { createSurface, isLost } from "../canvas/surface.ts";
import { createTilePainter } from "./tile-painter.ts";
import { placesUnder, planTiles, screenArea } from "./tile-plan.ts";
import { createTileCache, TILE_SIZE, TILE_VIEWPORT, type Tile, type TilePlace } from "./tiles.ts";
import { areaOf, commonArea, unionOfAreas, type Area, type Transform } from "../canvas/transform.ts";
import type { View } from "./view.ts";

/** The canvas of the background and finished ink. */
export interface CachedLayer {
  /** Finished ink is another. */
  damage(damage: Damage, appearance: CanvasAppearance): void;
  /**
   * Brings the canvas nearer to what it should show, until `enough`. What is not ready in its right
   * size yet is shown from tiles of other sizes, or as far as it is painted.
   */
  paint(view: View, enough: () => boolean): Progress;
  /** Everything in this part of the world, as far as it is in view, is as it should be since the last painting. */
  isSharpIn(box: Box): boolean;
  /** The canvas is empty: its size was set. */
  invalidate(): void;
  /** The engine threw canvases away, this one or others. */
  lost(): void;
  /** Device pixels that all tiles have together. */
  pixels(): number;
  close(): void;
}

export interface Progress {
  /** All that is in view is as it should be. */
  readonly sharp: boolean;
  /** Nothing is left to be done for what is in view or near it. */
  readonly done: boolean;
  /** What has become different on the canvas; undefined: nothing. */
  readonly changed: Area | undefined;
}

export interface CachedLayerDeps {
  readonly canvas: HTMLCanvasElement;
  readonly ink: FinishedInk;
  readonly createCanvas: () => HTMLCanvasElement;
}

/** Added ink is painted at once on so many tiles; on others when they are needed. */
const MAX_AT_ONCE = 8;
const EVERYWHERE: Box = { minX: -Infinity, minY: -Infinity, maxX: Infinity, maxY: Infinity };

export function createCachedLayer({ canvas, ink, createCanvas }: CachedLayerDeps): CachedLayer {
  const screen = createSurface(canvas, { alpha: false });
  const tiles = createTileCache(createCanvas);
  const painter = createTilePainter(ink, createCanvas);
  let shown: View | undefined;
  let painting = 0;
  /** The whole canvas has to be put together again. */
  let stale = true;
  /** These parts of it have to be, in device pixels of the canvas. */
  let dirty: Area | undefined;

  const invalidate = (area: Area | undefined): void => {
    dirty = unionOfAreas(dirty, area);
  };

  const add = ({ id, box }: Damage["added"][number], appearance: CanvasAppearance): void => {
    let left = MAX_AT_ONCE;
    // The latest used first: those in view.
    for (const tile of [...tiles.all()].sort((a, b) => b.used - a.used)) {
      const area = areaOf(box, tile.transform, TILE_VIEWPORT);
      if (!area) continue;
      if (tile.used === painting && left-- > 0) {
        painter.add(tile, id, appearance);
      } else {
        tile.dirty = unionOfAreas(tile.dirty, area);
      }
    }
    if (shown) invalidate(areaOf(box, shown.transform, shown.size));
  };

  const copyTile = (tile: Tile, transform: Transform, part: Area): void => {
    const place = screenArea(tile, transform);
    const common = commonArea(place, part);
    if (!common || isLost(tile.surface)) return;
    const ratio = tile.scale / transform.scale;
    screen.context.drawImage(
      tile.surface.canvas,
      (common.x - place.x) * ratio,
      (common.y - place.y) * ratio,
      common.width * ratio,
      common.height * ratio,
      common.x,
      common.y,
      common.width,
      common.height,
    );
  };

  /** Shows in `part` the best that there is, of any scale. */
  const patch = (part: Area, own: Tile | undefined, { transform, appearance }: View): void => {
    paintBackground(screen.context, part, transform, appearance);
    // As far as it is painted.
    if (own?.begun) copyTile(own, transform, part);
    for (const level of levelsUnder(part, transform).reverse()) {
      for (const tile of level) {
        tile.used = painting;
        copyTile(tile, transform, part);
      }
    }
  };

  /** Ready tiles of each scale, the most fitting first, until one scale has all of `part`. */
  const levelsUnder = (part: Area, transform: Transform): Tile[][] => {
    const unlike = (scale: number): number => Math.abs(Math.log(scale / transform.scale));
    const scales = [...new Set([...tiles.all()].map(({ scale }) => scale))];
    const levels: Tile[][] = [];
    for (const scale of scales.sort((a, b) => unlike(a) - unlike(b))) {
      const places = placesUnder(scale, part, transform);
      const found = places.flatMap((place) => tiles.find(place) ?? []).filter(({ ready }) => ready);
      levels.push(found);
      if (found.length === places.length) break;
    }
    return levels;
  };

  /** Puts the canvas together where it is out of date. */
  const compose = (view: View): Area | undefined => {
    const whole: Area = { x: 0, y: 0, ...view.size };
    const part = stale ? whole : dirty && commonArea(dirty, whole);
    stale = false;
    dirty = undefined;
    if (!part) return undefined;
    resetContext(screen.context);
    if (view.zooming) {
      patch(whole, undefined, view);
      return whole;
    }
    const { transform } = view;
    for (const place of placesUnder(transform.scale, part, transform)) {
      const common = commonArea(screenArea(place, transform), part);
      const tile = tiles.find(place);
      if (!common) continue;
      if (tile?.ready && !isLost(tile.surface)) copyTile(tile, transform, common);
      else patch(common, tile, view);
    }
    return part;
  };

  const work = (view: View, places: readonly TilePlace[], enough: () => boolean): boolean => {
    // All of them first, so that none makes room for another.
    const needed = places.flatMap((place) => tiles.obtain(place, painting) ?? []);
    for (const tile of needed) {
      if (!tile.dirty) continue;
      const done = painter.work(tile, view.appearance, enough);
      // A tile of another scale may show anywhere, as long as the right one is missing.
      if (tile.scale === view.transform.scale) invalidate(screenArea(tile, view.transform));
      else if (view.zooming) stale = true;
      if (!done) return false;
    }
    return true;
  };

  return {
    damage({ added, boxes }, appearance) {
      for (const box of boxes) tiles.damage(box);
      for (const each of added) add(each, appearance);
    },
    paint(view, enough) {
      painting++;
      if (shown?.appearance.dark !== view.appearance.dark) {
        tiles.clear();
        painter.restart();
      } else if (!sameAppearance(shown.appearance, view.appearance)) tiles.damage(EVERYWHERE);
      if (!shown || !sameView(shown, view)) stale = true;
      shown = view;
      const plan = planTiles(view);
      tiles.setLimit(plan.limit);
      const complete = work(view, plan.sharp, enough);
      const done = complete && work(view, plan.near, enough);
      return { sharp: complete && !view.zooming, done, changed: compose(view) };
    },
    isSharpIn(box) {
      if (!shown || shown.zooming) return false;
      const { transform, size } = shown;
      const area = areaOf(box, transform, size);
      const places = area ? placesUnder(transform.scale, area, transform) : [];
      return places.every((place) => {
        const tile = tiles.find(place);
        return tile?.ready === true && !tile.dirty;
      });
    },
    invalidate() {
      stale = true;
    },
    lost() {
      stale = true;
      tiles.invalidateAll();
    },
    pixels: () => [...tiles.all()].length * TILE_SIZE ** 2,
    close: () => tiles.clear(),
  };
}

function sameView(a: View, b: View): boolean {
  return (
    a.zooming === b.zooming &&
    sameAppearance(a.appearance, b.appearance) &&
    a.size.width === b.size.width &&
    a.size.height === b.size.height &&
    a.transform.scale === b.transform.scale &&
    a.transform.x === b.transform.x &&
    a.transform.y === b.transform.y
  );
}
