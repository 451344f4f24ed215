/*
 * Runs in a page of its own: the app with a session whose contacts are whatever a test says. The
 * simulator has eight phones; a group has up to twenty people.
 */
import * as Y from "yjs";
import { createEmitter } from "../../src/base/emitter.ts";
import { createDocument, REMOTE_ORIGIN } from "../../src/board/document/document.ts";
import { createBoard } from "../../src/board/yjs-board.ts";
import type { Address } from "../../src/env/host.ts";
import type { Contact, Notice, Session } from "../../src/session.ts";
import { createOnePage } from "../../src/session/one-page.ts";
import { createApp } from "../../src/ui/app.ts";
import { createChoices } from "../../src/ui/choices/choices.ts";
import { stringsOf } from "../../src/ui/words/languages.ts";
import { createHandTime } from "../support/hand-time.ts";

/** The app, in the hands of a test. */
export interface Crowd {
  /** Who takes part, and what they do. */
  setContacts(contacts: readonly Contact[]): void;
  notify(notice: Notice): void;
  /** A contact draws a stroke, in the session with this number: that of its place among the contacts. */
  draw(session: number, places: readonly (readonly [x: number, y: number])[]): void;
  /** A contact hides everything. */
  erase(session: number): void;
}

export interface CrowdOptions {
  readonly own: Address;
  readonly language: string;
}

const OWN_SESSION = 1000;

function createCrowd({ own, language }: CrowdOptions): Crowd {
  const onError = (error: unknown): void => {
    throw error;
  };
  const changed = createEmitter<void>(onError);
  const notices = createEmitter<Notice>(onError);
  const doc = createDocument();
  doc.clientID = OWN_SESSION;
  const { board } = createBoard({ doc, time: createHandTime(), isPresent: () => false, onError });
  const pages = createOnePage(board, () => "");
  let contacts: readonly Contact[] = [];
  const session: Session = {
    phase: () => "ready",
    own: () => own,
    contacts: () => contacts,
    carryOffer: () => undefined,
    answerCarry: () => undefined,
    whoIs: (client) => contacts[client]?.address,
    board: () => board,
    pages: () => pages,
    digest: () => "",
    isStored: () => false,
    exportUpdate: () => undefined,
    setPresence: () => undefined,
    setPreview: () => undefined,
    onChange: (listener) => changed.on(listener),
    onNotice: (listener) => notices.on(listener),
    hide: () => undefined,
    show: () => undefined,
    leave: () => undefined,
    close: () => undefined,
  };
  createApp({
    session,
    strings: stringsOf(language),
    choices: createChoices({ onError }),
    calendar: createHandTime().calendar,
    log: { warn: (message, detail) => console.error(message, detail) },
    around: "messenger",
    kept: undefined,
  });

  const remotely = (client: number, act: (peer: typeof board) => void): void => {
    const other = createDocument();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
    other.clientID = client;
    const handle = createBoard({ doc: other, time: createHandTime(), isPresent: () => false, onError });
    act(handle.board);
    handle.flush();
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other, Y.encodeStateVector(doc)), REMOTE_ORIGIN);
    handle.close();
    changed.emit();
  };

  return {
    setContacts(next) {
      contacts = next;
      changed.emit();
    },
    notify: (notice) => notices.emit(notice),
    draw: (client, places) =>
      remotely(client, (peer) => {
        const header = {
          tool: "pen",
          input: "mouse",
          color: 0x2348c4,
          width: 4,
          pressure: false,
          scale: 0,
        } as const;
        const writer = peer.startStroke(header);
        writer.add(places.map(([x, y]) => ({ x, y, pressure: 0.5 })));
        writer.end();
      }),
    erase: (client) => remotely(client, (peer) => void peer.erase(peer.items().map(({ id }) => id))),
  };
}

Object.assign(window, { createCrowd });
