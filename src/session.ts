import * as Y from "yjs";
import { createEmitter } from "./base/emitter.ts";
import type { Point } from "./base/geometry.ts";
import { boardIdOf, boardTagOf } from "./board/storage/board-id.ts";
import type { Board } from "./board/document/board.ts";
import { createCarry } from "./board/storage/carry.ts";
import type { Carry } from "./board/storage/carry.ts";
import type { CarryOffer } from "./board/storage/carry-offer.ts";
import { assignClient, createDocument, DOCUMENT_FORMAT, rootsOf } from "./board/document/document.ts";
import { createGuard } from "./board/guard/guard.ts";
import type { Guard } from "./board/guard/guard.ts";
import { createJournal } from "./board/storage/journal.ts";
import { unsyncedWrites, replayWrites } from "./board/writing/rescue.ts";
import type { Preview } from "./board/previews/preview.ts";
import { digestText, stateVectorOf } from "./board/document/state.ts";
import { applyAll } from "./board/storage/stored-board.ts";
import { storedCopies } from "./board/storage/stored-copies.ts";
import { createBoard } from "./board/yjs-board.ts";
import type { Env } from "./env/env.ts";
import type { Address, Participants } from "./env/host.ts";
import { causalChunks } from "./board/document/chunks.ts";
import type { Presence } from "./sync/wire/presence-frame.ts";
import { createReplica } from "./sync/replica.ts";

/**
 * - `connecting`: the host has not announced the participants yet.
 * - `loading`: the stored board is being read.
 * - `ready`: `board()` is there.
 */
export type Phase = "connecting" | "loading" | "ready";

/**
 * - `waiting`: not heard of since this page was opened.
 * - `here`: the app is open over there.
 * - `away`: was here and left, or fell silent.
 */
export type ContactState = "waiting" | "here" | "away";

export interface Contact {
  readonly address: Address;
  readonly state: ContactState;
  /** The contact's pen is down: ink flows from it, or a shape grows. */
  readonly drawing: boolean;
  /** The contact has said that it has everything that is on this board. */
  readonly hasEverything: boolean;
  /** Strokes that it is not known to have, or not whole. */
  readonly missingStrokes: number;
  /** What the contact does and sees; undefined while it is not here, or where its app does not tell. */
  readonly presence: Presence | undefined;
  /**
   * What the contact's gesture will do when it ends; the same object until it tells of another one, but
   * for a laser, whose ages are as of now: its light goes on fading while nobody asks.
   */
  readonly preview: Preview | undefined;
  /** Where the newest ink of the contact's page ends, in the world. */
  readonly tip: Point | undefined;
}

/** Something to tell the person, in the strings of the user interface. */
export type Notice =
  /** The contact's app speaks a newer protocol, or the board holds what a newer version drew. */
  | { readonly kind: "update-needed"; readonly address: Address | undefined }
  /** A part of the stored board could not be read; the rest was loaded. */
  | { readonly kind: "storage-damaged" }
  /** The board cannot be saved at the moment. */
  | { readonly kind: "storage-failed" }
  | { readonly kind: "storage-recovered" }
  /** A contact's app keeps sending damaged data and is not listened to any more. */
  | { readonly kind: "muted"; readonly address: Address }
  /** A contact's app speaks an older protocol: nothing can be drawn together before it is updated. */
  | { readonly kind: "contact-outdated"; readonly address: Address }
  /** A contact cleared the board. */
  | { readonly kind: "cleared"; readonly address: Address | undefined }
  /** The board that was to be copied here could not be read; it is left as it is. */
  | { readonly kind: "carry-failed" }
  /** A part of the board that was copied here could not be read. */
  | { readonly kind: "carry-partly" };

