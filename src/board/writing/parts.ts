import type * as Y from "yjs";
import type { Roots } from "../document/document.ts";
import { encodeMark, encodeSwitch, markKey, subtractRanges, undoneKey } from "../document/marks.ts";
import type { Mark } from "../document/marks.ts";
import type { WriteId } from "../document/write-id.ts";
import type { MarkCover } from "../reading/mark-cover.ts";
import { createAttributeParts } from "./attribute-parts.ts";
import type { AttributeParts } from "./attribute-parts.ts";
import type { Part } from "./part.ts";
import { clocksIn, hiddenOf, rangesOfWrites, standing } from "./ranges.ts";
import type { Hidden, IsHidden, Ranges } from "./ranges.ts";
import type { Blame, Outcome } from "./history.ts";
import type { SessionWriter } from "./session-writer.ts";

export interface PartsDeps {
  readonly doc: Y.Doc;
  readonly roots: Pick<Roots, "marks" | "attrs">;
  readonly cover: Pick<MarkCover, "hides" | "erases" | "cuts" | "makers">;
  readonly session: Pick<SessionWriter, "stamp">;
}

/** What can be part of a step. All but `blameFor` write: within a transaction. */
export interface Parts {
  /** `items`: of a clear, the items that it is about. */
  mark(mark: Mark, items: Ranges | undefined): Part;
  eraseCharacters(ranges: Ranges): Part;
  readonly attribute: AttributeParts;
  /** Items that are there already. `others`: the sessions that keep them from being taken back. */
  made(ranges: Ranges, others: () => readonly number[]): Part;
  /** Characters of labels that are there already. */
  typed(ranges: Ranges): Part;
  /** Tells which other sessions hide an item. */
  blameFor(item: WriteId, blame: Blame): void;
}

type Kinds = readonly Mark["kind"][];

/** What hides an item, the characters of a label, a stretch of a stroke. */
const HIDING: Kinds = ["clear", "erase"];
const ERASING: Kinds = ["erase"];
const CUTTING: Kinds = ["cut"];

const NONE: Ranges = new Map();

/** Writes the parts of this session's steps, each in a way that takes back what it did and nothing else. */
export function createParts({ doc, roots: { marks, attrs }, cover, session }: PartsDeps): Parts {
  let nextMark = 0;

  function addMark(mark: Mark): string {
    const key = markKey(doc.clientID, nextMark++);
    marks.set(key, encodeMark(mark, session.stamp()));
    return key;
  }

  function setUndone(key: string, isUndone: boolean): void {
    marks.set(undoneKey(key), encodeSwitch(isUndone, session.stamp()));
  }

  /** Tells which other sessions hide some of it. */
  function blameMakers(of: Ranges, kinds: Kinds, blame: Blame): void {
    blame([...cover.makers(of, kinds)].filter((client) => client !== doc.clientID));
  }

  function blameFor(item: WriteId, blame: Blame): void {
    blameMakers(rangesOfWrites([item]), HIDING, blame);
  }

  /** `about`: what the mark hides, and `look` how much of that is hidden. */
  function markPart(key: string, about: Ranges, kinds: Kinds, look: () => Hidden): Part {
    return {
      undo(blame) {
        setUndone(key, true);
        // What somebody else hid as well stays away.
        return () => {
          const outcome = outcomeOf(look());
          if (outcome !== "done") blameMakers(about, kinds, blame);
          return outcome;
        };
      },
      redo() {
        setUndone(key, false);
        return () => "done";
      },
    };
  }

  /**
   * What was made is taken back by a mark over what of it stands, switched from then on for as long as
   * that is the same.
   */
  function madePart(ranges: Ranges, kinds: Kinds, isHidden: IsHidden, others: () => readonly number[]): Part {
    let made: { readonly key: string; readonly over: string } | undefined;
    return {
      undo(blame) {
        const { hidden, all } = hiddenOf(ranges, isHidden);
        const keeping = others();
        if (hidden > 0) blameMakers(ranges, kinds, blame);
        blame(keeping);
        if (hidden === all || keeping.length > 0) return () => "skipped";
        const mark: Mark = { kind: "erase", ranges: standing(ranges, isHidden) };
        const over = encodeMark(mark).join();
        if (made?.over === over) setUndone(made.key, false);
        else made = { key: addMark(mark), over };
        return () => (hidden > 0 ? "partly" : "done");
      },
      redo(blame) {
        if (!made) return () => "skipped";
        setUndone(made.key, true);
        return () => {
          const outcome = outcomeOf(hiddenOf(ranges, isHidden));
          if (outcome !== "done") blameMakers(ranges, kinds, blame);
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
    mark(mark, items) {
      const key = addMark(mark);
      if (mark.kind === "cut") return markPart(key, mark.ranges, CUTTING, () => cutOf(mark.ranges));
      const about = items ?? (mark.kind === "erase" ? mark.ranges : NONE);
      return markPart(key, about, HIDING, () => hiddenOf(about, cover.hides));
    },
    eraseCharacters(ranges) {
      const key = addMark({ kind: "erase", ranges });
      return markPart(key, ranges, ERASING, () => hiddenOf(ranges, cover.erases));
    },
    attribute: createAttributeParts({ doc, attrs, cover, session, blameFor }),
    made: (ranges, others) => madePart(ranges, HIDING, cover.hides, others),
    typed: (ranges) => madePart(ranges, ERASING, cover.erases, () => []),
    blameFor,
  };
}

function outcomeOf({ hidden, all }: Hidden): Outcome {
  if (hidden === 0) return "done";
  return hidden === all ? "skipped" : "partly";
}
