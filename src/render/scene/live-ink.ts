/*
 * What is on the live canvas: strokes under somebody's pen, as far as they are to be shown now, and
 * items that gestures are moving.
 */
import type { Matrix } from "../../base/matrix.ts";
import type { ItemId } from "../../board/document/board.ts";
import type { PreviewedBoard } from "../../board/previews/previewed-board.ts";
import { keepsAngles } from "../shapes/moved-stroke.ts";
import type { Shape, ShapeCache } from "../shapes/shapes.ts";
import type { LayerLooks } from "./layer-looks.ts";
import { createLiveShapes } from "./live-shapes.ts";
import type { Reveal } from "./reveal.ts";

/** A shape on the live canvas. */
export interface LiveShape {
  readonly shape: Shape;
  readonly opacity: number;
  /** Where a gesture takes it. */
  readonly matrix?: Matrix | undefined;
}

export interface LiveInk {
  /** Something has become of an item: whether it grows, and whether a gesture moves it. */
  follow(id: ItemId): void;
  isGrowing(id: ItemId): boolean;
  /** The item is another object: what was made of it as it grew is no longer true. */
  forget(id: ItemId): void;
  /** Unfinished items but those that are `elsewhere`, bottom first, as much of them as is to be shown now. */
  unfinished(elsewhere: (id: ItemId) => boolean): LiveShape[];
  /** What gestures are moving, likewise. */
  lifted(elsewhere: (id: ItemId) => boolean): LiveShape[];
}

export interface LiveInkDeps {
  readonly board: PreviewedBoard;
  readonly shapes: ShapeCache;
  readonly looks: LayerLooks;
  readonly reveal: Reveal;
}

/** With more than this, what a gesture stretches is shaped anew only when the gesture has ended. */
const MAX_RESHAPED = 50;

export function createLiveInk({ board, shapes, looks, reveal }: LiveInkDeps): LiveInk {
  const liveShapes = createLiveShapes(reveal);
  const growing = new Set<ItemId>();
  const moving = new Set<ItemId>();

  const lift = (id: ItemId): LiveShape | undefined => {
    const item = board.item(id);
    const matrix = board.movedBy(id);
    if (!item || !matrix) return undefined;
    const opacity = looks.opacityOf(item.layer);
    if (moving.size <= MAX_RESHAPED && item.kind === "stroke" && item.ended && !keepsAngles(matrix)) {
      return { shape: liveShapes.stretched(item, matrix), opacity };
    }
    return { shape: item.ended ? shapes.shapeOf(item) : liveShapes.growing(item), opacity, matrix };
  };

  return {
    follow(id) {
      const item = board.item(id);
      if (item && board.movedBy(id)) moving.add(id);
      else moving.delete(id);
      if (item && !item.ended) growing.add(id);
      else if (!item || !reveal.holds(id)) {
        const shape = liveShapes.take(id);
        if (item && shape) shapes.adopt(id, shape);
        growing.delete(id);
        reveal.forget(id);
      }
    },
    isGrowing: (id) => growing.has(id),
    forget: (id) => void liveShapes.take(id),
    unfinished(elsewhere) {
      const found: LiveShape[] = [];
      for (const id of board.inOrder([...growing])) {
        const item = board.item(id);
        if (item?.kind !== "stroke" || moving.has(id) || elsewhere(id)) continue;
        found.push({ shape: liveShapes.growing(item), opacity: looks.opacityOf(item.layer) });
      }
      return found;
    },
    lifted: (elsewhere) =>
      board.inOrder([...moving]).flatMap((id) => (elsewhere(id) ? [] : (lift(id) ?? []))),
  };
}