/** One page's life: document, sync and storage. */
export interface Session {
  phase(): Phase;
  own(): Address | undefined;
  contacts(): readonly Contact[];
  /** The contact who draws, or drew, under this session while this page is open, where that is known. */
  whoIs(client: number): Address | undefined;
  board(): Board | undefined;
  /**
   * Everything on the board, in short: two devices with the same text have the same board.
   * Undefined before the board is loaded.
   */
  digest(): string | undefined;
  /** The device's storage has taken everything that is on the board. */
  isStored(): boolean;
  /** The whole board as a Yjs update (V1); undefined before it is loaded. */
  exportUpdate(): Uint8Array | undefined;
  /** What this person does now: told to the contacts who are here, never stored. */
  setPresence(presence: Presence): void;
  /**
   * What this person's gesture will do when it ends, as often as it changes; undefined: there is none
   * any more. Called together with the change of the board, in either order, the contacts see one
   * thing take the other's place.
   */
  setPreview(preview: Preview | undefined): void;
  /**
   * The question whether the board of nearly the same people is to be copied to this one; undefined where
   * there is none, or it is answered. It comes some time after the board is ready.
   */
  carryOffer(): CarryOffer | undefined;
  /** Answers it. A copy is there some time later, or a notice says why not. */
  answerCarry(accept: boolean): void;
  /** Phase, contacts, digest, the offer or `isStored` changed. */
  onChange(listener: () => void): () => void;
  onNotice(listener: (notice: Notice) => void): () => void;
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

/** What exists while the app is open with one set of participants. */
interface OpenBoard {
  readonly participants: Participants;
  readonly ready: boolean;
  readonly board: Board | undefined;
  contacts(): readonly Contact[];
  whoIs(client: number): Address | undefined;
  digest(): string | undefined;
  isStored(): boolean;
  exportUpdate(): Uint8Array | undefined;
  /** Adds to a loaded board what this one has beyond it; also after closing. */
  addTo(doc: Y.Doc, guard: Guard): void;
  /** After that: draws this page's ink again where the other board did not take it. */
  redrawIn(doc: Y.Doc): void;
  setPresence(presence: Presence): void;
  setPreview(preview: Preview | undefined): void;
  carryOffer(): CarryOffer | undefined;
  answerCarry(accept: boolean): void;
  receive(sender: Address, text: string): void;
  ended(sender: Address): void;
  pause(): void;
  resume(): void;
  /** Like `pause`, for good: the messenger takes nothing more after the page has left. */
  leave(): void;
  close(): void;
}

/**
 * Opens the host and keeps one board: that of the participants whom the host announces. Runs without
 * a page; the user interface reads from it and draws through its board.
 */
export function createSession(env: Env): Session {
  const { host, log } = env;
  const report = (error: unknown): void => log.warn("session: a listener failed", error);
  const changed = createEmitter<void>(report);
  const notices = createEmitter<Notice>(report);
  let current: OpenBoard | undefined;
  let presence: Presence | undefined;
  let repairs = 0;
  let left = false;

  /** `before`: a board that was open here for the same people; what is not written yet goes along. */
  function open(participants: Participants, before?: OpenBoard): void {
    current?.close();
    const opened = openBoard(env, participants, {
      carried: before,
      listens: repairs <= MAX_REPAIRS,
      presence: () => presence,
      changed: () => changed.emit(),
      notice: (notice) => notices.emit(notice),
      wedged() {
        if (repairs > MAX_REPAIRS) return false;
        // Not re-entrantly: the guard is on the stack.
        env.clock.after(0, () => {
          if (current !== opened) return;
          log.warn("session: the document broke and is opened again");
          repairs++;
          open(participants, opened);
        });
        return true;
      },
    });
    current = opened;
    changed.emit();
  }

  host.open({
    opened(participants) {
      // The messenger may name them when the page is on its way out already.
      if (left) return;
      const before = current?.participants;
      const isSameBoard = before && boardIdOf(before) === boardIdOf(participants);
      if (!current || !isSameBoard) return open(participants);
      if (before.own === participants.own) return current.resume();
      // The same board under another address: what is not written yet goes along.
      open(participants, current);
    },
    data: (sender, text) => current?.receive(sender, text),
    ended: (sender) => current?.ended(sender),
  });

  return {
    phase: () => (current ? (current.ready ? "ready" : "loading") : "connecting"),
    own: () => current?.participants.own,
    contacts: () => current?.contacts() ?? [],
    whoIs: (client) => current?.whoIs(client),
    board: () => current?.board,
    digest: () => current?.digest(),
    isStored: () => current?.isStored() ?? false,
    exportUpdate: () => current?.exportUpdate(),
    setPresence(next) {
      presence = next;
      current?.setPresence(next);
    },
    setPreview: (preview) => current?.setPreview(preview),
    carryOffer: () => current?.carryOffer(),
    answerCarry: (accept) => current?.answerCarry(accept),
    onChange: (listener) => changed.on(listener),
    onNotice: (listener) => notices.on(listener),
    hide() {
      current?.pause();
      host.flush();
    },
    show: () => current?.resume(),
    leave() {
      left = true;
      current?.leave();
      host.flush();
      host.leave();
    },
    close() {
      current?.close();
      host.close();
    },
  };
}

interface OpenBoardDeps {
  /** A board that was open here before, which may have more than what is stored. */
  readonly carried: OpenBoard | undefined;
  /** Whether what contacts say is read. */
  readonly listens: boolean;
  /** What the person did last: also before the board was loaded, or on the one before. */
  presence(): Presence | undefined;
  /** The document broke; says whether the board is opened again. */
  wedged(): boolean;
  changed(): void;
  notice(notice: Notice): void;
}

function openBoard(
  env: Env,
  participants: Participants,
  { carried, listens, presence, ...events }: OpenBoardDeps,
): OpenBoard {
  const { clock, random, log } = env;
  const report = (error: unknown): void => log.warn("session: a part failed", error);
  const doc = createDocument();
  let replaced = false;
  const guard = createGuard({ doc, onWedged: () => (replaced = events.wedged()) });
  const { own, remotes } = participants;
  const [place, ...others] = storedCopies(env, participants);
  const journal = createJournal({ clock, log, ...place, others, doc, guard });
  let running: ReturnType<typeof run> | undefined;
  let carry: Carry | undefined;
  let paused = false;
  let closed = false;
  let before = carried;

  journal.onTrouble((state) =>
    events.notice({ kind: state === "failed" ? "storage-failed" : "storage-recovered" }),
  );
  journal.onMirrored(events.changed);
  void journal.load().then(({ damaged, newer, failed }) => {
    if (closed || replaced) return;
    before?.addTo(doc, guard);
    if (replaced) return;
    running = run();
    before = undefined;
    events.changed();
    // Where a newer version wrote, nothing is stored, so nothing is brought either.
    if (!newer) carry = startCarry(running);
    for (const address of listens ? [] : remotes) events.notice({ kind: "muted", address });
    if (newer) events.notice({ kind: "update-needed", address: undefined });
    if (damaged) events.notice({ kind: "storage-damaged" });
    if (failed) events.notice({ kind: "storage-failed" });
  });

  /** Everything that needs the loaded document. */
  function run() {
    guard.setOwnClient(assignClient(doc, () => random.uint32()));
    before?.redrawIn(doc);
    const handle = createBoard({
      doc,
      isPresent: (client) =>
        replica.links().some((link) => link.state() === "here" && link.session() === client),
      onError: report,
    });
    const replica = createReplica({
      env,
      doc,
      guard,
      tag: own === undefined ? undefined : boardTagOf({ own, remotes }),
      remotes,
      flushInk() {
        handle.flush();
        guard.verify();
      },
      hold: handle.hold,
    });
    const contactOf = (client: number): Address | undefined =>
      replica.links().find((link) => link.knows(client))?.address;

    handle.board.history.onChange(() => guard.verify());
    handle.onPending((urgency) => {
      replica.wake(urgency);
      if (urgency === "now") journal.hasten();
    });
    // Yjs tells of an update when everybody else has taken in the change: the digest includes it.
    doc.on("update", () => events.changed());
    handle.onForeignClear((client) => events.notice({ kind: "cleared", address: contactOf(client) }));
    replica.onChange(() => events.changed());
    replica.onMuted((address) => events.notice({ kind: "muted", address }));
    replica.onOtherVersion((address, whose) =>
      events.notice({ kind: whose === "own" ? "update-needed" : "contact-outdated", address }),
    );
    if (Number(rootsOf(doc).meta.get("format")) > DOCUMENT_FORMAT) {
      events.notice({ kind: "update-needed", address: undefined });
    }
    replica.announce();
    const doing = presence();
    if (doing) replica.setPresence(doing);
    const contacts = (): Contact[] =>
      replica.links().map((link) => {
        const state = link.state();
        const session = link.session();
        const told = { presence: link.presence(), preview: replica.first().preview(link) };
        const drawing =
          state === "here" && (handle.isDrawing(session ?? 0) || told.preview?.kind === "shape");
        const missing = handle.missing((client) => replica.first().has(link, client));
        const tip = session === undefined ? undefined : handle.tipOf(session);
        return { address: link.address, state, drawing, ...missing, ...told, tip };
      });
    return { handle, replica, contacts, contactOf };
  }

  function startCarry({ handle, replica }: ReturnType<typeof run>): Carry {
    return createCarry({
      env,
      participants,
      doc,
      guard,
      pieces: (old, bytes) => causalChunks(old, stateVectorOf(doc), true, bytes),
      holdsSomething: () => handle.board.items().length > 0,
      isStored: journal.isStored,
      changed: events.changed,
      copied() {
        // The contacts learn at once that there is more here than they have.
        if (!paused) replica.announce();
      },
      trouble: (what) => events.notice({ kind: `carry-${what}` }),
    });
  }

  return {
    participants,
    get ready() {
      return running !== undefined;
    },
    get board() {
      return running?.handle.board;
    },
    contacts: () =>
      running?.contacts() ??
      participants.remotes.map((address): Contact => ({
        address,
        state: "waiting",
        drawing: false,
        hasEverything: false,
        missingStrokes: 0,
        presence: undefined,
        preview: undefined,
        tip: undefined,
      })),
    whoIs: (client) => running?.contactOf(client),
    digest: () => running && digestText(running.replica.first().digest()),
    isStored: () => running !== undefined && journal.isMirrored(),
    exportUpdate: () => running && Y.encodeStateAsUpdate(doc),
    addTo(next, itsGuard) {
      // A board that broke while it was loaded has not taken over anything yet.
      before?.addTo(next, itsGuard);
      attempt(() => {
        // In pieces as small as they get: of a broken document some may be refused.
        applyAll(itsGuard, causalChunks(doc, stateVectorOf(next), false, 1));
      });
    },
    redrawIn(next) {
      before?.redrawIn(next);
      attempt(() =>
        replayWrites(next, unsyncedWrites(doc, doc.clientID, Y.getState(next.store, doc.clientID))),
      );
    },
    setPresence: (next) => running?.replica.setPresence(next),
    setPreview: (next) => running?.replica.setPreview(next),
    carryOffer: () => carry?.offer(),
    answerCarry: (accept) => carry?.answer(accept),
    receive(sender, text) {
      if (listens) running?.replica.receive(sender, text);
    },
    ended: (sender) => running?.replica.ended(sender),
    pause() {
      paused = true;
      running?.replica.pause();
      journal.flush();
      carry?.flush();
    },
    resume() {
      paused = false;
      running?.replica.announce();
    },
    leave() {
      // A board that is still being loaded will not be.
      closed = true;
      running?.replica.pause();
      journal.close();
      carry?.close();
    },
    close() {
      closed = true;
      const parts = [
        // Also of a broken document: what waits is put into it, and goes along to the next one.
        () => running?.replica.pause(),
        () => journal.close(),
        () => carry?.close(),
        () => running?.replica.close(),
        () => running?.handle.close(),
        () => guard.close(),
        () => doc.destroy(),
      ];
      for (const part of parts) attempt(part);
    },
  };

  /** Of a broken document anything may fail. */
  function attempt(part: () => void): void {
    try {
      part();
    } catch (error) {
      report(error);
    }
  }
}
