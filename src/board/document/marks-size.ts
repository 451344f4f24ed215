/*
 * How many bytes of marks count against a board's limit. All of them are an upper bound, and those that stand are
 * a better one, which is kept as they change. What is exact is what it would take to say once what they hide (mark-union.ts): marks that hide
 * what others hide count nothing. As that costs a pass over all of them, it is counted only where the bound is
 * over, and anew only when much was written since.
 */
import type * as Y from "yjs";
import { rootsOf } from "./document.ts";
import { unionOf } from "./mark-union.ts";
import { decodeMark, decodeSwitch, encodeMark, FIRST_PAGE, markOf, undoneKey } from "./marks.ts";
import type { Mark } from "./marks.ts";

/** Follows the marks of a document. */
export interface MarksSize {
  /**
   * The bytes that count, where these are more than `enough`; else, and within a transaction, an upper bound.
   * `all`: of all values there are; `beyond`: where the bound is over that, it is not looked closer either.
   */
  count(all: number, enough: number, beyond?: number): number;
  close(): void;
}

/** When less was written, the bound of before, and what came since, has to do: a switch costs a contact little. */
const RECOUNT_BYTES = 32 * 1024;

export function trackMarksSize(doc: Y.Doc): MarksSize {
  const { marks } = rootsOf(doc);
  /** By mark, its bytes where it stands; and all of them. */
  const standing = new Map<string, number>();
  let sum = 0;
  /** When they were counted last; what counts more since then, and how much was written. */
  let counted: number | undefined;
  let more = 0;
  let written = 0;

  function lengthOf(key: string): number {
    const value = marks.get(key);
    return value instanceof Uint8Array ? value.length : 0;
  }

  function take(mark: string): void {
    const bytes = decodeSwitch(marks.get(undoneKey(mark))) ? 0 : lengthOf(mark);
    const change = bytes - (standing.get(mark) ?? 0);
    standing.set(mark, bytes);
    sum += change;
    more += Math.max(0, change);
  }

  const onChange = ({ keys }: Y.YMapEvent<unknown>): void => {
    for (const key of keys.keys()) {
      take(markOf(key).mark);
      written += lengthOf(key);
    }
  };
  for (const key of marks.keys()) take(markOf(key).mark);
  marks.observe(onChange);

  return {
    count(all, enough, beyond = Infinity) {
      if (all <= enough) return all;
      const bound = Math.min(sum, counted === undefined ? Infinity : counted + more);
      if (bound <= enough || bound > beyond || (counted !== undefined && written < RECOUNT_BYTES))
        return bound;
      counted = standingMarkBytes(doc);
      more = 0;
      written = 0;
      return counted;
    },
    close: () => marks.unobserve(onChange),
  };
}

/** The exact count. What this version cannot read counts as it is. */
export function standingMarkBytes(doc: Y.Doc): number {
  const { marks } = rootsOf(doc);
  const standing: Mark[] = [];
  let bytes = 0;
  for (const [key, value] of marks.entries()) {
    if (markOf(key).isSwitch) continue;
    const mark = decodeMark(value);
    if (mark && (mark.kind !== "clear" || mark.page === FIRST_PAGE)) {
      if (!decodeSwitch(marks.get(undoneKey(key)))) standing.push(mark);
    } else if (value instanceof Uint8Array) bytes += value.length;
  }
  return unionOf(doc, standing).reduce((sum, mark) => sum + encodeMark(mark).length, bytes);
}
