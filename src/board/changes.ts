import type * as Y from "yjs";
import { equalBytes } from "../base/bytes.ts";
import { NO_VALUE, subjectOf } from "./attributes.ts";
import type { ItemId } from "./board.ts";
import { DOCUMENT_FORMAT, LOCAL_ORIGIN } from "./document.ts";
import type { Roots } from "./document.ts";
import { together } from "./history.ts";
import type { HistoryEntry, Outcome } from "./history.ts";
import type { MarkCover } from "./mark-cover.ts";
import { encodeMark, inRanges, markKey, mergeRanges, subtractRanges, undoneKey } from "./marks.ts";
import type { ClockRange, Mark } from "./marks.ts";
import { writeOf } from "./stroke-list.ts";

const NONE: Ranges = new Map();

type Ranges = ReadonlyMap<number, readonly ClockRange[]>;
type IsHidden = (client: number, clock: number) => boolean;

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
  /** These items were made. `mine`: whether they may be taken back. */
  made(ranges: Ranges, mine?: () => boolean): void;
  /** These characters of labels were typed. */
  typed(ranges: Ranges): void;
  /** Hides characters of labels. */
  eraseCharacters(ranges: Ranges): void;
}

/** A part of a gesture: writes, within a transaction, and tells after it what came of that. */
export interface Part {
  undo(): () => Outcome;
  redo(): () => Outcome;
}

export interface Changes {
  /** Runs a change as one local transaction. */
  transact(change: () => void): void;
  /** One transaction; what it consists of. */
  gesture(act: (gesture: Gesture) => void): readonly Part[];
  /** A step of the history. */
  entryOf(parts: readonly Part[]): HistoryEntry;
}

export interface ChangesDeps {
  readonly doc: Y.Doc;
  readonly roots: Roots;
  readonly cover: Pick<MarkCover, "hides" | "erases" | "cuts">;
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

  /** `look`: what of it is hidden. */
  function markPart(key: string, look: () => Hidden): Part {
    return {
      undo() {
        marks.set(undoneKey(key), true);
        // What somebody else hid as well stays away.
        return () => outcomeOf(look());
      },
      redo() {
        marks.set(undoneKey(key), false);
        return () => "done";
      },
    };
  }

  function attributePart(key: string, before: Uint8Array, after: Uint8Array, isGone: () => boolean): Part {
    const put = (expected: Uint8Array, value: Uint8Array): (() => Outcome) => {
      const present = attrs._map.get(key)?.id.client === doc.clientID ? attrs.get(key) : undefined;
      // Only where the present value is the one that this gesture left: a contact's is not taken back,
      // nor is one that this session put back for a contact.
      const isMine = present instanceof Uint8Array && equalBytes(present, expected) && !isGone();
      if (isMine) attrs.set(key, value);
      return () => (isMine ? "done" : "skipped");
    };
    return { undo: () => put(after, before), redo: () => put(before, after) };
  }

  /** Whether somebody else has hidden the item that an attribute is of: what this session did later is taken back by now. */
  function isOfHidden(key: string, made: readonly Ranges[]): boolean {
    const subject = subjectOf(key);
    if (subject?.of !== "item") return false;
    const { client, clock } = writeOf(subject.id);
    // What the same gesture made is hidden and shown with it.
    return !made.some((ranges) => inRanges(ranges.get(client), clock)) && cover.hides(client, clock);
  }

  /**
   * What was made is taken back by a mark over what of it stands, switched from then on for as long as
   * that is the same.
   */
  function madePart(ranges: Ranges, isHidden: IsHidden, mine: () => boolean): Part {
    let made: { readonly key: string; readonly over: string } | undefined;
    return {
      undo() {
        const { hidden, all } = hiddenOf(ranges, isHidden);
        if (hidden === all || !mine()) return () => "skipped";
        const mark: Mark = { kind: "erase", ranges: standing(ranges, isHidden) };
        const over = encodeMark(mark).join();
        if (made?.over === over) marks.set(undoneKey(made.key), false);
        else made = { key: addMark(mark), over };
        return () => (hidden > 0 ? "partly" : "done");
      },
      redo() {
        if (!made) return () => "skipped";
        marks.set(undoneKey(made.key), true);
        return () => outcomeOf(hiddenOf(ranges, isHidden));
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
    const run = (ordered: readonly Part[], way: "undo" | "redo"): Outcome => {
      let looks: (() => Outcome)[] = [];
      transact(() => {
        looks = ordered.map((part) => part[way]());
      });
      // What came of it is to be seen when the transaction is over.
      return together(looks.map((look) => look()));
    };
    return { undo: () => run([...parts].reverse(), "undo"), redo: () => run(parts, "redo") };
  }

  return {
    transact,
    entryOf,
    gesture(act) {
      const parts: Part[] = [];
      const madeHere: Ranges[] = [];
      transact(() =>
        act({
          mark(mark, items) {
            const about = items ?? (mark.kind === "erase" ? mark.ranges : NONE);
            const look = (): Hidden =>
              mark.kind === "cut" ? cutOf(mark.ranges) : hiddenOf(about, cover.hides);
            parts.push(markPart(addMark(mark), look));
          },
          eraseCharacters(ranges) {
            parts.push(markPart(addMark({ kind: "erase", ranges }), () => hiddenOf(ranges, cover.erases)));
          },
          typed(ranges) {
            parts.push(madePart(ranges, cover.erases, () => true));
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
          made(ranges, mine = () => true) {
            madeHere.push(ranges);
            parts.push(madePart(ranges, cover.hides, mine));
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
