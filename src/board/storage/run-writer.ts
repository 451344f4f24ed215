/*
 * Decides which runs of a stored board (stored-set.ts) become one with what is recent, and writes it.
 *
 * The last run is written often, those before it ever more seldom (`roomAfter`), and the first one, which may be
 * nearly the whole board, when what came after it is as long, or at leisure. Where b bytes were drawn since the
 * first run was made, each of them is written again (6 b / PIECE_BYTES)^(1/3) times at most: 12 times after 80 kB.
 */
import * as Y from "yjs";
import type { Clock } from "../../env/clock.ts";
import type { Log } from "../../env/log.ts";
import { stateVectorOf } from "../document/state.ts";
import type { ReadInto, Run } from "./run-loading.ts";
import { packRun } from "./run-content.ts";
import { endOf, freePlaces, mergeDeletions } from "./set-state.ts";
import type { SetState } from "./set-state.ts";
import { encodePart, MAX_RUNS, OLD_LAYOUT, partBytesOf, partKey, runTable, TWINS } from "./stored-set.ts";
import type { RunName, StoredCopy } from "./stored-set.ts";

/** A run that is being written. */
export interface Made {
  readonly run: Run;
  /** The list begins with so many runs of the former one. */
  readonly kept: number;
  /** Of the list for which it was made. */
  readonly version: number;
  /** How much of what was deleted is in it. */
  readonly deletedBefore: number;
  /** Settles when the storage has answered. */
  readonly areWritten: Promise<boolean>;
}

export interface RunWriter {
  /** When there is reason to make a run; undefined: there is none. */
  neededAt(): number | undefined;
  /** How many runs stay as they are; undefined: this is not the moment. */
  keptRuns(): number | undefined;
  /** The same where a run must be made now. */
  keptAtOnce(): number;
  /**
   * Gives a new run to the storage, in none of the places `taken`; undefined where there is no place for it. What it
   * yields are the ends of tasks. It is of what was on the board at first.
   */
  make(kept: number, taken: () => readonly RunName[]): Generator<void, Made | undefined, void>;
}

export interface RunWriterDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly copy: StoredCopy;
  readonly board: ReadInto;
  readonly state: SetState;
}

/** So much is recent before it becomes a run. */
const RECENT_BYTES = 640;
/** What so much takes within a longer run, where more is alike. */
const PIECE_BYTES = 250;
/** What is longer takes a while to pack: that waits until nothing changes for a moment, or very much is there. */
const LONG_BYTES = 48 * 1024;
export const QUIET_MS = 2000;
const IMPATIENT_BYTES = 16 * 1024;
const IMPATIENT_ROOM = 2;
/** When nothing changed for so long, all runs become one... */
const IDLE_MS = 10_000;
/** ...if what came after the first one has at least so much of its length. */
const IDLE_SHARE = 1 / 8;
/** A place that the storage refused is left alone for so long, where there are others. */
const REST_MS = 30_000;

/**
 * So many bytes may come after a run that is `bytes` long before it is written again. With n runs from it to the
 * last one, it has i^n / n! pieces of `PIECE_BYTES` after it was written i times, and i^(n-1) / (n-1)! follow until
 * the next time: the least writing where n is given, as far as nobody knows how much will be drawn.
 */
