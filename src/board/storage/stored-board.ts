/*
 * Where a board's values are in the storage, and how a board is put together again from what is left of
 * them.
 */
import * as Y from "yjs";
import { concatBytes, equalBytes } from "../../base/bytes.ts";
import type { Storage } from "../../env/storage.ts";
import { STORAGE_ORIGIN } from "../document/document.ts";
import type { Guard } from "../guard/guard.ts";
import { STORED_LIMITS } from "../guard/scan.ts";
import { decodeParts, decodeRecord } from "./record.ts";
import type { StoredRecord } from "./record.ts";
import { decodeSnapshot } from "./snapshot.ts";

/** The two copies of a journal, in tables of their own: the host rewrites, and can lose, a whole table. */
export const MIRRORS = [0, 1] as const;
export type Mirror = (typeof MIRRORS)[number];

/*
 * Tables of a board: s0, s1 for the snapshots of even and odd generations; j0a, j0b, j1a, j1b for
 * their journals, each twice; x for damaged values. The id in front keeps boards apart.
 */

export function snapshotTable(boardId: string, generation: number): string {
  return `${boardId}-s${generation % 2}`;
}

export function journalTable(boardId: string, generation: number, mirror: Mirror): string {
  return `${boardId}-j${generation % 2}${mirror === 0 ? "a" : "b"}`;
}

/** Where damaged values are put aside: nobody reads them but somebody who looks for lost ink. */
export function asideTable(boardId: string): string {
  return `${boardId}-x`;
}

export function recordKey(index: number): string {
  return String(index);
}

/** A place where a board is stored. */
export interface StoredCopy {
  readonly storage: Storage;
  readonly boardId: string;
}

/** What was found of a board. */
export interface StoredBoard {
  /** The newest generation that anything was found of; 0: none yet. */
  readonly generation: number;
  /** The snapshot of that generation is intact, or not needed. */
  readonly complete: boolean;
  /** The journal of that generation, record by record, each as its parts. */
  readonly journal: readonly (readonly Uint8Array[])[];
  /** Per mirror, the first record that it lacks, or has only in part. */
  readonly mirrored: readonly [number, number];
  /** Something that was stored is lost: no copy of it is intact. */
  readonly damaged: boolean;
  /** The values that are not what was stored. */
  readonly damagedValues: readonly Uint8Array[];
  /** Written by a newer version. */
  readonly newer: boolean;
  /** The storage did not answer, or with an error. */
  readonly failed: boolean;
}

interface Row {
  readonly records: readonly StoredRecord[];
  /** Why it ends where it ends. */
  readonly end: "end" | "damaged" | "newer" | "failed";
  readonly damagedValue: Uint8Array | undefined;
}

/** Read ahead in a journal: each answer takes its turn on the bridge. */
const READ_AHEAD = 4;

/**
 * Applies to `doc` everything intact that is stored of a board. What one copy or generation misses
 * another may have; updates that say nothing new do no harm.
 */
export async function loadBoard(
  { storage, boardId }: StoredCopy,
  doc: Y.Doc,
  guard: Guard,
): Promise<StoredBoard> {
  const read = (table: string, kind: StoredRecord["kind"]): Promise<Row> =>
    readRow({ storage, boardId }, table, kind);
  const [snapshots, journals] = await Promise.all([
    Promise.all(MIRRORS.map((parity) => read(snapshotTable(boardId, parity), "snapshot"))),
    Promise.all(
      MIRRORS.map((parity) =>
        Promise.all(MIRRORS.map((mirror) => read(journalTable(boardId, parity, mirror), "journal"))),
      ),
    ),
  ]);
  const rows = [...snapshots, ...journals.flat()];
  const generation = Math.max(...rows.map(generationOf));

  const newestFirst = [...snapshots].sort((a, b) => generationOf(b) - generationOf(a));
  const intact = newestFirst.find((row) => applySnapshot(doc, row));
  const base = intact ? generationOf(intact) : 0;
  const merged = journals.map(mergeRows).sort((a, b) => a.generation - b.generation);
  const unused = applyAll(
    guard,
    merged.flatMap(({ records }) => records.flatMap(decodeParts)),
  );

  const newest = merged.find((journal) => journal.generation === generation);
  return {
    generation,
    complete: base === generation,
    journal: (newest?.records ?? []).map(decodeParts),
    mirrored: newest?.mirrored ?? [0, 0],
    // A torn snapshot is no loss while the one before it and both journals are there.
    damaged: unused > 0 || base < generation - 1 || merged.some((journal) => journal.damaged),
    damagedValues: rows.flatMap(({ damagedValue }) => damagedValue ?? []),
    newer: rows.some(({ end }) => end === "newer"),
    failed: rows.some(({ end }) => end === "failed"),
  };
}

