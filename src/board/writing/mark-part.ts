/*
 * A mark as a part of a step: its switch says whether it stands. What others hid as well stays away when it falls.
 */
import type { Blame, Outcome } from "./history.ts";
import { tellWhether } from "./history.ts";
import type { WrittenMark } from "../document/mark-pieces.ts";
import type { MarkWriter } from "./mark-writer.ts";
import type { Part } from "./part.ts";
import { HIDING, outcomeOf } from "./ranges.ts";
import type { Hidden, Kinds, Ranges } from "./ranges.ts";
import type { Seeing } from "./seeing.ts";

/** What a mark hides, and how much of that is hidden. */
export interface MarkAbout {
  readonly hides: Ranges;
  readonly kinds: Kinds;
  look(): Hidden;
  /** The items of which something must be seen; none where it is about words. */
  readonly items: Ranges;
  /** A stretch of the items: nobody sees what becomes of it where they are hidden. */
  readonly isWithin?: boolean;
}

/** `written`: a mark that stands. */
export function createMarkPart(
  written: WrittenMark,
  { hides, kinds, look, items, isWithin = false }: MarkAbout,
  { seeing, writer }: { readonly seeing: Seeing; readonly writer: MarkWriter },
): Part {
  let isUndone = false;

  function isUnseen(): boolean {
    return isWithin && !seeing.someIsSeen(items);
  }

  /** What it was about is not to be seen, whatever became of the mark. */
  function unseen(blame: Blame): Outcome {
    seeing.blameMakers(items, HIDING, blame);
    seeing.blameLayers(items, blame);
    return "shared";
  }

  /** Tells what came of it, and who has a part in it: what this session hides otherwise is a step of its own. */
  function outcome(hidden: Hidden, blame: Blame): Outcome {
    const came = outcomeOf(hidden);
    if (came === "done") return came;
    if (came === "partly" && items.size > 0 && !seeing.someIsSeen(items)) return unseen(blame);
    const areOthers = tellWhether(blame, (tell) => seeing.blameMakers(hides, kinds, tell));
    return came === "partly" && !areOthers ? "done" : came;
  }

  function undo(blame: Blame): () => Outcome {
    if (isUndone) return () => "done";
    writer.setUndone(written, true);
    isUndone = true;
    return () => (isUnseen() ? unseen(blame) : outcome(look(), blame));
  }

  return {
    isOver: () => isUndone,
    forget: () => writer.retire(written, isUndone),
    can: (way) => (way === "redo") === isUndone && !isUnseen() && seeing.isOnShownLayer(items),
    blame(_way, blame) {
      if (isWithin) seeing.blameMakers(items, HIDING, blame);
      seeing.blameLayers(items, blame);
    },
    undo,
    revoke: () => void undo(() => undefined),
    redo(blame) {
      if (!isUndone) return () => "done";
      const before = look();
      const wasUnseen = items.size > 0 && !seeing.someIsSeen(items);
      writer.setUndone(written, false);
      isUndone = false;
      if (wasUnseen) return () => unseen(blame);
      const isNothingNew = before.all > 0 && before.hidden === before.all;
      return () => (isNothingNew ? outcome(before, blame) : "done");
    },
  };
}
