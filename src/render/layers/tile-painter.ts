import type { ItemId } from "../../board/document/board.ts";
import { copyArea, blendGroupOf, drawBlendGroup, resetContext } from "../shapes/paint.ts";
import { paintBackground, type CanvasAppearance } from "../canvas/appearance.ts";
import type { FinishedInk } from "../scene/finished-ink.ts";
import type { LayerLook } from "../scene/layer-looks.ts";
import { boxOfPieces, type Shape } from "../shapes/shapes.ts";
import { createSurface, type Surface } from "../canvas/surface.ts";
import { TILE_SIZE, TILE_VIEWPORT, type Tile } from "./tiles.ts";
import { areaOf, worldOf, type Area } from "../canvas/transform.ts";

/** Paints tiles, a little at a time. */
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
  let job: Job | undefined;
  let scratch: Surface | undefined;
  let mask: Surface | undefined;
  let sheet: Surface | undefined;

  const spare = (settings: CanvasRenderingContext2DSettings): Surface => {
    const canvas = createCanvas();
    canvas.width = TILE_SIZE;
    canvas.height = TILE_SIZE;
    return createSurface(canvas, settings);
  };

  const begin = (tile: Tile, area: Area, appearance: CanvasAppearance): Job => {
    // What is shown stays until its successor is complete. Not with a clip: engines soften the edge
    // of a clipped path differently, and the pixels would tell in which order strokes came.
    const target = tile.ready ? (scratch ??= spare({ alpha: false })) : tile.surface;
    resetContext(target.context);
    paintBackground(target.context, area, tile.transform, appearance);
    tile.begun = true;
    const items = [...ink.within(worldOf(area, tile.transform))];
    return { tile, area, items, item: 0, piece: 0, target, group: undefined };
  };

  /** One piece, or a whole group; `enough` is heeded while its paths are made, which takes longest. */
  const paintSome = (
    target: Surface,
    tile: Tile,
    shape: Shape,
    from: number,
    appearance: CanvasAppearance,
  ): number => {
    const piece = shape.pieces[from];
    if (!piece) return from;
    if (!blendGroupOf(shape, appearance)) {
      if (areaOf(piece.box(), tile.transform, TILE_VIEWPORT)) piece.paint(target.context, tile, appearance);
      return from + 1;
    }
    if (from + 1 < shape.pieces.length) {
      piece.prepare(tile.transform.scale);
      return from + 1;
    }
    paintBlendGroup(target, tile, shape, appearance);
    return from + 1;
  };

  const paintBlendGroup = (target: Surface, tile: Tile, shape: Shape, appearance: CanvasAppearance): void => {
    const box = boxOfPieces(shape.pieces);
    const area = box && areaOf(box, tile.transform, TILE_VIEWPORT);
    const group = blendGroupOf(shape, appearance);
    if (!area || !group) return;
    mask ??= spare({});
    clear(mask, area);
    for (const piece of shape.pieces) {
      if (areaOf(piece.box(), tile.transform, TILE_VIEWPORT)) piece.paint(mask.context, tile, appearance);
    }
    drawBlendGroup(target.context, mask, area, group);
  };

  /** Where an item of this layer is painted: a layer that shows through is painted as a whole first. */
  const surfaceFor = (current: Job, look: LayerLook): Surface => {
    if (current.group !== undefined && current.group.id !== look.id) layGroup(current);
    if (look.opacity === 1) return current.target;
    sheet ??= spare({});
    if (current.group === undefined) clear(sheet, WHOLE_TILE);
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
          job.piece = paintSome(surfaceFor(job, ink.layerOf(id)), tile, shape, job.piece, appearance);
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
        piece = paintSome(tile.surface, tile, shape, piece, appearance);
      }
    },
    restart() {
      job = undefined;
    },
  };
}

function clear({ context }: Surface, { x, y, width, height }: Area): void {
  resetContext(context);
  context.clearRect(x, y, width, height);
}
