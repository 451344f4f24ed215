/*
 * The board of one set of participants, from the first look into the storage to the page's end. It has a
 * document, a guard and a journal at once; people get at it when it is loaded, or before where that takes a while or
 * is done in pieces: what they draw then is on the board with what comes. Contacts get at it when it is loaded.
 *
 *     loading --stored copies read--> running --close or leave--> closed
 *        |  \                            |
 *     0.1 s  +-- the document broke -----+--> replaced: the next one takes over what is not stored
 *        v
 *     running ahead --stored copies read--> running
 */
import * as Y from "yjs";
import { createArrival } from "../board/document/arrival.ts";
import { causalChunks } from "../board/document/chunks.ts";
import { assignClient, createDocument } from "../board/document/document.ts";
import type { SizeLimits } from "../board/document/size.ts";
import { stateVectorOf } from "../board/document/state.ts";
import { createGuard } from "../board/guard/guard.ts";
import type { Guard } from "../board/guard/guard.ts";
import { createCarry } from "../board/storage/carry.ts";
import type { Carry } from "../board/storage/carry.ts";
import { createJournal } from "../board/storage/journal.ts";
import type { Journal, JournalDeps } from "../board/storage/journal.ts";
import type { StoredReport } from "../board/storage/run-loading.ts";
import { applyAll } from "../board/storage/apply.ts";
import { storedCopies } from "../board/storage/stored-copies.ts";
import { unsyncedWrites } from "../board/writing/rescue.ts";
import type { BoardHandle } from "../board/yjs-board.ts";
import type { Env } from "../env/env.ts";
import type { Address, Participants } from "../env/host.ts";
import type { Presence } from "../sync/wire/presence-frame.ts";
import type { Notice } from "./notice.ts";
import { createRunningBoard } from "./running-board.ts";
import type { RunningBoard, Urgency } from "./running-board.ts";

/** What a board has that may not be stored: for the one that is opened in its place. Also after closing. */
export interface UnstoredWork {
  /** Adds to a loaded board what this one has beyond it. */
  addTo(doc: Y.Doc, guard: Guard): void;
  /** After that: draws this page's ink again where the other board did not take it. */
  redrawIn(doc: Y.Doc, handle: BoardHandle): void;
}

/** What exists while the app is open with one set of participants. */
export interface OpenBoard {
  readonly participants: Participants;
  /** Undefined: it is being loaded, and that may take a moment only. */
  running(): RunningBoard | undefined;
  /** What was stored is on it, or could not be read. */
  isLoaded(): boolean;
  /** Undefined: it is not known yet whether there is anything to copy here. */
  carry(): Pick<Carry, "offer" | "answer"> | undefined;
  readonly unstored: UnstoredWork;
  /** It is loaded, and the storage has taken everything. */
  isStored(): boolean;
  receive(sender: Address, text: string): void;
  /** Nobody looks any more, perhaps for ever: everything is written and sent. */
  pause(): void;
  resume(): void;
  /** Like `pause`, for good: the messenger takes nothing more after the page has left. */
  leave(): void;
  close(): void;
}

export interface OpenBoardDeps {
  readonly env: Env;
  readonly participants: Participants;
  /** Of the board's size. */
  readonly limits: SizeLimits;
  /** Of a board that was open here before. */
  readonly before: UnstoredWork | undefined;
  /** Whether what contacts say is read. */
  readonly listens: boolean;
  /** Nobody looks at this page when the board is opened. */
  readonly startsPaused: boolean;
  /** What the person did last: also before the board was loaded, or on the one before. */
  presence(): Presence | undefined;
  /** The document broke; says whether the board is opened again. */
  wedged(): boolean;
  changed(urgency: Urgency): void;
  notice(notice: Notice): void;
}

/** Milliseconds for the storage, after which a person may draw all the same. */
const STORAGE_PATIENCE = 100;

