/*
 * A board that is open, as named state: its first page with its document, guard and journal, its further pages, and
 * how far it is loaded. It changes in board-loading.ts; open-board.ts is its front.
 */
import type * as Y from "yjs";
import { delay } from "../base/delay.ts";
import type { ArrivalControl } from "../board/document/arrival.ts";
import type { BlobHash } from "../board/document/picture.ts";
import type { SizeLimits } from "../board/document/size.ts";
import type { Guard } from "../board/guard/guard.ts";
import { FIRST_DOCUMENT, INDEX_DOCUMENT } from "../board/document/document-number.ts";
import type { Carry } from "../board/storage/carry.ts";
import type { Journal } from "../board/storage/journal.ts";
import type { StoredReport } from "../board/storage/run-loading.ts";
import type { ReadHeads } from "../board/storage/set-reader.ts";
import { storedCopies } from "../board/storage/stored-copies.ts";
import type { Clock } from "../env/clock.ts";
import type { Env } from "../env/env.ts";
import type { Participants } from "../env/host.ts";
import { createAway } from "./away.ts";
import type { AwayControl } from "./away.ts";
import { finishRemoval } from "./board-removal.ts";
import { createBoardBlobs } from "./board-blobs.ts";
import type { BoardBlobs } from "./board-blobs.ts";
import { createBoardPages } from "./board-pages.ts";
import type { BoardPages } from "./board-pages.ts";
import { openKeptDocument } from "./kept-document.ts";
import type { Notice } from "./notice.ts";
import type { PersonPresence, RunningBoard } from "./running-board.ts";
import type { StoredBoards } from "./stored-boards.ts";
import type { UnstoredBoard, UnstoredWork } from "./unstored-work.ts";
import type { VoiceListener } from "../sync/voice/voice-talk.ts";
import type { Urgency } from "./urgency.ts";

export interface OpenBoardDeps {
  readonly env: Env;
  readonly participants: Participants;
  /** Of the board's size. */
  readonly limits: SizeLimits;
  /** Of a board that was open here before. */
  readonly before: UnstoredBoard | undefined;
  /** Whether what contacts say is read. */
  readonly listens: boolean;
  /** Nobody looks at this page when the board is opened. */
  readonly startsPaused: boolean;
  /** What the person did last: also before the board was loaded, or on the one before. */
  presence(): PersonPresence | undefined;
  /** The document broke; says whether the board is opened again. */
  wedged(): boolean;
  changed(urgency: Urgency): void;
  notice(notice: Notice): void;
  readonly calls: VoiceListener | undefined;
  /** All bytes of a picture are here. */
  blobCame(hash: BlobHash): void;
}

export interface BoardState {
  readonly deps: OpenBoardDeps;
  /** Of the first page. */
  readonly doc: Y.Doc;
  readonly guard: Guard;
  readonly arrival: ArrivalControl;
  readonly journal: Journal;
  readonly pages: BoardPages;
  readonly blobs: BoardBlobs;
  readonly away: AwayControl;
  /** Documents that the storage does not take. */
  readonly failing: Set<number>;
  running: RunningBoard | undefined;
  carry: Carry | undefined;
  storedBoards: StoredBoards | undefined;
  /** Of a document in whose place this one is, until it is taken over. */
  before: UnstoredWork | undefined;
  /** Nobody looks. */
  isPaused: boolean;
  isClosed: boolean;
  /** A document broke, and another board is opened in place of this one. */
  isReplaced: boolean;
  isLoaded: boolean;
  /** Contacts get at it: it is loaded, and so is what was noted of people, or that takes long. */
  isMeeting: boolean;
  /** It runs although it is not loaded. */
  isAhead: boolean;
}

