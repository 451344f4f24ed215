import { shapePoints } from "../../ink/shape.ts";
import { isCutAt, rangesAt, spanOf } from "../document/cuts.ts";
import type { CutPlaces } from "../document/cuts.ts";
import type { ClockRange } from "../document/marks.ts";
import type { DrawnItem } from "./drawn-item.ts";
import type { KeptInk } from "./kept-ink.ts";
import type { MarkCover } from "./mark-cover.ts";
import { isPlacedTool, isShapeTool } from "./shown-item.ts";
import type { CommonState } from "./shown-item.ts";

const EVERYTHING: ClockRange = { start: 0, end: Infinity };

/** Where the points of an item stand in the numbering of cuts. */
export function cutPlacesOf(drawn: DrawnItem): CutPlaces {
  return { clocks: drawn.clocks(), outline: outlineOf(drawn) };
}

/** How many points the outline of a shape has; undefined for ink, whose points need not be read for this. */
function outlineOf(drawn: DrawnItem): number | undefined {
  const { tool, width } = drawn.header;
  if (!isShapeTool(tool)) return undefined;
  const [from, to] = drawn.points;
  return from && to && shapePoints(tool, from, to, width).length;
}

/** What items are made of besides their ink where these marks stand. */
export function createCommonState(cover: Pick<MarkCover, "cutsIn" | "isCut">, kept: KeptInk): CommonState {
  /** Most sessions' strokes are whole, and their places need not be found. */
  function mayBeCut({ client, header }: DrawnItem): boolean {
    return !isPlacedTool(header.tool) && cover.isCut(client, EVERYTHING);
  }

  return {
    cutsOf(drawn) {
      if (!mayBeCut(drawn)) return [];
      const places = cutPlacesOf(drawn);
      return rangesAt(cover.cutsIn(drawn.client, spanOf(places)), places);
    },
    isCut: (drawn) =>
      mayBeCut(drawn) && isCutAt((range) => cover.isCut(drawn.client, range), cutPlacesOf(drawn)),
    kept,
  };
}
