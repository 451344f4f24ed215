/*
 * Where a board's values are in the storage, and what a head says.
 *
 *   h0, h1    the heads, twins: written in turns, a save each. A head lists the runs, oldest first, and holds
 *             what was drawn since the last of them.
 *                   |
 *                   v
 *             [ run 0 ][ run 1 ][ run 2 ][ run 3 ] + recent      = the board
 *              all up   since    since    since       since
 *              to then  run 0    run 1    run 2       run 3
 *                   |
 *                   v
 *   r0a, r0b  the places of runs, each twice: the twin b is read only where a is not what the head says, and a
 *   ...       is then made good from it; and once in a page's life at leisure, to be made good itself. A long
 *   r5a, r5b  run is in several parts, under the keys 0, 1, ..., and its content in pieces (pieces.ts)
 *   x         damaged values, for whoever looks for lost ink
 *
 * Each of these is a table of its own, with the board's id in front: the host rewrites a whole table on each
 * change, and a kill can tear it. So what changes with each stroke lies in small tables, and what is large is
 * seldom written. When there is enough in a head (compaction.ts), it is made a run, together with the runs before
 * it that are not much longer: so there are few of them, and a board is read in at most six values, until a run
 * needs several parts.
 *
 * A run is never changed. A new one goes to a place that no head names; only when it must be on disk do the heads
 * name it instead of what it replaces, and only when they are on disk are those places emptied. So at any moment
 * each head leads to a whole board, and where no head is left, everything that is in a place is a part of it.
 *
 * Versions before 0.6.0 know no pieces. The values of a run in pieces, and heads that name one, say that a newer
 * version wrote them: such an older app shows what it gets from contacts, says that it is out of date, and writes
 * nothing. Everything else is stored as those versions have it.
 *
 * A board that was removed from this device (removal.ts) has a head of the writer 0 that names nothing: while that is
 * the newest, nothing else that is there counts.
 *
 * Several pages may have one board open. Each looks at a head before it overwrites it: what another page wrote
 * there is taken over first.
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { equalBytes } from "../../base/bytes.ts";
import type { Storage } from "../../env/storage.ts";
import { decodeRecord, encodeRecord } from "./record.ts";

export const TWINS = [0, 1] as const;
export type Twin = (typeof TWINS)[number];

/** A place where a board is stored. */
export interface StoredCopy {
  readonly storage: Storage;
  readonly boardId: string;
  /**
   * Of a document that no version before 0.6.0 knew, and that is in no older layout: whether anything of it was stored,
   * as far as this device keeps in mind. Where nothing was, and it has no head, nothing else is looked for.
   */
  readonly wasStored?: () => boolean;
}

/** So many runs a head names at most, if all of them can be read. */
export const MAX_RUNS = 4;
/** One more than runs, since a new one is written beside them; and one more for what a torn head left. */
export const PLACES: readonly number[] = [0, 1, 2, 3, 4, 5];
/** In place of a run: the board as a version before 0.5.0 left it (old-layout.ts). */
export const OLD_LAYOUT = 63;

export function headTable(boardId: string, twin: Twin): string {
  return `${boardId}-h${twin}`;
}

export function runTable(boardId: string, place: number, twin: Twin): string {
  return `${boardId}-r${place}${twin === 0 ? "a" : "b"}`;
}

export function asideTable(boardId: string): string {
  return `${boardId}-x`;
}

/** Damaged values are kept under this many keys there; the newest replaces an older one. */
export const ASIDE_KEYS = 8;

export const HEAD_KEY = "0";

export function partKey(index: number): string {
  return String(index);
}

/** What a head says of a run: where it is, and how to tell it from others that were there. */
export interface RunName {
  readonly place: number;
  readonly sequence: number;
  readonly writer: number;
  readonly parts: number;
  readonly bytes: number;
  /** Its content is in pieces (pieces.ts). */
  readonly isPieced: boolean;
}

