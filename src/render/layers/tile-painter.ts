/*
 * Paints tiles, a little at a time. A tile that is shown already is painted on a spare canvas first: what
 * is shown stays until its successor is complete.
 */
import type { ItemId } from "../../board/document/board.ts";
import { paintBackground, type CanvasAppearance } from "../canvas/appearance.ts";
import type { Surface } from "../canvas/surface.ts";
import { worldOf, type Area } from "../canvas/transform.ts";
import type { FinishedInk } from "../scene/finished-ink.ts";
import type { LayerLook } from "../scene/layer-looks.ts";
import { clearArea, copyArea, drawBlendGroup, resetContext } from "../shapes/paint.ts";
import { createTileShapes } from "./tile-shapes.ts";
import { createTileSurface, TILE_VIEWPORT, type Tile } from "./tiles.ts";

export interface TilePainter {
  /** Goes on with a tile until it is done (true) or `enough` says so (false). */
  work(tile: Tile, appearance: CanvasAppearance, enough: () => boolean): boolean;
  /** Paints an item of an opaque layer over what the tile shows, or is about to. */
  add(tile: Tile, id: ItemId, appearance: CanvasAppearance): void;
  /** The finished ink is another: what is half done has to start again. */
  restart(): void;
}

const WHOLE_TILE: Area = { x: 0, y: 0, ...TILE_VIEWPORT };

/** A tile, or a part of it, on its way. */
interface Job {
  readonly tile: Tile;
  readonly area: Area;
  readonly items: ItemId[];
  /** What is painted of these. */
  item: number;
  piece: number;
  readonly target: Surface;
  /** The layer that shows through and is being painted on a canvas of its own. */
  group: LayerLook | undefined;
}

export function createTilePainter(ink: FinishedInk, createCanvas: () => HTMLCanvasElement): TilePainter {
  const shapes = createTileShapes(createCanvas);
  let job: Job | undefined;
  let scratch: Surface | undefined;
  /** Of the layer that shows through. */
  let sheet: Surface | undefined;

  const begin = (tile: Tile, area: Area, appearance: CanvasAppearance): Job => {
    // Not with a clip: engines soften the edge of a clipped path differently, and the pixels would tell
    // in which order strokes came.
    const target = tile.ready
      ? (scratch ??= createTileSurface(createCanvas, { alpha: false }))
      : tile.surface;
    resetContext(target.context);
    paintBackground(target.context, area, tile.transform, appearance);
    tile.begun = true;
    const items = [...ink.within(worldOf(area, tile.transform))];
    return { tile, area, items, item: 0, piece: 0, target, group: undefined };
  };

  /** Where an item of this layer is painted: a layer that shows through is painted as a whole first. */
  const surfaceFor = (current: Job, look: LayerLook): Surface => {
    if (current.group !== undefined && current.group.id !== look.id) layGroup(current);
    if (look.opacity === 1) return current.target;
    sheet ??= createTileSurface(createCanvas, {});
    if (current.group === undefined) clearArea(sheet, WHOLE_TILE);
    current.group = look;
    return sheet;
  };

  const layGroup = (current: Job): void => {
    const { group, target } = current;
    if (!group || !sheet) return;
    // All of it, whatever is needed: engines round differently where they lay another part.
    drawBlendGroup(target.context, sheet, WHOLE_TILE, { alpha: group.opacity, blend: "source-over" });
    current.group = undefined;
  };

  const finish = (current: Job): void => {
    layGroup(current);
    const { tile, target, area } = current;
    if (target !== tile.surface) {
      resetContext(tile.surface.context);
      copyArea(target.canvas, tile.surface.context, area);
    }
    tile.dirty = undefined;
    tile.ready = true;
  };

  return {
    work(tile, appearance, enough) {
      if (!tile.dirty) return true;
      if (job?.tile !== tile || job.area !== tile.dirty) job = begin(tile, tile.dirty, appearance);
      const { items } = job;
      while (job.item < items.length) {
        if (enough()) return false;
        const id = items[job.item]!;
        const shape = ink.shapeOf(id);
        if (shape) {
          const target = surfaceFor(job, ink.layerOf(id));
          job.piece = shapes.paintPiece(target, tile, shape, job.piece, appearance);
          if (job.piece < shape.pieces.length) continue;
        }
        job.item++;
        job.piece = 0;
      }
      finish(job);
      job = undefined;
      return true;
    },
    add(tile, id, appearance) {
      if (job?.tile === tile) {
        job.items.push(id);
        if (!tile.ready) return;
      }
      const shape = ink.shapeOf(id);
      // A tile that has never been shown gets it with all the rest.
      if (!shape || !tile.ready) return;
      for (let piece = 0; piece < shape.pieces.length;) {
        piece = shapes.paintPiece(tile.surface, tile, shape, piece, appearance);
      }
    },
    restart() {
      job = undefined;
    },
  };
}