export function openBoard(deps: OpenBoardDeps): OpenBoard {
  const { env, participants, listens, limits } = deps;
  const { clock, log } = env;
  const onError = (error: unknown): void => log.warn("session: a part failed", error);
  const doc = createDocument();
  let isReplaced = false;
  const guard = createGuard({ doc, onWedged: () => (isReplaced = deps.wedged()), limits });
  const arrival = createArrival(onError);
  const journal = openJournal(deps, { doc, guard, arrival });
  let running: RunningBoard | undefined;
  let carry: Carry | undefined;
  let before = deps.before;
  let isPaused = deps.startsPaused;
  let isClosed = false;
  let isLoaded = false;
  const attempt = attemptOr(onError);

  function run(): RunningBoard {
    guard.setOwnClient(assignClient(doc, () => env.random.uint32()));
    running = createRunningBoard({
      env,
      doc,
      guard,
      participants,
      limits,
      arrival,
      restore(handle) {
        before?.redrawIn(doc, handle);
        before = undefined;
      },
      strokeEnded: journal.hasten,
      changed(urgency) {
        if (!isClosed) deps.changed(urgency);
      },
      notice: deps.notice,
      onError,
    });
    return running;
  }

  function runAhead(): void {
    // What another document had comes on top of what is stored.
    if (isClosed || isReplaced || running || before) return;
    run();
    deps.changed("now");
  }

  const cancelAhead = clock.after(STORAGE_PATIENCE, runAhead);
  arrival.onExpected(runAhead);

  const loaded = (report: StoredReport): void => {
    if (isClosed || isReplaced) return;
    const board = running!;
    isLoaded = true;
    introduce(board, deps.presence(), isPaused);
    board.tellFormat();
    deps.changed("now");
    // Where a newer version wrote, nothing is stored, so nothing is brought either.
    if (!report.newer) carry = startCarry({ deps, doc, guard, journal, board, isPaused: () => isPaused });
    for (const notice of noticesOf(report, deps)) deps.notice(notice);
  };

  // A task for each of what takes a while on a slow phone: reading, what is made of it, and showing that.
  void journal.load().then((report) => {
    cancelAhead();
    clock.after(0, () => {
      if (isClosed || isReplaced) return;
      before?.addTo(doc, guard);
      if (isReplaced) return;
      running ??= run();
      clock.after(0, () => loaded(report));
    });
  });

  return {
    participants,
    running: () => running,
    isLoaded: () => isLoaded,
    carry: () => carry,
    unstored: unstoredOf(doc, () => before, attempt),
    isStored: () => isLoaded && journal.isMirrored(),
    receive(sender, text) {
      if (listens && isLoaded) running?.replica.receive(sender, text);
    },
    pause() {
      isPaused = true;
      if (isLoaded) running?.replica.pause();
      journal.flush();
      carry?.flush();
    },
    resume() {
      isPaused = false;
      if (isLoaded) running?.replica.announce();
    },
    leave() {
      // A board that is still being loaded will not be.
      isClosed = true;
      if (isLoaded) running?.replica.pause();
      journal.close();
      carry?.close();
    },
    close() {
      isClosed = true;
      const parts = [
        // Also of a broken document: what waits is put into it, and goes along to the next one.
        () => running?.replica.pause(),
        () => journal.close(),
        () => carry?.close(),
        () => running?.replica.close(),
        () => running?.close(),
        () => guard.close(),
        () => doc.destroy(),
      ];
      for (const part of parts) attempt(part);
    },
  };
}

function openJournal(
  { env, participants, notice, changed }: OpenBoardDeps,
  on: Required<Pick<JournalDeps, "doc" | "guard" | "arrival">>,
): Journal {
  const { clock, log } = env;
  const [place, ...others] = storedCopies(env, participants);
  const journal = createJournal({ clock, log, ...place, others, ...on });
  journal.onTrouble((state) => notice({ kind: state === "failed" ? "storage-failed" : "storage-recovered" }));
  journal.onMirrored(() => changed("soon"));
  return journal;
}

function attemptOr(onError: (error: unknown) => void): (part: () => void) => void {
  return (part) => {
    try {
      part();
    } catch (error) {
      onError(error);
    }
  };
}

/** `attempt`: of a broken document anything may fail. */
function unstoredOf(
  doc: Y.Doc,
  before: () => UnstoredWork | undefined,
  attempt: (part: () => void) => void,
): UnstoredWork {
  return {
    addTo(next, itsGuard) {
      // A board that broke while it was loaded has not taken over anything yet.
      before()?.addTo(next, itsGuard);
      attempt(() => {
        // In pieces as small as they get: of a broken document some may be refused.
        applyAll(itsGuard, causalChunks(doc, stateVectorOf(next), false, 1));
      });
    },
    redrawIn(next, handle) {
      before()?.redrawIn(next, handle);
      attempt(() => handle.replay(unsyncedWrites(doc, doc.clientID, Y.getState(next.store, doc.clientID))));
    },
  };
}

/** Tells the contacts of it: who put the app away while it was being loaded is not there. */
function introduce({ replica }: RunningBoard, presence: Presence | undefined, isPaused: boolean): void {
  if (isPaused) replica.pause();
  else replica.announce();
  if (presence) replica.setPresence(presence);
}

interface CarryParts {
  readonly deps: OpenBoardDeps;
  readonly doc: Y.Doc;
  readonly guard: Guard;
  readonly journal: Journal;
  readonly board: RunningBoard;
  isPaused(): boolean;
}

function startCarry({ deps, doc, guard, journal, board, isPaused }: CarryParts): Carry {
  return createCarry({
    env: deps.env,
    participants: deps.participants,
    doc,
    guard,
    pieces: (old, bytes) => causalChunks(old, stateVectorOf(doc), true, bytes),
    holdsSomething: () => !board.board.isEmpty(),
    isStored: journal.isStored,
    changed: () => deps.changed("soon"),
    copied() {
      // The contacts learn at once that there is more here than they have.
      if (!isPaused()) board.replica.announce();
    },
    limits: deps.limits,
    trouble: (what) => deps.notice({ kind: `carry-${what}` }),
  });
}

/** What there is to say of a board that was just loaded. */
function noticesOf(
  { newer, damaged, failed }: StoredReport,
  { listens, participants }: Pick<OpenBoardDeps, "listens" | "participants">,
): Notice[] {
  const notices: Notice[] = [];
  if (!listens) for (const address of participants.remotes) notices.push({ kind: "muted", address });
  if (newer) notices.push({ kind: "update-needed", address: undefined });
  if (damaged) notices.push({ kind: "storage-damaged" });
  if (failed) notices.push({ kind: "storage-failed" });
  return notices;
}
