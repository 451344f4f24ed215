import type { InkPoint, StrokeHeader } from "../../ink/stroke.ts";
import type { StrokeWriter } from "../document/board.ts";

/** A stroke for which there is no room: it can be seen under the pen, and nothing of it gets into the document. */
export function createRefusedStroke(header: StrokeHeader): StrokeWriter {
  const points: InkPoint[] = [];
  return {
    header,
    points,
    itemId: () => undefined,
    add: (more) => void points.push(...more),
    end: () => undefined,
    cancel: () => true,
    replace: () => "",
  };
}
