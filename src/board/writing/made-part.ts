/*
 * What a step made, as a part of it: taken back by a mark over what of it stands, switched from then on for as
 * long as that is the same. What others hid then can be taken back later, by another mark.
 */
import { encodeMark } from "../document/marks.ts";
import type { Mark } from "../document/marks.ts";
import type { MarkCover } from "../reading/mark-cover.ts";
import type { MarkWriter } from "./mark-writer.ts";
import { tellWhether } from "./outcome.ts";
import type { Blame } from "./outcome.ts";
import type { MadePart, PartActions } from "./part.ts";
import { hiddenOf, HIDING, outcomeOf, standing } from "./ranges.ts";
import type { IsHidden, Kinds, Ranges } from "./ranges.ts";
import type { Seeing } from "./seeing.ts";

export interface MadePartDeps {
  readonly cover: Pick<MarkCover, "hides" | "erases">;
  readonly seeing: Seeing;
  readonly writer: MarkWriter;
}

/** What hides it. */
const KINDS: Readonly<Record<MadePart["of"], Kinds>> = { items: HIDING, words: ["erase"] };

const NONE: Ranges = new Map();

export function createMadeParts({ cover, seeing, writer }: MadePartDeps): PartActions<MadePart> {
  const isHidden = ({ of }: MadePart): IsHidden => (of === "items" ? cover.hides : cover.erases);
  /** The items that must be seen; none where words are meant. */
  const itemsOf = ({ of, ranges }: MadePart): Ranges => (of === "items" ? ranges : NONE);
  /** The sessions that keep it from being taken back. */
  const others = ({ text }: MadePart): readonly number[] =>
    text === undefined ? [] : seeing.othersWritingIn(text);

  /** Whether there are any: what this session took back itself is nobody's. */
  function blameOthers(part: MadePart, blame: Blame): boolean {
    return tellWhether(blame, (tell) => {
      seeing.blameMakers(part.ranges, KINDS[part.of], tell);
      tell(others(part));
    });
  }

  function isSomeLeft(part: MadePart): boolean {
    const { hidden, all } = hiddenOf(part.ranges, isHidden(part));
    return hidden < all;
  }

  function hide({ taken }: MadePart, what: Ranges): void {
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
    forget({ taken }) {
      for (const { written, stands } of taken.splice(0)) writer.retire(written, !stands);
    },
    can(part, way) {
      if (!seeing.isOnShownLayer(itemsOf(part))) return false;
      if (way === "redo") return part.taken.some(({ stands }) => stands);
      return isSomeLeft(part) && others(part).length === 0;
    },
    blame(part, _way, blame) {
      blameOthers(part, blame);
      seeing.blameLayers(itemsOf(part), blame);
    },
    undo(part, blame) {
      const left = standing(part.ranges, isHidden(part));
      const areOthers = blameOthers(part, blame);
      if (left.size === 0 || others(part).length > 0) return () => (areOthers ? "skipped" : "done");
      hide(part, left);
      return () => (areOthers ? "partly" : "done");
    },
    revoke(part) {
      if (others(part).length === 0) hide(part, part.ranges);
    },
    redo(part, blame) {
      for (const each of part.taken.filter(({ stands }) => stands)) {
        writer.setUndone(each.written, true);
        each.stands = false;
      }
      return () => {
        const outcome = outcomeOf(hiddenOf(part.ranges, isHidden(part)));
        if (outcome !== "done") seeing.blameMakers(part.ranges, KINDS[part.of], blame);
        return outcome;
      };
    },
  };
}
