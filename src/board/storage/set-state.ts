/*
 * A stored board as a page has it in mind: what the heads say, and what they should say. What is written next is
 * decided from this alone.
 */
import * as Y from "yjs";
import { changesSince } from "../document/chunks.ts";
import type { DeleteSet } from "../document/chunks.ts";
import type { StateVector } from "../document/state.ts";
import { contentOf } from "./run-reader.ts";
import { newestFirst } from "./set-reader.ts";
import type { Run } from "./run-loading.ts";
import type { LoadedSet, TwinState } from "./set-reader.ts";
import { encodeChanges } from "./snapshot.ts";
import { equalHeads, PLACES, TWINS } from "./stored-set.ts";
import type { Head, RunName, Twin } from "./stored-set.ts";

const NO_DELETIONS = Y.createDeleteSet();

/** After a change. */
export const SAVE_MS = 1000;
/** The other head follows then, unless there is something new to be saved before. */
const MIRROR_MS = 1500;

export interface TwinWriting extends TwinState {
  /** Something that is on the board is not given to it. */
  lacks: boolean;
  /** It names other runs than it should. */
  isStale: boolean;
  /** It is being read or written by a save. */
  isBusy: boolean;
  /** Writes that are not answered yet. */
  unanswered: number;
  writtenAt: number;
  /** Since when it names the runs that it names. */
  namesSince: number;
  /** The storage refused it when it was used last, and so it is left alone for a while. */
  hasFailed: boolean;
  restsUntil: number;
}

export interface SetState {
  readonly twins: readonly [TwinWriting, TwinWriting];
  runs: Run[];
  /** Of the list of runs. */
  version: number;
  /** The highest number that was seen in any value. */
  sequence: number;
  /** The runs are to be made one. */
  isLoose: boolean;
  /** What was deleted since the last run was made. */
  deleted: DeleteSet[];
  /** How many bytes the last head held beside its list. */
  recentBytes: number;
  /** What is on the board by now is written as soon as can be. */
  isHurried: boolean;
  /** When the board changed last, or was read. */
  changedAt: number;
}

export function createSetState(): SetState {
  const twin = (): TwinWriting => ({
    value: undefined,
    head: undefined,
    lacks: false,
    isStale: false,
    isBusy: false,
    unanswered: 0,
    writtenAt: -Infinity,
    namesSince: -Infinity,
    hasFailed: false,
    restsUntil: -Infinity,
  });
  return {
    twins: [twin(), twin()],
    runs: [],
    version: 0,
    sequence: 0,
    isLoose: false,
    deleted: [],
    recentBytes: 0,
    isHurried: false,
    changedAt: -Infinity,
  };
}

/** Goes on with what was found in the storage; a head that could not be read is tried again at `retryAt`. */
export function takeLoaded(state: SetState, loaded: LoadedSet, now: number, retryAt: number): void {
  const { twins, runs, version, deleted, isMore } = loaded;
  for (const twin of TWINS) Object.assign(state.twins[twin], twins[twin]);
  state.runs = runs;
  state.version = version;
  state.isLoose ||= loaded.isLoose;
  state.deleted.push(...deleted);
  state.changedAt = now;
  const heads = twins.flatMap(({ head }) => head ?? []).sort(newestFirst);
  const [newest] = heads;
  state.recentBytes = newest?.recent.length ?? 0;
  state.sequence = Math.max(
    0,
    ...[...heads, ...runs.map(({ name }) => name)].map(({ sequence }) => sequence),
  );
  for (const twin of state.twins) {
    const isSame = newest && twin.head && equalHeads(twin.head, newest);
    if (twin.value === undefined) Object.assign(twin, { hasFailed: true, restsUntil: retryAt });
    if (isMore || (newest && !isSame) || twin.value === undefined) twin.lacks = true;
  }
}

/** Something is on the board that is not in its runs, and no head was read that may have it. */
export function isBeyond({ twins, runs }: SetState, doc: Y.Doc): boolean {
  if (twins.some(({ head }) => head)) return doc.store.clients.has(doc.clientID);
  const end = endOf(runs);
  return [...doc.store.clients.keys()].some(
    (client) => Y.getState(doc.store, client) > (end.get(client) ?? 0),
  );
}

function isDirty({ lacks, isStale }: TwinWriting): boolean {
  return lacks || isStale;
}

/** Something is on the board that may not be in either head. */
export function markChanged(state: SetState, now: number): void {
  state.changedAt = now;
  state.isHurried = false;
  for (const twin of state.twins) twin.lacks = true;
}

/** What is on the board is to be written as soon as can be; false: it is already. */
export function hurry(state: SetState): boolean {
  state.isHurried = !isMirrored(state);
  return state.isHurried;
}

