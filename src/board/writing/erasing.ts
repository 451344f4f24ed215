import { positionsOf, spanOf } from "../document/cuts.ts";
import type { Board, ItemId, PathRange } from "../document/board.ts";
import { FIRST_PAGE, mergeRanges, subtractRanges } from "../document/marks.ts";
import type { ClockRange } from "../document/marks.ts";
import type { Entry } from "../reading/stroke-list.ts";
import { piecesOfStrokes } from "../reading/stroke-pieces.ts";
import type { ActionDeps } from "./action-deps.ts";
import type { UndoStep } from "./changes.ts";
import { clearedOf } from "./clear.ts";
import { planStep } from "./planned-step.ts";
import { rangesOf } from "./ranges.ts";

export interface ErasingDeps extends ActionDeps {
  /** Whether the session that draws under this clientID is open somewhere now. */
  isPresent(client: number): boolean;
}

/** What a person takes off the board. */
export function createErasing({
  isPresent,
  ...deps
}: ErasingDeps): Pick<Board, "erase" | "cut" | "clear" | "undoClear"> {
  const { doc, reader, changes, work, history, room, touchable, step } = deps;
  const { list, attributes, cover } = reader;

  /**
   * By session, the positions to be cut, and of which items; what is cut out already is somebody's to take back
   * apart from this.
   */
  function positionsIn(ranges: ReadonlyMap<ItemId, readonly PathRange[]>): {
    readonly positions: ReadonlyMap<number, readonly ClockRange[]>;
    readonly ids: readonly ItemId[];
  } {
    const positions = new Map<number, ClockRange[]>();
    const ids: ItemId[] = [];
    for (const [id, stretches] of ranges) {
      const entry = list.entry(id);
      if (!entry?.stroke || !reader.shows(entry) || attributes.layerOf(id).locked) continue;
      const places = reader.cutPlacesOf(entry.stroke);
      const found = subtractRanges(
        positionsOf(stretches, places),
        cover.cutsIn(entry.client, spanOf(places)),
      );
      if (found.length === 0) continue;
      positions.set(entry.client, mergeRanges([...(positions.get(entry.client) ?? []), ...found]));
      ids.push(id);
    }
    return { positions, ids };
  }

  /** Where a vector would reach what may not be touched. */
  function clearOneByOne(act: UndoStep, isSpared: (entry: Entry) => boolean): void {
    eraseEntries(
      act,
      list.entries.filter(
        (entry) => reader.shows(entry) && !attributes.layerOf(entry.id).locked && !isSpared(entry),
      ),
    );
  }

  /** Also what is not shown yet, for that is to be spared, and what is shown still. */
  function there(): readonly Entry[] {
    return list.entries.filter((entry) => entry.stroke && (entry.visible || reader.shows(entry)));
  }

  function clearAll(act: UndoStep, isSpared: (entry: Entry) => boolean): void {
    const { gone, below, beyond } = clearedOf(there(), isSpared);
    if (gone.length === 0) return;
    act.mark({ kind: "clear", page: FIRST_PAGE, below }, rangesOf(gone.map(({ id }) => id)));
    eraseEntries(act, beyond);
  }

  return {
    erase(ids) {
      const entries = touchable.of(ids);
      return step((act) => eraseEntries(act, entries));
    },
    cut(ranges, ids = []) {
      const gone = touchable.of(ids);
      const { positions, ids: cut } = positionsIn(ranges);
      return step((act) => {
        if (cut.length > 0) act.mark({ kind: "cut", ranges: positions }, rangesOf(cut));
        eraseEntries(act, gone);
      });
    },
    clear() {
      // While an answer is coming in, the document holds ink that nobody has been shown yet.
      const isOpen = (entry: Entry): boolean => {
        const { client, stroke } = entry;
        return !reader.shows(entry) || (!stroke?.ended && (client === doc.clientID || isPresent(client)));
      };
      const pieces = piecesOfStrokes(there());
      const isSpared = (entry: Entry): boolean => (pieces.get(entry) ?? [entry]).some(isOpen);
      const { size, run } = planStep((act) => {
        const isPartly = attributes.layers().some(({ hidden, locked }) => hidden || locked);
        if (isPartly) clearOneByOne(act, isSpared);
        else clearAll(act, isSpared);
      });
      const parts = room.admits(size) ? changes.step(run) : [];
      if (parts.length === 0) return false;
      work.lastClear = { parts };
      history.record(work.lastClear);
      return true;
    },
    undoClear() {
      const entry = work.lastClear;
      work.lastClear = undefined;
      return entry ? history.undoEntry(entry) : "nothing";
    },
  };
}

export function eraseEntries(step: UndoStep, entries: readonly Entry[]): void {
  if (entries.length > 0) step.mark({ kind: "erase", ranges: rangesOf(entries.map(({ id }) => id)) });
}
