/*
 * The canvas of finished ink. It is put together from tiles, which are painted a little at a time and kept,
 * so that moving about a large board paints only what was not in view before.
 */
import { EVERYWHERE, type Box } from "../../base/geometry.ts";
import { sameAppearance, type CanvasAppearance } from "../canvas/appearance.ts";
import type { Damage } from "../scene/damage.ts";
import type { FinishedInk } from "../scene/finished-ink.ts";
import { createSurface } from "../canvas/surface.ts";
import { createTileComposer } from "./tile-composer.ts";
import { createTilePainter } from "./tile-painter.ts";
import { placesUnder, planTiles, screenArea } from "./tile-plan.ts";
import { createTileCache, TILE_SIZE, TILE_VIEWPORT, type TilePlace } from "./tiles.ts";
import { areaOf, unionOfAreas, type Area } from "../canvas/transform.ts";
import type { View } from "./view.ts";

/** The canvas of the background and finished ink. */
export interface CachedLayer {
  /** Finished ink is another. */
  damage(damage: Damage, appearance: CanvasAppearance): void;
  /**
   * Brings the tiles nearer to what the canvas should show, until `enough`. `isKnown`: it can be asked where
   * finished ink is; else no tile is painted.
   */
  work(view: View, isKnown: boolean, enough: () => boolean): Progress;
  /**
   * Shows how far that is. What is not ready in its right size yet is shown from tiles of other sizes, or as far as it
   * is painted. Returns what has become different on the canvas; undefined: nothing.
   */
  show(): Area | undefined;
  /** Everything in this part of the world, as far as it is in view, is as it should be since `work`. */
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
  /** There is ink on a tile, or was. */
  readonly inked: boolean;
}

export interface CachedLayerDeps {
  readonly canvas: HTMLCanvasElement;
  readonly ink: FinishedInk;
  readonly createCanvas: () => HTMLCanvasElement;
}

/** Added ink is painted at once on so many tiles; on others when they are needed. */
const MAX_AT_ONCE = 8;

export function createCachedLayer({ canvas, ink, createCanvas }: CachedLayerDeps): CachedLayer {
  const tiles = createTileCache(createCanvas);
  const composer = createTileComposer(createSurface(canvas, { alpha: false }), tiles);
  const painter = createTilePainter(ink, createCanvas);
  let shown: View | undefined;
  let painting = 0;
  /** Nothing was left to be done for `shown`, nor has anything become different: so it is at each move of a pen. */
  let isAtRest = false;

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
    if (shown) composer.invalidate(areaOf(box, shown.transform, shown.size));
  };

  const workOn = (view: View, places: readonly TilePlace[], enough: () => boolean): boolean => {
    // All of them first, so that none makes room for another.
    const needed = places.flatMap((place) => tiles.obtain(place, painting) ?? []);
    let isBegun = false;
    for (const tile of needed) {
      if (!tile.dirty) continue;
      // Also a tile on which nothing is costs the memory of a canvas. One gets on in each frame.
      if (isBegun && enough()) return false;
      isBegun = true;
      const done = painter.work(tile, view.appearance, enough);
      // A tile of another scale may show anywhere, as long as the right one is missing.
      if (tile.scale === view.transform.scale) composer.invalidate(screenArea(tile, view.transform));
      else if (view.zooming) composer.invalidateAll();
      if (!done) return false;
    }
    return true;
  };

  return {
    damage({ added, boxes, more }, appearance) {
      if (added.length > 0 || boxes.length > 0 || more) isAtRest = false;
      for (const box of boxes) tiles.damage(box);
      if (more) tiles.more(more, painter.isAtWork);
      for (const each of added) add(each, appearance);
    },
    work(view, isKnown, enough) {
      if (isAtRest && isKnown && shown && sameView(shown, view))
        return { sharp: true, done: true, inked: painter.hasPainted() };
      painting++;
      if (shown?.appearance.dark !== view.appearance.dark) {
        tiles.clear();
        painter.restart();
      } else if (!sameAppearance(shown.appearance, view.appearance)) tiles.damage(EVERYWHERE);
      if (!shown || !sameView(shown, view)) composer.invalidateAll();
      shown = view;
      const plan = planTiles(view);
      tiles.setLimit(plan.limit);
      const complete = isKnown && workOn(view, plan.sharp, enough);
      const done = complete && workOn(view, plan.near, enough);
      isAtRest = done && !view.zooming;
      return { sharp: complete && !view.zooming, done, inked: painter.hasPainted() };
    },
    show: () => shown && composer.compose(shown, painting),
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
    invalidate: composer.invalidateAll,
    lost() {
      isAtRest = false;
      composer.invalidateAll();
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
