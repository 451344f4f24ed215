/*
 * Puts the canvas of finished ink together from tiles, where it is out of date. Where the tile of the
 * right scale is not ready, tiles of other scales stand in.
 */
import { paintBackground } from "../canvas/appearance.ts";
import { isLost, type Surface } from "../canvas/surface.ts";
import { commonArea, unionOfAreas, type Area, type Transform } from "../canvas/transform.ts";
import { resetContext } from "../shapes/paint.ts";
import { placesUnder, screenArea } from "./tile-plan.ts";
import type { Tile, TileCache } from "./tiles.ts";
import type { View } from "./view.ts";

export interface TileComposer {
  /** This part of the canvas has to be put together again, in device pixels; undefined: none. */
  invalidate(area: Area | undefined): void;
  invalidateAll(): void;
  /** `painting`: the number of this painting, for the tiles that are used. Returns the part that has become different. */
  compose(view: View, painting: number): Area | undefined;
}

export function createTileComposer(screen: Surface, tiles: TileCache): TileComposer {
  let all = true;
  let dirty: Area | undefined;

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

  /** Shows in `part` the best that there is, of any scale. */
  const patch = (part: Area, own: Tile | undefined, view: View, painting: number): void => {
    const { transform, appearance } = view;
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

  return {
    invalidate(area) {
      dirty = unionOfAreas(dirty, area);
    },
    invalidateAll() {
      all = true;
    },
    compose(view, painting) {
      const whole: Area = { x: 0, y: 0, ...view.size };
      const part = all ? whole : dirty && commonArea(dirty, whole);
      all = false;
      dirty = undefined;
      if (!part) return undefined;
      resetContext(screen.context);
      if (view.zooming) {
        patch(whole, undefined, view, painting);
        return whole;
      }
      const { transform } = view;
      for (const place of placesUnder(transform.scale, part, transform)) {
        const common = commonArea(screenArea(place, transform), part);
        const tile = tiles.find(place);
        if (!common) continue;
        if (tile?.ready && !isLost(tile.surface)) copyTile(tile, transform, common);
        else patch(common, tile, view, painting);
      }
      return part;
    },
  };
}
