import type * as Y from "yjs";
import { createEmitter } from "../base/emitter.ts";
import type { Cancel, Clock } from "../env/clock.ts";
import type { Log } from "../env/log.ts";
import type { Storage, WriteResult } from "../env/storage.ts";
import type { Guard } from "./guard/guard.ts";
import { encodeParts, encodeRecord } from "./record.ts";
import { loadBoard, JOURNAL, recordKey, SNAPSHOT, tableName } from "./stored-board.ts";
import { encodeSnapshot } from "./snapshot.ts";

export interface JournalDeps {
  readonly clock: Clock;
  readonly storage: Storage;
  readonly log: Log;
  /** The board's id: `[a-z0-9]+`. */
  readonly boardId: string;
  readonly doc: Y.Doc;
  readonly guard: Guard;
}

/** How opening a stored board went. */
export interface LoadReport {
  /** Something that was stored could not be read and is in no other generation. */
  readonly damaged: boolean;
  /** The storage did not answer, or with an error. */
  readonly failed: boolean;
}

/** Keeps a board on this device. */
export interface Journal {
  /** Fills the document from what is stored, and from then on stores what changes. */
  load(): Promise<LoadReport>;
  /** Writes what is unsaved at once: the page may be killed. */
  flush(): void;
  /** `failed`: changes cannot be written at the moment; `recovered`: they can again. */
  onTrouble(listener: (state: "failed" | "recovered") => void): () => void;
  close(): void;
}

const SAVE_MS = 1000;
const RETRY_MS = 5000;
/** A journal record is rewritten until it is this long; then the next one starts. */
const RECORD_BYTES = 4 * 1024;
/** A journal this long is folded into a new snapshot, when nothing changes for a moment... */
const JOURNAL_BYTES = 32 * 1024;
const QUIET_MS = 2000;
/** ...or at this length in any case. */
const JOURNAL_BYTES_MAX = 256 * 1024;
const SNAPSHOT_PART_BYTES = 40 * 1024;
/** The host writes a table up to two seconds after it took a value. */
const DURABLE_MS = 5000;

/**
 * Two generations take turns in two pairs of tables. Generation n is a snapshot and a journal of
 * what changed since; while snapshot n + 1 is being written, snapshot n and both journals are intact,
 * so a kill at any moment leaves one complete generation. A generation starts only when the
 * snapshot of the one before it is on disk.
 *
 *     open --change--> dirty --1 s--> written --long journal, quiet--> next generation's snapshot
 */
