import type { Board } from "../../src/board/document/board.ts";
import { quantize } from "../../src/ink/codec.ts";
import type { InkPoint, StrokeHeader } from "../../src/ink/stroke.ts";
import type { OpenPage } from "../support/room.ts";

/** A stroke as its author's hand drew it, whatever became of it in any document. */
export interface DrawnStroke {
  /** Tells strokes apart wherever they turn up: no two of a run have the same. */
  readonly color: number;
  readonly page: OpenPage;
  readonly header: StrokeHeader;
  /** On the grid. */
  readonly points: readonly InkPoint[];
  /** - `open`: the pen is down, or was when the page was gone. - `dropped`: taken back before it was in the document. */
  readonly state: "open" | "ended" | "dropped";
  /** When it ended. */
  readonly endedAt: number;
}

/** A clear, and what it must hide as long as nobody takes it back. */
export interface DoneClear {
  readonly page: OpenPage;
  readonly at: number;
  readonly mustHide: ReadonlySet<number>;
}

/** What somebody wrote into a text. */
export interface WrittenWords {
  readonly page: OpenPage;
  /** Of the text. */
  readonly color: number;
  readonly text: string;
  readonly at: number;
}

/** How a page ended. The board may still be saved in a page's `left`, not in its other ends. */
export interface PageEnd {
  readonly how: "left" | "back" | "killed";
  readonly at: number;
}

/** Something that took what a phone had stored. */
export interface StorageLoss {
  readonly phone: string;
  readonly at: number;
  /** Everything stored since then may be gone. */
  readonly since: number;
}

/** A hand that draws one stroke. */
export interface Hand {
  add(points: readonly InkPoint[]): void;
  end(): void;
  /** What a pinch does to a stroke that has just begun. */
  cancel(): void;
  isDown(): boolean;
}

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
  /** Any other change of the board; says whether it did anything. `layers`: what may hide and show much. */
  change(page: OpenPage, act: (board: Board) => boolean, about?: "layers"): boolean;
  /** Takes back, or does again, what the page's person did last. */
  step(page: OpenPage, way: "undo" | "redo" | "undoClear"): string;
  /** `at`: until when the page was able to do anything. */
  ended(page: OpenPage, how: PageEnd["how"], at: number): void;
  lost(phone: string, since: number): void;
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
  doubled(): ReadonlySet<string>;
  /** Colours that some clear or undo had reason to hide. All others must be seen in the end. */
  mayBeHidden(): ReadonlySet<number>;
  /** What a board did otherwise than its person could expect, in words. */
  wrongs(): readonly string[];
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** An item keeps the lower half of its colour, whatever it is recoloured to: by that it is known. */
export function drawnColor(color: number): number {
  return color & 0xffff;
}

