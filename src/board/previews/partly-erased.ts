import { withPressures } from "../../ink/pieces.ts";
import type { InkPoint } from "../../ink/stroke.ts";
import type { PathRange, StrokeItem } from "../document/board.ts";
import { partsOf } from "../document/cuts.ts";
import { isShapeTool } from "../reading/shown-item.ts";

/** A stroke without these stretches; it goes on growing where the stroke does. `ranges` ascend. */
export function partlyErased(item: StrokeItem, ranges: readonly PathRange[]): StrokeItem {
  const { id, client, layer, attributes } = item;
  const isInk = !isShapeTool(item.header.tool);
  // The parts of a stroke would each begin with the pressure of a stroke's beginning.
  const header = isInk ? { ...item.header, pressure: true } : item.header;
  let points: readonly InkPoint[] = [];
  let parts: readonly (readonly InkPoint[])[] = [];
  let known = -1;
  const update = (): void => {
    if (known === item.points.length) return;
    known = item.points.length;
    points = isInk ? withPressures(item.header, item.points) : item.points;
    parts = partsOf(points, cuts());
  };
  // An eraser is told of by a contact, who may know more of the stroke, or less.
  const cuts = (): readonly PathRange[] =>
    [...item.cuts, ...ranges]
      .map(({ from, to }) => ({ from: Math.max(from, 0), to: Math.min(to, item.points.length - 1) }))
      .filter(({ from, to }) => from < to)
      .sort((a, b) => a.from - b.from);
  return {
    kind: "stroke",
    id,
    client,
    layer,
    attributes,
    header,
    get ended() {
      return item.ended;
    },
    get points() {
      update();
      return points;
    },
    get parts() {
      update();
      return parts;
    },
    get cuts() {
      return cuts();
    },
  };
}
