/*
 * Runs in a page of its own: the app with a board of several pages in memory and contacts as a test says.
 */
import { NO_BLOBS } from "../support/no-blobs.ts";
import { NO_VOICE } from "../support/no-voice.ts";
import { createEmitter } from "../../src/base/emitter.ts";
import type { Board } from "../../src/board/document/board.ts";
import type { Address } from "../../src/env/host.ts";
import type { PageId } from "../../src/board/pages/page-id.ts";
import type { Contact, Notice, Session } from "../../src/session.ts";
import type { StoredBoard, StoredBoards } from "../../src/session/stored-boards.ts";
import { createApp } from "../../src/ui/app.ts";
import { createChoices } from "../../src/ui/choices/choices.ts";
import { stringsOf } from "../../src/ui/words/languages.ts";
import { createMemoryPages } from "../support/memory-pages.ts";

type Places = readonly (readonly [x: number, y: number])[];

/** The app, in the hands of a test. */
export interface PagesInPage {
  setContacts(contacts: readonly Contact[]): void;
  notify(notice: Notice): void;
  /** A contact draws a stroke on a page; in world units. */
  draw(page: PageId, places: Places): void;
  /** The pages in order, with their names. */
  list(): readonly (readonly [PageId, string])[];
  current(): PageId;
  /** How many things are on each page, in order. */
  counts(): readonly number[];
  /** Which pages were looked at without being shown. */
  glances(): readonly PageId[];
  /** Somebody else makes pages, names one, takes one away. */
  add(count: number): void;
  rename(page: PageId, name: string): void;
  remove(page: PageId): void;
  setBackground(page: PageId, background: "plain" | "grid"): void;
}

export interface PagesOptions {
  readonly own: Address;
  readonly language: string;
  /** Pages besides the first. */
  readonly more: number;
  /** Strokes on each page. */
  readonly strokes: number;
  readonly room: number;
}

const PEN = {
  tool: "pen",
  input: "mouse",
  color: 0x2348c4,
  width: 4,
  pressure: false,
  scale: 0,
} as const;
const COLORS = [0x2348c4, 0xd42a31, 0x33964f, 0xe8700f];
const CONTACT_SESSION = 7;
/** Of whoever drew what was there before. */
const OTHER_SESSION = 8;
const START = Date.UTC(2026, 10, 28, 9, 30);

function stroke(board: Board, places: Places, color: number = PEN.color): void {
  const writer = board.startStroke({ ...PEN, color });
  writer.add(places.map(([x, y]) => ({ x, y, pressure: 0.5 })));
  writer.end();
}

/** So many strokes, below one another in columns; `at`: in a colour of the page's place. */
function fill(board: Board, at: number, strokes: number): void {
  for (let i = 0; i < strokes; i++) {
    const y = 12 * (i % 40) - 220;
    const x = 14 * Math.floor(i / 40) - 140;
    const wave: Places = [0, 1, 2, 3].map((step) => [x + 30 * step, y + 5 * ((step + at) % 3)]);
    stroke(board, wave, COLORS[at % COLORS.length]);
  }
}

/** The open board, one with two others, a private one, and one that cannot be removed, of an older version. */
function createFakeBoards(changed: () => void): StoredBoards {
  const board = (id: string, people: readonly Address[], bytes?: number): StoredBoard => ({
    ...{ id, people, bytes, isOpen: id === "open" },
    changedAt: bytes === undefined ? undefined : START,
  });
  let all = [
    board("open", ["AnnAddressOfSomebodyWhoHasALongOne"], 1_260_000),
    board("group", ["BoAddressOfSomebody", "CyAddressOfSomebody"], 45_600),
    board("private", [], 9400),
    board("older", ["DanAddressOfSomebody"]),
  ];
  return {
    list: () => all,
    refresh: async () => undefined,
    async remove(id) {
      if (id === "older") return false;
      all = all.filter((each) => each.id !== id);
      changed();
      return true;
    },
    close: () => undefined,
  };
}

function createPagesInPage({ own, language, more, strokes, room }: PagesOptions): PagesInPage {
  const onError = (error: unknown): void => {
    throw error;
  };
  const notices = createEmitter<Notice>(onError);
  const changed = createEmitter<void>(onError);
  let now = START;
  const pages = createMemoryPages({ room, now: () => now, later: (task) => void setTimeout(task, 10) });
  for (let i = 0; i < more; i++) pages.add();
  for (const [at, { id }] of pages.list().entries()) {
    pages.remotely(id, OTHER_SESSION, (board) => fill(board, at, strokes));
  }
  // What was made was made a while ago.
  now = START + 26 * 3_600_000;
  let contacts: readonly Contact[] = [];
  const boards = createFakeBoards(() => changed.emit());
  const session: Session = {
    phase: () => "ready",
    own: () => own,
    contacts: () => contacts,
    away: () => undefined,
    storedBoards: () => boards,
    carryOffer: () => undefined,
    answerCarry: () => undefined,
    whoIs: (client) => (client === CONTACT_SESSION ? contacts[0]?.address : undefined),
    knowsPeople: () => true,
    board: () => pages.board(pages.current()),
    pages: () => pages,
    digest: () => "",
    isStored: () => false,
    exportUpdate: () => undefined,
    setPresence: () => undefined,
    setPreview: () => undefined,
    onChange(listener) {
      const stops = [pages.onChange(listener), changed.on(listener)];
      return () => stops.forEach((stop) => stop());
    },
    onNotice: (listener) => notices.on(listener),
    blobs: NO_BLOBS,
    voice: NO_VOICE,
    hide: () => undefined,
    show: () => undefined,
    leave: () => undefined,
    close: () => undefined,
  };
  createApp({
    session,
    strings: stringsOf(language),
    choices: createChoices({ onError }),
    calendar: { minutes: () => Math.floor(now / 60_000) },
    log: { warn: (message, detail) => console.error(message, detail) },
    around: "messenger",
    kept: undefined,
  });

  return {
    setContacts(next) {
      contacts = next;
      changed.emit();
    },
    notify: (notice) => notices.emit(notice),
    draw: (page, places) => pages.remotely(page, CONTACT_SESSION, (board) => stroke(board, places)),
    list: () => pages.list().map(({ id, name }) => [id, name] as const),
    current: pages.current,
    counts: () => pages.list().map(({ id }) => pages.board(id).items().length),
    glances: () => [...pages.glances],
    add(count) {
      for (let i = 0; i < count; i++) pages.add();
    },
    rename: (page, name) => void pages.rename(page, name),
    remove: (page) => void pages.remove(page),
    setBackground: (page, background) =>
      pages.remotely(page, OTHER_SESSION, (board) => void board.setBackground(background)),
  };
}

Object.assign(window, { createPagesInPage });
