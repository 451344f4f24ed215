/*
 * The texts of a board as the typing sees them: their words, how they go, and how they go on in a new item.
 */
import type { InkPoint, StrokeHeader } from "../../ink/stroke.ts";
import type { ItemId, LayerId } from "../document/board.ts";
import { isTextTool } from "../reading/shown-item.ts";
import type { ActionDeps } from "./action-deps.ts";
import { giveToItem } from "./altering.ts";
import type { UndoStep } from "./changes.ts";
import { eraseEntries } from "./erasing.ts";
import type { TextPlace } from "./text-editor.ts";

export interface TextPlacesDeps extends Pick<ActionDeps, "reader" | "changes"> {
  /** Makes a text, as a part of a step. */
  makeText(
    step: UndoStep,
    header: StrokeHeader,
    points: readonly InkPoint[],
    stored: string,
    layer: LayerId,
  ): ItemId;
  /** The sessions besides this one that have written in it. */
  othersWritingIn(id: ItemId): readonly number[];
}

/** How far above another's place in the order a text goes on that follows it. */
const RIGHT_ABOVE = 2 ** -20;

/** Finds a text by its item; undefined where there is none. */
export function createTextPlaces({
  reader,
  changes,
  makeText,
  othersWritingIn,
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
      blameGone: (blame) => changes.blameFor(entry, blame),
      remove: (step) => eraseEntries(step, isGone() ? [] : [entry]),
      others: () => othersWritingIn(id),
      give: (step, given) => giveToItem(step, id, given),
      moveOn(step, stored) {
        const given = attributes.of(id);
        const next = makeText(step, drawn.header, drawn.points, stored, attributes.layerOf(id).id);
        // Right above where the old one was drawn, unless somebody had brought that elsewhere.
        const stack = given.stack ?? { beside: id, offset: RIGHT_ABOVE };
        giveToItem(step, next, { ...given, stack, layer: undefined, follows: id });
        return next;
      },
    };
  };
}
