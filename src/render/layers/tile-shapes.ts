import type { CanvasAppearance } from "../canvas/appearance.ts";
import type { Surface } from "../canvas/surface.ts";
import { areaOf } from "../canvas/transform.ts";
import { paintPiece } from "../shapes/canvas-painter.ts";
import { blendGroupOf, clearArea, drawBlendGroup } from "../shapes/paint.ts";
import { boxOfPieces, type Shape } from "../shapes/shapes.ts";
import { createTileSurface, TILE_VIEWPORT, type Tile } from "./tiles.ts";

/** Paints shapes piece by piece, so that one that takes long can be left and gone on with. */
export interface TileShapes {
  /**
   * Paints the piece `from` of a shape on `target`, which has the tile's place in the world, and returns
   * the piece to go on with. A blend group is painted with its last piece; until then paths are made.
   */
  paintPiece(target: Surface, tile: Tile, shape: Shape, from: number, appearance: CanvasAppearance): number;
}

export function createTileShapes(createCanvas: () => HTMLCanvasElement): TileShapes {
  let mask: Surface | undefined;

  const paintBlendGroup = (target: Surface, tile: Tile, shape: Shape, appearance: CanvasAppearance): void => {
    const box = boxOfPieces(shape.pieces);
    const area = box && areaOf(box, tile.transform, TILE_VIEWPORT);
    const group = blendGroupOf(shape, appearance);
    if (!area || !group) return;
    mask ??= createTileSurface(createCanvas, {});
    clearArea(mask, area);
    for (const piece of shape.pieces) {
      if (areaOf(piece.box(), tile.transform, TILE_VIEWPORT))
        paintPiece(mask.context, piece, tile, appearance);
    }
    drawBlendGroup(target.context, mask, area, group);
  };

  return {
    paintPiece(target, tile, shape, from, appearance) {
      const piece = shape.pieces[from];
      if (!piece) return from;
      if (!blendGroupOf(shape, appearance)) {
        if (areaOf(piece.box(), tile.transform, TILE_VIEWPORT))
          paintPiece(target.context, piece, tile, appearance);
      } else if (from + 1 < shape.pieces.length) piece.prepare(tile.transform.scale);
      else paintBlendGroup(target, tile, shape, appearance);
      return from + 1;
    },
  };
}
