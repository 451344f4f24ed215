/*
 * Reads the runs of a stored board (stored-set.ts), all their parts at once, and of each part the twin where it
 * is not what it should be.
 */
import * as Y from "yjs";
import { concatBytes } from "../../base/bytes.ts";
import type { ItemRanges } from "../document/arrival.ts";
import { itemsChangedBy } from "./changed-items.ts";
import { decodePieces, isPieced } from "./pieces.ts";
import type { RunHead } from "./pieces.ts";
import { decodeRecord } from "./record.ts";
import type { StoredRecord } from "./record.ts";
import { decodeSnapshot } from "./snapshot.ts";
import { partKey, PLACES, runTable, TWINS } from "./stored-set.ts";
import type { RunName, StoredCopy, Twin } from "./stored-set.ts";

/** A run, or the beginning of one of which more is lost. */
export interface RunContent extends Omit<RunHead, "changed"> {
  /** V2, each to be applied after those before it: unpacked when it is asked for, undefined where that fails. */
  readonly updates: readonly (() => Uint8Array | undefined)[];
  /** All of the run. */
  readonly isWhole: boolean;
  /** Items of which it says something besides their ink. */
  changed(): ItemRanges;
}

/** `lost`: neither twin is what it should be, from the beginning on. */
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
  turn?: () => Promise<void>,
): Promise<ReadValue> {
  const result = await storage.read(table, key);
  await turn?.();
  if (!result.ok) return { kind: "failed" };
  const { value } = result;
  if (!value) return { kind: "none" };
  const decoded = decodeRecord(value, boardId);
  if (decoded.kind === "damaged") damagedValues.push(value);
  if (decoded.kind === "newer") return { kind: "newer" };
  if (decoded.kind !== "record" || decoded.record.kind !== "run") return { kind: "other" };
  return { kind: "record", record: decoded.record, value };
}

/** Never rejects. `turn`: waits for a task of its own, for each part. */
export async function readRun(
  copy: StoredCopy,
  run: RunName,
  findings: Findings,
  turn?: () => Promise<void>,
): Promise<ReadRun> {
  const indices = Array.from({ length: Math.min(run.parts, MAX_PARTS) }, (_, index) => index);
  const part = { copy, findings, turn: indices.length > 1 ? turn : undefined };
  const parts = await Promise.all(indices.map((index) => readPart(part, run, index)));
  for (const trouble of ["newer", "failed"] as const) if (parts.includes(trouble)) return trouble;
  const lostAt = parts.indexOf("lost");
  // What comes before a part that is lost may still be something.
  const there = (lostAt < 0 ? parts : parts.slice(0, lostAt)) as Uint8Array[];
  return contentOf(concatBytes(there)) ?? "lost";
}

interface PartReading {
  readonly copy: StoredCopy;
  readonly findings: Findings;
  readonly turn: (() => Promise<void>) | undefined;
}

async function readPart(
  { copy, findings, turn }: PartReading,
  run: RunName,
  index: number,
): Promise<Uint8Array | "lost" | "failed" | "newer"> {
  const key = partKey(index);
  let trouble: "lost" | "failed" | "newer" = "lost";
  for (const twin of TWINS) {
    const read = await readValue(copy, runTable(copy.boardId, run.place, twin), key, findings, turn);
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
    const { sequence, writer, count, isPieced: isInPieces, payload } = value.record;
    if (sequence < (newest.get(place)?.sequence ?? 0)) continue;
    const bytes = count * payload.length;
    newest.set(place, { place, sequence, writer, parts: count, bytes, isPieced: isInPieces });
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
  return isPieced(packed) ? piecedContent(packed) : plainContent(packed);
}

function piecedContent(packed: Uint8Array): RunContent | undefined {
  const read = decodePieces(packed);
  if (!read) return undefined;
  const { pieces, changed, ...head } = read;
  return {
    ...head,
    updates: pieces.map((piece) => () => decodeSnapshot(piece)),
    changed: () => changed,
  };
}

function plainContent(packed: Uint8Array): RunContent | undefined {
  const update = decodeSnapshot(packed);
  if (!update) return undefined;
  try {
    const { structs, ds } = Y.decodeUpdateV2(update);
    const to = new Map<number, number>();
    for (const { id, length } of structs) {
      to.set(id.client, Math.max(to.get(id.client) ?? 0, id.clock + length));
    }
    const changed = (): ItemRanges => itemsChangedBy(structs);
    return { updates: [() => update], to, deletions: ds, changed, extent: undefined, isWhole: true };
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