export function createLedger(now: () => number): Ledger {
  const strokes: (Writable<DrawnStroke> & { points: InkPoint[] })[] = [];
  const hands = new Map<OpenPage, Set<Hand>>();
  const ends = new Map<OpenPage, PageEnd>();
  const losses: StorageLoss[] = [];
  const doubled = new Set<string>();
  const mayBeHidden = new Set<number>();
  const wrongs: string[] = [];
  /** Pages whose latest change was a clear, and what it hid. */
  const justCleared = new Map<OpenPage, ReadonlySet<number>>();
  const whoCleared = new Set<OpenPage>();
  /** Strokes that somebody took back, or hid by a clear that was done again. */
  const takenBack = new Set<number>();
  const words: WrittenWords[] = [];
  let clears: DoneClear[] = [];
  /** Somebody changed layers: what is seen depends on more than on who hid what. */
  let layered = false;
  let lastChange = 0;

  /** With how many pieces of each are seen. */
  function visibleColors(page: OpenPage): Map<number, number> {
    const board = page.session.board();
    // A board that is held back lists what is there no more.
    const there = (board?.items() ?? []).filter(({ id }) => board?.item(id));
    const counts = new Map<number, number>();
    for (const { header } of there) {
      const color = drawnColor(header.color);
      counts.set(color, (counts.get(color) ?? 0) + 1);
    }
    return counts;
  }

  /** Takes down what is not visible any more. */
  function noteHidden(page: OpenPage, before: ReadonlyMap<number, number>): Set<number> {
    const after = visibleColors(page);
    const hidden = new Set([...before.keys()].filter((color) => !after.has(color)));
    // Who moves a stroke that is still drawn leaves its pieces on two layers, and one may be locked.
    const isPartly = ([color, count]: readonly [number, number]): boolean => after.get(color)! < count;
    for (const each of layered ? before : []) if (isPartly(each)) mayBeHidden.add(each[0]);
    for (const color of hidden) {
      mayBeHidden.add(color);
      takenBack.add(color);
    }
    return hidden;
  }

  return {
    start(page, given) {
      const header = { ...given, color: strokes.length + 1 };
      const writer = page.session.board()?.startStroke(header);
      if (!writer) return undefined;
      const points: InkPoint[] = [];
      const stroke: (typeof strokes)[number] = {
        color: header.color,
        page,
        header,
        points,
        state: "open",
        endedAt: Infinity,
      };
      strokes.push(stroke);
      const finish = (state: "ended" | "dropped"): void => {
        stroke.state = state;
        stroke.endedAt = now();
        justCleared.delete(page);
        lastChange = now();
        hands.get(page)?.delete(hand);
      };
      const hand: Hand = {
        add(more) {
          if (stroke.state !== "open") return;
          lastChange = now();
          for (const point of more) points.push(quantize(point, header));
          writer.add(more);
        },
        end() {
          if (stroke.state !== "open") return;
          writer.end();
          finish(points.length > 0 ? "ended" : "dropped");
        },
        cancel() {
          if (stroke.state === "open") finish(writer.cancel() ? "dropped" : "ended");
        },
        isDown: () => stroke.state === "open" && !ends.has(page),
      };
      const down = hands.get(page) ?? new Set();
      hands.set(page, down.add(hand));
      return hand;
    },
    lift(page) {
      for (const hand of [...(hands.get(page) ?? [])]) hand.end();
    },
    clear(page) {
      const items = page.session.board()?.items() ?? [];
      const drawing = new Set(
        page.session
          .contacts()
          .filter(({ drawing: isDown, preview }) => isDown && preview?.kind !== "shape")
          .map(({ address }) => address),
      );
      const open = new Set(items.filter((item) => !item.ended).map(({ header }) => drawnColor(header.color)));
      for (const color of items.map(({ header }) => drawnColor(header.color))) {
        const stroke = strokes[color - 1];
        // A stroke that a killed page left open is under nobody's pen.
        const isUnderPen =
          open.has(color) &&
          stroke !== undefined &&
          !ends.has(stroke.page) &&
          (stroke.page === page || drawing.has(page.page.view.shown(stroke.page.page.view.address)));
        if (!isUnderPen) mayBeHidden.add(color);
      }
      // What a session wrote after the beginning of an open stroke may stay with that stroke.
      const busy = new Set([...open].map((color) => strokes[color - 1]?.page));
      if (!page.session.board()?.clear()) return "there was nothing";
      lastChange = now();
      // What it hides here it hides everywhere, and for good.
      const left = visibleColors(page);
      const mustHide = new Set(
        items.map(({ header }) => drawnColor(header.color)).filter((color) => !left.has(color)),
      );
      clears.push({ page, at: now(), mustHide });
      justCleared.set(page, mustHide);
      whoCleared.add(page);
      // What an answer had brought and nobody had been shown yet comes to light now, and a clear does not
      // reach over it: it keeps what that session drew after it.
      const shown = new Set(items.map(({ id }) => id));
      for (const { id, header } of page.session.board()?.items() ?? []) {
        if (!shown.has(id)) busy.add(strokes[drawnColor(header.color) - 1]?.page);
      }
      for (const { header } of items) {
        const color = drawnColor(header.color);
        const author = strokes[color - 1]?.page;
        if (left.has(color) && !busy.has(author) && !layered)
          wrongs.push(`stroke ${color} stayed when ${page.page.view.address} cleared`);
      }
      return `${items.length} items`;
    },
    step(page, way) {
      const before = visibleColors(page);
      const board = page.session.board();
      const did = (way === "undoClear" ? board?.undoClear() : board?.history[way]()) ?? "nothing";
      if (did === "nothing") return "there was nothing";
      lastChange = now();
      const gone = noteHidden(page, before);
      // What is taken back on a hidden layer nobody sees.
      if (layered) {
        for (const { color } of strokes.filter((stroke) => stroke.page === page)) mayBeHidden.add(color);
      }
      const after = visibleColors(page);
      for (const color of gone) {
        if (way !== "redo" && !layered && strokes[color - 1]?.page !== page)
          wrongs.push(
            `stroke ${color} is another's, and went when ${page.page.view.address} took something back`,
          );
      }
      // Where nobody else has ever cleared, what this clear hid is back.
      const hidden = whoCleared.size === 1 && way !== "redo" ? (justCleared.get(page) ?? []) : [];
      justCleared.delete(page);
      for (const color of hidden) {
        const isBack = after.has(color) || takenBack.has(color) || layered;
        if (!isBack)
          wrongs.push(`stroke ${color} stayed hidden when ${page.page.view.address} took a clear back`);
      }
      // Which of the person's clears stand now only the board knows.
      clears = clears.filter((clear) => clear.page !== page);
      return `${before.size} to ${after.size} strokes`;
    },
    put(page, given, points, act) {
      const board = page.session.board();
      if (!board) return undefined;
      const header = { ...given, color: strokes.length + 1 };
      strokes.push({
        color: header.color,
        page,
        header,
        points: points.map((point) => quantize(point, header)),
        state: "ended",
        endedAt: now(),
      });
      justCleared.delete(page);
      lastChange = now();
      act(board, header.color);
      return header.color;
    },
    wrote: (page, color, text) => void words.push({ page, color, text, at: now() }),
    change(page, act, about) {
      const board = page.session.board();
      if (!board) return false;
      const before = visibleColors(page);
      layered ||= about === "layers";
      if (!act(board)) return false;
      lastChange = now();
      justCleared.delete(page);
      const hidden = noteHidden(page, before);
      // As with a clear: for good, unless this person takes it back. A layer can be shown by anybody.
      if (about !== "layers" && hidden.size > 0) clears.push({ page, at: now(), mustHide: hidden });
      return true;
    },
    words: () => words,
    ended: (page, how, at) => void ends.set(page, { how, at }),
    double: (phone) => void doubled.add(phone),
    lost: (phone, since) => void losses.push({ phone, at: now(), since }),
    strokes: () => strokes,
    penDown: () =>
      [...hands.values()].reduce((sum, down) => sum + [...down].filter((hand) => hand.isDown()).length, 0),
    lastChange: () => lastChange,
    clears: () => clears,
    endOf: (page) => ends.get(page),
    losses: () => losses,
    doubled: () => doubled,
    mayBeHidden: () => mayBeHidden,
    wrongs: () => wrongs,
  };
}