export interface Head {
  /** Counts what is written of this board, by whomever. */
  readonly sequence: number;
  /** The session of the page that wrote it. */
  readonly writer: number;
  /** When the list of runs became what it is: a sequence number. */
  readonly version: number;
  readonly runs: readonly RunName[];
  /** What is in no run (snapshot.ts); empty: nothing. */
  readonly recent: Uint8Array;
  /**
   * Of a first page: no other was known of, so what is noted of pages need not be read before this one is shown. No
   * more than a hint: a kill may keep it beyond that.
   */
  readonly isAlone: boolean;
}

/** Stands for the session in a head that says that the board is removed: no session has this number. */
const REMOVER = 0;

/** What a head says of a board that is removed; `sequence`: higher than any before. */
export function removalHead(sequence: number): Head {
  return {
    sequence,
    writer: REMOVER,
    version: sequence,
    runs: [],
    recent: new Uint8Array(0),
    isAlone: false,
  };
}

export function isRemoval({ writer }: Head): boolean {
  return writer === REMOVER;
}

export type DecodedHead =
  | { readonly kind: "head"; readonly head: Head }
  | { readonly kind: "damaged" | "foreign" | "newer" };

/** A head is one value, so its place in a row is free to say this. Earlier versions do not look at it. */
const ALONE = 1;

export function encodeHead(
  { sequence, writer, version, runs, recent, isAlone }: Head,
  boardId: string,
): Uint8Array {
  const isPieced = runs.some((run) => run.isPieced);
  const payload = encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, version);
    encoding.writeVarUint(encoder, runs.length);
    for (const run of runs) {
      for (const number of [run.place, run.sequence, run.writer, run.parts, run.bytes]) {
        encoding.writeVarUint(encoder, number);
      }
      if (isPieced) encoding.writeUint8(encoder, run.isPieced ? 1 : 0);
    }
    encoding.writeUint8Array(encoder, recent);
  });
  const index = isAlone ? ALONE : 0;
  return encodeRecord({ kind: "head", sequence, index, count: 1, writer, isPieced, payload }, boardId);
}

/** Never throws. */
export function decodeHead(bytes: Uint8Array, boardId: string): DecodedHead {
  const decoded = decodeRecord(bytes, boardId);
  if (decoded.kind !== "record") return decoded;
  const { kind, sequence, index, writer, isPieced: isAnyPieced, payload } = decoded.record;
  if (kind !== "head") return { kind: "damaged" };
  try {
    const decoder = decoding.createDecoder(payload);
    const number = (): number => decoding.readVarUint(decoder);
    const version = number();
    const runs = Array.from({ length: Math.min(number(), PLACES.length) }, (): RunName => {
      const place = number();
      const itsSequence = number();
      const itsWriter = number();
      const sizes = { parts: number(), bytes: number() };
      const isPieced = isAnyPieced && decoding.readUint8(decoder) === 1;
      return { place, sequence: itsSequence, writer: itsWriter, ...sizes, isPieced };
    });
    const recent = decoding.readTailAsUint8Array(decoder);
    return { kind: "head", head: { sequence, writer, version, runs, recent, isAlone: index === ALONE } };
  } catch {
    return { kind: "damaged" };
  }
}

export function isSameRun(a: RunName, b: RunName): boolean {
  return a.place === b.place && a.sequence === b.sequence && a.writer === b.writer;
}

/** One of its parts. */
export function encodePart(
  run: Omit<RunName, "place">,
  index: number,
  content: Uint8Array,
  partBytes: number,
  boardId: string,
): Uint8Array {
  const payload = content.subarray(index * partBytes, (index + 1) * partBytes);
  const { sequence, writer, parts: count, isPieced } = run;
  return encodeRecord({ kind: "run", sequence, index, count, writer, isPieced, payload }, boardId);
}

/** What a head may hold, and a part of a run: the rest of the value says whose it is. */
export function partBytesOf({ maxBytes }: Storage): number {
  return maxBytes - 256;
}

/** Both say the same of the board. */
export function equalHeads(a: Head, b: Head): boolean {
  return a.version === b.version && a.runs.length === b.runs.length && equalBytes(a.recent, b.recent);
}
