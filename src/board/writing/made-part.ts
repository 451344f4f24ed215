/*
 * What a step made, as a part of it: taken back by a mark over what of it stands, switched from then on for as
 * long as that is the same. What others hid then can be taken back later, by another mark.
 */
import { encodeMark } from "../document/marks.ts";
import type { Mark } from "../document/marks.ts";
import type { Blame } from "./history.ts";
import { tellWhether } from "./history.ts";
import type { WrittenMark } from "../document/mark-pieces.ts";
import type { MarkWriter } from "./mark-writer.ts";
import type { Part } from "./part.ts";
import { hiddenOf, outcomeOf, standing } from "./ranges.ts";
import type { IsHidden, Kinds, Ranges } from "./ranges.ts";
import type { Seeing } from "./seeing.ts";

/** What was made, and what hides it. */
export interface MadeAbout {
  readonly ranges: Ranges;
  readonly kinds: Kinds;
  readonly isHidden: IsHidden;
  /** The sessions that keep it from being taken back. */
  others(): readonly number[];
  /** The items; none where their words are meant. */
  readonly items: Ranges;
}

/** A mark over what was made. */
interface Taken {
  readonly written: WrittenMark;
  readonly over: string;
  stands: boolean;
}

export function createMadePart(
  { ranges, kinds, isHidden, others, items }: MadeAbout,
  { seeing, writer }: { readonly seeing: Seeing; readonly writer: MarkWriter },
): Part {
  const taken: Taken[] = [];

  /** Whether there are any: what this session took back itself is nobody's. */
  function blameOthers(blame: Blame): boolean {
    return tellWhether(blame, (tell) => {
      seeing.blameMakers(ranges, kinds, tell);
      tell(others());
    });
  }

  function isSomeLeft(): boolean {
    const { hidden, all } = hiddenOf(ranges, isHidden);
    return hidden < all;
  }

  function hide(what: Ranges): void {
    const mark: Mark = { kind: "erase", ranges: what };
    const over = encodeMark(mark).join();
    const known = taken.find((each) => each.over === over && !each.stands);
    if (known) {
      writer.setUndone(known.written, false);
      known.stands = true;
    } else taken.push({ written: writer.add(mark), over, stands: true });
  }

  return {
    // What others hid now may be there again.
    isOver: () => false,
    forget() {
      for (const { written, stands } of taken.splice(0)) writer.retire(written, !stands);
    },
    can(way) {
      if (!seeing.isOnShownLayer(items)) return false;
      if (way === "redo") return taken.some(({ stands }) => stands);
      return isSomeLeft() && others().length === 0;
    },
    blame(_way, blame) {
      blameOthers(blame);
      seeing.blameLayers(items, blame);
    },
    undo(blame) {
      const left = standing(ranges, isHidden);
      const areOthers = blameOthers(blame);
      if (left.size === 0 || others().length > 0) return () => (areOthers ? "skipped" : "done");
      hide(left);
      return () => (areOthers ? "partly" : "done");
    },
    revoke() {
      if (others().length === 0) hide(ranges);
    },
    redo(blame) {
      for (const each of taken.filter(({ stands }) => stands)) {
        writer.setUndone(each.written, true);
        each.stands = false;
      }
      return () => {
        const outcome = outcomeOf(hiddenOf(ranges, isHidden));
        if (outcome !== "done") seeing.blameMakers(ranges, kinds, blame);
        return outcome;
      };
    },
  };
}
