/*
 * What the steps of a session consist of, each written so that it takes back what it did and nothing else.
 */
import type * as Y from "yjs";
import { writeOf } from "../document/item-id.ts";
import type { Roots } from "../document/document.ts";
import { encodeMark, encodeSwitch, markKey, subtractRanges, undoneKey } from "../document/marks.ts";
import type { Mark } from "../document/marks.ts";
import type { BoardReader } from "../reading/board-reader.ts";
import { createAttributeParts } from "./attribute-parts.ts";
import type { AttributeParts } from "./attribute-parts.ts";
import { tellWhether } from "./history.ts";
import type { Blame, Outcome } from "./history.ts";
import type { Part } from "./part.ts";
import { clocksIn, hiddenOf, HIDING, standing } from "./ranges.ts";
import type { Hidden, IsHidden, Kinds, Ranges } from "./ranges.ts";
import { createSeeing } from "./seeing.ts";
import type { Seeing } from "./seeing.ts";
import type { SessionWriter } from "./session-writer.ts";

export interface PartsDeps {
  readonly doc: Y.Doc;
  readonly roots: Pick<Roots, "marks" | "attrs">;
  readonly reader: Pick<BoardReader, "cover" | "attributes" | "stacks">;
  readonly session: Pick<SessionWriter, "stamp">;
}

/** What can be part of a step. All but `seeing` write: within a transaction. */
export interface Parts extends AttributeParts {
  /** `items`: of a clear and of a cut, the items that it is about. */
  mark(mark: Mark, items: Ranges | undefined): Part;
  eraseCharacters(ranges: Ranges): Part;
  /** Items that are there already. `others`: the sessions that keep them from being taken back. */
  made(ranges: Ranges, others: () => readonly number[]): Part;
  /** Characters of labels that are there already. */
  typed(ranges: Ranges): Part;
  readonly seeing: Seeing;
}

/** What hides the characters of a label, a stretch of a stroke. */
const ERASING: Kinds = ["erase"];
const CUTTING: Kinds = ["cut"];

const NONE: Ranges = new Map();

/** What a mark hides, and how much of that is hidden. */
interface MarkAbout {
  readonly hides: Ranges;
  readonly kinds: Kinds;
  look(): Hidden;
  /** The items of which something must be seen; of a cut, whole ones do not count that are not visible. */
  readonly items: Ranges;
  readonly isWithin?: boolean;
}

/** What was made, and what hides it. */
interface MadeAbout {
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
  readonly key: string;
  readonly over: string;
  stands: boolean;
}

