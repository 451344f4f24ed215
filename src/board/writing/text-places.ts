/*
 * The texts of a board as the typing sees them: their words, how they go, and how they go on in a new item.
 */
import type { InkPoint, StrokeHeader } from "../../ink/stroke.ts";
import type { ItemId, LayerId } from "../document/board.ts";
import type { ItemAttributes } from "../document/schema.ts";
import { isTextTool } from "../reading/shown-item.ts";
import type { ActionDeps } from "./action-deps.ts";
import { giveToItem } from "./altering.ts";
import type { UndoStep } from "./changes.ts";
import { eraseEntries } from "./erasing.ts";
import type { TextPlace } from "./text-place.ts";

export interface NewItem {
  readonly header: StrokeHeader;
  /** The one in use where there is none. */
  readonly layer?: LayerId;
  readonly attributes?: ItemAttributes;
}

export interface NewText extends NewItem {
  readonly points: readonly InkPoint[];
  /** Its words, as a label has them. */
  readonly stored: string;
}

export interface TextPlacesDeps extends Pick<ActionDeps, "reader"> {
  /** Makes a text, as a part of a step. */
  makeText(step: UndoStep, text: NewText): ItemId;
}

/** How far above another's place in the order a text goes on that follows it. */
const RIGHT_ABOVE = 2 ** -20;

/** Finds a text by its item; undefined where there is none. */
export function createTextPlaces({
  reader,
  makeText,
}: TextPlacesDeps): (id: ItemId) => TextPlace | undefined {
  const { list, attributes, cover } = reader;
  return (id) => {
    const entry = list.entry(id);
    const label = reader.labelOf(id);
    const drawn = entry?.stroke;
    if (!entry || !drawn || !label || !isTextTool(drawn.header.tool)) return undefined;
    const isGone = (): boolean => cover.hides(entry.client, entry.clock);
    return {
      id,
      label,
      isGone,
      remove: (step) => eraseEntries(step, isGone() ? [] : [entry]),
      give: (step, given) => giveToItem(step, id, given),
      moveOn(step, stored) {
        const { header, points } = drawn;
        const given = attributes.of(id);
        // Right above where the old one was drawn, unless somebody had brought that elsewhere.
        const stack = given.stack ?? { beside: id, offset: RIGHT_ABOVE };
        const layer = attributes.layerOf(id).id;
        const now = { ...given, stack, layer: undefined, follows: id };
        return makeText(step, { header, points, stored, layer, attributes: now });
      },
    };
  };
}
