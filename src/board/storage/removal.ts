/*
 * Takes a board off this device. A board is many values, and the page may be killed between any two of them: so first
 * one head of its first page says that the board is removed (stored-set.ts). When that is on disk the board is gone,
 * and before that all of it is there. Only then its values are emptied, and each head of it says the same: another
 * page that has the board open finds that before it writes, and writes all that it has anew.
 *
 *     whole --mark--> one head says it is removed --on disk--> gone --clear, document by document--> emptied
 *
 * All of this goes one request after the other: other boards' ink must not wait for it.
 */
import { oldTables } from "./old-layout.ts";
import { readHead } from "./set-reader.ts";
import {
  asideTable,
  ASIDE_KEYS,
  encodeHead,
  HEAD_KEY,
  headTable,
  isRemoval,
  partKey,
  PLACES,
  removalHead,
  runTable,
  TWINS,
} from "./stored-set.ts";
import type { Head, StoredCopy, Twin } from "./stored-set.ts";
import type { Storage } from "../../env/storage.ts";

/** The host has what it was given on disk after so long. */
export const ON_DISK_MS = 5000;

const EMPTY = new Uint8Array(0);

interface Heads {
  /** Undefined: none that can be used. */
  readonly heads: readonly [Head | undefined, Head | undefined];
  /** The newest one says that the board is removed. */
  readonly isMarked: boolean;
  /** Something is stored under them. */
  readonly areThere: boolean;
}

/** Undefined: they cannot be read now, or a newer version's board must be left alone. */
async function headsOf(copy: StoredCopy): Promise<Heads | undefined> {
  const findings = { damagedValues: [], repairs: [] };
  const [first, second] = await Promise.all(TWINS.map((twin) => readHead(copy, twin, findings)));
  const read = [first!, second!] as const;
  if (read.some(({ value, isNewer }) => value === undefined || isNewer)) return undefined;
  const heads = [read[0].head, read[1].head] as const;
  const newest = Math.max(...heads.map(sequenceOf));
  return {
    heads,
    isMarked: heads.some((head) => head?.sequence === newest && isRemoval(head)),
    areThere: read.some(({ value }) => value),
  };
}

function sequenceOf(head: Head | undefined): number {
  return head?.sequence ?? 0;
}

function writeMark(copy: StoredCopy, twin: Twin, sequence: number): Promise<{ readonly ok: boolean }> {
  const value = encodeHead(removalHead(sequence), copy.boardId);
  return copy.storage.write(headTable(copy.boardId, twin), HEAD_KEY, value);
}

/** Says in one head that the document is removed; the other one still has all of it. False: it stays. Never rejects. */
export async function markRemoved(copy: StoredCopy): Promise<boolean> {
  const found = await headsOf(copy);
  if (!found || found.isMarked) return found !== undefined;
  const [first, second] = found.heads.map(sequenceOf) as [number, number];
  return (await writeMark(copy, first <= second ? 0 : 1, Math.max(first, second) + 1)).ok;
}

/** Still; a page that has it open may have written since. Never rejects. */
export async function isMarkedRemoved(copy: StoredCopy): Promise<boolean> {
  return (await headsOf(copy))?.isMarked === true;
}

/**
 * Empties all values of one document, wherever a kill or a damage left them. `isFirst`: it may be stored as versions
 * before 0.5.0 did, too. False: not all of it is emptied; it may be tried again. `isOver`: nothing more is written.
 * Never rejects.
 */
export async function clearStored(
  copy: StoredCopy,
  isFirst: boolean,
  isOver: () => boolean,
): Promise<boolean> {
  const { storage, boardId } = copy;
  const found = await headsOf(copy);
  if (!found) return false;
  const named = new Map<number, number>();
  for (const { place, parts } of found.heads.flatMap((head) => head?.runs ?? []))
    named.set(place, Math.max(parts, named.get(place) ?? 0));
  // What was replaced may have been emptied in part: so many keys are looked at in any case.
  const longest = Math.max(1, ...named.values());
  const rows = [
    ...PLACES.flatMap((place) =>
      TWINS.map((twin) => ({
        table: runTable(boardId, place, twin),
        known: named.get(place) ?? 0,
        looked: longest,
      })),
    ),
    { table: asideTable(boardId), known: 0, looked: ASIDE_KEYS },
    ...(isFirst ? oldTables(boardId) : []).map((table) => ({ table, known: 0, looked: 1 })),
  ];
  for (const row of rows) if (!(await clearRow({ storage, isOver, ...row }))) return false;
  if (!found.areThere) return true;
  // Whoever wrote meanwhile goes on.
  const now = await headsOf(copy);
  if (!now || isOver()) return false;
  const isSame = TWINS.every((twin) => sequenceOf(now.heads[twin]) === sequenceOf(found.heads[twin]));
  if (!isSame) return false;
  const sequence = Math.max(...found.heads.map(sequenceOf)) + (found.isMarked ? 0 : 1);
  for (const twin of TWINS) if (!(await writeMark(copy, twin, sequence)).ok) return false;
  return true;
}

interface Row {
  readonly storage: Storage;
  readonly table: string;
  /** So many keys are in use. */
  readonly known: number;
  /** So many are looked at, though one before them is empty. */
  readonly looked: number;
  isOver(): boolean;
}

/** From the last key on: what a kill leaves of it begins with the first one, so it is found. */
async function clearRow({ storage, table, known, looked, isOver }: Row): Promise<boolean> {
  const used = Array.from({ length: known }, (_, i) => i);
  for (let i = known; ; i++) {
    const result = await storage.read(table, partKey(i));
    if (!result.ok) return false;
    if (result.value) used.push(i);
    else if (i >= looked - 1) break;
  }
  for (const i of used.reverse()) {
    if (isOver() || !(await storage.write(table, partKey(i), EMPTY)).ok) return false;
  }
  return true;
}