function generationOf({ records }: Row): number {
  return records[0]?.generation ?? 0;
}

interface MergedJournal {
  readonly generation: number;
  readonly records: readonly Uint8Array[];
  readonly mirrored: readonly [number, number];
  readonly damaged: boolean;
}

/** Two copies of one journal as one: of each record the longer version, since records only grow. */
function mergeRows(mirrors: readonly Row[]): MergedJournal {
  const generation = Math.max(...mirrors.map(generationOf));
  const rows = mirrors.map((row) => (generationOf(row) === generation ? row.records : []));
  const length = Math.max(...rows.map((row) => row.length));
  const records = Array.from({ length }, (_, i) => {
    const versions = rows.flatMap((row) => row[i]?.payload ?? []);
    return versions.reduce((longest, each) => (each.length > longest.length ? each : longest));
  });
  const mirrored = rows.map((row) => {
    const behind = records.findIndex((record, i) => !row[i] || !equalBytes(row[i].payload, record));
    return behind === -1 ? length : behind;
  }) as [number, number];
  // Damage behind what the other copy has is a loss.
  const damaged = mirrors.some((row) => row.end === "damaged" && row.records.length === length);
  return { generation, records, mirrored, damaged };
}

/** The records of a table from 0 on, of one generation, up to the first that is missing or unfit. */
async function readRow(
  { storage, boardId }: StoredCopy,
  table: string,
  kind: StoredRecord["kind"],
): Promise<Row> {
  const records: StoredRecord[] = [];
  let want = 1;
  for (;;) {
    const from = records.length;
    const results = await Promise.all(
      Array.from({ length: want }, (_, i) => storage.read(table, recordKey(from + i))),
    );
    for (const result of results) {
      if (!result.ok) return { records, end: "failed", damagedValue: undefined };
      if (!result.value) return { records, end: "end", damagedValue: undefined };
      const decoded = decodeRecord(result.value, boardId);
      if (decoded.kind === "newer") return { records, end: "newer", damagedValue: undefined };
      if (decoded.kind === "damaged") return { records, end: "damaged", damagedValue: result.value };
      if (decoded.kind === "foreign") return { records, end: "damaged", damagedValue: undefined };
      const { record } = decoded;
      // A record that does not fit was left over by an older generation of the same table.
      if (!fits(record, kind, records)) return { records, end: "end", damagedValue: undefined };
      records.push(record);
      if (records.length === record.count) return { records, end: "end", damagedValue: undefined };
    }
    const { count } = records[0]!;
    want = count > 0 ? count - records.length : READ_AHEAD;
  }
}

function fits(record: StoredRecord, kind: StoredRecord["kind"], before: readonly StoredRecord[]): boolean {
  const first = before[0] ?? record;
  return (
    record.kind === kind &&
    record.index === before.length &&
    record.generation === first.generation &&
    record.count === first.count
  );
}

/** False where the row is not a complete and readable snapshot. */
function applySnapshot(doc: Y.Doc, { records }: Row): boolean {
  const count = records[0]?.count ?? 0;
  if (count === 0 || records.length < count) return false;
  const state = decodeSnapshot(concatBytes(records.map(({ payload }) => payload)));
  if (!state) return false;
  try {
    Y.applyUpdateV2(doc, state, STORAGE_ORIGIN);
    return true;
  } catch {
    return false;
  }
}

/** Applies updates in whatever order they can be applied; returns how many could not. */
export function applyAll(guard: Guard, updates: readonly Uint8Array[]): number {
  let left = [...updates];
  guard.apply(STORAGE_ORIGIN, (admit) => {
    for (let before = -1; before !== left.length && left.length > 0;) {
      before = left.length;
      left = left.filter((update) => {
        const { kind } = admit(update, STORED_LIMITS);
        return kind === "waiting" || kind === "refused";
      });
    }
  });
  return left.length;
}
