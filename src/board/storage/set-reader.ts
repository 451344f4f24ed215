/*
 * Puts a board together from what is stored of it (stored-set.ts).
 *
 *     both heads --the newer one--> its runs, then what is recent --all there--> whole
 *         \                              | something is lost
 *          \                             v
 *           +--none is left---> the other head, and whatever is in any place
 *                                        | nothing there either
 *                                        v
 *                                 the layout before 0.5.0
 */
import { equalBytes } from "../../base/bytes.ts";
import type { DeleteSet } from "../document/chunks.ts";
import { applyRest } from "./apply.ts";
import { applyRun, loadOld, loadRuns, updatesOf } from "./run-loading.ts";
import type { ReadInto, Run, StoredReport } from "./run-loading.ts";
import { contentOf, findRuns, readRun } from "./run-reader.ts";
import type { Findings, RunContent } from "./run-reader.ts";
import {
  decodeHead,
  equalHeads,
  HEAD_KEY,
  headTable,
  isRemoval,
  isSameRun,
  OLD_LAYOUT,
  TWINS,
} from "./stored-set.ts";
import type { Head, StoredCopy, Twin } from "./stored-set.ts";

/** A head as it was read or written last. */
export interface TwinState {
  /** null: nothing is there. Undefined: it could not be read, so it must not be overwritten. */
  value: Uint8Array | null | undefined;
  head: Head | undefined;
}

export interface LoadedSet extends StoredReport, Findings {
  readonly twins: readonly [TwinState, TwinState];
  readonly runs: Run[];
  /** Of the list of runs. */
  readonly version: number;
  /** The runs are not what a page wrote one after the other: they are to be made one. */
  readonly isLoose: boolean;
  /** What is deleted in what is in no run. */
  readonly deleted: readonly DeleteSet[];
  /** Something is on the board that neither head has. */
  readonly isMore: boolean;
  /** It is not known what there is: nothing may be written. */
  readonly isUnsure: boolean;
}

/** What the heads say of the whole board. */
export interface ReadHeads {
  /** It was removed from this device, and not all of it is emptied yet. */
  readonly isRemoved: boolean;
  /** As Head has it, of the newest. */
  readonly isAlone: boolean;
}

/** Reads a head; never rejects. */
export async function readHead(
  { storage, boardId }: StoredCopy,
  twin: Twin,
  { damagedValues }: Findings,
): Promise<TwinState & { readonly isNewer: boolean; readonly isDamaged: boolean }> {
  const result = await storage.read(headTable(boardId, twin), HEAD_KEY);
  const value = result.ok ? result.value : undefined;
  if (!value) return { value, head: undefined, isNewer: false, isDamaged: false };
  const decoded = decodeHead(value, boardId);
  if (decoded.kind === "damaged") damagedValues.push(value);
  const head = decoded.kind === "head" ? decoded.head : undefined;
  return { value, head, isNewer: decoded.kind === "newer", isDamaged: !head };
}

/**
 * Applies to the document everything intact that is stored of a board. Never rejects. `begun`: the heads are read;
 * nothing else is read before that settles.
 */
export async function loadSet(
  copy: StoredCopy,
  board: ReadInto,
  begun?: (heads: ReadHeads) => Promise<void>,
): Promise<LoadedSet> {
  const findings: Findings = { damagedValues: [], repairs: [] };
  const [first, second] = await Promise.all(TWINS.map((twin) => readHead(copy, twin, findings)));
  const twins = [first!, second!] as const;
  const heads = twins.flatMap(({ head }) => head ?? []).sort(newestFirst);
  const failed = twins.some(({ value }) => value === undefined);
  const nothing = {
    ...{ ...findings, twins, runs: [], version: 0, isLoose: false, deleted: [], isMore: false },
    ...{ damaged: false, newer: false, failed, isUnsure: false },
  };
  const isRemoved = heads[0] !== undefined && isRemoval(heads[0]);
  const isNewer = twins.some((twin) => twin.isNewer);
  // A head that could not be read may say that the board came back.
  const isUnsure = isRemoved ? failed : twins.every(({ value }) => value === undefined);
  if (isUnsure && !isNewer) return { ...nothing, isUnsure };
  // When everything is emptied both say so.
  const isEmptied = twins.every(({ head }) => head && isRemoval(head));
  await begun?.({
    isRemoved: isRemoved && !isEmptied && !isNewer,
    isAlone: heads[0]?.isAlone === true && !isRemoved,
  });
  if (isNewer) return { ...nothing, newer: true };
  if (isRemoved) heads.length = 1;
  const isHeadDamaged = twins.some(({ isDamaged }) => isDamaged);
  const found =
    heads.length > 0
      ? await loadHeads(copy, board, heads, findings)
      : await loadWithoutHead(copy, board, isHeadDamaged, findings);
  return { ...nothing, ...found, failed: failed || found.failed };
}

/** Of two of one number the order only has to be the same everywhere. */
export function newestFirst(a: Head, b: Head): number {
  return b.sequence - a.sequence || b.writer - a.writer;
}

