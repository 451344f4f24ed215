/*
 * Paints tiles, a little at a time. A tile that is shown already is painted on a spare canvas first: what
 * is shown stays until its successor is complete.
 */
import type { ItemId } from "../../board/document/board.ts";
import { paintBackground, type CanvasAppearance } from "../canvas/appearance.ts";
import { createSurface, type Surface } from "../canvas/surface.ts";
import { unionOfAreas, worldOf, type Area } from "../canvas/transform.ts";
import type { FinishedInk } from "../scene/finished-ink.ts";
import { drawList, type Drawn } from "../scene/draw-list.ts";
import { clearArea, copyArea, drawBlendGroup, resetContext } from "../shapes/paint.ts";
import type { Shape } from "../shapes/shapes.ts";
import { createTileShapes } from "./tile-shapes.ts";
import { createTileSurface, TILE_VIEWPORT, type Tile } from "./tiles.ts";

export interface TilePainter {
  /** Goes on with a tile until it is done (true) or `enough` says so (false). */
  work(tile: Tile, appearance: CanvasAppearance, enough: () => boolean): boolean;
  /** Paints an item of an opaque layer over what the tile shows, or is about to. */
  add(tile: Tile, id: ItemId, appearance: CanvasAppearance): void;
  /** It is half done, and what was to be painted on it is still so. */
  isAtWork(tile: Tile): boolean;
  /** Ink was painted on some tile. */
  hasPainted(): boolean;
  /** The finished ink is another: what is half done has to start again. */
  restart(): void;
}

/** So many pieces are painted before it is looked how long that took. */
const NOTED_PIECES = 64;

const WHOLE_TILE: Area = { x: 0, y: 0, ...TILE_VIEWPORT };

/** A tile, or a part of it, on its way. */
interface Job {
  readonly tile: Tile;
  readonly area: Area;
  /** May get more at its end. */
  readonly items: ItemId[];
  readonly list: Iterator<Drawn, void>;
  /** The shape that is being painted, and how many of its pieces are. */
  shape: Shape | undefined;
  piece: number;
  readonly target: Surface;
  /** How strong the layer is that shows through and is being painted on a canvas of its own. */
  group: number | undefined;
}

/**
 * Engines note what is painted on a canvas, and carry it out when its pixels are wanted: much that is noted in no time
 * would keep the thread for long then. This makes them do it.
 */
function createProbe(createCanvas: () => HTMLCanvasElement): (surface: Surface) => void {
  let probe: Surface | undefined;
  return ({ canvas }) => {
    probe ??= createProbeSurface(createCanvas());
    probe.context.drawImage(canvas, 0, 0, 1, 1, 0, 0, 1, 1);
  };
}

function createProbeSurface(canvas: HTMLCanvasElement): Surface {
  canvas.width = 1;
  canvas.height = 1;
  return createSurface(canvas, { alpha: false });
}

export function createTilePainter(ink: FinishedInk, createCanvas: () => HTMLCanvasElement): TilePainter {
  const shapes = createTileShapes(createCanvas);
  const carryOut = createProbe(createCanvas);
  /** Since that was done last. */
  let noted = 0;
  let hasPainted = false;
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
    const list = drawList(ink, items);
    return { tile, area, items, list, shape: undefined, piece: 0, target, group: undefined };
  };

  /** A layer that shows through is painted as a whole first. */
  const openGroup = (current: Job, opacity: number): void => {
    sheet ??= createTileSurface(createCanvas, {});
    clearArea(sheet, WHOLE_TILE);
    current.group = opacity;
  };

  const closeGroup = (current: Job): void => {
    const { group, target } = current;
    if (group === undefined || !sheet) return;
    // All of it, whatever is needed: engines round differently where they lay another part.
    drawBlendGroup(target.context, sheet, WHOLE_TILE, { alpha: group, blend: "source-over" });
    current.group = undefined;
  };

  const finish = (current: Job): void => {
    const { tile, target, area } = current;
    if (target !== tile.surface) {
      resetContext(tile.surface.context);
      copyArea(target.canvas, tile.surface.context, area);
    }
    tile.dirty = tile.later;
    tile.later = undefined;
    tile.ready = true;
  };

  const isAtWork = (tile: Tile): boolean => job?.tile === tile && job.area === tile.dirty;

  /** All that has to be painted on it. */
  const takeDirty = (tile: Tile): Area => {
    const area = unionOfAreas(tile.dirty, tile.later)!;
    tile.dirty = area;
    tile.later = undefined;
    return area;
  };

  /** Until it is done (true), or `enough` says so (false). */
  const goOn = (current: Job, appearance: CanvasAppearance, enough: () => boolean): boolean => {
    for (;;) {
      const { shape, tile } = current;
      if (shape && current.piece < shape.pieces.length) {
        if (enough()) return false;
        const target = current.group !== undefined && sheet ? sheet : current.target;
        current.piece = shapes.paintPiece(target, tile, shape, current.piece, appearance);
        hasPainted = true;
        if (++noted >= NOTED_PIECES) {
          carryOut(target);
          noted = 0;
        }
        continue;
      }
      const { value: next } = current.list.next();
      if (!next) return true;
      if (next.kind === "open") openGroup(current, next.opacity);
      else if (next.kind === "close") closeGroup(current);
      current.shape = next.kind === "shape" ? next.shape : undefined;
      current.piece = 0;
    }
  };

  return {
    work(tile, appearance, enough) {
      // More may have come while it was painted.
      while (tile.dirty) {
        if (!isAtWork(tile)) job = begin(tile, takeDirty(tile), appearance);
        if (!goOn(job!, appearance, enough)) return false;
        finish(job!);
        job = undefined;
      }
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
    isAtWork,
    hasPainted: () => hasPainted,
    restart() {
      job = undefined;
    },
  };
}
