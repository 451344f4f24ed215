/*
 * The items that are on the canvas of finished ink. Where they are, the board's index knows; here is
 * which of its items belong on this canvas, and where a gesture's preview shows an item otherwise than
 * the board has it.
 */
import { overlaps, unionOf, type Box } from "../../base/geometry.ts";
import { boxThrough } from "../../base/matrix.ts";
import type { ItemId } from "../../board/document/board.ts";
import type { PreviewedBoard } from "../../board/previews/previewed-board.ts";
import type { ItemIndex } from "../../board/spatial/item-index.ts";
import type { Shape, ShapeCache } from "../shapes/shapes.ts";
import type { LayerLook, LayerLooks } from "./layer-looks.ts";

/** What those see who paint it. */
export interface FinishedInk {
  /** The items that may touch `box`, bottom first. */
  within(box: Box): readonly ItemId[];
  has(id: ItemId): boolean;
  shapeOf(id: ItemId): Shape | undefined;
  layerOf(id: ItemId): LayerLook;
}

/** What the scene makes of it. */
export interface FinishedItems extends FinishedInk {
  /** The box in which an item is painted; undefined where it is not. */
  boxOf(id: ItemId): Box | undefined;
  set(id: ItemId, box: Box | undefined): void;
  /** Something has become of an item, or of what gestures do to it. */
  follow(id: ItemId): void;
  /** Around every visible item, finished or not, where it is shown; undefined where there is none. */
  bounds(): Box | undefined;
}

export interface FinishedInkDeps {
  readonly board: PreviewedBoard;
  readonly index: ItemIndex;
  readonly shapes: ShapeCache;
  readonly looks: LayerLooks;
}

export function createFinishedInk({ board, index, shapes, looks }: FinishedInkDeps): FinishedItems {
  const boxes = new Map<ItemId, Box>();
  /** Those that the index does not have as they are shown: few, as they are under somebody's hands. */
  const displaced = new Set<ItemId>();

  const isDisplaced = (id: ItemId): boolean =>
    board.movedBy(id) !== undefined || board.item(id) !== index.item(id);

  const shownBox = (id: ItemId): Box | undefined => {
    const item = board.item(id);
    const box = item && index.boxes.painted(item);
    const matrix = board.movedBy(id);
    return box && matrix ? boxThrough(matrix, box) : box;
  };

  return {
    within(box) {
      const ids: ItemId[] = [];
      for (const { id } of index.within(box)) if (boxes.has(id) && !displaced.has(id)) ids.push(id);
      for (const id of displaced) {
        const own = boxes.get(id);
        if (own && overlaps(own, box)) ids.push(id);
      }
      return board.inOrder(ids);
    },
    has: (id) => boxes.has(id),
    shapeOf(id) {
      const item = board.item(id);
      return item && shapes.shapeOf(item);
    },
    layerOf: (id) => looks.of(board.item(id)),
    boxOf: (id) => boxes.get(id),
    set(id, box) {
      if (box) boxes.set(id, box);
      else boxes.delete(id);
    },
    follow(id) {
      if (isDisplaced(id)) displaced.add(id);
      else displaced.delete(id);
    },
    bounds() {
      // What was under an eraser and then erased goes without news.
      for (const id of displaced) if (!isDisplaced(id)) displaced.delete(id);
      let around = index.boundsWithout(displaced);
      for (const id of displaced) around = unionOf(around, shownBox(id));
      return around;
    },
  };
}
