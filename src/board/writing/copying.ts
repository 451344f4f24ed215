import { IDENTITY } from "../../base/matrix.ts";
import { MAX_SCALE, MAX_WIDTH, MIN_SCALE } from "../../ink/header.ts";
import type { InkPoint } from "../../ink/stroke.ts";
import type { Board, CopiedItem, ItemId, StrokeItem } from "../document/board.ts";
import { copiedAttributes } from "../document/field-values.ts";
import { isShapeTool } from "../reading/shown-item.ts";
import type { ActionDeps } from "./action-deps.ts";

/** What a person takes along, as it looks; neither its layer nor when it was made go with it. */
export function createCopying({ reader, touchable, flush }: ActionDeps): Pick<Board, "copy"> {
  const { list } = reader;

  function copyOf(id: ItemId): CopiedItem[] {
    const { stroke: drawn } = list.entry(id) ?? {};
    const item = reader.item(id);
    if (!drawn || !item) return [];
    const header = { ...drawn.header, color: item.header.color };
    const kept = copiedAttributes(item.attributes);
    if (item.kind === "text") {
      const { size, matrix, text } = item;
      return [{ kind: "text", header, size, matrix, attributes: kept, text }];
    }
    if (item.parts) return item.parts.map((points) => partOf(item, points));
    const matrix = item.attributes.matrix ?? IDENTITY;
    return [{ kind: "stroke", header, points: [...drawn.points], matrix, attributes: kept }];
  }

  return {
    copy(ids) {
      flush();
      const chosen = new Set(touchable.whole(ids).map(({ id }) => id));
      return reader.items().flatMap(({ id }) => (chosen.has(id) ? copyOf(id) : []));
    },
  };
}

/** What an eraser left, as a stroke of its own. */
function partOf({ header, attributes }: StrokeItem, points: readonly InkPoint[]): CopiedItem {
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
