import type * as Y from "yjs";
import type { ItemId } from "../document/board.ts";
import type { Roots } from "../document/document.ts";
import type { Mark } from "../document/marks.ts";
import type { BoardReader } from "../reading/board-reader.ts";
import { createAttributeParts } from "./attribute-parts.ts";
import { createMadeParts } from "./made-part.ts";
import { createMarkParts } from "./mark-part.ts";
import { createMarkWriter } from "./mark-writer.ts";
import type { MarksState } from "./mark-writer.ts";
import { createMovedTexts } from "./moved-text.ts";
import type { AttributePart, MadePart, MarkPart, Part, PartActions } from "./part.ts";
import type { Ranges } from "./ranges.ts";
import { createSeeing } from "./seeing.ts";
import type { PutBackOwners, Seeing } from "./seeing.ts";
import type { SessionWriter } from "./session-writer.ts";

export interface PartsDeps {
  readonly doc: Y.Doc;
  readonly roots: Pick<Roots, "marks" | "attrs">;
  readonly reader: Pick<BoardReader, "cover" | "attributes" | "stacks" | "labelOf">;
  readonly session: Pick<SessionWriter, "stamp">;
  readonly work: { readonly marks: MarksState; readonly putBack: PutBackOwners };
}

/** What can be part of a step. The first five write: within a transaction. */
export interface Parts {
  /** `items`: of a clear and of a cut, the items that it is about. */
  mark(mark: Mark, items: Ranges | undefined): MarkPart;
  eraseCharacters(ranges: Ranges): MarkPart;
  attribute(key: string, value: Uint8Array): AttributePart;
  /** The same, not to be taken back. */
  give(key: string, value: Uint8Array): void;
  /** Items that are there already. `text`: they stay as long as somebody else has written in this one. */
  made(ranges: Ranges, text: ItemId | undefined): MadePart;
  /** Characters of labels that are there already. */
  typed(ranges: Ranges): MadePart;
  readonly actions: PartActions<Part>;
  readonly seeing: Seeing;
}

const NONE: Ranges = new Map();

/** Writes the parts of this session's steps, each in a way that takes back what it did and nothing else. */
export function createParts({ doc, roots: { marks, attrs }, reader, session, work }: PartsDeps): Parts {
  const { cover, attributes, labelOf } = reader;
  const seeing = createSeeing({ doc, attrs, cover, attributes, labelOf, putBack: work.putBack });
  const writer = createMarkWriter({ doc, marks, session, state: work.marks });
  const ofAttributes = createAttributeParts({ doc, attrs, reader, seeing, session });
  const actions: PartActions<Part> = {
    isOver: (part) => of(part).isOver(part),
    can: (part, way) => of(part).can(part, way),
    blame: (part, way, blame) => of(part).blame(part, way, blame),
    undo: (part, blame) => of(part).undo(part, blame),
    redo: (part, blame) => of(part).redo(part, blame),
    revoke: (part) => of(part).revoke(part),
    forget: (part) => of(part).forget(part),
  };
  const kinds: { readonly [K in Part["kind"]]: PartActions<Extract<Part, { readonly kind: K }>> } = {
    mark: createMarkParts({ cover, seeing, writer }),
    made: createMadeParts({ cover, seeing, writer }),
    attribute: ofAttributes,
    "moved text": createMovedTexts({ seeing, parts: actions }),
  };

  function of({ kind }: Part): PartActions<Part> {
    return kinds[kind];
  }

  return {
    mark(mark, given) {
      const written = writer.add(mark);
      const items = given ?? (mark.kind === "erase" ? mark.ranges : NONE);
      const part = { kind: "mark", written, items, isUndone: false } as const;
      return mark.kind === "cut"
        ? { ...part, of: "stretches", hides: mark.ranges }
        : { ...part, of: "items", hides: items };
    },
    eraseCharacters(ranges) {
      const written = writer.add({ kind: "erase", ranges });
      return { kind: "mark", of: "words", written, hides: ranges, items: NONE, isUndone: false };
    },
    attribute: ofAttributes.write,
    give: ofAttributes.give,
    made: (ranges, text) => ({ kind: "made", of: "items", ranges, text, taken: [] }),
    typed: (ranges) => ({ kind: "made", of: "words", ranges, text: undefined, taken: [] }),
    actions,
    seeing,
  };
}
