/*
 * One page's session: the host announces who takes part, and the board of these people is opened, kept in
 * step and stored. Its parts are in `session/`.
 *
 *     connecting --host's word--> loading --stored board read--> ready
 *                                    ^                             |
 *                                    +-- other people, a broken document
 */
import type { Board } from "./board/document/board.ts";
import { SIZE_LIMITS } from "./board/document/size.ts";
import type { SizeLimits } from "./board/document/size.ts";
import type { Preview } from "./board/previews/preview.ts";
import { boardIdOf } from "./board/storage/board-id.ts";
import type { CarryOffer } from "./board/storage/carry-offer.ts";
import { createEmitter } from "./base/emitter.ts";
import type { Env } from "./env/env.ts";
import type { Address, Participants } from "./env/host.ts";
import type { Away } from "./session/away.ts";
import { createBlobs, type Blobs } from "./session/blobs.ts";
import { createChangeSignal } from "./session/change-signal.ts";
import type { Contact } from "./session/contact.ts";
import type { Notice } from "./session/notice.ts";
import { openBoard } from "./session/open-board.ts";
import type { OpenBoard } from "./session/open-board.ts";
import type { Pages } from "./session/pages.ts";
import type { PersonPresence, RunningBoard } from "./session/running-board.ts";
import type { StoredBoards } from "./session/stored-boards.ts";
import { createVoice, type Voice } from "./session/voice.ts";
import type { UnstoredBoard } from "./session/unstored-work.ts";

export type { Away, AwayNews } from "./session/away.ts";
export type { Blobs } from "./session/blobs.ts";
export type { Contact, ContactState } from "./session/contact.ts";
export type { Voice } from "./session/voice.ts";
export type { Pages } from "./session/pages.ts";
export type { Notice } from "./session/notice.ts";

/**
 * - `connecting`: the host has not announced the participants yet.
 * - `loading`: the stored board is being read. Where that takes a while, `board()` is there before, and what is
 *   stored comes onto it.
 * - `ready`: `board()` is there, with what was stored.
 */
export type Phase = "connecting" | "loading" | "ready";

/** One page's life: document, sync and storage. */
export interface Session {
  phase(): Phase;
  own(): Address | undefined;
  contacts(): readonly Contact[];
  /** Who draws, or drew, in a session (this one included), where that is known. */
  whoIs(session: number): Address | undefined;
  /** What this device has noted of that is read, or could not be: shortly after the board is ready. */
  knowsPeople(): boolean;
  /** Of the page that is shown. */
  board(): Board | undefined;
  /** Undefined where there is no board. */
  pages(): Pages | undefined;
  /**
   * Everything on the board, in short: two devices with the same text have the same board.
   * Undefined before the board is loaded.
   */
  digest(): string | undefined;
  /** The device's storage has taken everything that is on the board. */
  isStored(): boolean;
  /** The first page as a Yjs update (V1); undefined before it is loaded. */
  exportUpdate(): Uint8Array | undefined;
  /** What this person does now: told to the contacts who are here, never stored. */
  setPresence(presence: PersonPresence): void;
  /**
   * What this person's gesture will do when it ends, as often as it changes; undefined: there is none
   * any more. Called together with the change of the board, in either order, the contacts see one
   * thing take the other's place.
   */
  setPreview(preview: Preview | undefined): void;
  /** What the others drew while this device was away; undefined before there is a board. */
  away(): Away | undefined;
  /**
   * The question whether the board of nearly the same people is to be copied to this one; undefined where
   * there is none, or it is answered. It comes some time after the board is ready.
   */
  carryOffer(): CarryOffer | undefined;
  /** The boards that this device stores; undefined where that is not known, or not known yet. */
  storedBoards(): StoredBoards | undefined;
  /** Answers it. A copy is there some time later, or a notice says why not. */
  answerCarry(accept: boolean): void;
  /**
   * Phase, contacts, who wrote, digest, the offer, `isStored` or what `away` has to tell changed: told once for all that changes within a frame. Told at
   * once are another phase, this person's own changes, and what came of a contact's gesture where its
   * preview ends with that.
   */
  onChange(listener: () => void): () => void;
  onNotice(listener: (notice: Notice) => void): () => void;
  /** The bytes of pictures. */
  readonly blobs: Blobs;
  /** Calls among those who are here. */
  readonly voice: Voice;
  /** The page gets hidden, and may never be shown again: write and send everything now. */
  hide(): void;
  /** The page is visible again. */
  show(): void;
  /** Says good-bye and returns to the chat. */
  leave(): void;
  close(): void;
}

