import { IDENTITY } from "../../base/matrix.ts";
import { MAX_SCALE, MAX_WIDTH, MIN_SCALE } from "../../ink/header.ts";
import type { InkPoint } from "../../ink/stroke.ts";
import type { CopiedItem, Item, StrokeItem } from "../document/board.ts";
import { copiedAttributes } from "../document/field-values.ts";
import type { DrawnItem } from "./drawn-item.ts";
import { isShapeTool } from "./shown-item.ts";

/** An item, apart from any board, as it looks: neither its layer nor when it was made go with it. */
export function copiedOf(drawn: DrawnItem, item: Item): CopiedItem[] {
  const header = { ...drawn.header, color: item.header.color };
  const kept = copiedAttributes(item.attributes);
  if (item.kind === "text") {
    const { size, matrix, text } = item;
    return [{ kind: "text", header, size, matrix, attributes: kept, text }];
  }
  if (item.kind === "picture") {
    const { size, matrix, picture } = item;
    return [{ kind: "picture", header, size, matrix, attributes: kept, picture }];
  }
  if (item.parts) return item.parts.map((points) => copiedPart(item, points));
  const matrix = item.attributes.matrix ?? IDENTITY;
  return [{ kind: "stroke", header, points: [...drawn.points], matrix, attributes: kept }];
}

/** A stretch of what is shown, as a stroke of its own. */
export function copiedPart({ header, attributes }: StrokeItem, points: readonly InkPoint[]): CopiedItem {
  const tool = isShapeTool(header.tool) ? "marker" : header.tool;
  const width = Math.min(Math.max(Math.round(header.width * 4), 1), MAX_WIDTH * 4) / 4;
  const scale = Math.min(Math.max(Math.round(header.scale), MIN_SCALE), MAX_SCALE);
  return {
    kind: "stroke",
    header: { ...header, tool, width, scale },
    points,
    matrix: IDENTITY,
    attributes: copiedAttributes(attributes),
  };
}
