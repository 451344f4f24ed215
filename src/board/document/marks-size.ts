/*
 * How many bytes of marks count against a board's limit. All of them are an upper bound, which is known without
 * looking. What is exact is what it would take to say once what stands (mark-union.ts): marks that are undone,
 * or hide what others hide, count nothing. As that costs a pass over all of them, it is counted only where the
 * bound is over, and anew only when much was written since.
 */
import type * as Y from "yjs";
import { rootsOf } from "./document.ts";
import { unionOf } from "./mark-union.ts";
import { decodeMark, decodeSwitch, encodeMark, FIRST_PAGE, markOf, undoneKey } from "./marks.ts";
import type { Mark } from "./marks.ts";

/** Follows the marks of a document. */
export interface MarksSize {
  /** The bytes that count, where that is more than `enough`; else an upper bound. `all`: of all values there are. */
  count(all: number, enough: number): number;
  close(): void;
}

/** After a change of less than this, the bound of before, and what came since, has to do. */
const RECOUNT_BYTES = 128 * 1024;

export function trackMarksSize(doc: Y.Doc): MarksSize {
  const { marks } = rootsOf(doc);
  /** When they were counted last; and since then: bytes of what may count more, and of what is different. */
  let counted: number | undefined;
  let more = 0;
  let changed = 0;

  function lengthOf(key: string): number {
    const value = marks.get(key);
    return value instanceof Uint8Array ? value.length : 1;
  }

  const onChange = ({ keys }: Y.YMapEvent<unknown>): void => {
    for (const key of keys.keys()) {
      const { mark, isSwitch } = markOf(key);
      const bytes = isSwitch ? lengthOf(mark) + lengthOf(key) : lengthOf(key);
      changed += bytes;
      if (!isSwitch || !decodeSwitch(marks.get(key))) more += bytes;
    }
  };
  marks.observe(onChange);

  return {
    count(all, enough) {
      const bound = Math.min(all, counted === undefined ? Infinity : counted + more);
      if (bound <= enough || (counted !== undefined && changed < RECOUNT_BYTES)) return bound;
      counted = standingMarkBytes(doc);
      more = 0;
      changed = 0;
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
