/*
 * The newest generation of a stored board, as this page has it: the number of its snapshot, and the
 * journal of what changed since. What is written where, and what is to be written next, is decided from
 * this state alone; journal-writer.ts writes it.
 */
import type { Mirror, StoredBoard } from "./stored-board.ts";
import { MIRRORS } from "./stored-board.ts";

/** A journal record is rewritten until it is this long; then the next one starts. */
const RECORD_BYTES = 4 * 1024;
/** A longer change goes into a snapshot. */
export const LONGEST_PART_BYTES = 40 * 1024;
/** A journal this long is folded into a new snapshot, when nothing changes for a moment... */
const JOURNAL_BYTES = 32 * 1024;
export const QUIET_MS = 2000;
/** ...or at this length in any case. */
const JOURNAL_BYTES_MAX = 256 * 1024;
/** The host writes a table up to two seconds after it took a value. */
const DURABLE_MS = 5000;

const NEVER = Number.POSITIVE_INFINITY;

/**
 * Every change since the snapshot is in `records`, or `snapshotNeeded` is set. A mirror holds the records
 * before its place in `dirtyFrom`, each as it is here.
 */
export interface Generation {
  /** 0: nothing was ever stored. */
  number: number;
  /** When its snapshot was written; undefined: it is not, or not whole. */
  snapshotSavedAt: number | undefined;
  /** Something is in no record: only another snapshot stores it. */
  snapshotNeeded: boolean;
  /** The journal, record by record, each as its parts. */
  records: Uint8Array[][];
  lastRecordBytes: number;
  journalBytes: number;
  /** Per mirror, the first record that is not written there as it is here. */
  dirtyFrom: [number, number];
}

export function createGeneration(): Generation {
  return {
    number: 0,
    snapshotSavedAt: -Infinity,
    snapshotNeeded: false,
    records: [],
    lastRecordBytes: 0,
    journalBytes: 0,
    dirtyFrom: [NEVER, NEVER],
  };
}

/** Goes on with what was found in the storage. The last record is complete: what comes starts another one. */
export function continueStored(generation: Generation, stored: StoredBoard): void {
  const { complete, journal, mirrored } = stored;
  generation.number = stored.generation;
  generation.snapshotSavedAt = complete ? -Infinity : undefined;
  generation.records = journal.map((parts) => [...parts]);
  generation.lastRecordBytes = NEVER;
  generation.journalBytes = journal.flat().reduce((sum, part) => sum + part.length, 0);
  generation.dirtyFrom = MIRRORS.map((each) =>
    mirrored[each] < journal.length ? mirrored[each] : NEVER,
  ) as [number, number];
}

/** The next generation, whose snapshot holds everything so far; it is still to be written. */
export function startNext(generation: Generation): void {
  generation.number++;
  generation.records = [];
  generation.journalBytes = 0;
  generation.dirtyFrom = [NEVER, NEVER];
}

/** Adds a change to the journal, or leaves it to the next snapshot where it is too long for a record. */
export function addPart(generation: Generation, part: Uint8Array): void {
  if (part.length > LONGEST_PART_BYTES) {
    generation.snapshotNeeded = true;
    return;
  }
  const { records } = generation;
  if (records.length === 0 || generation.lastRecordBytes >= RECORD_BYTES) {
    records.push([]);
    generation.lastRecordBytes = 0;
  }
  records.at(-1)!.push(part);
  generation.lastRecordBytes += part.length;
  generation.journalBytes += part.length;
  for (const mirror of MIRRORS) markDirty(generation, mirror, records.length - 1);
}

/** Of this mirror, the records from this one on are to be written. */
export function markDirty({ dirtyFrom }: Generation, mirror: Mirror, from: number): void {
  dirtyFrom[mirror] = Math.min(dirtyFrom[mirror], from);
}

/** Where the writing of this mirror must begin, which counts as done; undefined: it is up to date. */
export function takeDirty({ dirtyFrom }: Generation, mirror: Mirror): number | undefined {
  const from = dirtyFrom[mirror];
  dirtyFrom[mirror] = NEVER;
  return from === NEVER ? undefined : from;
}

/** Something is not written everywhere where it should be. */
export function isDirty({ dirtyFrom, snapshotNeeded }: Generation): boolean {
  return dirtyFrom[0] !== NEVER || dirtyFrom[1] !== NEVER || snapshotNeeded;
}

/** Everything is written in both mirrors. */
export function isWhole(generation: Generation): boolean {
  return !isDirty(generation) && generation.snapshotSavedAt !== undefined;
}

/** Everything is written, be it in one of the mirrors only. */
export function isWritten({ dirtyFrom, snapshotNeeded, snapshotSavedAt }: Generation): boolean {
  return !snapshotNeeded && snapshotSavedAt !== undefined && Math.max(...dirtyFrom) === NEVER;
}

/** The journal is long enough for a new snapshot, once nothing changes for `QUIET_MS`. */
export function isLong({ journalBytes }: Generation): boolean {
  return journalBytes >= JOURNAL_BYTES;
}

/** Whether to write a snapshot now. `lastChange`: when the board changed last, in milliseconds of `now`'s clock. */
export function isSnapshotDue(generation: Generation, now: number, lastChange: number): boolean {
  const { snapshotSavedAt, snapshotNeeded, journalBytes } = generation;
  if (snapshotSavedAt === undefined) return true;
  if (now - snapshotSavedAt < DURABLE_MS) return false;
  if (snapshotNeeded || journalBytes >= JOURNAL_BYTES_MAX) return true;
  return now - lastChange >= QUIET_MS && isLong(generation);
}