export function createJournal({ clock, storage, log, boardId, doc, guard }: JournalDeps): Journal {
  const trouble = createEmitter<"failed" | "recovered">((error) =>
    log.warn("storage: a listener failed", error),
  );
  let generation = 0;
  let snapshotSavedAt: number | undefined = -Infinity;
  let index = 0;
  let parts: Uint8Array[] = [];
  let partsBytes = 0;
  let journalBytes = 0;
  let dirty = false;
  let failing = false;
  let writing = false;
  let closed = false;
  /** The storage was read, so it is known what may be overwritten. */
  let loaded = false;
  let lastChange = -Infinity;
  let save: Cancel | undefined;

  const onUpdate = (update: Uint8Array): void => {
    lastChange = clock.now();
    parts.push(update);
    partsBytes += update.length;
    journalBytes += update.length;
    dirty = true;
    save ??= clock.after(SAVE_MS, saveNow);
  };

  function saveNow(): void {
    save?.();
    save = undefined;
    if (writing || closed) return;
    writing = true;
    void write().then((ok) => {
      writing = false;
      if (ok === failing) {
        failing = !ok;
        trouble.emit(ok ? "recovered" : "failed");
      }
      planNext(ok);
    });
  }

  function planNext(ok: boolean): void {
    if (closed || save) return;
    if (!ok) save = clock.after(RETRY_MS, saveNow);
    else if (dirty) save = clock.after(SAVE_MS, saveNow);
    else if (journalBytes >= JOURNAL_BYTES) save = clock.after(QUIET_MS, saveNow);
  }

  /** Never rejects; says whether everything that it tried is written. */
  async function write(): Promise<boolean> {
    if (!loaded) return loadAgain();
    // The record goes first: should the page be killed, the snapshot may not be complete.
    if (dirty && !(await writeRecord())) return false;
    return isSnapshotDue() ? writeSnapshot() : true;
  }

  async function load(): Promise<LoadReport> {
    const stored = await loadBoard(storage, boardId, doc, guard);
    if (stored.damaged) log.warn("storage: a part of the board is damaged");
    loaded = !stored.failed;
    if (loaded) {
      generation = stored.generation;
      snapshotSavedAt = stored.complete ? -Infinity : undefined;
      startRecord(stored.nextRecord);
      journalBytes = stored.journalBytes;
    }
    return { damaged: stored.damaged, failed: stored.failed };
  }

  /** Until the storage was read, writing could destroy what is there. */
  async function loadAgain(): Promise<boolean> {
    const { failed } = await load();
    // What was drawn meanwhile is in no record: it needs a snapshot.
    if (!failed) journalBytes = JOURNAL_BYTES_MAX;
    return !failed;
  }

  function isSnapshotDue(): boolean {
    if (snapshotSavedAt === undefined) return true;
    if (clock.now() - snapshotSavedAt < DURABLE_MS) return false;
    const quiet = clock.now() - lastChange >= QUIET_MS;
    return journalBytes >= (quiet ? JOURNAL_BYTES : JOURNAL_BYTES_MAX);
  }

  async function writeRecord(): Promise<boolean> {
    const payload = encodeParts(parts);
    const record = encodeRecord({ kind: "journal", generation, index, count: 0, payload });
    if (record.length > storage.maxBytes) return writeSnapshot();
    dirty = false;
    const at = index;
    if (partsBytes >= RECORD_BYTES) startRecord(index + 1);
    const result = await storage.write(tableName(boardId, JOURNAL, generation), recordKey(at), record);
    if (result.ok) return true;
    // The parts may be in a closed record: only a snapshot holds all of them for sure.
    if (at !== index) snapshotSavedAt = undefined;
    dirty = true;
    return fail(result);
  }

  function startRecord(next: number): void {
    index = next;
    parts = [];
    partsBytes = 0;
  }

  async function writeSnapshot(): Promise<boolean> {
    // A snapshot that was never completed is written again in its own place.
    if (snapshotSavedAt !== undefined) {
      generation++;
      startRecord(0);
      journalBytes = 0;
    }
    snapshotSavedAt = undefined;
    dirty = false;
    const whole = encodeSnapshot(doc);
    const count = Math.max(1, Math.ceil(whole.length / SNAPSHOT_PART_BYTES));
    const table = tableName(boardId, SNAPSHOT, generation);
    const results = await Promise.all(
      Array.from({ length: count }, (_, part) => {
        const payload = whole.subarray(part * SNAPSHOT_PART_BYTES, (part + 1) * SNAPSHOT_PART_BYTES);
        const record = encodeRecord({ kind: "snapshot", generation, index: part, count, payload });
        return storage.write(table, recordKey(part), record);
      }),
    );
    const failed = results.find((result) => !result.ok);
    if (failed) {
      dirty = true;
      return fail(failed);
    }
    snapshotSavedAt = clock.now();
    return true;
  }

  /** Does not wait for a write that is under way: the storage keeps the order of the calls. */
  function flush(): void {
    if (dirty && loaded && !closed) void writeRecord();
  }

  function fail(result: WriteResult): false {
    if (!result.ok) log.warn(`storage: a write failed: ${result.error}`);
    return false;
  }

  return {
    async load() {
      const report = await load();
      doc.on("update", onUpdate);
      failing = report.failed;
      planNext(!failing);
      return report;
    },
    flush,
    onTrouble: (listener) => trouble.on(listener),
    close() {
      doc.off("update", onUpdate);
      flush();
      closed = true;
      save?.();
    },
  };
}