function roomAfter(index: number, bytes: number): number {
  const n = MAX_RUNS - index;
  const times = (factorial(n) * (bytes / PIECE_BYTES)) ** (1 / n);
  const room = (times ** (n - 1) / factorial(n - 1)) * PIECE_BYTES;
  return index === 0 ? Math.max(room, bytes) : room;
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

export function createRunWriter({ clock, log, copy, board, state }: RunWriterDeps): RunWriter {
  const { storage, boardId } = copy;
  const resting = new Map<number, number>();

  function neededAt(): number | undefined {
    const { runs, isLoose, recentBytes, changedAt } = state;
    const isOld = runs.some(({ name, state: read }) => name.place === OLD_LAYOUT && read === "here");
    if (isOld || isLoose || recentBytes >= RECENT_BYTES) return clock.now();
    return isScattered() ? changedAt + IDLE_MS : undefined;
  }

  /** All runs are there, and the first one is not nearly the whole board. */
  function isScattered(): boolean {
    const [first, ...others] = state.runs.map(({ name }) => name.bytes);
    const after = others.reduce((sum, bytes) => sum + bytes, state.recentBytes);
    return others.length > 0 && after >= IDLE_SHARE * first! && firstFree() === 0;
  }

  /** Nothing changed for so long. */
  function isStill(ms: number): boolean {
    return clock.now() - state.changedAt >= ms;
  }

  /** What comes before is not there, so nothing takes its place. */
  function firstFree(): number {
    return state.runs.map((each) => each.state).lastIndexOf("unread") + 1;
  }

  /** How many runs stay as they are; undefined: this is not the moment. */
  function keptRuns(): number | undefined {
    const { runs, isLoose, recentBytes } = state;
    const mayBeLong = isStill(QUIET_MS) || recentBytes >= IMPATIENT_BYTES;
    const floor = firstFree();
    if (isLoose || runs.some(({ name }) => name.place === OLD_LAYOUT)) return mayBeLong ? floor : undefined;
    if (isScattered() && isStill(IDLE_MS)) return 0;
    let kept = runs.length;
    let bytes = recentBytes;
    for (; kept > floor; kept--) {
      const { bytes: before } = runs[kept - 1]!.name;
      const room = roomAfter(kept - 1, before);
      if (kept < MAX_RUNS && bytes < room) return kept;
      const isLong = before + bytes > LONG_BYTES;
      if (isLong && !mayBeLong && bytes < IMPATIENT_ROOM * room) return kept < MAX_RUNS ? kept : undefined;
      bytes += before;
    }
    return kept;
  }

  function freePlace(taken: readonly RunName[]): number | undefined {
    const free = freePlaces(state, taken);
    const now = clock.now();
    return free.find((place) => (resting.get(place) ?? -Infinity) <= now) ?? free[0];
  }

  /** Says whether the storage took all of it. */
  async function write(run: RunName, values: readonly Uint8Array[]): Promise<boolean> {
    const writes = TWINS.flatMap((twin) =>
      values.map((value, i) => storage.write(runTable(boardId, run.place, twin), partKey(i), value)),
    );
    const refused = (await Promise.all(writes)).find(({ ok }) => !ok);
    if (!refused) return true;
    log.warn("storage: a run could not be written", refused);
    resting.set(run.place, clock.now() + REST_MS);
    return false;
  }

  return {
    neededAt,
    keptRuns,
    keptAtOnce: () => Math.max(firstFree(), Math.min(state.runs.length, MAX_RUNS - 1)),
    *make(kept, taken) {
      if (freePlace(taken()) === undefined) return undefined;
      const { doc, arrival } = board;
      const { runs, deleted, version } = state;
      const deletedBefore = deleted.length;
      const replaced = runs.slice(kept);
      const to = stateVectorOf(doc);
      const deletions =
        kept === 0
          ? Y.createDeleteSet()
          : mergeDeletions([...replaced.map((each) => each.deletions), ...deleted]);
      const { content, isPieced } = yield* packRun({
        doc,
        known: kept === 0 ? new Map() : endOf(runs.slice(0, kept)),
        deletions,
        bytes: replaced.reduce((sum, { name }) => sum + name.bytes, state.recentBytes),
        extent: arrival?.measured(),
      });
      const partBytes = partBytesOf(storage);
      const parts = Math.max(1, Math.ceil(content.length / partBytes));
      const sequence = ++state.sequence;
      const numbered = { sequence, writer: doc.clientID, parts, bytes: content.length, isPieced };
      const values: Uint8Array[] = [];
      for (let i = 0; i < parts; i++) {
        if (i > 0) yield;
        values.push(encodePart(numbered, i, content, partBytes, boardId));
      }
      // Since it was looked for first, another run may have been written.
      const place = freePlace(taken());
      if (place === undefined) return undefined;
      const name = { ...numbered, place };
      const run: Run = { name, state: "here", to, deletions };
      return { run, kept, version, deletedBefore, areWritten: write(name, values) };
    },
  };
}
