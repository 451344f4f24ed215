/*
 * The ledger of a run: what people did on its boards, kept apart from the documents. In the end the oracle
 * compares the documents with it.
 */
import type { Board } from "../../src/board/document/board.ts";
import { quantize } from "../../src/ink/codec.ts";
import type { InkPoint, StrokeHeader } from "../../src/ink/stroke.ts";
import type { OpenPage } from "../support/room.ts";
import { copyOf, createLedgerBook, noteHidden, visibleColors } from "./ledger-book.ts";
import { clearBoard, stepHistory } from "./ledger-clears.ts";
import type {
  DoneClear,
  DrawnStroke,
  Hand,
  PageEnd,
  Pause,
  StorageLoss,
  WrittenWords,
} from "./ledger-entries.ts";
import { startStroke } from "./ledger-hands.ts";

/** `layers`: what may hide and show much. `looks`: what hides nothing. Else something may be hidden. */
export type ChangeAbout = "layers" | "looks";

/** Keeps what people did, apart from the documents that it will be compared with. */
export interface Ledger {
  /** Puts a pen down on the page's board; undefined where the page has none yet. */
  start(page: OpenPage, header: Omit<StrokeHeader, "color">): Hand | undefined;
  /** Lifts the pens of a page that gets hidden, as the app does. */
  lift(page: OpenPage): void;
  clear(page: OpenPage): string;
  /** Puts something on the page's board that is whole at once; undefined where the page has none yet. */
  put(
    page: OpenPage,
    header: Omit<StrokeHeader, "color">,
    points: readonly InkPoint[],
    act: (board: Board, color: number) => void,
  ): number | undefined;
  /** What was written into a text that was put there with this colour. */
  wrote(page: OpenPage, color: number, words: string): void;
  /** Any other change of the board; says whether it did anything. */
  change(page: OpenPage, act: (board: Board) => boolean, about?: ChangeAbout): boolean;
  /** Takes back, or does again, what the page's person did last. */
  step(page: OpenPage, way: "undo" | "redo" | "undoClear"): string;
  /** `at`: until when the page was able to do anything. */
  ended(page: OpenPage, how: PageEnd["how"], at: number): void;
  lost(phone: string, since: number): void;
  /** The page's timers stood still from then until now. */
  paused(page: OpenPage, from: number): void;
  /** Two pages of a phone have the board open at once. */
  double(phone: string): void;
  strokes(): readonly DrawnStroke[];
  /** Pens that are down on pages that are open. */
  penDown(): number;
  /** When somebody last changed a board. */
  lastChange(): number;
  clears(): readonly DoneClear[];
  words(): readonly WrittenWords[];
  endOf(page: OpenPage): PageEnd | undefined;
  losses(): readonly StorageLoss[];
  /** In the order of time. */
  pausesOf(page: OpenPage): readonly Pause[];
  doubled(): ReadonlySet<string>;
  /** Colours that some clear or undo had reason to hide. All others must be seen in the end. */
  mayBeHidden(): ReadonlySet<number>;
  /** What a board did otherwise than its person could expect, in words. */
  wrongs(): readonly string[];
}

export function createLedger(now: () => number): Ledger {
  const book = createLedgerBook(now);

  return {
    start: (page, header) => startStroke(book, page, header),
    lift(page) {
      for (const hand of [...(book.hands.get(page) ?? [])]) hand.end();
    },
    clear: (page) => clearBoard(book, page),
    step: (page, way) => stepHistory(book, page, way),
    put(page, given, points, act) {
      const board = page.session.board();
      if (!board) return undefined;
      const header = { ...given, color: book.strokes.length + 1 };
      book.strokes.push({
        color: header.color,
        page,
        header,
        points: points.map((point) => quantize(point, header)),
        state: "ended",
        endedAt: book.now(),
      });
      book.justCleared.delete(page);
      book.lastChange = book.now();
      act(board, header.color);
      return header.color;
    },
    wrote: (page, color, text) => void book.words.push({ page, color, text, at: book.now() }),
    change(page, act, about) {
      const board = page.session.board();
      if (!board) return false;
      const before = visibleColors(page);
      const copy = copyOf(page);
      book.layered ||= about === "layers";
      if (!act(board)) return false;
      book.lastChange = book.now();
      book.justCleared.delete(page);
      const hidden = noteHidden(book, page, before);
      // As with a clear: for good, unless this person takes it back. A layer can be shown by anybody; and what others had
      // hidden already, and was only still shown here, they may take back. With a change of looks nothing else goes.
      if (about !== undefined || hidden.size === 0) return true;
      const mustHide = new Set([...hidden].filter((color) => copy().has(color)));
      if (mustHide.size > 0) book.clears.push({ page, at: book.now(), mustHide });
      return true;
    },
    words: () => book.words,
    ended: (page, how, at) => void book.ends.set(page, { how, at }),
    double: (phone) => void book.doubled.add(phone),
    lost: (phone, since) => void book.losses.push({ phone, at: book.now(), since }),
    paused(page, from) {
      book.pauses.set(page, [...(book.pauses.get(page) ?? []), { from, to: book.now() }]);
    },
    strokes: () => book.strokes,
    penDown: () =>
      [...book.hands.values()].reduce(
        (sum, down) => sum + [...down].filter((hand) => hand.isDown()).length,
        0,
      ),
    lastChange: () => book.lastChange,
    clears: () => book.clears,
    endOf: (page) => book.ends.get(page),
    losses: () => book.losses,
    pausesOf: (page) => book.pauses.get(page) ?? [],
    doubled: () => book.doubled,
    mayBeHidden: () => book.mayBeHidden,
    wrongs: () => book.wrongs,
  };
}
