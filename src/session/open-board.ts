/*
 * The board of one set of participants, from the first look into the storage to the page's end. It has a
 * document, a guard and a journal at once; people get at it when it is loaded, or where that takes a while before:
 * what they draw then is on the board with what comes. Contacts get at it when it is loaded, and it is known
 * who they were.
 *
 *     loading --stored copies read--> running --close or leave--> closed
 *        |  \                            |
 *     0.1 s  +-- the document broke -----+--> replaced: the next one takes over what is not stored
 *        v
 *     running ahead --stored copies read--> running
 */
import type { Board } from "../board/document/board.ts";
import { digestText } from "../board/document/state.ts";
import type { Preview } from "../board/previews/preview.ts";
import type { Carry } from "../board/storage/carry.ts";
import type { Address, Participants } from "../env/host.ts";
import type { Away } from "./away.ts";
import { loadBoard } from "./board-loading.ts";
import { createBoardState, errorsOf, tellPresence } from "./board-state.ts";
import type { BlobsOfBoard } from "./blobs.ts";
import type { BoardState, OpenBoardDeps } from "./board-state.ts";
import { waitingContact } from "./contact.ts";
import type { Contact } from "./contact.ts";
import type { Pages } from "./pages.ts";
import type { RunningBoard } from "./running-board.ts";
import type { StoredBoards } from "./stored-boards.ts";
import type { Calls } from "../sync/voice/voice-talk.ts";
import { unstoredOf } from "./unstored-work.ts";
import type { UnstoredBoard } from "./unstored-work.ts";

/** What exists while the app is open with one set of participants. */
export interface OpenBoard {
  readonly participants: Participants;
  /** Undefined: it is being loaded, and that may take a moment only. */
  running(): RunningBoard | undefined;
  /** Who wrote in a session, as far as it is known. */
  whoIs(session: number): Address | undefined;
  /** What was noted of that is read, or could not be. */
  knowsPeople(): boolean;
  /** The board of the page that is shown. */
  board(): Board | undefined;
  /** Undefined like `running`. */
  pages(): Pages | undefined;
  contacts(): readonly Contact[];
  /** Of all pages; undefined before they are loaded. */
  digest(): string | undefined;
  /** What the person does has become something else. */
  setPresence(): void;
  /** As Session has it. */
  setPreview(preview: Preview | undefined): void;
  /** What was stored is on it, or could not be read. */
  isLoaded(): boolean;
  readonly away: Away;
  readonly blobs: BlobsOfBoard;
  /** Undefined before contacts get at it. */
  calls(): Calls | undefined;
  /** Undefined: it is not known yet whether there is anything to copy here. */
  carry(): Pick<Carry, "offer" | "answer"> | undefined;
  /** Undefined: what else is stored on this device is not known. */
  storedBoards(): StoredBoards | undefined;
  unstored(): UnstoredBoard;
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

export function openBoard(deps: OpenBoardDeps): OpenBoard {
  const { participants, listens } = deps;
  const state = createBoardState(deps);
  const { doc, guard, journal, pages, blobs, away } = state;
  const attempt = attemptOr(errorsOf(state));
  loadBoard(state);

  return {
    participants,
    running: () => state.running,
    whoIs: (session) => state.running?.whoIs(session) ?? pages.author(session),
    knowsPeople: pages.isRead,
    board() {
      const { running, isLoaded, isAhead } = state;
      return isLoaded || isAhead ? (pages.shown() ?? running?.first)?.handle.board : undefined;
    },
    pages: () => (state.running ? pages.pages : undefined),
    contacts: () =>
      state.running?.contacts().map((contact) => ({
        ...contact,
        page: contact.presence && pages.pageOf(contact.presence.document),
      })) ?? participants.remotes.map(waitingContact),
    digest() {
      const ofOthers = pages.digest();
      if (!state.isLoaded || ofOthers === undefined) return undefined;
      return digestText(state.running!.replica.first().digest()) + ofOthers;
    },
    setPresence: () => tellPresence(state),
    setPreview(preview) {
      if (state.isMeeting) state.running!.replica.setPreview(preview, pages.document());
    },
    isLoaded: () => state.isLoaded,
    away,
    blobs: blobsOf(state),
    calls: () => (state.isMeeting ? state.running?.replica.voice : undefined),
    carry: () => state.carry,
    storedBoards: () => state.storedBoards,
    unstored: () => ({
      first: unstoredOf(doc, () => state.before, attempt),
      further: pages.unstored(attempt),
    }),
    isStored: () => state.isLoaded && journal.isMirrored() && pages.isStored(),
    receive(sender, text) {
      if (listens && state.isMeeting) state.running?.replica.receive(sender, text);
    },
    pause() {
      state.isPaused = true;
      if (state.isLoaded) state.running?.replica.pause();
      journal.flush();
      pages.flush();
      blobs.store.flush();
      state.carry?.flush();
    },
    resume() {
      state.isPaused = false;
      if (state.isMeeting) state.running?.replica.announce();
    },
    leave() {
      // A board that is still being loaded will not be.
      state.isClosed = true;
      away.close();
      if (state.isLoaded) state.running?.replica.pause();
      journal.close();
      pages.close();
      blobs.close();
      state.carry?.close();
      state.storedBoards?.close();
    },
    close() {
      const { running, carry, storedBoards } = state;
      state.isClosed = true;
      const parts = [
        // Also of a broken document: what waits is put into it, and goes along to the next one.
        () => running?.replica.pause(),
        () => away.close(),
        () => journal.close(),
        () => pages.close(),
        () => blobs.close(),
        () => carry?.close(),
        () => storedBoards?.close(),
        () => running?.replica.close(),
        () => running?.close(),
        () => guard.close(),
        () => doc.destroy(),
      ];
      for (const part of parts) attempt(part);
    },
  };
}

function blobsOf(state: BoardState): BlobsOfBoard {
  const { store } = state.blobs;
  return {
    put: store.put,
    bytesOf: store.bytesOf,
    moving() {
      const { running } = state;
      if (!running) return [];
      const { coming, going } = running.replica.blobs;
      return [
        ...coming().map(({ hash, part, maker }) => ({
          hash,
          part,
          way: "in" as const,
          contact: maker === undefined ? undefined : running.whoIs(maker),
        })),
        ...going().map(({ hash, part, to }) => ({ hash, part, way: "out" as const, contact: to })),
      ];
    },
    nowhere() {
      const { running, isLoaded } = state;
      return running && isLoaded ? running.replica.blobs.nowhere().map(({ hash }) => hash) : [];
    },
  };
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
