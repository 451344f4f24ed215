import type * as Y from "yjs";
import { equalBytes } from "../../base/bytes.ts";
import { NO_VALUE } from "../document/attributes.ts";
import type { ItemId } from "../document/board.ts";
import { DOCUMENT_FORMAT, LOCAL_ORIGIN } from "../document/document.ts";
import type { Roots } from "../document/document.ts";
import { together } from "./history.ts";
import type { Blame, HistoryEntry, Outcome } from "./history.ts";
import type { MarkCover } from "../reading/mark-cover.ts";
import { encodeMark, inRanges, markKey, mergeRanges, subtractRanges, undoneKey } from "../document/marks.ts";
import type { ClockRange, Mark } from "../document/marks.ts";
import { writeOf } from "../document/item-id.ts";
import { subjectOf } from "../document/keys.ts";

const NONE: Ranges = new Map();

type Ranges = ReadonlyMap<number, readonly ClockRange[]>;
type IsHidden = (client: number, clock: number) => boolean;
type Kinds = readonly Mark["kind"][];

/** What hides an item, the characters of a label, a stretch of a stroke. */
const HIDING: Kinds = ["clear", "erase"];
const ERASING: Kinds = ["erase"];
const CUTTING: Kinds = ["cut"];

/** How many clocks, or positions, of something are hidden. */
interface Hidden {
  readonly hidden: number;
  readonly all: number;
}

/** What one gesture of this session does to the document, part by part, each of which can be taken back. */
export interface Gesture {
  /** Hides something. `items`: of a clear, the items that it is about. */
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

/** A part of a gesture: writes, within a transaction, and tells after it what came of that. */
export interface Part {
  undo(blame: Blame): () => Outcome;
  redo(blame: Blame): () => Outcome;
}

export interface Changes {
  /** Runs a change as one local transaction. */
  transact(change: () => void): void;
  /** One transaction; what it consists of. */
  gesture(act: (gesture: Gesture) => void): readonly Part[];
  /** A step of the history. */
  entryOf(parts: readonly Part[]): HistoryEntry;
  /** Tells which other sessions hide an item. */
  blameFor(item: { readonly client: number; readonly clock: number }, blame: Blame): void;
}

export interface ChangesDeps {
  readonly doc: Y.Doc;
  readonly roots: Roots;
  readonly cover: Pick<MarkCover, "hides" | "erases" | "cuts" | "makers">;
}

/** Writes this session's changes, in a way that takes back what it did and nothing else. */
export function createChanges({ doc, roots: { marks, attrs, meta }, cover }: ChangesDeps): Changes {
  let nextMark = 0;

  function transact(change: () => void): void {
    doc.transact(() => {
      change();
      if (!(Number(meta.get("format")) >= DOCUMENT_FORMAT)) meta.set("format", DOCUMENT_FORMAT);
    }, LOCAL_ORIGIN);
  }

  function addMark(mark: Mark): string {
    const key = markKey(doc.clientID, nextMark++);
    marks.set(key, encodeMark(mark));
    return key;
  }

  /** Tells which other sessions hide some of it. */
  function blameMakers(of: Ranges, kinds: Kinds, blame: Blame): void {
    blame([...cover.makers(of, kinds)].filter((client) => client !== doc.clientID));
  }

  function blameFor({ client, clock }: { client: number; clock: number }, blame: Blame): void {
    blameMakers(new Map([[client, [{ start: clock, end: clock + 1 }]]]), HIDING, blame);
  }

  /** `about`: what the mark hides, and `look` how much of that is hidden. */
  function markPart(key: string, about: Ranges, kinds: Kinds, look: () => Hidden): Part {
    return {
      undo(blame) {
        marks.set(undoneKey(key), true);
        // What somebody else hid as well stays away.
        return () => {
          const outcome = outcomeOf(look());
          if (outcome !== "done") blameMakers(about, kinds, blame);
          return outcome;
        };
      },
      redo() {
        marks.set(undoneKey(key), false);
        return () => "done";
      },
    };
  }

  function attributePart(key: string, before: Uint8Array, after: Uint8Array, isGone: () => boolean): Part {
    const put = (expected: Uint8Array, value: Uint8Array, blame: Blame): (() => Outcome) => {
      const writer = attrs._map.get(key)?.id.client;
      const present = writer === doc.clientID ? attrs.get(key) : undefined;
      // Only where the present value is the one that this gesture left: a contact's is not taken back,
      // nor is one that this session put back for a contact.
      const isMine = present instanceof Uint8Array && equalBytes(present, expected) && !isGone();
      if (isMine) attrs.set(key, value);
      else if (writer !== undefined && writer !== doc.clientID) blame([writer]);
      else blameForSubject(key, blame);
      return () => (isMine ? "done" : "skipped");
    };
    return {
      undo: (blame) => put(after, before, blame),
      redo: (blame) => put(before, after, blame),
    };
  }

  /** Whether somebody else has hidden the item that an attribute is of: what this session did later is taken back by now. */
  function isOfHidden(key: string, made: readonly Ranges[]): boolean {
    const subject = subjectOf(key);
    if (subject?.of !== "item") return false;
    const { client, clock } = writeOf(subject.id);
    // What the same gesture made is hidden and shown with it.
    return !made.some((ranges) => inRanges(ranges.get(client), clock)) && cover.hides(client, clock);
  }

  function blameForSubject(key: string, blame: Blame): void {
    const subject = subjectOf(key);
    if (subject?.of === "item") blameFor(writeOf(subject.id), blame);
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
        if (made?.over === over) marks.set(undoneKey(made.key), false);
        else made = { key: addMark(mark), over };
        return () => (hidden > 0 ? "partly" : "done");
      },
      redo(blame) {
        if (!made) return () => "skipped";
        marks.set(undoneKey(made.key), true);
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
      const whole = lengthOf(list);
      all += whole;
      hidden += whole - lengthOf(subtractRanges(list, cover.cuts(client)));
    }
    return { hidden, all };
  }

