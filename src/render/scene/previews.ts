/*
 * Strokes under this person's pens. They are painted before the document has them, with the ink that the
 * browser predicts.
 */
import type { ItemId, LayerId } from "../../board/document/board.ts";
import { partsOf } from "../../board/document/cuts.ts";
import type { PreviewedBoard } from "../../board/previews/previewed-board.ts";
import { withPressures } from "../../ink/pieces.ts";
import type { InkPoint, StrokeHeader } from "../../ink/stroke.ts";
import { createGrowingShape, shapeOfParts, type GrowingShape, type Shape } from "../shapes/shapes.ts";

/** A stroke that is being drawn here, before and while it gets into the document. */
export interface StrokePreview {
  /** The same object as long as it is the same stroke. */
  readonly header: StrokeHeader;
  /** Kept points and the tail that leads to the newest sample. */
  readonly points: readonly InkPoint[];
  /**
   * Where the pen will probably be in the next frames, as the browser predicts it: painted behind the
   * newest point and never saved; the first 8 points of it. A preview without them takes them away.
   */
  readonly predicted?: readonly InkPoint[];
  /** On which layer it is drawn; none: on one that shows nothing through. */
  readonly layer?: LayerId | undefined;
  /** The item that shows the same stroke: it is not painted while the preview stands. */
  readonly itemId?: ItemId | undefined;
}

/** The shapes of what is under this person's pens. */
export interface Previews {
  set(previews: readonly StrokePreview[]): void;
  /** Without what a contact's eraser takes from them under the pen. */
  shapes(): readonly PreviewedShape[];
}

export interface PreviewedShape {
  /** The item that shows the same stroke. */
  readonly itemId: ItemId | undefined;
  readonly shape: Shape;
  readonly layer: LayerId | undefined;
}

/** More would reach into what counts as settled. */
const MAX_PREDICTED = 8;

/** A preview with its shape, which grows as long as it is the same stroke. */
interface ShapedPreview {
  readonly header: StrokeHeader;
  readonly itemId: ItemId | undefined;
  readonly growing: GrowingShape;
  readonly layer: LayerId | undefined;
  readonly points: readonly InkPoint[];
  readonly shape: Shape;
}

/** `onDone` gets what was made for an item whose preview is taken away. */
export function createPreviews(
  board: Pick<PreviewedBoard, "item">,
  onDone: (id: ItemId, shape: GrowingShape) => void,
): Previews {
  let shaped: readonly ShapedPreview[] = [];

  const shapeOf = ({ header, itemId, layer, points: kept, predicted = [] }: StrokePreview): ShapedPreview => {
    const known = shaped.find((each) => each.header === header);
    // A long stroke continues in a further item, which starts anew.
    const same = known && (known.itemId === undefined || known.itemId === itemId);
    const growing = same ? known.growing : createGrowingShape(header);
    const points = predicted.length === 0 ? kept : [...kept, ...predicted.slice(0, MAX_PREDICTED)];
    return { header, itemId, growing, layer, points, shape: growing.update(points) };
  };

  return {
    set(previews) {
      const next = previews.map(shapeOf);
      for (const { itemId, growing } of shaped) {
        const goes = next.every((each) => each.growing !== growing);
        if (goes && itemId !== undefined) onDone(itemId, growing);
      }
      shaped = next;
    },
    shapes: () =>
      shaped.map(({ itemId, layer, points, shape }) => {
        const item = itemId === undefined ? undefined : board.item(itemId);
        if (item?.kind !== "stroke" || !item.parts) return { itemId, shape, layer };
        // The parts would each begin with the pressure of a stroke's beginning.
        const header = { ...shape.header, pressure: true };
        const parts = partsOf(withPressures(shape.header, points), item.cuts);
        return { itemId, shape: shapeOfParts({ header, ended: false }, parts), layer };
      }),
  };
}
