/*
 * A gesture may hide more than one value should hold: a write that is longer than a chunk (chunks.ts) could not
 * be brought to others piece by piece. So a large mark is written as several that hide the same together.
 */
import { LIMITS } from "./limits.ts";
import { byClient } from "./marks.ts";
import type { ClockRange, Mark } from "./marks.ts";

/** The longest value of a mark that this version writes, with its stamp: it fits into a chunk with its key. */
export const MAX_MARK_BYTES = LIMITS.markBytes.writes;

/** A mark as it was written: the keys of its pieces, which stand and fall together. */
export type WrittenMark = readonly string[];

/** At most: kind, page, number of sessions, stamp. */
const HEAD_BYTES = 16;
/** At most: a session's number and how much follows of it; a session's number and a clock. */
const SESSION_BYTES = 9;
const CLEARED_BYTES = 10;

/** The mark itself where it fits into one value of `limit` bytes; a page's name takes no room here. */
export function piecesOf(mark: Mark, limit = MAX_MARK_BYTES): readonly Mark[] {
  if (mark.kind === "clear") return clearsOf(mark, Math.floor((limit - HEAD_BYTES) / CLEARED_BYTES));
  return rangesOf(mark.ranges, limit - HEAD_BYTES).map((ranges) => ({ kind: mark.kind, ranges }));
}

function clearsOf(mark: Mark & { readonly kind: "clear" }, most: number): readonly Mark[] {
  const all = byClient(mark.below);
  const pieces: Mark[] = [];
  for (let from = 0; from === 0 || from < all.length; from += most)
    pieces.push({ ...mark, below: new Map(all.slice(from, from + most)) });
  return pieces;
}

function rangesOf(
  ranges: ReadonlyMap<number, readonly ClockRange[]>,
  limit: number,
): ReadonlyMap<number, readonly ClockRange[]>[] {
  let piece = new Map<number, ClockRange[]>();
  const pieces = [piece];
  let size = 0;
  for (const [client, all] of byClient(ranges)) {
    let list: ClockRange[] | undefined;
    for (const range of all) {
      const bytes = lengthOf(range.start - (list?.at(-1)?.end ?? 0)) + lengthOf(range.end - range.start);
      if (size > 0 && size + bytes + (list ? 0 : SESSION_BYTES) > limit) {
        piece = new Map();
        pieces.push(piece);
        list = undefined;
        size = 0;
      }
      if (list) size += bytes;
      else {
        list = [];
        piece.set(client, list);
        size += SESSION_BYTES + lengthOf(range.start) + lengthOf(range.end - range.start);
      }
      list.push(range);
    }
  }
  return pieces;
}

/** Of a varuint, in bytes. */
function lengthOf(value: number): number {
  return value < 128 ? 1 : Math.floor(Math.log2(value) / 7) + 1;
}
