import * as Y from "yjs";
import type { ReadResult, Storage } from "../env/storage.ts";
import { concatBytes } from "../base/bytes.ts";
import { STORAGE_ORIGIN } from "./document.ts";
import type { Guard } from "./guard/guard.ts";
import type { ScanLimits } from "./guard/scan.ts";
import { decodeParts, decodeRecord } from "./record.ts";
import type { StoredRecord } from "./record.ts";
import { decodeSnapshot } from "./snapshot.ts";

/** The two kinds of tables of a board; each is there twice, for even and odd generations. */
export const SNAPSHOT = "s";
export const JOURNAL = "j";

/** Table names of one board share the id, so that boards never meet. */
export function tableName(boardId: string, kind: "s" | "j", generation: number): string {
  return `${boardId}-${kind}${generation % 2}`;
}

export function recordKey(index: number): string {
  return String(index);
}

/** What was found of a board. */
export interface StoredBoard {
  /** The newest generation that anything was found of; 0: none yet. */
  readonly generation: number;
  /** The snapshot of that generation is intact, or not needed. */
  readonly complete: boolean;
  /** Where the journal of that generation goes on. */
  readonly nextRecord: number;
  readonly journalBytes: number;
  readonly damaged: boolean;
  readonly failed: boolean;
}

interface Row {
  readonly records: readonly StoredRecord[];
  /** A value is there and is not an intact record. */
  readonly damaged: boolean;
  readonly failed: boolean;
}

/** One stored update may hold all that a contact sent at once. */
const STORED_LIMITS: ScanLimits = { bytes: 64 * 1024 * 1024, structs: 1_000_000 };

/** Read ahead in a journal: each answer takes its turn on the bridge. */
const READ_AHEAD = 4;

/**
 * Applies to `doc` everything intact that is stored of a board. What one generation misses the other
 * may have; updates that say nothing new do no harm.
 */
export async function loadBoard(
  storage: Storage,
  boardId: string,
  doc: Y.Doc,
  guard: Guard,
): Promise<StoredBoard> {
  const rows = await Promise.all(
    ([SNAPSHOT, JOURNAL] as const).flatMap((kind) =>
      [0, 1].map((generation) => readRow(storage, tableName(boardId, kind, generation), kind)),
    ),
  );
  const [evenSnapshot, oddSnapshot, evenJournal, oddJournal] = rows as [Row, Row, Row, Row];
  const failed = rows.some((row) => row.failed);
  const snapshots = [evenSnapshot, oddSnapshot].sort((a, b) => generationOf(b) - generationOf(a));
  const journals = [evenJournal, oddJournal].sort((a, b) => generationOf(b) - generationOf(a));
  const generation = Math.max(...rows.map(generationOf));

  const intact = snapshots.find((row) => applySnapshot(doc, row));
  const base = intact ? generationOf(intact) : 0;
  const updates = [...journals]
    .reverse()
    .flatMap((row) => row.records.flatMap(({ payload }) => decodeParts(payload)));
  const unused = applyAll(guard, updates);

  const newest = journals.find((row) => generationOf(row) === generation);
  return {
    generation,
    complete: base === generation,
    nextRecord: newest?.records.length ?? 0,
    journalBytes: (newest?.records ?? []).reduce((sum, { payload }) => sum + payload.length, 0),
    // A torn snapshot is no loss while the one before it and both journals are there.
    damaged: unused > 0 || base < generation - 1 || journals.some((row) => row.damaged),
    failed,
  };
}

function generationOf({ records }: Row): number {
  return records[0]?.generation ?? 0;
}

/** The records of a table from 0 on, of one generation, up to the first gap. */
async function readRow(storage: Storage, table: string, kind: "s" | "j"): Promise<Row> {
  const wanted = kind === SNAPSHOT ? "snapshot" : "journal";
  const records: StoredRecord[] = [];
  let want = 1;
  for (;;) {
    const from = records.length;
    const results = await Promise.all(
      Array.from({ length: want }, (_, i) => storage.read(table, recordKey(from + i))),
    );
    for (const result of results) {
      const read = readRecord(result, wanted, records);
      if (read.end) return { records, damaged: read.damaged, failed: read.failed };
      records.push(read.record);
      const { count } = read.record;
      if (count > 0 && records.length === count) return { records, damaged: false, failed: false };
    }
    const { count } = records[0]!;
    want = count > 0 ? count - records.length : READ_AHEAD;
  }
}

type ReadRecord =
  | { readonly end: false; readonly record: StoredRecord }
  | { readonly end: true; readonly damaged: boolean; readonly failed: boolean };

/** One value as the next record of a row, or why the row ends here. */
function readRecord(
  result: ReadResult,
  kind: StoredRecord["kind"],
  before: readonly StoredRecord[],
): ReadRecord {
  if (!result.ok) return { end: true, damaged: false, failed: true };
  if (!result.value) return { end: true, damaged: false, failed: false };
  const record = decodeRecord(result.value);
  if (!record) return { end: true, damaged: true, failed: false };
  const first = before[0] ?? record;
  const fits =
    record.kind === kind &&
    record.index === before.length &&
    record.generation === first.generation &&
    record.count === first.count;
  // A record that does not fit was left over by an older generation of the same table.
  return fits ? { end: false, record } : { end: true, damaged: false, failed: false };
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
function applyAll(guard: Guard, updates: readonly Uint8Array[]): number {
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
