/*
 * Keeps a board on this device: when what changed is written, and what happens while the storage fails. Where it
 * is written is in stored-set.ts.
 *
 *     clean --change--> dirty --1 s--> one head written --1.5 s--> both written: clean
 *                                  \-- it fails: the other one, and this one again after 5 s
 *
 * Nothing is written that was not read before, and each head is looked at for itself: while one cannot be used, the
 * other one is.
 */
import type * as Y from "yjs";
import { delay } from "../../base/delay.ts";
import { createEmitter } from "../../base/emitter.ts";
import { hashBytes } from "../../base/hash.ts";
import type { Clock } from "../../env/clock.ts";
import type { Log } from "../../env/log.ts";
import type { Storage } from "../../env/storage.ts";
import type { ArrivalControl } from "../document/arrival.ts";
import type { Guard } from "../guard/guard.ts";
import { createCompaction } from "./compaction.ts";
import { createHeadWriter } from "./head-writer.ts";
import type { Findings } from "./run-reader.ts";
import { createRunWriter } from "./run-writer.ts";
import { createSetLoading } from "./set-loading.ts";
import type { ReadHeads } from "./set-reader.ts";
import type { ReadInto, StoredReport } from "./run-loading.ts";
import {
  createSetState,
  flushedTwin,
  hurry,
  isMirrored,
  markChanged,
  markNotAlone,
  nextSaveAt,
  nextTwin,
  SAVE_MS,
  storedBytes,
} from "./set-state.ts";
import { ASIDE_KEYS, asideTable, partKey, TWINS } from "./stored-set.ts";
import type { StoredCopy, Twin } from "./stored-set.ts";
import { createTrouble } from "./trouble.ts";
import { createWriteTimer } from "./write-timer.ts";

export interface JournalDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly storage: Storage;
  /** The board's id: `[a-z0-9]+`. */
  readonly boardId: string;
  /** As StoredCopy has it. */
  readonly wasStored?: () => boolean;
  /**
   * More copies of this board on this device. What they have is added soon after this copy is loaded,
   * and kept with it from then on; they themselves are not written.
   */
  readonly others?: readonly StoredCopy[];
  readonly doc: Y.Doc;
  readonly guard: Guard;
  /** Where the board is seen while it is loaded. */
  readonly arrival?: ArrivalControl;
  /** The heads are read. What is left of a removed board is emptied before this settles: until then nothing is stored. */
  readonly begun?: ((heads: ReadHeads) => Promise<void>) | undefined;
  /** What the heads say, as Head has it. Always false where it is left out. */
  readonly isAlone?: (() => boolean) | undefined;
}

/** Keeps a board on this device. */
export interface Journal {
  /** Fills the document from what is stored, and from then on stores what changes. */
  load(): Promise<StoredReport>;
  /** A stroke has ended: writes sooner than while it was drawn. */
  hasten(): void;
  /** Writes what is unsaved sooner, in both heads: the page is to leave the memory. */
  settle(): void;
  /** Writes what is unsaved at once: the page may be killed. */
  flush(): void;
  /** This is not the only page that is known of: heads that say so are written anew. */
  notAlone(): void;
  /** Everything is given to the storage, be it in one of the heads only. */
  isStored(): boolean;
  /** The storage has taken everything, in both heads. */
  isMirrored(): boolean;
  /** How many bytes it takes on this device, all copies counted. */
  bytes(): number;
  /** Counts what is written of it: where a head that is read has less, something was lost. */
  sequence(): number;
  /** It has just become so. */
  onMirrored(listener: () => void): () => void;
  /** `failed`: changes cannot be written at the moment, at least not twice; `recovered`: they can again. */
  onTrouble(listener: (state: "failed" | "recovered") => void): () => void;
  close(): void;
}

/** After the last write, once. */
const LOOK_MS = 1000;
/** For the first ink of a board that is being loaded to be seen. */
const SEEN_MS = 500;
/** After a stroke. */
const HASTE_MS = 100;

