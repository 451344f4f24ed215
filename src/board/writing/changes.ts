import { LOCAL_ORIGIN } from "../document/document.ts";
import { writeOf } from "../document/item-id.ts";
import { subjectOf } from "../document/keys.ts";
import { inRanges } from "../document/marks.ts";
import type { Mark } from "../document/marks.ts";
import type { Ranges } from "./ranges.ts";
import { together } from "./history.ts";
import type { Blame, HistoryEntry, Outcome, Way } from "./history.ts";
import { createParts } from "./parts.ts";
import type { Part } from "./part.ts";
import type { Parts, PartsDeps } from "./parts.ts";

/** What one step of the history does to the document, part by part, each of which can be taken back. */
export interface UndoStep {
  /** Hides something. `items`: of a clear and of a cut, the items that it is about. */
  mark(mark: Mark, items?: Ranges): void;
  /** Writes an attribute. */
  set(key: string, value: Uint8Array): void;
  /** These items were made. `others`: the sessions that keep them from being taken back. */
  made(ranges: Ranges, others?: () => readonly number[]): void;
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
  /** A step of the history. */
  entryOf(parts: readonly Part[]): HistoryEntry;
  readonly seeing: Parts["seeing"];
}

export function createChanges(deps: PartsDeps): Changes {
  const parts = createParts(deps);

  function transact(change: () => void): void {
    deps.doc.transact(change, LOCAL_ORIGIN);
  }

  function entryOf(all: readonly Part[]): HistoryEntry {
    const run = (ordered: readonly Part[], way: Way, blame: Blame): Outcome => {
      let looks: (() => Outcome)[] = [];
      transact(() => {
        looks = ordered.map((part) => part[way](blame));
      });
      // What came of it is to be seen when the transaction is over.
      return together(looks.map((look) => look()));
    };
    return {
      isOver: () => all.every((part) => part.isOver()),
      forget() {
        for (const part of all) part.forget();
      },
      can: (way) => all.some((part) => part.can(way)),
      blame(way, blame) {
        for (const part of all) part.blame(way, blame);
      },
      undo: (blame) => run([...all].reverse(), "undo", blame),
      redo: (blame) => run(all, "redo", blame),
      revoke: () =>
        transact(() => {
          for (const part of [...all].reverse()) part.revoke();
        }),
    };
  }

  return {
    transact,
    entryOf,
    seeing: parts.seeing,
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
          made(ranges, others = () => []) {
            made.push(ranges);
            done.push(parts.made(ranges, others));
          },
        }),
      );
      return done;
    },
  };
}

/** Whether an attribute is of one of these items. */
function isOf(key: string, items: readonly Ranges[]): boolean {
  const subject = subjectOf(key);
  if (subject?.of !== "item") return false;
  const { client, clock } = writeOf(subject.id);
  return items.some((ranges) => inRanges(ranges.get(client), clock));
}
