/*
 * Packs what a run holds (stored-set.ts): as one update, or where that would be long to pack, and to read, in pieces.
 */
import * as Y from "yjs";
import type { Box } from "../../base/geometry.ts";
import { changesSince, nextChunk } from "../document/chunks.ts";
import type { DeleteSet } from "../document/chunks.ts";
import { stateVectorOf } from "../document/state.ts";
import type { StateVector } from "../document/state.ts";
import { changedItems } from "./changed-items.ts";
import { encodePieces } from "./pieces.ts";
import { encodeChanges, encodeSnapshot } from "./snapshot.ts";

/** Before it is packed: some 400 strokes of handwriting, which are read in 10 to 15 ms, on a slow phone in 50. */
const PIECE_BYTES = 24 * 1024;
/** A run of less than so many writes, which are mostly characters of ink, is one update. */
const LONG_CLOCKS = 64 * 1024;
/** If it takes less than this packed, too, as far as is known. */
const LONG_BYTES = 48 * 1024;

export interface PackedRun {
  readonly content: Uint8Array;
  readonly isPieced: boolean;
}

export interface RunToPack {
  readonly doc: Y.Doc;
  /** What is in the runs before it. */
  readonly known: StateVector;
  /** What it deletes of these. */
  readonly deletions: DeleteSet;
  /** How many bytes what it holds took until now. */
  readonly bytes: number;
  readonly extent: Box | undefined;
}

/** What it yields are the ends of tasks. The document may go on meanwhile: at least what was there at first is packed. */
export function* packRun({
  doc,
  known,
  deletions,
  bytes,
  extent,
}: RunToPack): Generator<void, PackedRun, void> {
  if (bytes < LONG_BYTES && !isLongSince(doc, known)) {
    const content =
      known.size === 0 ? encodeSnapshot(doc) : encodeChanges(changesSince(doc, known, deletions));
    return { content, isPieced: false };
  }
  const to = stateVectorOf(doc);
  const changed = changedItems(doc);
  const pieces: Uint8Array[] = [];
  if (deletions.clients.size > 0) pieces.push(encodeChanges(changesSince(doc, to, deletions)));
  for (let end = known; ;) {
    const next = nextChunk(doc, end, PIECE_BYTES, to);
    if (!next) break;
    end = next.to;
    pieces.push(encodeChanges(next.chunk));
    yield;
  }
  return { content: encodePieces({ to, deletions, changed, extent, pieces }), isPieced: true };
}

/** Whether so much is on the board beyond what is known that to pack it takes more than a moment. */
export function isLongSince(doc: Y.Doc, known: StateVector): boolean {
  let clocks = 0;
  for (const client of doc.store.clients.keys()) {
    clocks += Y.getState(doc.store, client) - (known.get(client) ?? 0);
  }
  return clocks >= LONG_CLOCKS;
}

/** Does all of a work at once that could be done in tasks. */
export function atOnce<T>(work: Generator<void, T, void>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/**
 * The same in tasks, as long as somebody waits for it: undefined where nobody does any more. `done` is called with what
 * came of it, in the task in which it did.
 */
export async function inTasks<T>({
  work,
  turn,
  isStill,
  done,
}: {
  readonly work: Generator<void, T, void>;
  readonly turn: () => Promise<void>;
  readonly isStill: () => boolean;
  readonly done: (result: T) => void;
}): Promise<T | undefined> {
  for (;;) {
    const step = work.next();
    if (step.done) {
      done(step.value);
      return step.value;
    }
    await turn();
    if (!isStill()) return undefined;
  }
}