type Found = StoredReport & Omit<LoadedSet, "twins" | keyof Findings>;

async function loadHeads(
  copy: StoredCopy,
  board: ReadInto,
  heads: readonly Head[],
  findings: Findings,
): Promise<Found> {
  const [newest, older] = heads as [Head, Head | undefined];
  const recent = contentOf(newest.recent);
  const loaded = await loadRuns(copy, board, newest.runs, findings, recent);
  const { runs, newer, rest } = loaded;
  const deleted: DeleteSet[] = [];
  let isWhole = runs.every(({ state }) => state === "here");
  if (recent) {
    deleted.push(recent.deletions);
    if (!isWhole || (await applyRun(board, recent, false))) rest.push(recent);
  } else if (newest.recent.length > 0) isWhole = false;
  const isUnread = runs.some(({ state }) => state === "unread");
  // Of one writer the newer head has all that the older one had; but another page knows other things.
  const isOther = older !== undefined && older.writer !== newest.writer && !equalHeads(older, newest);
  if (older && (!isWhole || isOther)) {
    const others = await readOthers(copy, older, runs, findings);
    rest.push(...others.contents);
    isWhole ||= others.isWhole && !isUnread && older.version < newest.version;
  }
  const isLost = !isWhole && !isUnread;
  if (isLost) rest.push(...(await everything(copy, findings)));
  deleted.push(...rest.map(({ deletions }) => deletions));
  board.apply(() => applyRest(board.guard, updatesOf(rest)));
  const damaged = isLost || loaded.damaged;
  const isLoose = runs.some(({ state }) => state === "lost");
  const said = { damaged, newer, failed: isUnread, isUnsure: false };
  return { ...said, runs, version: newest.version, isLoose, deleted, isMore: rest.length > 0 };
}

/**
 * What another head leads to, beyond these runs: what is not applied yet, and its list as far as it could
 * be read. Never rejects.
 */
export async function readOthers(
  copy: StoredCopy,
  { runs, recent }: Head,
  known: readonly Run[],
  findings: Findings,
): Promise<{ readonly contents: RunContent[]; readonly runs: Run[]; readonly isWhole: boolean }> {
  const contents: RunContent[] = [];
  const list = await Promise.all(
    runs.map(async (name): Promise<Run | undefined> => {
      const own = known.find((each) => isSameRun(each.name, name));
      if (own || name.place === OLD_LAYOUT) return own;
      const content = await readRun(copy, name, findings);
      if (typeof content === "string") return undefined;
      contents.push(content);
      if (!content.isWhole) return undefined;
      return { name, state: "here", to: content.to, deletions: content.deletions };
    }),
  );
  const content = contentOf(recent);
  if (content) contents.push(content);
  const found = list.flatMap((each) => each ?? []);
  return { contents, runs: found, isWhole: list.every((each) => each?.state === "here") };
}

/** Of everything that is in any place what can be read. */
async function everything(copy: StoredCopy, findings: Findings): Promise<RunContent[]> {
  const { runs } = await findRuns(copy, true, findings);
  const read = await Promise.all(runs.map((name) => readRun(copy, name, findings)));
  return read.flatMap((each) => (typeof each === "string" ? [] : each));
}

const NOTHING_FOUND: Found = {
  ...{ runs: [], version: 0, isLoose: false, deleted: [], isMore: false },
  ...{ damaged: false, newer: false, failed: false, isUnsure: false },
};

async function loadWithoutHead(
  copy: StoredCopy,
  board: ReadInto,
  isHeadDamaged: boolean,
  findings: Findings,
): Promise<Found> {
  if (!isHeadDamaged && copy.wasStored?.() === false) return NOTHING_FOUND;
  const [{ runs: names, trouble }, old] = await Promise.all([
    findRuns(copy, isHeadDamaged, findings),
    copy.wasStored ? undefined : loadOld(copy, board, findings),
  ]);
  const { runs, newer, rest } = await loadRuns(copy, board, names, findings);
  board.apply(() => applyRest(board.guard, updatesOf(rest)));
  const isLost = names.length > 0 || isHeadDamaged || trouble === "damaged";
  const isOld = old !== undefined && (old.isThere || old.failed);
  return {
    runs: isOld ? [old.run, ...runs] : runs,
    version: Math.max(0, ...names.map(({ sequence }) => sequence)),
    newer: newer || old?.newer === true || trouble === "newer",
    damaged: old?.damaged === true || isLost,
    isLoose: names.length > 0,
    failed: old?.failed === true || trouble === "failed" || runs.some(({ state }) => state === "unread"),
    deleted: rest.map(({ deletions }) => deletions),
    isMore: names.length > 0 || rest.length > 0,
    isUnsure: trouble === "failed",
  };
}

/** Whether a head that was read is what was read or written before. */
export function isKnown({ value }: TwinState, now: Uint8Array | null): boolean {
  return value === now || (!!value && !!now && equalBytes(value, now));
}
