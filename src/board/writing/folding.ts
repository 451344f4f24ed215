/*
 * Marks of this session that the history has forgotten take up room for ever, unless they are emptied: those
 * that are undone, at once; those that stand, when fewer bytes say what they hide together. That is written
 * along with the next mark or switch, so nothing leaves because of it alone.
 *
 *   (stands) --forgotten--> (retired) --folded: a union stands before it--> (empty)
 *   (undone) --forgotten-----------------------------------------------> (empty)
 */
import type * as Y from "yjs";
import { LIMITS } from "../document/limits.ts";
import { decodeMark, encodeMark, isEmptyMark } from "../document/marks.ts";
import type { Mark } from "../document/marks.ts";
import { unionOf } from "../document/mark-union.ts";
import type { WrittenMark } from "../document/mark-pieces.ts";

/** The marks that nothing switches any more, and what is to become of them. */
export interface FoldingState {
  /** Undone ones, to be emptied. */
  readonly gone: string[];
  /** What a union hides as well, and is yet to be emptied. */
  readonly folded: string[];
  /** What stands for good, with its bytes; the short ones are left as they are, but hide too. */
  standing: Map<string, number>;
  /** Of those that are not short. */
  bytes: number;
  /** From so many on they are looked at. */
  nextAt: number;
}

export interface FoldingDeps {
  readonly state: FoldingState;
  readonly doc: Y.Doc;
  readonly marks: Y.Map<unknown>;
  /** Writes a mark, within a transaction. */
  write(mark: Mark): WrittenMark;
  /** Empties it. */
  empty(key: string): void;
}

export interface Folding {
  /** Nothing switches these marks of this session any more. Writes nothing. */
  retire(written: WrittenMark, isUndone: boolean): void;
  /** Gives back what room there is to give back; within a transaction. */
  tidy(): void;
}

/** Emptying a shorter value, which takes a write of its own, would give nothing back. */
const WORTH_EMPTYING = 32;
/** Below this much, what stands keeps its own marks, which say when it was hidden. */
const WORTH_FOLDING = 16 * 1024;
/** A union has at most this share of the bytes in whose place it is written: so it is not written often. */
const WORTH_SHARE = 1 / 2;
/** In a transaction: the deed that it is written along with may make much stand or fall as well. */
const FOLDED_BYTES = LIMITS.foldedBytes.writes;

export function newFolding(): FoldingState {
  return { gone: [], folded: [], standing: new Map(), bytes: 0, nextAt: WORTH_FOLDING };
}

export function createFolding({ state, doc, marks, write, empty }: FoldingDeps): Folding {
  const { gone, folded } = state;
  let left = FOLDED_BYTES;

  function lengthOf(key: string): number {
    const value = marks.get(key);
    return value instanceof Uint8Array && !isEmptyMark(value) ? value.length : 0;
  }

  function stand(written: WrittenMark): void {
    for (const key of written) {
      const length = lengthOf(key);
      state.standing.set(key, length);
      if (length >= WORTH_EMPTYING) state.bytes += length;
    }
  }

  function fold(): void {
    const { bytes } = state;
    const all = [...state.standing];
    const union = unionOf(
      doc,
      all.flatMap(([key]) => decodeMark(marks.get(key)) ?? []),
    );
    const length = union.reduce((sum, mark) => sum + encodeMark(mark).length, 0);
    state.nextAt = 2 * bytes;
    if (length > bytes * WORTH_SHARE) return;
    const written = union.flatMap(write);
    state.standing = new Map(all.filter(([, each]) => each < WORTH_EMPTYING));
    state.bytes = 0;
    for (const [key, each] of all) if (each >= WORTH_EMPTYING) folded.push(key);
    stand(written);
    state.nextAt = Math.max(WORTH_FOLDING, 2 * state.bytes);
  }

  function emptyFolded(): void {
    if (folded.length === 0) return;
    if (left === FOLDED_BYTES) doc.once("afterTransaction", () => (left = FOLDED_BYTES));
    for (let key = folded[0]; key !== undefined && left > 0; key = folded[0]) {
      left -= lengthOf(key);
      empty(key);
      folded.shift();
    }
  }

  return {
    retire(written, isUndone) {
      if (isUndone) gone.push(...written.filter((key) => lengthOf(key) >= WORTH_EMPTYING));
      else stand(written);
    },
    tidy() {
      for (const key of gone.splice(0)) empty(key);
      if (state.bytes >= state.nextAt) fold();
      emptyFolded();
    },
  };
}
