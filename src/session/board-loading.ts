/*
 * How a board comes to be there: what is stored of it is read, then people get at it, then contacts.
 */
import { delay } from "../base/delay.ts";
import { assignClient } from "../board/document/document.ts";
import { FIRST_DOCUMENT } from "../board/document/document-number.ts";
import { FIRST_PAGE } from "../board/pages/page-id.ts";
import { openBoardRegister } from "../board/storage/board-register.ts";
import { storedCopies } from "../board/storage/stored-copies.ts";
import type { StoredReport } from "../board/storage/run-loading.ts";
import type { Participants } from "../env/host.ts";
import { startCarry } from "./board-carry.ts";
import { changed, errorsOf, reported, tellPresence } from "./board-state.ts";
import type { BoardState } from "./board-state.ts";
import { STORAGE_PATIENCE } from "./kept-document.ts";
import { createRunningBoard } from "./running-board.ts";
import type { RunningBoard } from "./running-board.ts";
import { createStoredBoards } from "./stored-boards.ts";

/** Begins, and goes on by itself. */
export function loadBoard(state: BoardState): void {
  const { deps, doc, guard, arrival, journal, pages } = state;
  const { clock } = deps.env;
  const isOver = (): boolean => state.isClosed || state.isReplaced;
  function runAhead(): void {
    // What another document had comes on top of what is stored.
    if (isOver() || state.running || state.before) return;
    state.isAhead = true;
    void pages.join(run(state), false);
    deps.changed("now");
  }
  const cancelAhead = clock.after(STORAGE_PATIENCE, runAhead);
  arrival.onExpected(runAhead);
  let show = (): void => undefined;
  const isShown = new Promise<void>((resolve) => {
    show = resolve;
  });
  const { awaited, read } = pages.load(isShown);
  // A task for each of what takes a while on a slow phone: reading, what is made of it, and showing that.
  void journal.load().then(async (report) => {
    // The first page does not wait for what is known of others.
    await Promise.race([awaited, delay(clock, STORAGE_PATIENCE)]);
    cancelAhead();
    clock.after(0, () => {
      if (isOver()) return;
      state.before?.addTo(doc, guard);
      if (isOver()) return;
      const running = state.running ?? run(state);
      void pages.join(running, !state.isAhead).then(() => {
        clock.after(0, () => {
          if (isOver()) return;
          const isNewcomer = doc.store.clients.size === 0 && !pages.digest();
          loaded(state, running, report);
          show();
          // Who somebody was is noted with the pages, so contacts come after that: what they bring has names at once.
          const met = Promise.race([read, delay(clock, STORAGE_PATIENCE)]).then(() => {
            if (!isOver()) meetContacts(state, running, isNewcomer);
          });
          void Promise.all([read, met]).then(() => {
            if (!isOver()) pagesRead(state, running, report);
          });
        });
      });
    });
  });
}

function run(state: BoardState): RunningBoard {
  const { deps, doc, guard, arrival, journal, pages } = state;
  const { env, participants, limits, notice } = deps;
  guard.setOwnClient(assignClient(doc, () => env.random.uint32()));
  state.running = createRunningBoard({
    env,
    doc,
    guard,
    participants,
    limits,
    arrival,
    restore(handle) {
      state.before?.redrawIn(doc, handle);
      state.before = undefined;
    },
    further: { ...pages, blobs: state.blobs },
    strokeEnded: journal.hasten,
    changed: (urgency) => changed(state, urgency),
    notice,
    onError: errorsOf(state),
  });
  return state.running;
}

/** The pages and the pictures of a board that is stored for other people. */
async function copyAll({ deps, pages, blobs }: BoardState, from: Participants): Promise<boolean> {
  const isWhole = await pages.copyFurther(from);
  for (const copy of storedCopies(deps.env, from)) await blobs.store.copyFrom(copy);
  return isWhole;
}

/** With its pictures. */
function storedOf({ pages, blobs }: BoardState): ReturnType<BoardState["pages"]["stored"]> {
  const { bytes, changedAt } = pages.stored();
  return { bytes: bytes === undefined ? undefined : bytes + blobs.store.bytes(), changedAt };
}

function loaded(state: BoardState, board: RunningBoard, report: StoredReport): void {
  state.isLoaded = true;
  state.away.follow(FIRST_PAGE, state.doc, board.first.handle.board);
  board.tellFormat();
  board.tellRoom();
  state.deps.changed("now");
  reported(state, FIRST_DOCUMENT, report);
}

/** From now on contacts are spoken to, and listened to. */
function meetContacts(state: BoardState, { replica }: RunningBoard, isNewcomer: boolean): void {
  const { deps, away } = state;
  state.isMeeting = true;
  replica.voice.attach(deps.calls);
  if (!isNewcomer) away.begin(replica);
  // Who put the app away while it was being loaded is not there.
  if (state.isPaused) replica.pause();
  else replica.announce();
  tellPresence(state);
  deps.changed("now");
  if (deps.listens) return;
  for (const address of deps.participants.remotes) deps.notice({ kind: "muted", address });
}

/** What is noted and what takes room is of all pages, so it waits for them. */
function pagesRead(state: BoardState, board: RunningBoard, report: StoredReport): void {
  const { deps, guard, journal, pages } = state;
  board.replica.voice.keep(pages.calls);
  pages.noteAuthors();
  // Where a newer version wrote, nothing is stored, so nothing is brought either.
  const isPaused = (): boolean => state.isPaused;
  if (!report.newer) {
    const register = openBoardRegister(deps.env);
    const stored = (): ReturnType<typeof pages.stored> => storedOf(state);
    const copyFurther = (from: Participants): Promise<boolean> => copyAll(state, from);
    const carried = { ...pages, stored, copyFurther };
    state.carry = startCarry({ ...deps, guard, journal, board, pages: carried, register, isPaused });
    void register.then((read) => {
      if (!read || state.isClosed || state.isReplaced) return;
      state.storedBoards = createStoredBoards({
        ...deps,
        register: read,
        stored,
        changed: () => changed(state, "soon"),
      });
    });
  }
}
