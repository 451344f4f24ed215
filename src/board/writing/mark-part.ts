/*
 * A mark as a part of a step: its switch says whether it stands. What others hid as well stays away when it falls.
 */
import type { MarkCover } from "../reading/mark-cover.ts";
import type { MarkWriter } from "./mark-writer.ts";
import { tellWhether } from "./outcome.ts";
import type { Blame, Outcome } from "./outcome.ts";
import type { MarkPart, PartActions } from "./part.ts";
import { clocksIn, hiddenOf, HIDING, outcomeOf } from "./ranges.ts";
import type { Hidden, Kinds } from "./ranges.ts";
import type { Seeing } from "./seeing.ts";

export interface MarkPartDeps {
  readonly cover: Pick<MarkCover, "hides" | "erases" | "cutsIn">;
  readonly seeing: Seeing;
  readonly writer: MarkWriter;
}

/** The marks that hide the same. */
const KINDS: Readonly<Record<MarkPart["of"], Kinds>> = {
  items: HIDING,
  words: ["erase"],
  stretches: ["cut"],
};

export function createMarkParts({ cover, seeing, writer }: MarkPartDeps): PartActions<MarkPart> {
  /** How much of it is hidden, by whomever. */
  function look({ of, hides }: MarkPart): Hidden {
    if (of !== "stretches") return hiddenOf(hides, of === "items" ? cover.hides : cover.erases);
    let hidden = 0;
    let all = 0;
    for (const [client, list] of hides) {
      all += clocksIn(list);
      for (const range of list) hidden += clocksIn(cover.cutsIn(client, range));
    }
    return { hidden, all };
  }

  /** Nobody sees what becomes of stretches of an item that is hidden. */
  function isUnseen({ of, items }: MarkPart): boolean {
    return of === "stretches" && !seeing.someIsSeen(items);
  }

  /** What it was about is not to be seen, whatever became of the mark. */
  function unseen({ items }: MarkPart, blame: Blame): Outcome {
    seeing.blameMakers(items, HIDING, blame);
    seeing.blameLayers(items, blame);
    return "shared";
  }

  /** Tells what came of it, and who has a part in it: what this session hides otherwise is a step of its own. */
  function outcome(part: MarkPart, hidden: Hidden, blame: Blame): Outcome {
    const came = outcomeOf(hidden);
    if (came === "done") return came;
    const { of, hides, items } = part;
    if (came === "partly" && items.size > 0 && !seeing.someIsSeen(items)) return unseen(part, blame);
    const areOthers = tellWhether(blame, (tell) => seeing.blameMakers(hides, KINDS[of], tell));
    return came === "partly" && !areOthers ? "done" : came;
  }

  function undo(part: MarkPart, blame: Blame): () => Outcome {
    if (part.isUndone) return () => "done";
    writer.setUndone(part.written, true);
    part.isUndone = true;
    return () => (isUnseen(part) ? unseen(part, blame) : outcome(part, look(part), blame));
  }

  return {
    isOver: ({ isUndone }) => isUndone,
    forget: ({ written, isUndone }) => writer.retire(written, isUndone),
    can: (part, way) =>
      (way === "redo") === part.isUndone && !isUnseen(part) && seeing.isOnShownLayer(part.items),
    blame({ of, items }, _way, blame) {
      if (of === "stretches") seeing.blameMakers(items, HIDING, blame);
      seeing.blameLayers(items, blame);
    },
    undo,
    revoke: (part) => void undo(part, () => undefined),
    redo(part, blame) {
      if (!part.isUndone) return () => "done";
      const { written, items } = part;
      const before = look(part);
      const wasUnseen = items.size > 0 && !seeing.someIsSeen(items);
      writer.setUndone(written, false);
      part.isUndone = false;
      if (wasUnseen) return () => unseen(part, blame);
      const isNothingNew = before.all > 0 && before.hidden === before.all;
      return () => (isNothingNew ? outcome(part, before, blame) : "done");
    },
  };
}