/** The list of runs has changed. */
export function markStale({ twins }: SetState): void {
  for (const twin of twins) twin.isStale = true;
}

/** Heads that say that the page is alone are to be written anew; false: there are none. */
export function markNotAlone({ twins }: SetState): boolean {
  const wrong = twins.filter(({ head }) => head?.isAlone);
  for (const twin of wrong) twin.isStale = true;
  return wrong.length > 0;
}

/** Whose turn it is to be written; undefined: nobody's. */
export function nextTwin({ twins }: SetState, now: number): Twin | undefined {
  const due = TWINS.filter((each) => {
    const twin = twins[each];
    return isDirty(twin) && !twin.isBusy && twin.restsUntil <= now;
  });
  return due.sort((a, b) => twins[a].writtenAt - twins[b].writtenAt)[0];
}

/** When the next one is to be written; undefined: nothing waits for that. */
export function nextSaveAt({ twins, isHurried }: SetState, now: number): number | undefined {
  const isNew = twins.every(({ lacks }) => lacks);
  const mirrorAt = Math.max(...twins.map(({ writtenAt }) => writtenAt)) + MIRROR_MS;
  const at = isNew ? now + SAVE_MS : mirrorAt;
  const times = twins
    .filter((twin) => isDirty(twin) && !twin.isBusy)
    .map(({ restsUntil }) => Math.max(isHurried ? now : at, restsUntil));
  return times.length > 0 ? Math.min(...times) : undefined;
}

/** How many bytes the twins of all of it take, as far as it is known. */
export function storedBytes({ runs, recentBytes }: SetState): number {
  return TWINS.length * runs.reduce((sum, { name }) => sum + name.bytes, recentBytes);
}

/** Both are given everything, and the storage has answered. */
export function isMirrored({ twins }: SetState): boolean {
  return twins.every(({ lacks, unanswered }) => !lacks && unanswered === 0);
}

/** Which one is written where there is no time for a look at it; undefined: neither may be. */
export function flushedTwin({ twins }: SetState): Twin | undefined {
  const known = TWINS.filter((each) => twins[each].value !== undefined);
  return known.sort((a, b) => twins[a].writtenAt - twins[b].writtenAt)[0];
}

/** Up to where the runs go, as far as they could be read. */
export function endOf(runs: readonly Run[]): StateVector {
  const end = new Map<number, number>();
  for (const { state, to } of runs) {
    if (state !== "here") continue;
    for (const [client, clock] of to) end.set(client, Math.max(end.get(client) ?? 0, clock));
  }
  return end;
}

/** What is on the board beyond these runs, packed; empty where there is nothing. */
export function packSince(doc: Y.Doc, runs: readonly Run[], deleted: readonly DeleteSet[]): Uint8Array {
  const deletions = mergeDeletions(deleted);
  const end = endOf(runs);
  const isNothing =
    deletions.clients.size === 0 &&
    [...doc.store.clients.keys()].every((client) => Y.getState(doc.store, client) <= (end.get(client) ?? 0));
  return isNothing ? new Uint8Array(0) : encodeChanges(changesSince(doc, end, deletions));
}

export function mergeDeletions(sets: readonly DeleteSet[]): DeleteSet {
  return Y.mergeDeleteSets([...sets] as Parameters<typeof Y.mergeDeleteSets>[0]);
}

/** Whether a head that names the same runs has all that is on the board. */
export function hasAll({ runs, deleted, version }: SetState, doc: Y.Doc, head: Head): boolean {
  const recent = contentOf(head.recent);
  if (head.version !== version || (!recent && head.recent.length > 0)) return false;
  const end = new Map(endOf(runs));
  for (const [client, clock] of recent?.to ?? []) end.set(client, Math.max(end.get(client) ?? 0, clock));
  const there = mergeDeletions(recent ? [recent.deletions] : []);
  const both = mergeDeletions([there, ...deleted]);
  return (
    [...doc.store.clients.keys()].every(
      (client) => Y.getState(doc.store, client) <= (end.get(client) ?? 0),
    ) && Y.equalDeleteSets(there as typeof NO_DELETIONS, both as typeof NO_DELETIONS)
  );
}

/** Places that neither a head names nor `taken` says are in use. */
export function freePlaces({ twins, runs }: SetState, taken: readonly RunName[]): number[] {
  const named = twins.flatMap(({ head }) => head?.runs ?? []);
  const used = new Set([...named, ...runs.map(({ name }) => name), ...taken].map(({ place }) => place));
  return PLACES.filter((place) => !used.has(place));
}
