import { unionOf, type Box, type Point } from "../../base/geometry.ts";
import { curveBounds } from "../../ink/curve.ts";
import type { InkPoint } from "../../ink/stroke.ts";

/** A box around a curve to whose end points are added, brought up to date at a cost of what was added. */
export interface CurveBox {
  /** `points`: those of before, and more. Undefined without points. */
  update(points: readonly InkPoint[]): Box | undefined;
}

/**
 * A further point bends the last span of the curve once more, and no other: what lies before it is
 * measured once. Points in one place count as one, so the last span may begin several points back.
 */
export function createCurveBox(): CurveBox {
  /** Around the spans before the point `start`; the rest may still bend. */
  let settled: Box | undefined;
  let start = 0;
  return {
    update(points) {
      let end = points.length - 1;
      while (end > start && samePlace(points[end]!, points[end - 1]!)) end--;
      // Where the last span begins: the last of its doubled points, and the first of them.
      const last = end - 1;
      if (last > start) {
        settled = unionOf(settled, curveBounds(points, 0, start, last));
        start = last;
        while (start > 0 && samePlace(points[start]!, points[start - 1]!)) start--;
      }
      return unionOf(settled, curveBounds(points, 0, start));
    },
  };
}

function samePlace(a: Point, b: Point): boolean {
  return a.x === b.x && a.y === b.y;
}
