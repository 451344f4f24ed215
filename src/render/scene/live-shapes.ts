import type { Matrix } from "../../base/matrix.ts";
import type { ItemId, StrokeItem } from "../../board/document/board.ts";
import { movedStroke } from "../shapes/moved-stroke.ts";
import type { Reveal } from "./reveal.ts";
import { createGrowingShape, shapeOfParts, type GrowingShape, type Shape } from "../shapes/shapes.ts";

/** The shapes of strokes that still change, each kept as far as it stays the same. */
export interface LiveShapes {
  /** As much of a stroke under a pen as is to be shown now. */
  growing(item: StrokeItem): Shape;
  /** A stroke under a gesture that stretches it. */
  stretched(item: StrokeItem, matrix: Matrix): Shape;
  /** Forgets what was made of a growing stroke, and gives it. */
  take(id: ItemId): GrowingShape | undefined;
}

export function createLiveShapes(reveal: Reveal): LiveShapes {
  const growing = new Map<ItemId, GrowingShape>();
  const stretched = new WeakMap<StrokeItem, { readonly matrix: Matrix; readonly shape: Shape }>();
  return {
    growing(item) {
      const { id, header, parts, points } = item;
      if (parts) return shapeOfParts(item, parts);
      let shape = growing.get(id);
      if (!shape) growing.set(id, (shape = createGrowingShape(header)));
      return shape.update(reveal.shown(id, points));
    },
    stretched(item, matrix) {
      const known = stretched.get(item);
      if (known?.matrix === matrix) return known.shape;
      const moved = movedStroke(item, matrix);
      const shape = shapeOfParts(moved, moved.parts ?? [moved.points]);
      stretched.set(item, { matrix, shape });
      return shape;
    },
    take(id) {
      const shape = growing.get(id);
      growing.delete(id);
      return shape;
    },
  };
}
