import type { ItemId } from "../board/board.ts";
import { copyArea, isGlaze, layGlaze, paintPiece, resetContext } from "./paint.ts";
import type { Scene } from "./scene.ts";
import { boxOfPieces, type Shape } from "./shapes.ts";
import { createSurface, type Surface } from "./surface.ts";
import { PAPER, type InkTheme } from "./theme.ts";
import { TILE_SIZE, TILE_VIEWPORT, type Tile } from "./tiles.ts";
import { areaOf, worldOf, type Area } from "./transform.ts";

/** Paints tiles, a little at a time. */
export interface TilePainter {
  /** Goes on with a tile until it is done (true) or `enough` says so (false). */
  work(tile: Tile, theme: InkTheme, enough: () => boolean): boolean;
  /** Paints an item over what the tile shows, or is about to. */
  add(tile: Tile, id: ItemId, theme: InkTheme): void;
  /** The finished ink is another: what is half done has to start again. */
  restart(): void;
}

/** A tile, or a part of it, on its way. */
interface Job {
  readonly tile: Tile;
  readonly area: Area;
  readonly items: ItemId[];
  /** What is painted of these. */
  item: number;
  piece: number;
  readonly target: Surface;
}

export function createTilePainter(scene: Scene, createCanvas: () => HTMLCanvasElement): TilePainter {
  let job: Job | undefined;
  let scratch: Surface | undefined;
  let mask: Surface | undefined;

  const spare = (settings: CanvasRenderingContext2DSettings): Surface => {
    const canvas = createCanvas();
    canvas.width = TILE_SIZE;
    canvas.height = TILE_SIZE;
    return createSurface(canvas, settings);
  };

  const begin = (tile: Tile, area: Area, theme: InkTheme): Job => {
    // What is shown stays until its successor is complete. Not with a clip: engines soften the edge
    // of a clipped path differently, and the pixels would tell in which order strokes came.
    const target = tile.ready ? (scratch ??= spare({ alpha: false })) : tile.surface;
    resetContext(target.context);
    target.context.fillStyle = theme.dark ? PAPER.dark : PAPER.light;
    target.context.fillRect(area.x, area.y, area.width, area.height);
    const items = [...scene.finishedIn(worldOf(area, tile.transform))];
    return { tile, area, items, item: 0, piece: 0, target };
  };

  /** One piece, or a whole glaze; `enough` is heeded while its paths are made, which takes longest. */
  const paintSome = (target: Surface, tile: Tile, shape: Shape, from: number, theme: InkTheme): number => {
    const piece = shape.pieces[from];
    if (!piece) return from;
    if (!isGlaze(shape)) {
      if (areaOf(piece.box(), tile.transform, TILE_VIEWPORT)) {
        paintPiece(target.context, shape, piece, tile.transform, theme);
      }
      return from + 1;
    }
    if (from + 1 < shape.pieces.length) {
      piece.path(tile.transform.scale);
      return from + 1;
    }
    paintGlaze(target, tile, shape, theme);
    return from + 1;
  };

  const paintGlaze = (target: Surface, tile: Tile, shape: Shape, theme: InkTheme): void => {
    const box = boxOfPieces(shape.pieces);
    const area = box && areaOf(box, tile.transform, TILE_VIEWPORT);
    if (!area) return;
    mask ??= spare({});
    resetContext(mask.context);
    mask.context.clearRect(area.x, area.y, area.width, area.height);
    for (const piece of shape.pieces) {
      if (!areaOf(piece.box(), tile.transform, TILE_VIEWPORT)) continue;
      paintPiece(mask.context, shape, piece, tile.transform, theme);
    }
    layGlaze(target.context, mask, area, theme);
  };

  const finish = ({ tile, target, area }: Job): void => {
    if (target !== tile.surface) {
      resetContext(tile.surface.context);
      copyArea(target.canvas, tile.surface.context, area);
    }
    tile.dirty = undefined;
    tile.ready = true;
  };

  return {
    work(tile, theme, enough) {
      if (!tile.dirty) return true;
      if (job?.tile !== tile || job.area !== tile.dirty) job = begin(tile, tile.dirty, theme);
      const { items, target } = job;
      while (job.item < items.length) {
        if (enough()) return false;
        const shape = scene.finished(items[job.item]!);
        job.piece = shape ? paintSome(target, tile, shape, job.piece, theme) : 0;
        if (shape && job.piece < shape.pieces.length) continue;
        job.item++;
        job.piece = 0;
      }
      finish(job);
      job = undefined;
      return true;
    },
    add(tile, id, theme) {
      if (job?.tile === tile) {
        job.items.push(id);
        if (!tile.ready) return;
      }
      const shape = scene.finished(id);
      // A tile that has never been shown gets it with all the rest.
      if (!shape || !tile.ready) return;
      for (let piece = 0; piece < shape.pieces.length;) {
        piece = paintSome(tile.surface, tile, shape, piece, theme);
      }
    },
    restart() {
      job = undefined;
    },
  };
}
