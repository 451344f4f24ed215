/*
 * The boxes of items. A stroke's is found from its curve, without flattening or outlining it, and kept:
 * a stroke that is the same object only grows. How large words are only those who paint them know.
 */
import { grownBy, unionOf, type Box } from "../../base/geometry.ts";
import { boxThrough } from "../../base/matrix.ts";
import { curveBounds } from "../../ink/curve.ts";
import type { Item, StrokeItem, TextItem } from "../document/board.ts";
import { createCurveBox, type CurveBox } from "./curve-box.ts";

/** Around all that is painted of words or a note, in world units; undefined: nobody can measure them yet. */
export type TextBox = (text: TextItem) => Box | undefined;

/** World units. Also for items that are on no board: what a gesture's preview leaves of a stroke. */
export interface ItemBoxes {
  /** Holds all that is painted; undefined where that is nothing, or words that nobody can measure yet. */
  painted(item: Item): Box | undefined;
  /** Around a stroke's ink as wide as it is on average; undefined where nothing is left of it. */
  nominal(stroke: StrokeItem): Box | undefined;
}

/** A box around the middle line of a stroke. */
interface Known {
  /** How many points it had; undefined: it has ended, and nobody need ask for its points any more. */
  readonly count: number | undefined;
  readonly box: Box | undefined;
  /** Of a stroke that may grow. */
  readonly growing: CurveBox | undefined;
}

export function createItemBoxes(textBox: TextBox): ItemBoxes {
  const known = new WeakMap<StrokeItem, Known>();

  const measure = (stroke: StrokeItem, before: Known | undefined): Known => {
    // `ended` is asked first: what has ended has all its points.
    const { ended, points, parts } = stroke;
    const count = ended ? undefined : points.length;
    if (parts) {
      let box: Box | undefined;
      for (const part of parts) box = unionOf(box, curveBounds(part, 0));
      return { count, box, growing: undefined };
    }
    if (ended && !before?.growing) return { count, box: curveBounds(points, 0), growing: undefined };
    const growing = before?.growing ?? createCurveBox();
    return { count, box: growing.update(points), growing: ended ? undefined : growing };
  };

  /** Ink reaches further than its middle line by this. */
  const inkBox = (stroke: StrokeItem, margin: number): Box | undefined => {
    let found = known.get(stroke);
    const isTrue = found && (found.count === undefined || found.count === stroke.points.length);
    if (!found || !isTrue) known.set(stroke, (found = measure(stroke, found)));
    return found.box && grownBy(found.box, margin);
  };

  return {
    // Where a pen was pressed hard, ink is up to twice as wide as its header says.
    painted(item) {
      if (item.kind === "picture") return boxThrough(item.matrix, item.shown);
      return item.kind === "text" ? textBox(item) : inkBox(item, item.header.width);
    },
    nominal: (stroke) => inkBox(stroke, stroke.header.width / 2),
  };
}
