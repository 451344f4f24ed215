/*
 * Writes the heads of a stored board (stored-set.ts). Before a head is overwritten it is read: another page may
 * have written there, and then what that page knows is taken over first. Only where the page may be killed at any
 * moment is it written unread; the other head is then left as it is.
 */
import type { Clock } from "../../env/clock.ts";
import type { Log } from "../../env/log.ts";
import { applyRest } from "./apply.ts";
import type { Findings } from "./run-reader.ts";
import { isLongSince } from "./run-content.ts";
import { updatesOf } from "./run-loading.ts";
import { isKnown, readHead, readOthers } from "./set-reader.ts";
import type { ReadInto } from "./run-loading.ts";
import { endOf, hasAll, markStale, packSince } from "./set-state.ts";
import type { SetState, TwinWriting } from "./set-state.ts";
import { encodeHead, HEAD_KEY, headTable, partBytesOf } from "./stored-set.ts";
import type { Head, StoredCopy, Twin } from "./stored-set.ts";

export interface HeadWriter {
  /** Brings one head up to date, after a look at it. Never rejects. */
  save(twin: Twin): Promise<void>;
  /** Brings one head up to date at once. */
  write(twin: Twin): Promise<void>;
  /** Reads a head, and takes over what another page wrote there; false where it could not be read. */
  look(twin: Twin): Promise<boolean>;
  /** Another page wrote here lately, and it is that one which makes runs. */
  hasPrecedent(): boolean;
}

export interface HeadWriterDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly copy: StoredCopy;
  readonly board: ReadInto;
  readonly state: SetState;
  readonly findings: Findings;
  isClosed(): boolean;
  /** As Head has it. */
  isAlone(): boolean;
  /** What is recent does not fit into a head: makes it a run. */
  makeRoom(): void;
  /** The same, in tasks. */
  makeRoomSoon(): Promise<void>;
  /** The list of runs is another page's now. */
  adopted(): void;
  /** A newer version wrote here. */
  newer(): void;
}

const RETRY_MS = 5000;
/** A page that wrote here within this time may still be there. */
const RIVAL_MS = 60_000;

export function createHeadWriter(deps: HeadWriterDeps): HeadWriter {
  const { clock, log, copy, board, state, findings } = deps;
  const { storage, boardId } = copy;
  /** When other pages were seen to have written, by their sessions. */
  const rivals = new Map<number, number>();

  function failed(twin: TwinWriting, error: string): void {
    log.warn(`storage: a head cannot be used: ${error}`);
    twin.hasFailed = true;
    twin.restsUntil = clock.now() + RETRY_MS;
  }

  async function look(at: Twin): Promise<boolean> {
    const twin = state.twins[at];
    const { value, head, isNewer } = await readHead(copy, at, findings);
    if (isNewer) deps.newer();
    if (value === undefined || isNewer || deps.isClosed()) return false;
    const isNews = !isKnown(twin, value);
    Object.assign(twin, { value, head });
    if (!isNews) return true;
    if (!head) twin.lacks = true;
    else if (head.writer !== board.doc.clientID) {
      await takeOver(head);
      // Two pages may have written at the same time, each without having seen the other one's.
      if (!hasAll(state, board.doc, head)) twin.lacks = true;
    }
    return !deps.isClosed();
  }

  async function takeOver(head: Head): Promise<void> {
    rivals.set(head.writer, clock.now());
    state.sequence = Math.max(state.sequence, head.sequence);
    const { contents, runs, isWhole } = await readOthers(copy, head, state.runs, findings);
    if (deps.isClosed()) return;
    applyRest(board.guard, updatesOf(contents));
    const isNewer = head.version > state.version;
    const isRival = head.version === state.version && head.writer > board.doc.clientID;
    if (!isWhole || !(isNewer || isRival) || isSameList(head)) return;
    // What the other page's runs lack of these is recent again.
    const dropped = state.runs.filter((each) => !runs.includes(each));
    state.deleted.push(...dropped.map(({ deletions }) => deletions));
    state.runs = runs;
    state.version = head.version;
    markStale(state);
    deps.adopted();
  }

  function isSameList({ version, runs }: Head): boolean {
    return version === state.version && runs.every(({ place }, i) => state.runs[i]?.name.place === place);
  }

  async function write(at: Twin): Promise<void> {
    const twin = state.twins[at];
    let recent = packSince(board.doc, state.runs, state.deleted);
    if (recent.length > partBytesOf(storage)) {
      deps.makeRoom();
      recent = packSince(board.doc, state.runs, state.deleted);
    }
    state.recentBytes = recent.length;
    if (recent.length > partBytesOf(storage)) return failed(twin, "there is too much for it");
    const sequence = ++state.sequence;
    const runs = state.runs.map(({ name }) => name);
    const { version } = state;
    const isAlone = deps.isAlone();
    const head: Head = { sequence, writer: board.doc.clientID, version, runs, recent, isAlone };
    const value = encodeHead(head, boardId);
    if (twin.head?.version !== head.version) twin.namesSince = clock.now();
    Object.assign(twin, { value, head, lacks: false, isStale: false, writtenAt: clock.now() });
    twin.unanswered++;
    const result = await storage.write(headTable(boardId, at), HEAD_KEY, value);
    twin.unanswered--;
    if (result.ok) {
      twin.hasFailed = false;
      return;
    }
    twin.lacks = true;
    failed(twin, result.error);
  }

  return {
    look,
    write,
    async save(at) {
      const twin = state.twins[at];
      twin.isBusy = true;
      if (await look(at)) {
        // As a late joiner's whole board, or a large drawing that is pasted.
        if (isLongSince(board.doc, endOf(state.runs))) await deps.makeRoomSoon();
        if (!deps.isClosed()) await write(at);
      } else if (!deps.isClosed()) failed(twin, "it was not read");
      twin.isBusy = false;
    },
    hasPrecedent: () =>
      [...rivals].some(([writer, at]) => writer > board.doc.clientID && at > clock.now() - RIVAL_MS),
  };
}
