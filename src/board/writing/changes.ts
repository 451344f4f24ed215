import type { ItemId } from "../document/board.ts";
import { LOCAL_ORIGIN } from "../document/document.ts";
import { writeOf } from "../document/item-id.ts";
import { subjectOf } from "../document/keys.ts";
import { inRanges } from "../document/marks.ts";
import type { Mark } from "../document/marks.ts";
import { createEntries } from "./entries.ts";
import type { Entries } from "./entries.ts";
import type { Part } from "./part.ts";
import { createParts } from "./parts.ts";
import type { PartsDeps } from "./parts.ts";
import type { Blame } from "./outcome.ts";
import type { Ranges } from "./ranges.ts";
import type { Seeing } from "./seeing.ts";

/** What one step of the history does to the document, part by part, each of which can be taken back. */
export interface UndoStep {
  /** Hides something. `items`: of a clear and of a cut, the items that it is about. */
  mark(mark: Mark, items?: Ranges): void;
  /** Writes an attribute. */
  set(key: string, value: Uint8Array): void;
  /** These items were made. `text`: they stay as long as somebody else has written in this one. */
  made(ranges: Ranges, text?: ItemId): void;
  /** These characters of labels were typed. */
  typed(ranges: Ranges): void;
  /** Hides characters of labels. */
  eraseCharacters(ranges: Ranges): void;
}

/** This session's changes of the document. */
export interface Changes {
  /** Runs a change as one local transaction. */
  transact(change: () => void): void;
  /** One transaction; what it consists of. */
  step(act: (step: UndoStep) => void): readonly Part[];
  /**
   * What was done is taken back, and is no part of any step. In a step in which the item itself goes it could not be:
   * the item is still hidden when it would.
   */
  takeBack(parts: readonly Part[]): void;
  /** What was done stays: it is no part of any step. */
  forget(parts: readonly Part[]): void;
  readonly entries: Entries;
  readonly seeing: Seeing;
}

export function createChanges(deps: PartsDeps): Changes {
  const parts = createParts(deps);
  const { actions, seeing } = parts;

  function transact(change: () => void): void {
    deps.doc.transact(change, LOCAL_ORIGIN);
  }

  return {
    transact,
    entries: createEntries({ parts: actions, cover: deps.reader.cover, seeing, transact }),
    seeing,
    takeBack(some) {
      transact(() => {
        for (const part of [...some].reverse()) actions.undo(part, NOBODY);
      });
    },
    forget(some) {
      for (const part of some) actions.forget(part);
    },
    step(act) {
      const done: Part[] = [];
      const made: Ranges[] = [];
      transact(() =>
        act({
          mark: (mark, items) => void done.push(parts.mark(mark, items)),
          eraseCharacters: (ranges) => void done.push(parts.eraseCharacters(ranges)),
          typed: (ranges) => void done.push(parts.typed(ranges)),
          set(key, value) {
            // What the same step made is hidden and shown with all that it was given.
            if (isOf(key, made)) parts.give(key, value);
            else done.push(parts.attribute(key, value));
          },
          made(ranges, text) {
            made.push(ranges);
            done.push(parts.made(ranges, text));
          },
        }),
      );
      return done;
    },
  };
}

const NOBODY: Blame = () => undefined;

/** Whether an attribute is of one of these items. */
function isOf(key: string, items: readonly Ranges[]): boolean {
  const subject = subjectOf(key);
  if (subject?.of !== "item") return false;
  const { client, clock } = writeOf(subject.id);
  return items.some((ranges) => inRanges(ranges.get(client), clock));
}
