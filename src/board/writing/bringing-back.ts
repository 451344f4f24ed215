/*
 * Things of another moment come back. Nobody can show again what another has hidden (document/marks.ts), and a mark
 * may hide more than is wanted. So what is gone is drawn once more, by this person, in the place of what it was: with
 * its looks, on its layer where that takes anything, and beside the item that is hidden, by which everybody knows
 * that it is there again. Two people who ask for the same before either knows of the other draw it twice, one upon
 * the other; each can take back their own.
 */
import { isIdentity } from "../../base/matrix.ts";
import type { ItemId, LayerId } from "../document/board.ts";
import type { BringingBack } from "../document/past.ts";
import type { Recalled, RecalledItem } from "../document/recalled.ts";
import { addSize, NO_SIZE } from "../document/size.ts";
import type { Size } from "../document/size.ts";
import type { ActionDeps } from "./action-deps.ts";
import { giveToItem } from "./altering.ts";
import type { UndoStep } from "./changes.ts";
import type { HistoryEntry } from "./entries.ts";
import type { Part } from "./part.ts";
import { cornersOf, planPaste, sizeOfPasted } from "./pasting.ts";
import type { Pasted } from "./pasting.ts";
import { planStep } from "./planned-step.ts";
import { rangesOf } from "./ranges.ts";
import type { NewItem, NewText } from "./text-places.ts";

type Deps = Pick<ActionDeps, "reader" | "changes" | "history" | "room" | "touchable" | "work" | "flush">;

export interface BringingBackDeps extends Deps {
  /** Puts an item into the document; the step is not told. */
  make(item: NewItem, ink: string): ItemId;
  /** The same with a text, of which the step is told. */
  makeText(step: UndoStep, text: NewText): ItemId;
  activeLayer(): LayerId;
}

interface Planned extends Pick<RecalledItem, "layer" | "stack"> {
  readonly pasted: Pasted;
}

/** So many things are worked out, or come in one transaction, between two stops. */
const AT_A_TIME = 16;

export function createBringingBack(deps: BringingBackDeps): (recalled: Recalled) => BringingBack {
  const { reader, changes, history, room, touchable } = deps;
  const { underWay } = deps.work;

  /** A layer that takes something: that one, the one in use, any. */
  function openLayer(meant: LayerId): LayerId {
    const open = reader.attributes.layers().filter(({ hidden, locked }) => !hidden && !locked);
    const isOpen = (layer: LayerId): boolean => open.some(({ id }) => id === layer);
    return [meant, deps.activeLayer()].find(isOpen) ?? open[0]?.id ?? meant;
  }

  function put(step: UndoStep, { pasted, layer: meant, stack }: Planned): readonly ItemId[] {
    const { copied, inks, stored } = pasted;
    const { header, matrix } = copied;
    const layer = openLayer(meant);
    const placed = isIdentity(matrix) ? {} : { matrix };
    const item: NewItem = { header, layer, attributes: { ...copied.attributes, ...placed, stack } };
    if (copied.kind === "text") {
      const points = cornersOf({ x: 0, y: 0 }, copied.size);
      return [deps.makeText(step, { ...item, points, stored })];
    }
    return inks.map((ink) => deps.make(item, ink));
  }

  return ({ gone, moved }) => {
    deps.flush();
    const ids: ItemId[] = [];
    let entry: HistoryEntry | undefined;
    const bringing = bring();

    function* bring(): Generator<void, void> {
      const planned: Planned[] = [];
      let size: Size = NO_SIZE;
      for (const [i, { layer, stack, copies }] of gone.entries()) {
        for (const pasted of copies().map(planPaste)) {
          planned.push({ pasted, layer, stack });
          size = addSize(size, sizeOfPasted(pasted));
        }
        if (i % AT_A_TIME === AT_A_TIME - 1) yield;
      }
      const moves = planStep((act) => {
        for (const { id } of touchable.of([...moved.keys()]))
          if (moved.has(id)) giveToItem(act, id, { matrix: moved.get(id) });
      });
      if (!room.admits(addSize(size, moves.size))) return;
      const parts: Part[] = [];
      for (let from = 0; from < planned.length; from += AT_A_TIME) {
        parts.push(...changes.step((step) => putAll(step, planned.slice(from, from + AT_A_TIME))));
        yield;
      }
      parts.push(...changes.step(moves.run));
      if (parts.length > 0) history.record((entry = { parts }));
      ids.push(...moved.keys());
    }

    function putAll(step: UndoStep, some: readonly Planned[]): void {
      const strokes: ItemId[] = [];
      for (const each of some) {
        const made = put(step, each);
        ids.push(...made);
        if (each.pasted.copied.kind !== "text") strokes.push(...made);
      }
      if (strokes.length > 0) step.made(rangesOf(strokes));
    }

    return {
      go(enough) {
        underWay.add(bringing);
        while (bringing.next().done !== true) if (enough()) return false;
        underWay.delete(bringing);
        return true;
      },
      ids: () => ids,
      undo() {
        if (entry) history.undoEntry(entry);
      },
    };
  };
}