export function createParts({ doc, roots: { marks, attrs }, reader, session }: PartsDeps): Parts {
  const { cover, attributes, stacks } = reader;
  const seeing = createSeeing({ doc, attrs, cover, attributes });
  let nextMark = 0;

  function addMark(mark: Mark): string {
    const key = markKey(doc.clientID, nextMark++);
    marks.set(key, encodeMark(mark, session.stamp()));
    return key;
  }

  function setUndone(key: string, isUndone: boolean): void {
    marks.set(undoneKey(key), encodeSwitch(isUndone, session.stamp()));
  }

  function markPart(key: string, { hides, kinds, look, items, isWithin = false }: MarkAbout): Part {
    let isUndone = false;

    /** Tells what came of it, and who has a part in it: what this session hides otherwise is a step of its own. */
    function outcome(hidden: Hidden, blame: Blame): Outcome {
      const came = outcomeOf(hidden);
      if (came === "done") return came;
      if (came === "partly" && items.size > 0 && !seeing.someIsSeen(items)) return unseen(blame);
      const areOthers = tellWhether(blame, (tell) => seeing.blameMakers(hides, kinds, tell));
      return came === "partly" && !areOthers ? "done" : came;
    }

    /** What it was about is not to be seen, whatever became of the mark. */
    function unseen(blame: Blame): Outcome {
      seeing.blameMakers(items, HIDING, blame);
      seeing.blameLayers(items, blame);
      return "shared";
    }

    return {
      can: (way) =>
        (way === "redo") === isUndone && (isWithin ? seeing.someIsSeen(items) : seeing.isOnShownLayer(items)),
      blame(_way, blame) {
        if (isWithin) seeing.blameMakers(items, HIDING, blame);
        seeing.blameLayers(items, blame);
      },
      undo(blame) {
        if (isUndone) return () => "done";
        setUndone(key, true);
        isUndone = true;
        // What somebody else hid as well stays away.
        return () => (isWithin && !seeing.someIsSeen(items) ? unseen(blame) : outcome(look(), blame));
      },
      redo(blame) {
        if (!isUndone) return () => "done";
        const before = look();
        const isUnseen = isWithin && !seeing.someIsSeen(items);
        setUndone(key, false);
        isUndone = false;
        if (isUnseen) return () => unseen(blame);
        const isNothingNew = before.all > 0 && before.hidden === before.all;
        return () => (isNothingNew ? outcome(before, blame) : "done");
      },
    };
  }

  /**
   * What was made is taken back by a mark over what of it stands, switched from then on for as long as
   * that is the same. What others hid then can be taken back later, by another mark.
   */
  function madePart({ ranges, kinds, isHidden, others, items }: MadeAbout): Part {
    const taken: Taken[] = [];

    /** Whether there are any: what this session took back itself is nobody's. */
    function blameOthers(blame: Blame): boolean {
      return tellWhether(blame, (tell) => {
        seeing.blameMakers(ranges, kinds, tell);
        tell(others());
      });
    }

    return {
      can(way) {
        if (!seeing.isOnShownLayer(items)) return false;
        if (way === "redo") return taken.some(({ stands }) => stands);
        return isPartly(ranges, isHidden) && others().length === 0;
      },
      blame(_way, blame) {
        blameOthers(blame);
        seeing.blameLayers(items, blame);
      },
      undo(blame) {
        const left = standing(ranges, isHidden);
        const areOthers = blameOthers(blame);
        if (left.size === 0 || others().length > 0) return () => (areOthers ? "skipped" : "done");
        const mark: Mark = { kind: "erase", ranges: left };
        const over = encodeMark(mark).join();
        const known = taken.find((each) => each.over === over && !each.stands);
        if (known) {
          setUndone(known.key, false);
          known.stands = true;
        } else taken.push({ key: addMark(mark), over, stands: true });
        return () => (areOthers ? "partly" : "done");
      },
      redo(blame) {
        for (const each of taken.filter(({ stands }) => stands)) {
          setUndone(each.key, true);
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

  function cutOf(ranges: Ranges): Hidden {
    let hidden = 0;
    let all = 0;
    for (const [client, list] of ranges) {
      const whole = clocksIn(list);
      all += whole;
      hidden += whole - clocksIn(subtractRanges(list, cover.cuts(client)));
    }
    return { hidden, all };
  }

  return {
    mark(mark, given) {
      const key = addMark(mark);
      if (mark.kind === "cut") {
        const { ranges } = mark;
        const look = (): Hidden => cutOf(ranges);
        return markPart(key, { hides: ranges, kinds: CUTTING, look, items: given ?? NONE, isWithin: true });
      }
      const items = given ?? (mark.kind === "erase" ? mark.ranges : NONE);
      return markPart(key, { hides: items, kinds: HIDING, look: () => hiddenOf(items, cover.hides), items });
    },
    eraseCharacters(ranges) {
      const key = addMark({ kind: "erase", ranges });
      const look = (): Hidden => hiddenOf(ranges, cover.erases);
      return markPart(key, { hides: ranges, kinds: ERASING, look, items: NONE });
    },
    ...createAttributeParts({
      doc,
      attrs,
      attributes,
      seeing,
      isHidden({ id }) {
        const { client, clock } = writeOf(id);
        return cover.hides(client, clock);
      },
      session,
      stacks,
    }),
    made: (ranges, others) =>
      madePart({ ranges, kinds: HIDING, isHidden: cover.hides, others, items: ranges }),
    typed: (ranges) =>
      madePart({ ranges, kinds: ERASING, isHidden: cover.erases, others: () => [], items: NONE }),
    seeing,
  };
}

function outcomeOf({ hidden, all }: Hidden): Outcome {
  if (hidden === 0) return "done";
  return hidden === all ? "shared" : "partly";
}

/** Some of it is not hidden. */
function isPartly(ranges: Ranges, isHidden: IsHidden): boolean {
  const { hidden, all } = hiddenOf(ranges, isHidden);
  return hidden < all;
}
