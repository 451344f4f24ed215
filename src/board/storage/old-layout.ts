/*
 * A board as versions before 0.5.0 stored it: two generations that take turns, each a snapshot in parts of 40 kB
 * and a journal in two mirrors. It is only read, and moved to the layout of stored-set.ts.
 *
 * Its tables: s0, s1 for the snapshots of even and odd generations; j0a, j0b, j1a, j1b for their journals, each
 * twice. The board's id is in front.
 */
import * as Y from "yjs";
import { concatBytes } from "../../base/bytes.ts";
import { STORAGE_ORIGIN } from "../document/document.ts";
import type { Guard } from "../guard/guard.ts";
import { applyAll } from "./apply.ts";
import { decodeParts, decodeRecord } from "./record.ts";
import type { StoredRecord } from "./record.ts";
import { decodeSnapshot } from "./snapshot.ts";
import type { StoredCopy } from "./stored-set.ts";

/** The two copies of a journal, in tables of their own: the host rewrites, and can lose, a whole table. */
const MIRRORS = [0, 1] as const;
type Mirror = (typeof MIRRORS)[number];

function snapshotTable(boardId: string, generation: number): string {
  return `${boardId}-s${generation % 2}`;
}

function journalTable(boardId: string, generation: number, mirror: Mirror): string {
  return `${boardId}-j${generation % 2}${mirror === 0 ? "a" : "b"}`;
}

/** All of a board. */
export function oldTables(boardId: string): string[] {
  return MIRRORS.flatMap((parity) => [
    snapshotTable(boardId, parity),
    ...MIRRORS.map((mirror) => journalTable(boardId, parity, mirror)),
  ]);
}

function recordKey(index: number): string {
  return String(index);
}

/** What was found of a board. */
export interface OldBoard {
  /** There is, or was, something. */
  readonly isThere: boolean;
  /** Something that was stored is lost: no copy of it is intact. */
  readonly damaged: boolean;
  /** The values that are not what was stored. */
  readonly damagedValues: readonly Uint8Array[];
  /** Written by a newer version. */
  readonly newer: boolean;
  /** The storage did not answer, or with an error. */
  readonly failed: boolean;
}

/** What it is read into (ReadInto of set-reader.ts, which reads this). */
interface OldInto {
  readonly doc: Y.Doc;
  readonly guard: Guard;
  apply<T>(act: () => T): T;
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
export async function loadOldBoard(
  { storage, boardId }: StoredCopy,
  { doc, guard, apply }: OldInto,
): Promise<OldBoard> {
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
  const merged = journals.map(mergeRows).sort((a, b) => a.generation - b.generation);
  const { base, unused } = apply(() => {
    const intact = newestFirst.find((row) => applySnapshot(doc, row));
    const updates = merged.flatMap(({ records }) => records.flatMap(decodeParts));
    return { base: intact ? generationOf(intact) : 0, unused: applyAll(guard, updates) };
  });

  return {
    isThere: rows.some(({ records, end }) => records.length > 0 || end === "damaged"),
    // A torn snapshot is no loss while the one before it and both journals are there.
    damaged: unused > 0 || base < generation - 1 || merged.some((journal) => journal.damaged),
    damagedValues: rows.flatMap(({ damagedValue }) => damagedValue ?? []),
    newer: rows.some(({ end }) => end === "newer"),
    failed: rows.some(({ end }) => end === "failed"),
  };
}

function generationOf({ records }: Row): number {
  return records[0]?.sequence ?? 0;
}

interface MergedJournal {
  readonly generation: number;
  readonly records: readonly Uint8Array[];
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
  // Damage behind what the other copy has is a loss.
  const damaged = mirrors.some((row) => row.end === "damaged" && row.records.length === length);
  return { generation, records, damaged };
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
    record.sequence === first.sequence &&
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
