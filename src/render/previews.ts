import type { ItemId, LayerId } from "../board/board.ts";
import type { InkPoint, StrokeHeader } from "../ink/stroke.ts";
import { createGrowingShape, type GrowingShape, type Shape } from "./shapes.ts";

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
  shapes(): readonly PreviewedShape[];
}

export interface PreviewedShape {
  readonly shape: Shape;
  readonly layer: LayerId | undefined;
}

/** More would reach into what counts as settled. */
const MAX_PREDICTED = 8;

interface Held {
  readonly header: StrokeHeader;
  readonly itemId: ItemId | undefined;
  readonly growing: GrowingShape;
}

/** `onDone` gets what was made for an item whose preview is taken away. */
export function createPreviews(onDone: (id: ItemId, shape: GrowingShape) => void): Previews {
  let held: readonly Held[] = [];
  let shapes: readonly PreviewedShape[] = [];

  const hold = ({ header, itemId }: StrokePreview): Held => {
    const known = held.find((each) => each.header === header);
    // A long stroke continues in a further item, which starts anew.
    const same = known && (known.itemId === undefined || known.itemId === itemId);
    return { header, itemId, growing: same ? known.growing : createGrowingShape(header) };
  };

  return {
    set(previews) {
      const next = previews.map(hold);
      for (const { itemId, growing } of held) {
        const goes = next.every((each) => each.growing !== growing);
        if (goes && itemId !== undefined) onDone(itemId, growing);
      }
      held = next;
      shapes = previews.map(({ points, predicted = [], layer }, i) => ({
        shape: next[i]!.growing.update([...points, ...predicted.slice(0, MAX_PREDICTED)]),
        layer,
      }));
    },
    shapes: () => shapes,
  };
}