export function createBoardState(deps: OpenBoardDeps): BoardState {
  const { env, participants, limits } = deps;
  const wedged = (): void => {
    state.isReplaced = deps.wedged();
  };
  const copies = storedCopies(env, participants);
  const { begun, begin } = createBeginning(env.clock, () =>
    finishRemoval({ env, copies, isOver: () => state.isClosed }),
  );
  const { doc, guard, arrival, journal } = openKeptDocument({
    env,
    copies,
    limits,
    holds: "page",
    onWedged: wedged,
    begun: begin,
    isAlone: () => state.pages.isAlone(),
  });
  const away = createAway({
    clock: env.clock,
    isOwn: (session) => participants.own !== undefined && state.pages.author(session) === participants.own,
    changed: () => changed(state, "soon"),
  });
  const state: BoardState = {
    deps,
    doc,
    guard,
    arrival,
    journal,
    pages: createBoardPages({
      env,
      copies,
      first: { journal, begun },
      limits,
      before: deps.before?.further ?? new Map<number, UnstoredWork>(),
      wedged,
      onPage: { turned: () => tellPresence(state), whole: away.follow },
      changed(urgency) {
        state.blobs.pagesChanged();
        changed(state, urgency);
      },
      notice: deps.notice,
      trouble: (document, now) => trouble(state, document, now),
      report: (document, report) => reported(state, document, report),
      onError: errorsOf({ deps }),
    }),
    blobs: createBoardBlobs({
      env,
      copy: copies[0],
      isGone: (page) => state.pages.isGone(page),
    }),
    away,
    failing: new Set(),
    running: undefined,
    carry: undefined,
    storedBoards: undefined,
    before: deps.before?.first,
    isPaused: deps.startsPaused,
    isClosed: false,
    isReplaced: false,
    isLoaded: false,
    isMeeting: false,
    isAhead: false,
  };
  state.blobs.store.onChange((hash) => {
    if (hash !== undefined) deps.blobCame(hash);
    changed(state, "soon");
  });
  journal.onTrouble((now) => trouble(state, FIRST_DOCUMENT, now));
  journal.onMirrored(() => deps.changed("soon"));
  return state;
}

export function errorsOf({ deps }: Pick<BoardState, "deps">): (error: unknown) => void {
  return (error) => deps.env.log.warn("session: a part failed", error);
}

export function changed({ deps, isClosed }: BoardState, urgency: Urgency): void {
  if (!isClosed) deps.changed(urgency);
}

/** One notice for as long as any document cannot be kept. */
function trouble({ deps, failing, pages }: BoardState, document: number, now: "failed" | "recovered"): void {
  const were = failing.size > 0;
  if (now === "failed") failing.add(document);
  else failing.delete(document);
  // It is not well before the index was read, too: else it would be told by turns.
  if (now === "failed" && !pages.isRead()) failing.add(INDEX_DOCUMENT);
  if (were !== failing.size > 0) deps.notice({ kind: `storage-${now}` });
}

/** What there is to say of a document that was just read. */
export function reported(
  state: BoardState,
  document: number,
  { newer, damaged, failed }: StoredReport,
): void {
  const { notice } = state.deps;
  if (newer) notice({ kind: "update-needed", address: undefined });
  if (damaged) notice({ kind: "storage-damaged" });
  if (failed) trouble(state, document, "failed");
  else if (state.failing.has(document)) trouble(state, document, "recovered");
}

/** What the person does, on the page that is shown. */
export function tellPresence({ deps, pages, running, isMeeting }: BoardState): void {
  const presence = deps.presence();
  if (isMeeting && presence) running!.replica.setPresence({ ...presence, document: pages.document() });
}

/** Before a board that was removed is opened anew, what is left of it goes: `finish`. */
function createBeginning(
  clock: Clock,
  finish: () => Promise<void>,
): {
  readonly begun: Promise<ReadHeads>;
  begin(heads: ReadHeads): Promise<void>;
} {
  let settle: (heads: ReadHeads) => void = () => undefined;
  const begun = new Promise<ReadHeads>((resolve) => {
    settle = resolve;
  });
  return {
    begun,
    async begin(heads) {
      if (heads.isRemoved) await finish();
      settle(heads);
      // What is read of the others first is little, and does not stand in line behind this page's ink.
      await delay(clock, 0);
    },
  };
}
