/*
 * Reads runs of a stored board (stored-set.ts) that follow each other, and puts them on the document. A long one comes
 * in pieces, each in a task of its own; what is to be known of all before is told first (arrival.ts).
 */
import type * as Y from "yjs";
import type { ArrivalControl } from "../document/arrival.ts";
import type { DeleteSet } from "../document/chunks.ts";
import { stateVectorOf } from "../document/state.ts";
import type { StateVector } from "../document/state.ts";
import type { Guard } from "../guard/guard.ts";
import { applyPart } from "./apply.ts";
import { loadOldBoard } from "./old-layout.ts";
import { readRun } from "./run-reader.ts";
import type { Findings, ReadRun, RunContent } from "./run-reader.ts";
import { OLD_LAYOUT } from "./stored-set.ts";
import type { RunName, StoredCopy } from "./stored-set.ts";

/** A run of the list that the heads have. */
export interface Run {
  readonly name: RunName;
  /** `unread`: the storage failed, and is asked again; `lost`: it is damaged, or what it builds on is. */
  state: "here" | "unread" | "lost";
  /** Where it is here: up to where it goes, and what it deletes. */
  to: StateVector;
  deletions: DeleteSet;
}

/** How reading a stored board went. */
export interface StoredReport {
  /** Something that was stored could not be read, and no other copy of it is intact. */
  readonly damaged: boolean;
  /** A newer version wrote here: nothing may be stored, so that nothing of it is lost. */
  readonly newer: boolean;
  /** The storage did not answer, or with an error: there may be more. */
  readonly failed: boolean;
}

/** What a stored board is read into. */
export interface ReadInto {
  readonly doc: Y.Doc;
  readonly guard: Guard;
  /** Runs what changes the document. */
  apply<T>(act: () => T): T;
  /** Where somebody sees it meanwhile. */
  readonly arrival?: ArrivalControl;
  /** Waits for a task of its own. Absent: nobody cares how long one takes. */
  readonly turn?: () => Promise<void>;
  /** After the first piece: until its ink is seen, since engines may run many tasks before they show anything. */
  readonly untilSeen?: () => Promise<void>;
}

const NOTHING: DeleteSet = { clients: new Map() };

export interface LoadedRuns extends Pick<StoredReport, "newer" | "damaged"> {
  readonly runs: Run[];
  /** What could not be applied, as far as it is known. */
  readonly rest: RunContent[];
}

/** Reads runs that follow each other, before what is `recent`, and applies each whose ground is there. */
export async function loadRuns(
  copy: StoredCopy,
  board: ReadInto,
  names: readonly RunName[],
  findings: Findings,
  recent?: RunContent,
): Promise<LoadedRuns> {
  const rest: RunContent[] = [];
  let newer = false;
  let damaged = false;
  const old = names.some(({ place }) => place === OLD_LAYOUT)
    ? await loadOld(copy, board, findings)
    : undefined;
  const contents = await Promise.all(
    names.map(async (name) =>
      name.place === OLD_LAYOUT ? undefined : readRun(copy, name, findings, board.turn),
    ),
  );
  const isLong = tellWhatComes(board, [...contents, recent]);
  let isGround = true;
  const runs: Run[] = [];
  for (const [i, name] of names.entries()) {
    const content = contents[i];
    if (content === undefined) {
      newer ||= old!.newer;
      damaged ||= old!.damaged;
      isGround &&= old!.run.state === "here";
      runs.push(old!.run);
      continue;
    }
    newer ||= content === "newer";
    const left = typeof content === "string" || !isGround ? content : await applyRun(board, content, isLong);
    if (typeof content !== "string" && !left) {
      runs.push({ name, state: "here", to: content.to, deletions: content.deletions });
      continue;
    }
    isGround = false;
    if (typeof left === "object") rest.push(left);
    const isUnread = content === "failed" || content === "newer";
    runs.push({ name, state: isUnread ? "unread" : "lost", to: new Map(), deletions: NOTHING });
  }
  // What waits for a run that may still be read may still be read, too.
  if (runs.some(({ state }) => state === "unread")) {
    for (const run of runs) if (run.state === "lost") run.state = "unread";
  }
  return { runs, newer, damaged, rest };
}

/** Says whether what comes is so long that it comes in tasks of its own. */
function tellWhatComes({ arrival }: ReadInto, contents: readonly (ReadRun | undefined)[]): boolean {
  const read = contents.flatMap((each) => (typeof each === "object" ? each : []));
  const isLong = read.some(({ updates }) => updates.length > 1);
  if (isLong) {
    const extents = read.flatMap(({ extent }) => extent ?? []);
    arrival?.expect(
      read.map((each) => each.changed()),
      extents.at(-1),
    );
  }
  return isLong;
}

/**
 * Applies a run whose ground is there, where it is `isLong` each piece in a task of its own. Returns what of it could
 * not be applied, be it that nothing more is known of it; undefined: it is there.
 */
export async function applyRun(
  board: ReadInto,
  content: RunContent,
  isLong: boolean,
): Promise<RunContent | undefined> {
  const { updates, isWhole } = content;
  for (const [i, unpack] of updates.entries()) {
    if (isLong) await board.turn?.();
    const update = unpack();
    if (!update || !board.apply(() => applyPart(board.doc, update)))
      return { ...content, updates: updates.slice(i) };
    if (isLong) await board.untilSeen?.();
  }
  return isWhole ? undefined : { ...content, updates: [] };
}

/** As far as they can be unpacked. */
export function updatesOf(contents: readonly RunContent[]): Uint8Array[] {
  return contents.flatMap(({ updates }) => updates.flatMap((unpack) => unpack() ?? []));
}

/** A board of the layout before 0.5.0, as the first run. */
export async function loadOld(
  copy: StoredCopy,
  board: ReadInto,
  { damagedValues }: Findings,
): Promise<StoredReport & { readonly isThere: boolean; readonly run: Run }> {
  const { doc } = board;
  const before = stateVectorOf(doc);
  const report = await loadOldBoard(copy, board);
  damagedValues.push(...report.damagedValues);
  // What was on the board before, or came meanwhile, may not be stored there.
  const to = new Map(stateVectorOf(doc));
  for (const client of [...before.keys(), doc.clientID]) to.delete(client);
  const name = { place: OLD_LAYOUT, sequence: 0, writer: 0, parts: 0, bytes: 0, isPieced: false };
  const run: Run = { name, state: report.failed ? "unread" : "here", to, deletions: NOTHING };
  return { ...report, run };
}
