/*
 * Runs in a page of its own: the app with a session whose contacts are whatever a test says. The
 * simulator has eight phones; a group has up to twenty people.
 */
import { NO_BLOBS } from "../support/no-blobs.ts";
import { NO_VOICE } from "../support/no-voice.ts";
import { createEmitter } from "../../src/base/emitter.ts";
import { FIRST_PAGE } from "../../src/board/pages/page-id.ts";
import type { Address } from "../../src/env/host.ts";
import type { Contact, Notice, Session, Voice } from "../../src/session.ts";
import { createMemoryPages } from "../support/memory-pages.ts";
import { createApp } from "../../src/ui/app.ts";
import { createChoices } from "../../src/ui/choices/choices.ts";
import { stringsOf } from "../../src/ui/words/languages.ts";
import { createHandTime } from "../support/hand-time.ts";

/** The app, in the hands of a test. */
export interface Crowd {
  /** Who takes part, and what they do. */
  setContacts(contacts: readonly Contact[]): void;
  notify(notice: Notice): void;
  /** A call in this state. */
  setCall(call: Partial<MadeUpCall>): void;
  /** The person is muted in it. */
  isMuted(): boolean;
  /** How often the microphone was asked for again. */
  asked(): number;
  /** A contact draws a stroke, in the session with this number: that of its place among the contacts. */
  draw(session: number, places: readonly (readonly [x: number, y: number])[]): void;
  /** A contact hides everything. */
  erase(session: number): void;
}

/** What the app is told of a call; at first there is none, and none can be made. */
export interface MadeUpCall {
  readonly phase: ReturnType<Voice["phase"]>;
  /** The place of who rings among the contacts. */
  readonly by: number;
  /** The places of those in the call. */
  readonly members: readonly number[];
  /** And of those of them who talk. */
  readonly talking: readonly number[];
  readonly microphone: ReturnType<Voice["microphone"]>;
  readonly isMuted: boolean;
  readonly isRunning: boolean;
  readonly isFull: boolean;
  readonly isHeldUp: boolean;
  readonly outside: string | undefined;
  readonly way: ReturnType<Voice["way"]>;
}

export interface CrowdOptions {
  readonly own: Address;
  readonly language: string;
}

const NO_CALL: MadeUpCall = {
  phase: undefined,
  by: 0,
  members: [],
  talking: [],
  microphone: "open",
  isMuted: false,
  isRunning: false,
  isFull: false,
  isHeldUp: false,
  outside: undefined,
  way: undefined,
};

function createCrowd({ own, language }: CrowdOptions): Crowd {
  const onError = (error: unknown): void => {
    throw error;
  };
  const changed = createEmitter<void>(onError);
  const notices = createEmitter<Notice>(onError);
  const pages = createMemoryPages();
  const board = pages.board(FIRST_PAGE);
  let contacts: readonly Contact[] = [];
  let call = NO_CALL;
  const calls = createEmitter<void>(onError);
  let asked = 0;
  const session: Session = {
    phase: () => "ready",
    own: () => own,
    contacts: () => contacts,
    away: () => undefined,
    storedBoards: () => undefined,
    carryOffer: () => undefined,
    answerCarry: () => undefined,
    whoIs: (client) => contacts[client]?.address,
    knowsPeople: () => true,
    board: () => board,
    pages: () => pages,
    digest: () => "",
    isStored: () => false,
    exportUpdate: () => undefined,
    setPresence: () => undefined,
    setPreview: () => undefined,
    onChange: (listener) => changed.on(listener),
    onNotice: (listener) => notices.on(listener),
    blobs: NO_BLOBS,
    voice: {
      ...NO_VOICE,
      phase: () => call.phase,
      by: () => contacts[call.by]?.address,
      members: () =>
        call.members.map((place) => ({
          address: contacts[place]!.address,
          isTalking: call.talking.includes(place),
          latency: 1385,
          volume: 0.8,
        })),
      microphone: () => call.microphone,
      isMuted: () => call.isMuted,
      setMuted(isMuted) {
        if (!isMuted && ["refused", "missing", "lost"].includes(call.microphone)) asked++;
        call = { ...call, isMuted };
        calls.emit();
      },
      isRunning: () => call.isRunning,
      isFull: () => call.isFull,
      isHeldUp: () => call.isHeldUp,
      outside: () => call.outside,
      level: () => 0.1,
      cost: () => (call.way === "direct" ? 0 : 2880),
      way: () => call.way,
      onChange: (listener) => calls.on(listener),
    },
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
    pages.remotely(FIRST_PAGE, client, act);
    changed.emit();
  };

  return {
    setContacts(next) {
      contacts = next;
      changed.emit();
    },
    notify: (notice) => notices.emit(notice),
    isMuted: () => call.isMuted,
    asked: () => asked,
    setCall(next) {
      call = { ...NO_CALL, ...next };
      calls.emit();
    },
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
