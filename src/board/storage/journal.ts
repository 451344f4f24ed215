import type * as Y from "yjs";
import { createEmitter } from "../../base/emitter.ts";
import { hashBytes } from "../../base/hash.ts";
import type { Cancel, Clock } from "../../env/clock.ts";
import type { Log } from "../../env/log.ts";
import type { Storage, WriteResult } from "../../env/storage.ts";
import { causalChunks } from "../document/chunks.ts";
import type { Guard } from "../guard/guard.ts";
import { encodeParts, encodeRecord } from "./record.ts";
import { encodeSnapshot } from "./snapshot.ts";
import { asideTable, journalTable, loadBoard, MIRRORS, recordKey, snapshotTable } from "./stored-board.ts";
import type { Mirror, StoredCopy } from "./stored-board.ts";

export interface JournalDeps {
  readonly clock: Clock;
  readonly storage: Storage;
  readonly log: Log;
  /** The board's id: `[a-z0-9]+`. */
  readonly boardId: string;
  /**
   * More copies of this board on this device. What they have is added soon after this copy is loaded,
   * and kept with it from then on; they themselves are not written.
   */
  readonly others?: readonly StoredCopy[];
  readonly doc: Y.Doc;
  readonly guard: Guard;
}

/** How opening a stored board went. */
export interface LoadReport {
  /** Something that was stored could not be read, and no other copy of it is intact. */
  readonly damaged: boolean;
  /** A newer version wrote here: nothing will be stored, so that nothing of it is lost. */
  readonly newer: boolean;
  /** The storage did not answer, or with an error. It is asked again. */
  readonly failed: boolean;
}

/** Keeps a board on this device. */
export interface Journal {
  /** Fills the document from what is stored, and from then on stores what changes. */
  load(): Promise<LoadReport>;
  /** A stroke has ended: writes sooner than while it was drawn. */
  hasten(): void;
  /** Writes what is unsaved at once: the page may be killed. */
  flush(): void;
  /** Everything is given to the storage, be it in one of the mirrors only. */
  isStored(): boolean;
  /** The storage has taken everything, in both mirrors. */
  isMirrored(): boolean;
  /** It has just become so. */
  onMirrored(listener: () => void): () => void;
  /** `failed`: changes cannot be written at the moment; `recovered`: they can again. */
  onTrouble(listener: (state: "failed" | "recovered") => void): () => void;
  close(): void;
}

const SAVE_MS = 1000;
/** After a stroke; and between any two writes. */
const HASTE_MS = 100;
const GAP_MS = 500;
const RETRY_MS = 5000;
/** A journal record is rewritten until it is this long; then the next one starts. */
const RECORD_BYTES = 4 * 1024;
/** What is longer goes into a snapshot. */
const LONGEST_PART_BYTES = 40 * 1024;
/** A journal this long is folded into a new snapshot, when nothing changes for a moment... */
const JOURNAL_BYTES = 32 * 1024;
const QUIET_MS = 2000;
/** ...or at this length in any case. */
const JOURNAL_BYTES_MAX = 256 * 1024;
const SNAPSHOT_PART_BYTES = 40 * 1024;
/** The host writes a table up to two seconds after it took a value. */
const DURABLE_MS = 5000;
/** Damaged values are kept under this many keys; the newest replaces an older one. */
const ASIDE_KEYS = 8;

const NEVER = Number.POSITIVE_INFINITY;

/**
 * Two generations take turns. Generation n is a snapshot and a journal of what changed since. While
 * snapshot n + 1 is being written, snapshot n and both journals are intact; a generation starts only
 * when the snapshot of the one before it is on disk. A journal has two mirrors, written in turns: of
 * the table that a kill tears there is another copy, a second or two older.
 *
 *     clean --change--> dirty --1 s--> one mirror written --1 s--> both written: clean
 *     clean, long journal, quiet --> next generation's snapshot
 */
