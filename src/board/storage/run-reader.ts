/*
 * Reads the runs of a stored board (stored-set.ts), all their parts at once, and of each part the twin where it
 * is not what it should be.
 */
import * as Y from "yjs";
import { concatBytes } from "../../base/bytes.ts";
import type { DeleteSet } from "../document/chunks.ts";
import type { StateVector } from "../document/state.ts";
import { decodeRecord } from "./record.ts";
import type { StoredRecord } from "./record.ts";
import { decodeSnapshot } from "./snapshot.ts";
import { partKey, PLACES, runTable, TWINS } from "./stored-set.ts";
import type { RunName, StoredCopy, Twin } from "./stored-set.ts";

/** A run, unpacked. */
export interface RunContent {
  /** V2. */
  readonly update: Uint8Array;
  /** Up to where it goes, of each session that it has something of. */
  readonly to: StateVector;
  readonly deletions: DeleteSet;
}

/** `lost`: neither twin is what it should be. */
export type ReadRun = RunContent | "lost" | "failed" | "newer";

/** What was found on the way. */
export interface Findings {
  /** Values that are not what was stored. */
  readonly damagedValues: Uint8Array[];
  /** Values to be written again, since their twin is intact. */
  readonly repairs: { readonly table: string; readonly key: string; readonly value: Uint8Array }[];
}

/** A longer one is none that a page writes. */
const MAX_PARTS = 1000;

type ReadValue =
  | { readonly kind: "record"; readonly record: StoredRecord; readonly value: Uint8Array }
  | { readonly kind: "none" | "other" | "failed" | "newer" };

async function readValue(
  { storage, boardId }: StoredCopy,
  table: string,
  key: string,
  { damagedValues }: Findings,
): Promise<ReadValue> {
  const result = await storage.read(table, key);
  if (!result.ok) return { kind: "failed" };
  const { value } = result;
  if (!value) return { kind: "none" };
  const decoded = decodeRecord(value, boardId);
  if (decoded.kind === "damaged") damagedValues.push(value);
  if (decoded.kind === "newer") return { kind: "newer" };
  if (decoded.kind !== "record" || decoded.record.kind !== "run") return { kind: "other" };
  return { kind: "record", record: decoded.record, value };
}

/** Never rejects. */
export async function readRun(copy: StoredCopy, run: RunName, findings: Findings): Promise<ReadRun> {
  const indices = Array.from({ length: Math.min(run.parts, MAX_PARTS) }, (_, index) => index);
  const parts = await Promise.all(indices.map((index) => readPart(copy, run, index, findings)));
  for (const trouble of ["newer", "failed", "lost"] as const) if (parts.includes(trouble)) return trouble;
  return contentOf(concatBytes(parts as Uint8Array[])) ?? "lost";
}

async function readPart(
  copy: StoredCopy,
  run: RunName,
  index: number,
  findings: Findings,
): Promise<Uint8Array | "lost" | "failed" | "newer"> {
  const key = partKey(index);
  let trouble: "lost" | "failed" | "newer" = "lost";
  for (const twin of TWINS) {
    const read = await readValue(copy, runTable(copy.boardId, run.place, twin), key, findings);
    if (read.kind === "failed" || read.kind === "newer") trouble = read.kind;
    if (read.kind !== "record" || !isOf(read.record, run, index)) continue;
    if (twin === 1 && trouble === "lost") {
      findings.repairs.push({ table: runTable(copy.boardId, run.place, 0), key, value: read.value });
    }
    return read.record.payload;
  }
  return trouble;
}

function isOf(record: StoredRecord, run: RunName, index: number): boolean {
  const { sequence, writer, count } = record;
  return record.index === index && sequence === run.sequence && writer === run.writer && count === run.parts;
}

/**
 * What is in any place, oldest first, where no head says what there is. The twins are read where there is a sign
 * that there ever was something: `isUsed`, or anything at all.
 */
export async function findRuns(
  copy: StoredCopy,
  isUsed: boolean,
  findings: Findings,
): Promise<{ readonly runs: RunName[]; readonly trouble: "none" | "damaged" | "failed" | "newer" }> {
  const readAll = (twin: Twin): Promise<{ readonly place: number; readonly value: ReadValue }[]> =>
    Promise.all(
      PLACES.map(async (place) => {
        const table = runTable(copy.boardId, place, twin);
        return { place, value: await readValue(copy, table, partKey(0), findings) };
      }),
    );
  const read = await readAll(0);
  if (isUsed || read.some(({ value }) => value.kind !== "none")) read.push(...(await readAll(1)));
  const newest = new Map<number, RunName>();
  for (const { place, value } of read) {
    if (value.kind !== "record") continue;
    const { sequence, writer, count, payload } = value.record;
    if (sequence < (newest.get(place)?.sequence ?? 0)) continue;
    newest.set(place, { place, sequence, writer, parts: count, bytes: count * payload.length });
  }
  const kinds = read.map(({ value }) => value.kind);
  const isUnread = PLACES.some((at) =>
    read.every(({ place, value }) => place !== at || value.kind === "failed"),
  );
  return {
    runs: [...newest.values()].sort((a, b) => a.sequence - b.sequence),
    trouble: kinds.includes("newer")
      ? "newer"
      : isUnread
        ? "failed"
        : kinds.includes("other")
          ? "damaged"
          : "none",
  };
}

/** Undefined where it cannot be read. */
export function contentOf(packed: Uint8Array): RunContent | undefined {
  const update = decodeSnapshot(packed);
  if (!update) return undefined;
  try {
    const { structs, ds } = Y.decodeUpdateV2(update);
    const to = new Map<number, number>();
    for (const { id, length } of structs) {
      to.set(id.client, Math.max(to.get(id.client) ?? 0, id.clock + length));
    }
    return { update, to, deletions: ds };
  } catch {
    return undefined;
  }
}

/** Looks at the twins that are not read while all is well; what is not what it should be is found. Never rejects. */
export async function checkTwins(
  copy: StoredCopy,
  runs: readonly RunName[],
  findings: Findings,
): Promise<void> {
  for (const run of runs) {
    for (let index = 0; index < Math.min(run.parts, MAX_PARTS); index++) {
      const key = partKey(index);
      const table = runTable(copy.boardId, run.place, 1);
      const twin = await readValue(copy, table, key, findings);
      if (twin.kind === "failed" || twin.kind === "newer") continue;
      if (twin.kind === "record" && isOf(twin.record, run, index)) continue;
      const first = await readValue(copy, runTable(copy.boardId, run.place, 0), key, findings);
      if (first.kind !== "record" || !isOf(first.record, run, index)) continue;
      findings.repairs.push({ table, key, value: first.value });
    }
  }
}
