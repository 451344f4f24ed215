/*
 * Writes a board to the storage: the records of its journal into one mirror after the other, and whole
 * snapshots in parts.
 */
import type * as Y from "yjs";
import { hashBytes } from "../../base/hash.ts";
import type { Clock } from "../../env/clock.ts";
import type { Log } from "../../env/log.ts";
import type { Storage, WriteResult } from "../../env/storage.ts";
import type { Generation } from "./generation.ts";
import { markDirty, startNext, takeDirty } from "./generation.ts";
import { encodeParts, encodeRecord } from "./record.ts";
import { encodeSnapshot } from "./snapshot.ts";
import type { Mirror } from "./stored-board.ts";
import { asideTable, journalTable, recordKey, snapshotTable } from "./stored-board.ts";

/** Writes a generation of a board to the storage. Nothing here rejects: a failed write is logged. */
export interface JournalWriter {
  /** Brings the mirror whose turn it is up to date; says whether it is. */
  writeMirror(): Promise<boolean>;
  /** Writes the whole document as the snapshot of the next generation; says whether it is there, complete. */
  writeSnapshot(): Promise<boolean>;
  /** The storage has not answered all writes yet. */
  isUnanswered(): boolean;
  /** Keeps a damaged value for whoever looks for lost ink. */
  putAside(value: Uint8Array): void;
}

export interface JournalWriterDeps {
  readonly clock: Clock;
  readonly storage: Storage;
  readonly log: Log;
  readonly boardId: string;
  readonly doc: Y.Doc;
  /** Brought up to date with what is written. */
  readonly generation: Generation;
}

const SNAPSHOT_PART_BYTES = 40 * 1024;
/** Damaged values are kept under this many keys; the newest replaces an older one. */
const ASIDE_KEYS = 8;

export function createJournalWriter(deps: JournalWriterDeps): JournalWriter {
  const { clock, storage, log, boardId, doc, generation } = deps;
  let mirror: Mirror = 0;
  /** Groups of writes that the storage has not answered yet. */
  let unanswered = 0;

  /** Says whether none of them failed, when all are answered. */
  const areWritten = async (writes: readonly Promise<WriteResult>[]): Promise<boolean> => {
    unanswered++;
    const results = await Promise.all(writes);
    unanswered--;
    const failed = results.find((result) => !result.ok);
    if (failed) log.warn(`storage: a write failed: ${failed.error}`);
    return failed === undefined;
  };

  return {
    async writeMirror() {
      const own = mirror;
      mirror = own === 0 ? 1 : 0;
      const from = takeDirty(generation, own);
      if (from === undefined) return true;
      const { number, records } = generation;
      const areThere = await areWritten(
        records.slice(from).map((parts, i) => {
          const index = from + i;
          const payload = encodeParts(parts);
          const content = { kind: "journal", generation: number, index, count: 0, payload } as const;
          return storage.write(
            journalTable(boardId, number, own),
            recordKey(index),
            encodeRecord(content, boardId),
          );
        }),
      );
      if (areThere) return true;
      // A newer generation's snapshot holds what could not be written.
      if (generation.number === number) markDirty(generation, own, from);
      return false;
    },
    async writeSnapshot() {
      // A snapshot that was never completed is written again in its own place.
      if (generation.snapshotSavedAt !== undefined) startNext(generation);
      generation.snapshotSavedAt = undefined;
      generation.snapshotNeeded = false;
      const { number } = generation;
      const whole = encodeSnapshot(doc);
      const count = Math.max(1, Math.ceil(whole.length / SNAPSHOT_PART_BYTES));
      const table = snapshotTable(boardId, number);
      const areThere = await areWritten(
        Array.from({ length: count }, (_, index) => {
          const payload = whole.subarray(index * SNAPSHOT_PART_BYTES, (index + 1) * SNAPSHOT_PART_BYTES);
          const content = { kind: "snapshot", generation: number, index, count, payload } as const;
          return storage.write(table, recordKey(index), encodeRecord(content, boardId));
        }),
      );
      if (!areThere) return false;
      generation.snapshotSavedAt = clock.now();
      return true;
    },
    isUnanswered: () => unanswered > 0,
    putAside(value) {
      log.warn("storage: a damaged value is put aside");
      const key = recordKey(hashBytes(value).lo % ASIDE_KEYS);
      void storage.write(asideTable(boardId), key, value);
    },
  };
}
