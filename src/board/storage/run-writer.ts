/*
 * Decides which runs of a stored board (stored-set.ts) become one with what is recent, and writes it.
 *
 * Those go along that are not over twice as long as what comes after them, and as many more as make the runs few
 * enough. So each byte is written again about as often as the board doubles.
 */
import * as Y from "yjs";
import type { Clock } from "../../env/clock.ts";
import type { Log } from "../../env/log.ts";
import { stateVectorOf } from "../document/state.ts";
import type { ReadInto, Run } from "./set-reader.ts";
import { freePlaces, mergeDeletions, packSince } from "./set-state.ts";
import type { SetState } from "./set-state.ts";
import { encodeSnapshot } from "./snapshot.ts";
import { encodeRun, MAX_RUNS, OLD_LAYOUT, partBytesOf, partKey, runTable, TWINS } from "./stored-set.ts";
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
  /** There is reason to make a run. */
  isNeeded(): boolean;
  /** How many runs stay as they are; undefined: this is not the moment. */
  keptRuns(): number | undefined;
  /** The same where a run must be made now. */
  keptAtOnce(): number;
  /** Gives a new run to the storage, in none of the places `taken`; undefined where there is no place for it. */
  make(kept: number, taken: readonly RunName[]): Made | undefined;
}

export interface RunWriterDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly copy: StoredCopy;
  readonly board: ReadInto;
  readonly state: SetState;
}

/** So much is recent before it becomes a run. */
const RECENT_BYTES = 512;
/** A run before it that is at most so many times as long goes along. */
const RATIO = 2;
/** What is longer takes a while to pack: that waits until nothing changes for a moment, or very much is recent. */
const LONG_BYTES = 48 * 1024;
export const QUIET_MS = 2000;
const IMPATIENT_BYTES = 16 * 1024;
/** A place that the storage refused is left alone for so long, where there are others. */
const REST_MS = 30_000;

export function createRunWriter({ clock, log, copy, board, state }: RunWriterDeps): RunWriter {
  const { storage, boardId } = copy;
  const resting = new Map<number, number>();

  function isNeeded(): boolean {
    const { runs, isLoose, recentBytes } = state;
    const isOld = runs.some(({ name, state: read }) => name.place === OLD_LAYOUT && read === "here");
    return isOld || isLoose || recentBytes >= RECENT_BYTES;
  }

  function isQuiet(): boolean {
    return clock.now() - state.changedAt >= QUIET_MS;
  }

  /** What comes before is not there, so nothing takes its place. */
  function firstFree(): number {
    return state.runs.map((each) => each.state).lastIndexOf("unread") + 1;
  }

  /** How many runs stay as they are; undefined: this is not the moment. */
  function keptRuns(): number | undefined {
    const { runs, isLoose, recentBytes } = state;
    const mayBeLong = isQuiet() || recentBytes >= IMPATIENT_BYTES;
    const floor = firstFree();
    if (isLoose || runs.some(({ name }) => name.place === OLD_LAYOUT)) return mayBeLong ? floor : undefined;
    let kept = runs.length;
    let bytes = recentBytes;
    while (kept > floor && (kept >= MAX_RUNS || runs[kept - 1]!.name.bytes <= RATIO * bytes)) {
      bytes += runs[kept - 1]!.name.bytes;
      if (bytes > LONG_BYTES && !mayBeLong) return kept < MAX_RUNS ? kept : undefined;
      kept--;
    }
    return kept;
  }

  function freePlace(taken: readonly RunName[]): number | undefined {
    const free = freePlaces(state, taken);
    const now = clock.now();
    return free.find((place) => (resting.get(place) ?? -Infinity) <= now) ?? free[0];
  }

  /** Says whether the storage took all of it. */
  async function write(run: RunName, content: Uint8Array): Promise<boolean> {
    const values = encodeRun(run, content, partBytesOf(storage), boardId);
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
    isNeeded,
    keptRuns,
    keptAtOnce: () => Math.max(firstFree(), Math.min(state.runs.length, MAX_RUNS - 1)),
    make(kept, taken) {
      const place = freePlace(taken);
      if (place === undefined) return undefined;
      const { doc } = board;
      const { runs, deleted, version } = state;
      const deletions = [...runs.slice(kept).map((each) => each.deletions), ...deleted];
      const content = kept === 0 ? encodeSnapshot(doc) : packSince(doc, runs.slice(0, kept), deletions);
      const parts = Math.max(1, Math.ceil(content.length / partBytesOf(storage)));
      const sequence = ++state.sequence;
      const run: Run = {
        name: { place, sequence, writer: doc.clientID, parts, bytes: content.length },
        state: "here",
        to: stateVectorOf(doc),
        deletions: kept === 0 ? Y.createDeleteSet() : mergeDeletions(deletions),
      };
      return { run, kept, version, deletedBefore: deleted.length, areWritten: write(run.name, content) };
    },
  };
}
