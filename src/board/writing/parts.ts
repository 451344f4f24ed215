import type * as Y from "yjs";
import type { Roots } from "../document/document.ts";
import type { Mark } from "../document/marks.ts";
import type { BoardReader } from "../reading/board-reader.ts";
import { createAttributeParts } from "./attribute-parts.ts";
import type { AttributeParts } from "./attribute-parts.ts";
import { createMadePart } from "./made-part.ts";
import { createMarkPart } from "./mark-part.ts";
import { createMarkWriter } from "./mark-writer.ts";
import type { Part } from "./part.ts";
import { clocksIn, hiddenOf, HIDING } from "./ranges.ts";
import type { Hidden, Kinds, Ranges } from "./ranges.ts";
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

/** Writes the parts of this session's steps, each in a way that takes back what it did and nothing else. */
export function createParts({ doc, roots: { marks, attrs }, reader, session }: PartsDeps): Parts {
  const { cover, attributes } = reader;
  const seeing = createSeeing({ doc, attrs, cover, attributes });
  const writer = createMarkWriter({ doc, marks, session });
  const deps = { seeing, writer };

  function cutOf(ranges: Ranges): Hidden {
    let hidden = 0;
    let all = 0;
    for (const [client, list] of ranges) {
      const whole = clocksIn(list);
      all += whole;
      for (const range of list) hidden += clocksIn(cover.cutsIn(client, range));
    }
    return { hidden, all };
  }

  return {
    mark(mark, given) {
      const written = writer.add(mark);
      if (mark.kind === "cut") {
        const { ranges: hides } = mark;
        const about = { hides, kinds: CUTTING, items: given ?? NONE, isWithin: true };
        return createMarkPart(written, { ...about, look: () => cutOf(hides) }, deps);
      }
      const items = given ?? (mark.kind === "erase" ? mark.ranges : NONE);
      const look = (): Hidden => hiddenOf(items, cover.hides);
      return createMarkPart(written, { hides: items, kinds: HIDING, look, items }, deps);
    },
    eraseCharacters(ranges) {
      const written = writer.add({ kind: "erase", ranges });
      const look = (): Hidden => hiddenOf(ranges, cover.erases);
      return createMarkPart(written, { hides: ranges, kinds: ERASING, look, items: NONE }, deps);
    },
    ...createAttributeParts({ doc, attrs, reader, seeing, session }),
    made: (ranges, others) =>
      createMadePart({ ranges, kinds: HIDING, isHidden: cover.hides, others, items: ranges }, deps),
    typed: (ranges) =>
      createMadePart({ ranges, kinds: ERASING, isHidden: cover.erases, others: () => [], items: NONE }, deps),
    seeing,
  };
}