/**
 * A document that broke is opened again this many times in a page's life; then the contacts are not
 * listened to any more: what they send would only break it again.
 */
const MAX_REPAIRS = 4;

/**
 * Opens the host and keeps one board: that of the participants whom the host announces. Runs without
 * a page; the user interface reads from it and draws through its board. `limits`: of a board's size.
 */
export function createSession(env: Env, limits: SizeLimits = SIZE_LIMITS): Session {
  const { host, log, clock } = env;
  const report = (error: unknown): void => log.warn("session: a listener failed", error);
  const changed = createChangeSignal(clock, report);
  const notices = createEmitter<Notice>(report);
  const blobs = createBlobs(() => current?.blobs, report);
  const voice = createVoice({ env, board: () => current, notice: (notice) => notices.emit(notice), report });
  let current: OpenBoard | undefined;
  let presence: PersonPresence | undefined;
  let repairs = 0;
  let isHidden = false;
  /** The page left or was closed: nothing is opened any more. */
  let isOver = false;

  /** `before`: of a board that was open here for the same people; what is not written yet goes along. */
  function open(participants: Participants, before?: UnstoredBoard): void {
    current?.close();
    const opened = openBoard({
      env,
      participants,
      limits,
      before,
      listens: repairs <= MAX_REPAIRS,
      startsPaused: isHidden,
      presence: () => presence,
      changed: (urgency) => changed[urgency](),
      notice: (notice) => notices.emit(notice),
      blobCame: blobs.came,
      calls: voice.listener,
      wedged() {
        if (repairs > MAX_REPAIRS) return false;
        // Not re-entrantly: the guard is on the stack.
        clock.after(0, () => {
          if (isOver || current !== opened) return;
          log.warn("session: the document broke and is opened again");
          repairs++;
          open(participants, opened.unstored());
        });
        return true;
      },
    });
    current = opened;
    voice.changed();
    changed.now();
  }

  host.open({
    opened(participants) {
      // The messenger may name them when the page is on its way out already.
      if (isOver) return;
      // Whoever opens the app looks at it.
      isHidden = false;
      const before = current?.participants;
      const isSameBoard = before && boardIdOf(before) === boardIdOf(participants);
      if (!current || !isSameBoard) return open(participants);
      if (before.own === participants.own) return current.resume();
      // The same board under another address: what is not written yet goes along.
      open(participants, current.unstored());
    },
    data: (sender, text) => current?.receive(sender, text),
    ended: (sender) => loaded()?.replica.ended(sender),
    calling: voice.setOutside,
  });

  /** Only of a board that is loaded anything is said to contacts. */
  function loaded(): RunningBoard | undefined {
    return current?.isLoaded() ? current.running() : undefined;
  }

  return {
    phase: () => (current ? (current.isLoaded() ? "ready" : "loading") : "connecting"),
    own: () => current?.participants.own,
    contacts: () => current?.contacts() ?? [],
    whoIs: (session) => current?.whoIs(session),
    knowsPeople: () => current?.knowsPeople() ?? false,
    board: () => current?.board(),
    pages: () => current?.pages(),
    digest: () => current?.digest(),
    isStored: () => current?.isStored() ?? false,
    exportUpdate: () => loaded()?.exportUpdate(),
    setPresence(next) {
      presence = next;
      current?.setPresence();
    },
    setPreview: (preview) => current?.setPreview(preview),
    away: () => current?.away,
    storedBoards: () => current?.storedBoards(),
    carryOffer: () => current?.carry()?.offer(),
    answerCarry: (accept) => current?.carry()?.answer(accept),
    onChange: (listener) => changed.on(listener),
    onNotice: (listener) => notices.on(listener),
    blobs,
    voice,
    hide() {
      isHidden = true;
      current?.pause();
      host.flush();
    },
    show() {
      isHidden = false;
      current?.resume();
      changed.flush();
    },
    leave() {
      isOver = true;
      current?.leave();
      host.flush();
      host.leave();
    },
    close() {
      isOver = true;
      current?.close();
      voice.close();
      changed.close();
      host.close();
    },
  };
}