  function entryOf(parts: readonly Part[]): HistoryEntry {
    const run = (ordered: readonly Part[], way: "undo" | "redo", blame: Blame): Outcome => {
      let looks: (() => Outcome)[] = [];
      transact(() => {
        looks = ordered.map((part) => part[way](blame));
      });
      // What came of it is to be seen when the transaction is over.
      return together(looks.map((look) => look()));
    };
    return {
      undo: (blame) => run([...parts].reverse(), "undo", blame),
      redo: (blame) => run(parts, "redo", blame),
    };
  }

  return {
    transact,
    entryOf,
    blameFor,
    gesture(act) {
      const parts: Part[] = [];
      const madeHere: Ranges[] = [];
      transact(() =>
        act({
          mark(mark, items) {
            const about = items ?? (mark.kind === "erase" ? mark.ranges : NONE);
            const look = (): Hidden =>
              mark.kind === "cut" ? cutOf(mark.ranges) : hiddenOf(about, cover.hides);
            const isCut = mark.kind === "cut";
            parts.push(markPart(addMark(mark), isCut ? mark.ranges : about, isCut ? CUTTING : HIDING, look));
          },
          eraseCharacters(ranges) {
            const look = (): Hidden => hiddenOf(ranges, cover.erases);
            parts.push(markPart(addMark({ kind: "erase", ranges }), ranges, ERASING, look));
          },
          typed(ranges) {
            parts.push(madePart(ranges, ERASING, cover.erases, () => []));
          },
          set(key, value) {
            const before = attrs.get(key);
            attrs.set(key, value);
            parts.push(
              attributePart(key, before instanceof Uint8Array ? before : NO_VALUE, value, () =>
                isOfHidden(key, madeHere),
              ),
            );
          },
          made(ranges, others = () => []) {
            madeHere.push(ranges);
            parts.push(madePart(ranges, HIDING, cover.hides, others));
          },
        }),
      );
      return parts;
    },
  };
}

function hiddenOf(ranges: Ranges, isHidden: IsHidden): Hidden {
  let hidden = 0;
  let all = 0;
  for (const [client, list] of ranges) {
    for (const { start, end } of list) {
      all += end - start;
      for (let clock = start; clock < end; clock++) if (isHidden(client, clock)) hidden++;
    }
  }
  return { hidden, all };
}

function standing(ranges: Ranges, isHidden: IsHidden): Ranges {
  const left = new Map<number, ClockRange[]>();
  for (const [client, list] of ranges) {
    const clocks = list.flatMap(({ start, end }) =>
      Array.from({ length: end - start }, (_, i) => start + i).filter((clock) => !isHidden(client, clock)),
    );
    if (clocks.length > 0) left.set(client, mergeRanges(clocks.map((start) => ({ start, end: start + 1 }))));
  }
  return left;
}

function lengthOf(ranges: readonly ClockRange[]): number {
  return ranges.reduce((sum, { start, end }) => sum + end - start, 0);
}

function outcomeOf({ hidden, all }: Hidden): Outcome {
  if (hidden === 0) return "done";
  return hidden === all ? "skipped" : "partly";
}

/** The writes that put items into the array, as ranges. */
export function rangesOf(ids: Iterable<ItemId>): Map<number, ClockRange[]> {
  const ranges = new Map<number, ClockRange[]>();
  for (const id of ids) {
    const { client, clock } = writeOf(id);
    const range = { start: clock, end: clock + 1 };
    const known = ranges.get(client);
    if (known) known.push(range);
    else ranges.set(client, [range]);
  }
  for (const [client, list] of ranges) ranges.set(client, mergeRanges(list));
  return ranges;
}
