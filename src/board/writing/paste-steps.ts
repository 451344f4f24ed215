/*
 * Putting copies on the board, as one step of the history: a few at once, or many, a moment's work at a time.
 *
 *     (copied) --slice by slice, each hidden by a mark of its own--> (there, unseen) --all marks fall--> seen
 *                                                                          |
 *                                                                          +--nobody goes on--> never seen
 *
 * So nobody ever sees a part of what came in slices, neither here nor on other devices, whatever ends the page in
 * the midst of it; and what is drawn meanwhile goes its own way.
 */
import { isIdentity, multiply } from "../../base/matrix.ts";
import type { Matrix } from "../../base/matrix.ts";
import type { CopiedItem, ItemId, LayerId } from "../document/board.ts";
import { addSize, NO_SIZE } from "../document/size.ts";
import type { Size } from "../document/size.ts";
import type { ActionDeps } from "./action-deps.ts";
import { giveToItem } from "./altering.ts";
import type { UndoStep } from "./changes.ts";
import type { Part } from "./part.ts";
import { cornersOf, planPaste, sizeOfPasted } from "./pasting.ts";
import type { Pasted } from "./pasting.ts";
import { rangesOf } from "./ranges.ts";
import type { NewItem, NewText } from "./text-places.ts";

export interface PasteDeps extends Pick<
  ActionDeps,
  "changes" | "history" | "room" | "work" | "flush" | "make"
> {
  activeLayer(): LayerId;
  /** Puts an item into the document, and nothing into a step. */
  makeItem(item: NewItem, ink: string): ItemId;
  /** Makes a text, as a part of a step. */
  makeText(step: UndoStep, text: NewText): ItemId;
}

export interface Pasting {
  /** As Board has them. */
  paste(copied: readonly CopiedItem[], matrix: Matrix): readonly ItemId[];
  pasteSteps(copied: readonly CopiedItem[], matrix: Matrix): Generator<number, readonly ItemId[]>;
}

/** So many are put there at a time. */
const SLICE = 100;

export function createPasting(deps: PasteDeps): Pasting {
  const { changes, history, room, work, flush, make } = deps;
  return {
    paste(copied, matrix) {
      let ids: readonly ItemId[] = [];
      flush();
      const all = copied.map(planPaste);
      make(sizeOfAll(all), (step) => {
        ids = putAll(deps, step, all, { matrix, layer: deps.activeLayer() });
      });
      return ids;
    },
    *pasteSteps(copied, matrix) {
      const layer = deps.activeLayer();
      const parts: Part[] = [];
      const ids: ItemId[] = [];
      let isSeen = false;
      flush();
      const slices: (readonly Pasted[])[] = [];
      for (let at = 0; at < copied.length; at += SLICE) {
        slices.push(copied.slice(at, at + SLICE).map(planPaste));
        yield 0;
      }
      const sizes = slices.map((slice) => addSize(sizeOfAll(slice), A_HIDDEN_SLICE));
      if (!room.admits(sizes.reduce(addSize, NO_SIZE))) return [];
      work.underWay.add(parts);
      try {
        for (const [i, slice] of slices.entries()) {
          changes.transact(() => {
            const made = changes.step(
              (step) => void ids.push(...putAll(deps, step, slice, { matrix, layer })),
            );
            changes.entries.revoke({ parts: made });
            parts.push(...made);
          });
          yield (i + 1) / slices.length;
        }
        if (parts.length === 0) return ids;
        const entry = { parts };
        isSeen = true;
        changes.entries.redo(entry, () => undefined);
        history.record(entry);
        return ids;
      } finally {
        if (!isSeen) changes.forget(parts);
        work.underWay.delete(parts);
      }
    },
  };
}

/** The mark that hides a slice, some bytes for each item, and its fall. */
const A_HIDDEN_SLICE: Size = { ...NO_SIZE, writes: 4, content: 8 * SLICE, marks: 8 * SLICE };

function sizeOfAll(all: readonly Pasted[]): Size {
  return all.map(sizeOfPasted).reduce(addSize, NO_SIZE);
}

interface Place {
  readonly matrix: Matrix;
  readonly layer: LayerId;
}

/** The ids of all, bottom first. */
function putAll(deps: PasteDeps, step: UndoStep, all: readonly Pasted[], { matrix, layer }: Place): ItemId[] {
  const made = all.map((each) => ({ each, ids: putOne(deps, step, each, layer) }));
  // Of what nobody can go on with one part is enough; what is given to an item comes after that.
  const fixed = made.flatMap(({ each, ids }) => (each.copied.kind === "text" ? [] : ids));
  if (fixed.length > 0) step.made(rangesOf(fixed));
  for (const { each, ids } of made) {
    const placed = multiply(matrix, each.copied.matrix);
    if (!isIdentity(placed)) for (const id of ids) giveToItem(step, id, { matrix: placed });
  }
  return made.flatMap(({ ids }) => ids);
}

/** A stroke, in as many items as it takes. */
function putOne(
  { makeItem, makeText }: PasteDeps,
  step: UndoStep,
  { copied, inks, stored }: Pasted,
  layer: LayerId,
): ItemId[] {
  return copied.kind === "text"
    ? [makeText(step, { ...copied, layer, points: cornersOf({ x: 0, y: 0 }, copied.size), stored })]
    : inks.map((ink) => makeItem({ ...copied, layer }, ink));
}
