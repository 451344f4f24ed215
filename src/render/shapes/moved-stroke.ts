import { apply, scaleOf, type Matrix } from "../../base/matrix.ts";
import type { StrokeItem } from "../../board/document/board.ts";
import { isShapeTool } from "../../board/reading/shown-item.ts";
import { withPressures } from "../../ink/pieces.ts";
import type { InkPoint } from "../../ink/stroke.ts";

/** Whether it keeps all angles: only then ink that is stretched looks as if it were drawn there. */
export function keepsAngles({ a, b, c, d }: Matrix): boolean {
  const size = Math.abs(a) + Math.abs(b) + Math.abs(c) + Math.abs(d);
  const isTurn = Math.abs(a - d) + Math.abs(b + c) < 1e-9 * size;
  const isMirroring = Math.abs(a + d) + Math.abs(b - c) < 1e-9 * size;
  return isTurn || isMirroring;
}

/** A stroke as it will be when a gesture has taken it there: its width stays even, whatever the stretch. */
export function movedStroke(item: StrokeItem, matrix: Matrix): StrokeItem {
  const { header, points, parts } = item;
  const scale = scaleOf(matrix);
  // At another scale, pressure could not be told from the spacing of the points any more.
  const pressed = scale !== 1 && !isShapeTool(header.tool);
  const place = (each: readonly InkPoint[]): InkPoint[] =>
    each.map((point) => ({ ...apply(matrix, point), pressure: point.pressure }));
  return {
    ...item,
    header: {
      ...header,
      width: header.width * scale,
      scale: scale > 0 ? header.scale - Math.log2(scale) : header.scale,
      pressure: header.pressure || pressed,
    },
    points: place(pressed ? withPressures(header, points) : points),
    parts: parts?.map(place),
    cuts: item.cuts,
    ended: item.ended,
  };
}
