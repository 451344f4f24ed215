/*
 * What several marks hide together, said by as few marks as possible: nothing twice, and nothing of what is
 * hidden in any case, such as a cut of a stroke that is erased.
 */
import * as Y from "yjs";
import { rootsOf } from "./document.ts";
import type { Roots } from "./document.ts";
import { readKey } from "./keys.ts";
import { CUT_STEPS, FIRST_PAGE, inRanges } from "./marks.ts";
import type { ClockRange, Mark } from "./marks.ts";
import type { WriteId } from "./write-id.ts";

type Ranges = ReadonlyMap<number, readonly ClockRange[]>;

/** One mark of each kind at most. All that the marks hide must be in the document. */
export function unionOf(doc: Y.Doc, marks: Iterable<Mark>): readonly Mark[] {
  const below = new Map<number, number>();
  const erased = new Map<number, (readonly ClockRange[])[]>();
  const cut = new Map<number, (readonly ClockRange[])[]>();
  for (const mark of marks) {
    if (mark.kind !== "clear") addLists(mark.kind === "erase" ? erased : cut, mark.ranges);
    else if (mark.page === FIRST_PAGE) {
      for (const [client, clock] of mark.below) below.set(client, Math.max(clock, below.get(client) ?? 0));
    }
  }
  const gone = merged(erased);
  const isCleared = ({ client, clock }: WriteId): boolean => clock < (below.get(client) ?? 0);
  const isGone = (item: WriteId): boolean => isCleared(item) || inRanges(gone.get(item.client), item.clock);
  const itemOf = createItemLookup(rootsOf(doc));
  const union: Mark[] = [];
  if (below.size > 0) union.push({ kind: "clear", page: FIRST_PAGE, below });
  const erase = withoutHidden(doc, gone, 1, (struct) => {
    const item = itemOf(struct);
    // That an item is erased does not make it hidden apart from that.
    return item !== undefined && (item === struct.id ? isCleared(item) : isGone(item));
  });
  if (erase.size > 0) union.push({ kind: "erase", ranges: erase });
  const cuts = withoutHidden(doc, merged(cut), CUT_STEPS, (struct) => {
    const item = itemOf(struct);
    return item !== undefined && isGone(item);
  });
  if (cuts.size > 0) union.push({ kind: "cut", ranges: cuts });
  return union;
}

function addLists(sums: Map<number, (readonly ClockRange[])[]>, ranges: Ranges): void {
  for (const [client, list] of ranges) {
    const lists = sums.get(client);
    if (lists) lists.push(list);
    else sums.set(client, [list]);
  }
}

function merged(lists: ReadonlyMap<number, readonly (readonly ClockRange[])[]>): Ranges {
  return new Map(Array.from(lists, ([client, all]) => [client, mergeLists(all)] as const));
}

/** Each of the lists ascends, so merging them pair by pair is much quicker than sorting all. */
function mergeLists(lists: readonly (readonly ClockRange[])[]): readonly ClockRange[] {
  let runs = [0];
  for (const list of lists) runs.push(runs.at(-1)! + 2 * list.length);
  let from = new Float64Array(runs.at(-1)!);
  let to = new Float64Array(from.length);
  let at = 0;
  for (const list of lists) {
    for (const { start, end } of list) {
      from[at++] = start;
      from[at++] = end;
    }
  }
  while (runs.length > 2) {
    const half = [0];
    for (let i = 0; i + 1 < runs.length; i += 2) {
      const end = runs[i + 2] ?? runs[i + 1]!;
      mergeRuns(from, to, runs[i]!, runs[i + 1]!, end);
      half.push(end);
    }
    runs = half;
    [from, to] = [to, from];
  }
  const all: ClockRange[] = [];
  for (let i = 0; i < from.length; i += 2) append(all, from[i]!, from[i + 1]!);
  return all;
}

/** Start and end by turns: `from` has two ascending runs, up to `middle` and `end`. */
function mergeRuns(from: Float64Array, to: Float64Array, start: number, middle: number, end: number): void {
  let [left, right] = [start, middle];
  for (let at = start; at < end; at += 2) {
    const isLeft = right >= end || (left < middle && from[left]! <= from[right]!);
    const next = isLeft ? left : right;
    if (isLeft) left += 2;
    else right += 2;
    to[at] = from[next]!;
    to[at + 1] = from[next + 1]!;
  }
}

/** `start` is not before that of the last one. */
function append(ranges: ClockRange[], start: number, end: number): void {
  const last = ranges.at(-1);
  if (!last || start > last.end) ranges.push({ start, end });
  else if (end > last.end) ranges[ranges.length - 1] = { start: last.start, end };
}

/** Finds the item that a write made, or added ink or words to. */
function createItemLookup({ items, labels }: Roots): (struct: Y.Item | Y.GC) => WriteId | undefined {
  return (struct) => {
    if (!(struct instanceof Y.Item)) return undefined;
    const { parent } = struct;
    if (parent === items) return struct.id;
    const holder = parent instanceof Y.Text ? parent._item : null;
    if (holder?.parent === items) return holder.id;
    if (holder?.parent !== labels) return undefined;
    const { client, n } = readKey("labels", holder.parentSub ?? "") ?? {};
    return client === undefined || n === undefined ? undefined : { client, clock: n };
  };
}

/** Merged ranges, in so many steps to a clock, without those parts that are of hidden writes. */
function withoutHidden(
  doc: Y.Doc,
  ranges: Ranges,
  steps: number,
  isHidden: (struct: Y.Item | Y.GC) => boolean,
): Ranges {
  const left = new Map<number, readonly ClockRange[]>();
  for (const [client, list] of ranges) {
    const structs = doc.store.clients.get(client) ?? [];
    const kept: ClockRange[] = [];
    let i = 0;
    for (const { start, end } of list) {
      let from = start;
      while (from < end) {
        while (i < structs.length && endOf(structs[i]!) * steps <= from) i++;
        const struct = structs[i];
        const to = struct ? Math.min(end, endOf(struct) * steps) : end;
        if (!struct || !isHidden(struct)) append(kept, from, to);
        from = to;
      }
    }
    if (kept.length > 0) left.set(client, kept);
  }
  return left;
}

function endOf({ id, length }: Y.Item | Y.GC): number {
  return id.clock + length;
}
