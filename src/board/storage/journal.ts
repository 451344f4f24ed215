/*
 * Keeps a board on this device: when what changed is written, and what happens while the storage fails.
 * What is to be written is in generation.ts, how in journal-writer.ts, and how it is read again in
 * stored-board.ts.
 */
import type * as Y from "yjs";
import { createEmitter } from "../../base/emitter.ts";
import type { Cancel, Clock } from "../../env/clock.ts";
import type { Log } from "../../env/log.ts";
import type { Storage } from "../../env/storage.ts";
import { causalChunks } from "../document/chunks.ts";
import type { Guard } from "../guard/guard.ts";
import {
  addPart,
  continueStored,
  createGeneration,
  isDirty,
  isLong,
  isSnapshotDue,
  isWhole,
  isWritten,
  LONGEST_PART_BYTES,
  QUIET_MS,
} from "./generation.ts";
import { createJournalWriter } from "./journal-writer.ts";
import { loadBoard } from "./stored-board.ts";
import type { StoredCopy } from "./stored-board.ts";

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
const NEWER = "storage: a newer version wrote here; nothing is stored";

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
  const onError = (error: unknown): void => log.warn("storage: a listener failed", error);
  const trouble = createEmitter<"failed" | "recovered">(onError);
  const mirrored = createEmitter<void>(onError);
  const generation = createGeneration();
  const writer = createJournalWriter({ clock, storage, log, boardId, doc, generation });
  const timer = createWriteTimer(clock, save);
  let failing = false;
  let writing = false;
  let lastChange = -Infinity;
  let closed = false;
  /** The storage was read, so it is known what may be overwritten. */
  let loaded = false;

  const onUpdate = (update: Uint8Array, _origin: unknown, _doc: Y.Doc, change: Y.Transaction): void => {
    lastChange = clock.now();
    for (const part of partsOf(doc, update, change)) addPart(generation, part);
    timer.in(SAVE_MS);
  };

  function save(): void {
    if (writing || closed) return;
    writing = true;
    timer.wrote();
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

  function isMirrored(): boolean {
    return loaded && !closed && isWhole(generation) && !writer.isUnanswered();
  }

  function planNext(ok: boolean): void {
    if (isMirrored()) mirrored.emit();
    if (!ok) timer.in(RETRY_MS);
    else if (isDirty(generation)) timer.in(SAVE_MS);
    else if (isLong(generation)) timer.in(QUIET_MS);
  }

  /** Never rejects; says whether everything that it tried is written. */
  async function write(): Promise<boolean> {
    if (!loaded) return loadAgain();
    // The record goes first: should the page be killed, the snapshot may not be complete.
    if (!(await writer.writeMirror()) || closed) return false;
    return isSnapshotDue(generation, clock.now(), lastChange) ? writer.writeSnapshot() : true;
  }

  async function load(): Promise<LoadReport> {
    const stored = await loadBoard({ storage, boardId }, doc, guard);
    const { damaged, newer, failed } = stored;
    loaded = !failed;
    if (loaded && !newer) {
      continueStored(generation, stored);
      for (const value of stored.damagedValues) writer.putAside(value);
    }
    return { damaged, newer, failed };
  }

  /** Whatever is new in them is a change of this board, and is written like any other. */
  function addOthers(): void {
    for (const copy of others) void loadBoard(copy, doc, guard);
  }

  /** Until the storage was read, writing could destroy what is there. */
  async function loadAgain(): Promise<boolean> {
    const { failed, newer } = await load();
    if (newer) stop(NEWER);
    else if (!failed) {
      // What was drawn meanwhile is in no record: it needs a snapshot.
      generation.snapshotNeeded = true;
      addOthers();
    }
    return !failed;
  }

  function stop(why?: string): void {
    if (why !== undefined) log.warn(why);
    closed = true;
    timer.close();
  }

  /** Does not wait for a write that is under way: the storage keeps the order of the calls. */
  function flush(): void {
    if (isDirty(generation) && loaded && !closed) void writer.writeMirror().then(planNext);
  }

  return {
    async load() {
      const report = await load();
      if (report.newer) stop(NEWER);
      else doc.on("update", onUpdate);
      failing = report.failed;
      if (loaded && !closed) addOthers();
      planNext(!failing);
      return report;
    },
    hasten() {
      if (isDirty(generation)) timer.in(HASTE_MS);
    },
    flush,
    isStored: () => loaded && isWritten(generation),
    isMirrored,
    onMirrored: (listener) => mirrored.on(listener),
    onTrouble: (listener) => trouble.on(listener),
    close() {
      doc.off("update", onUpdate);
      flush();
      stop();
    },
  };
}

/** A change that is too long for one record, in pieces: what comes after it builds on it. */
function partsOf(
  doc: Y.Doc,
  update: Uint8Array,
  { beforeState, deleteSet }: Y.Transaction,
): readonly Uint8Array[] {
  if (update.length <= LONGEST_PART_BYTES) return [update];
  return causalChunks(doc, beforeState, deleteSet.clients.size > 0);
}

interface WriteTimer {
  /** Writes in so many milliseconds, or sooner where that was planned; never soon after the write before. */
  in(delay: number): void;
  /** A write begins now. */
  wrote(): void;
  /** Nothing is written from now on. */
  close(): void;
}

function createWriteTimer(clock: Clock, write: () => void): WriteTimer {
  let lastWrite = -Infinity;
  let plan: { readonly at: number; readonly cancel: Cancel } | undefined;
  let closed = false;
  return {
    in(delay) {
      const at = Math.max(clock.now() + delay, lastWrite + GAP_MS);
      if (closed || (plan && plan.at <= at)) return;
      plan?.cancel();
      const cancel = clock.after(at - clock.now(), () => {
        plan = undefined;
        write();
      });
      plan = { at, cancel };
    },
    wrote() {
      lastWrite = clock.now();
    },
    close() {
      closed = true;
      plan?.cancel();
    },
  };
}