export function createJournal(deps: JournalDeps): Journal {
  const { clock, log, doc } = deps;
  const onError = (error: unknown): void => log.warn("storage: a listener failed", error);
  const trouble = createTrouble(onError);
  const mirrored = createEmitter<void>(onError);
  let closed = false;
  const { state, findings, board, heads, compaction, loading } = createParts(deps, {
    isClosed: () => closed,
    newer: () => stop("storage: a newer version wrote here; nothing is stored"),
  });
  const { twins } = state;
  const timer = createWriteTimer(clock, work);
  const planWhere = (isNew: boolean): void => void (isNew && planNext());
  /** When one of the heads is to be written. */
  let saveAt = Infinity;
  /** This one was written without a look at it, and so is the only one that may be. */
  let unseen: Twin | undefined;
  /** When both are looked at once more, for another page may have written at the same time. */
  let lookAt = Infinity;

  const onTransaction = (change: Y.Transaction): void => {
    if (board.isReading() || !hasChanged(change)) return;
    if (change.deleteSet.clients.size > 0) state.deleted.push(change.deleteSet);
    markChanged(state, clock.now());
    saveIn(SAVE_MS);
  };
  // Not on "update": for that Yjs encodes what was read just now.
  doc.on("afterTransactionCleanup", onTransaction);

  function work(): void {
    if (closed) return;
    const now = clock.now();
    if ((loading.readAgainAt() ?? Infinity) <= now) void loading.readAgain().then(planNext);
    if (loading.isLoaded()) {
      if (saveAt <= now) save(now);
      if (lookAt <= now) {
        lookAt = Infinity;
        void Promise.all(TWINS.map(heads.look)).then(planNext);
      }
      void compaction.step().then(planNext);
    }
    planNext();
  }

  function saveIn(ms: number): void {
    const now = clock.now();
    saveAt = Math.min(saveAt, now + ms);
    timer.in(saveAt - now);
  }

  function save(now: number): void {
    saveAt = Infinity;
    const twin = nextTwin(state, now);
    if (twin === undefined) return;
    lookAt = now + LOOK_MS;
    if (!state.isHurried) timer.wrote();
    void heads.save(twin).then(() => {
      if (twin !== unseen) unseen = undefined;
      planNext();
    });
  }

  function planNext(): void {
    if (closed) return;
    const now = clock.now();
    for (const at of [loading.readAgainAt(), loading.isLoaded() ? compaction.dueAt() : undefined]) {
      if (at !== undefined) timer.in(at - now);
    }
    if (!loading.isLoaded()) return;
    keepFindings(deps, findings);
    trouble.tell(loading.isIncomplete() || twins.some(({ hasFailed }) => hasFailed));
    if (isMirrored(state)) mirrored.emit();
    // Whatever was to be saved sooner is saved.
    if (twins.some(({ lacks }) => !lacks)) saveAt = Infinity;
    const at = nextSaveAt(state, now);
    if (at !== undefined) saveIn(at - now);
    if (saveAt === Infinity && lookAt < Infinity) timer.in(lookAt - now);
  }

  function stop(why?: string): void {
    if (why !== undefined) log.warn(why);
    closed = true;
    timer.close();
  }

  /** Does not wait for a write that is under way: the storage keeps the order of the calls. */
  function flush(): void {
    if (closed || !loading.isLoaded() || twins.some(({ lacks }) => !lacks)) return;
    unseen ??= flushedTwin(state);
    if (unseen === undefined) return;
    lookAt = clock.now() + LOOK_MS;
    void heads.write(unseen).then(planNext);
  }

  return {
    async load() {
      const report = await loading.load();
      trouble.begin(report.failed);
      planNext();
      return report;
    },
    hasten() {
      if (twins.every(({ lacks }) => lacks)) saveIn(HASTE_MS);
    },
    settle: () => planWhere(hurry(state)),
    flush,
    notAlone: () => planWhere(markNotAlone(state)),
    isStored: () => loading.isLoaded() && twins.some(({ lacks }) => !lacks),
    isMirrored: () => !closed && loading.isLoaded() && isMirrored(state),
    bytes: () => storedBytes(state),
    sequence: () => Math.max(0, ...twins.map(({ head }) => head?.sequence ?? 0)),
    onMirrored: (listener) => mirrored.on(listener),
    onTrouble: (listener) => trouble.on(listener),
    close() {
      doc.off("afterTransactionCleanup", onTransaction);
      flush();
      stop();
    },
  };
}

/** What is damaged is put aside, and made good where there is a twin. */
function keepFindings({ storage, log, boardId }: JournalDeps, findings: Findings): void {
  for (const value of findings.damagedValues.splice(0)) {
    log.warn("storage: a damaged value is put aside");
    void storage.write(asideTable(boardId), partKey(hashBytes(value).lo % ASIDE_KEYS), value);
  }
  for (const { table, key, value } of findings.repairs.splice(0)) void storage.write(table, key, value);
}

/** What reads and writes, on one state. */
function createParts(
  { clock, log, others = [], doc, guard, arrival, begun, isAlone = () => false, ...copy }: JournalDeps,
  end: { isClosed(): boolean; newer(): void },
) {
  const turn = (): Promise<void> => delay(clock, 0);
  const watched = arrival ? { arrival, untilSeen: seenOnce(arrival, clock) } : {};
  const board = readInto({ doc, guard, turn, ...watched });
  const state = createSetState();
  const { twins } = state;
  const findings: Findings = { damagedValues: [], repairs: [] };
  const shared = { clock, log, copy, board, state, findings, turn, ...end };
  const loading = createSetLoading({ ...shared, others, begun });
  const heads = createHeadWriter({
    ...shared,
    isAlone,
    makeRoom: () => compaction.atOnce(),
    makeRoomSoon: () => compaction.soon(),
    adopted: () => compaction.giveUp(),
  });
  const compaction = createCompaction({
    ...shared,
    runWriter: createRunWriter(shared),
    async mayBegin() {
      const looks = await Promise.all(TWINS.map(async (twin) => twins[twin].hasFailed || heads.look(twin)));
      const areKnown = !looks.includes(false) && twins.every(({ value }) => value !== undefined);
      return areKnown && !heads.hasPrecedent();
    },
  });
  return { board, state, findings, loading, heads, compaction };
}

/** Waits once, and not for long: a page that nobody looks at shows nothing. */
function seenOnce(arrival: ArrivalControl, clock: Clock): () => Promise<void> {
  let waiting: Promise<void> | undefined;
  return () => (waiting ??= Promise.race([arrival.untilShown(), delay(clock, SEEN_MS)]));
}

/** The document, to read into: what is read is stored already. */
function readInto(into: Omit<ReadInto, "apply">): ReadInto & { isReading(): boolean } {
  let isReading = false;
  return {
    ...into,
    isReading: () => isReading,
    apply(act) {
      isReading = true;
      try {
        return act();
      } finally {
        isReading = false;
      }
    },
  };
}

function hasChanged({ deleteSet, beforeState, afterState }: Y.Transaction): boolean {
  return (
    deleteSet.clients.size > 0 ||
    [...afterState].some(([client, clock]) => clock !== (beforeState.get(client) ?? 0))
  );
}