export function createJournal(deps: JournalDeps): Journal {
  const { clock, storage, log, boardId, others = [], doc, guard } = deps;
  const trouble = createEmitter<"failed" | "recovered">((error) =>
    log.warn("storage: a listener failed", error),
  );
  const mirrored = createEmitter<void>((error) => log.warn("storage: a listener failed", error));
  let generation = 0;
  /** When this generation's snapshot was written; undefined: it is not, or not whole. */
  let snapshotSavedAt: number | undefined = -Infinity;
  let snapshotNeeded = false;
  /** This generation's journal. */
  let records: Uint8Array[][] = [];
  let lastRecordBytes = 0;
  let journalBytes = 0;
  /** Per mirror, the first record that is not written there as it is here. */
  let dirtyFrom: [number, number] = [NEVER, NEVER];
  let mirror: Mirror = 0;
  let failing = false;
  let writing = false;
  /** Groups of writes that the storage has not answered yet. */
  let unanswered = 0;
  let lastWrite = -Infinity;
  let lastChange = -Infinity;
  let closed = false;
  /** The storage was read, so it is known what may be overwritten. */
  let loaded = false;
  let plan: { at: number; cancel: Cancel } | undefined;

  const onUpdate = (update: Uint8Array, _origin: unknown, _doc: Y.Doc, change: Y.Transaction): void => {
    lastChange = clock.now();
    for (const part of partsOf(update, change)) {
      if (part.length > LONGEST_PART_BYTES) snapshotNeeded = true;
      else append(part);
    }
    planIn(SAVE_MS);
  };

  /** A change that is too long for one record, in pieces: what comes after it builds on it. */
  function partsOf(update: Uint8Array, { beforeState, deleteSet }: Y.Transaction): Uint8Array[] {
    if (update.length <= LONGEST_PART_BYTES) return [update];
    return causalChunks(doc, beforeState, deleteSet.clients.size > 0);
  }

  function append(part: Uint8Array): void {
    if (records.length === 0 || lastRecordBytes >= RECORD_BYTES) {
      records.push([]);
      lastRecordBytes = 0;
    }
    records.at(-1)!.push(part);
    lastRecordBytes += part.length;
    journalBytes += part.length;
    const last = records.length - 1;
    dirtyFrom = [Math.min(dirtyFrom[0], last), Math.min(dirtyFrom[1], last)];
  }

  function isDirty(): boolean {
    return dirtyFrom[0] !== NEVER || dirtyFrom[1] !== NEVER || snapshotNeeded;
  }

  function isMirrored(): boolean {
    return loaded && !closed && !isDirty() && unanswered === 0 && snapshotSavedAt !== undefined;
  }

  function planIn(delay: number): void {
    const at = Math.max(clock.now() + delay, lastWrite + GAP_MS);
    if (closed || (plan && plan.at <= at)) return;
    plan?.cancel();
    plan = { at, cancel: clock.after(at - clock.now(), save) };
  }

  function save(): void {
    plan = undefined;
    if (writing || closed) return;
    writing = true;
    lastWrite = clock.now();
    void write().then((ok) => {
      writing = false;
      if (closed) return;
      if (ok === failing) {
        failing = !ok;
        trouble.emit(ok ? "recovered" : "failed");
      }
      planNext(ok);
    });
  }

  function planNext(ok: boolean): void {
    if (isMirrored()) mirrored.emit();
    if (!ok) planIn(RETRY_MS);
    else if (isDirty()) planIn(SAVE_MS);
    else if (journalBytes >= JOURNAL_BYTES) planIn(QUIET_MS);
  }

  /** Never rejects; says whether everything that it tried is written. */
  async function write(): Promise<boolean> {
    if (!loaded) return loadAgain();
    // The record goes first: should the page be killed, the snapshot may not be complete.
    if (!(await writeMirror()) || closed) return false;
    return isSnapshotDue() ? writeSnapshot() : true;
  }

  async function load(): Promise<LoadReport> {
    const stored = await loadBoard({ storage, boardId }, doc, guard);
    const { damaged, newer, failed } = stored;
    loaded = !failed;
    if (loaded && !newer) {
      generation = stored.generation;
      snapshotSavedAt = stored.complete ? -Infinity : undefined;
      records = stored.journal.map((parts) => [...parts]);
      lastRecordBytes = NEVER;
      journalBytes = records.flat().reduce((sum, part) => sum + part.length, 0);
      dirtyFrom = MIRRORS.map((each) =>
        stored.mirrored[each] < records.length ? stored.mirrored[each] : NEVER,
      ) as [number, number];
      for (const value of stored.damagedValues) putAside(value);
    }
    return { damaged, newer, failed };
  }

  /** Whatever is new in them is a change of this board, and is written like any other. */
  function addOthers(): void {
    for (const copy of others) void loadBoard(copy, doc, guard);
  }

  function putAside(value: Uint8Array): void {
    log.warn("storage: a damaged value is put aside");
    const key = recordKey(hashBytes(value).lo % ASIDE_KEYS);
    void storage.write(asideTable(boardId), key, value);
  }

  /** Until the storage was read, writing could destroy what is there. */
  async function loadAgain(): Promise<boolean> {
    const { failed, newer } = await load();
    if (newer) stopStoring();
    else if (!failed) {
      // What was drawn meanwhile is in no record: it needs a snapshot.
      snapshotNeeded = true;
      addOthers();
    }
    return !failed;
  }

  function stopStoring(): void {
    log.warn("storage: a newer version wrote here; nothing is stored");
    closed = true;
    plan?.cancel();
  }

  /** Brings the mirror whose turn it is up to date. */
  async function writeMirror(): Promise<boolean> {
    const own = mirror;
    mirror = own === 0 ? 1 : 0;
    const from = dirtyFrom[own];
    if (from === NEVER) return true;
    dirtyFrom[own] = NEVER;
    const current = generation;
    const failed = await failureOf(
      records.slice(from).map((parts, i) => {
        const index = from + i;
        const payload = encodeParts(parts);
        const record = encodeRecord({ kind: "journal", generation, index, count: 0, payload }, boardId);
        return storage.write(journalTable(boardId, generation, own), recordKey(index), record);
      }),
    );
    // A newer generation's snapshot holds what could not be written.
    if (failed && generation === current) dirtyFrom[own] = Math.min(dirtyFrom[own], from);
    return failed ? fail(failed) : true;
  }

  function isSnapshotDue(): boolean {
    if (snapshotSavedAt === undefined) return true;
    if (clock.now() - snapshotSavedAt < DURABLE_MS) return false;
    const isQuiet = clock.now() - lastChange >= QUIET_MS;
    return snapshotNeeded || journalBytes >= (isQuiet ? JOURNAL_BYTES : JOURNAL_BYTES_MAX);
  }

  async function writeSnapshot(): Promise<boolean> {
    // A snapshot that was never completed is written again in its own place.
    if (snapshotSavedAt !== undefined) {
      generation++;
      records = [];
      journalBytes = 0;
      dirtyFrom = [NEVER, NEVER];
    }
    snapshotSavedAt = undefined;
    snapshotNeeded = false;
    const whole = encodeSnapshot(doc);
    const count = Math.max(1, Math.ceil(whole.length / SNAPSHOT_PART_BYTES));
    const table = snapshotTable(boardId, generation);
    const failed = await failureOf(
      Array.from({ length: count }, (_, part) => {
        const payload = whole.subarray(part * SNAPSHOT_PART_BYTES, (part + 1) * SNAPSHOT_PART_BYTES);
        const record = encodeRecord({ kind: "snapshot", generation, index: part, count, payload }, boardId);
        return storage.write(table, recordKey(part), record);
      }),
    );
    if (failed) return fail(failed);
    snapshotSavedAt = clock.now();
    return true;
  }

  /** The first of these writes that failed, when all are answered. */
  async function failureOf(writes: readonly Promise<WriteResult>[]): Promise<WriteResult | undefined> {
    unanswered++;
    const results = await Promise.all(writes);
    unanswered--;
    return results.find((result) => !result.ok);
  }

  function fail(result: WriteResult): false {
    if (!result.ok) log.warn(`storage: a write failed: ${result.error}`);
    return false;
  }

  /** Does not wait for a write that is under way: the storage keeps the order of the calls. */
  function flush(): void {
    if (isDirty() && loaded && !closed) void writeMirror().then(planNext);
  }

  return {
    async load() {
      const report = await load();
      if (report.newer) stopStoring();
      else doc.on("update", onUpdate);
      failing = report.failed;
      if (loaded && !closed) addOthers();
      planNext(!failing);
      return report;
    },
    hasten() {
      if (isDirty()) planIn(HASTE_MS);
    },
    flush,
    isStored: () =>
      loaded && !snapshotNeeded && snapshotSavedAt !== undefined && Math.max(...dirtyFrom) === NEVER,
    isMirrored,
    onMirrored: (listener) => mirrored.on(listener),
    onTrouble: (listener) => trouble.on(listener),
    close() {
      doc.off("update", onUpdate);
      flush();
      closed = true;
      plan?.cancel();
    },
  };
}
