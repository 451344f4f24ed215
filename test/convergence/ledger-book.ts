/*
 * What the ledger knows while a run goes on, and how it sees what a change of a board hid.
 */
import * as Y from "yjs";
import type { Board } from "../../src/board/document/board.ts";
import { createBoard } from "../../src/board/yjs-board.ts";
import type { InkPoint } from "../../src/ink/stroke.ts";
import { createHandTime } from "../support/hand-time.ts";
import type { OpenPage } from "../support/room.ts";
import { drawnColor } from "./ledger-entries.ts";
import type {
  DoneClear,
  DrawnStroke,
  Hand,
  PageEnd,
  Pause,
  StorageLoss,
  WrittenWords,
} from "./ledger-entries.ts";

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** A stroke of which more may be drawn. */
export type KeptStroke = Writable<DrawnStroke> & { points: InkPoint[] };

export interface LedgerBook {
  now(): number;
  /** By colour, from 1 on. */
  readonly strokes: KeptStroke[];
  readonly hands: Map<OpenPage, Set<Hand>>;
  readonly ends: Map<OpenPage, PageEnd>;
  readonly losses: StorageLoss[];
  readonly pauses: Map<OpenPage, readonly Pause[]>;
  readonly doubled: Set<string>;
  readonly mayBeHidden: Set<number>;
  readonly wrongs: string[];
  /** Pages whose latest change was a clear, and what it hid. */
  readonly justCleared: Map<OpenPage, ReadonlySet<number>>;
  readonly whoCleared: Set<OpenPage>;
  /** Strokes that somebody took back, or hid by a clear that was done again. */
  readonly takenBack: Set<number>;
  readonly words: WrittenWords[];
  clears: DoneClear[];
  /** Somebody changed layers: what is seen depends on more than on who hid what. */
  layered: boolean;
  lastChange: number;
}

export function createLedgerBook(now: () => number): LedgerBook {
  return {
    now,
    strokes: [],
    hands: new Map(),
    ends: new Map(),
    losses: [],
    pauses: new Map(),
    doubled: new Set(),
    mayBeHidden: new Set(),
    wrongs: [],
    justCleared: new Map(),
    whoCleared: new Set(),
    takenBack: new Set(),
    words: [],
    clears: [],
    layered: false,
    lastChange: 0,
  };
}

/** With how many pieces of each are seen. */
export function visibleColors(page: OpenPage): Map<number, number> {
  return colorsOn(page.session.board());
}

/**
 * The strokes that the page's copy of the board has and nobody has hidden there, as of now. While an answer comes
 * in the copy is ahead of what is shown: what others hid is still seen, and goes with the page's own next change,
 * whatever that is about. Reads it only where it is asked.
 */
export function copyOf(page: OpenPage): () => ReadonlySet<number> {
  const update = page.session.exportUpdate();
  let colors: ReadonlySet<number> | undefined;
  return () => (colors ??= update ? colorsIn(update) : new Set());
}

function colorsIn(update: Uint8Array): ReadonlySet<number> {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  const onError = (error: unknown): never => {
    throw error;
  };
  const handle = createBoard({ doc, time: createHandTime(), isPresent: () => false, onError });
  const colors = new Set(colorsOn(handle.board).keys());
  handle.close();
  return colors;
}

function colorsOn(board: Board | undefined): Map<number, number> {
  // A board that is held back lists what is there no more.
  const there = (board?.items() ?? []).filter(({ id, kind }) => kind !== "picture" && board?.item(id));
  const counts = new Map<number, number>();
  for (const { header } of there) {
    const color = drawnColor(header.color);
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  return counts;
}

/** Takes down what is not visible any more. */
export function noteHidden(
  book: LedgerBook,
  page: OpenPage,
  before: ReadonlyMap<number, number>,
): Set<number> {
  const after = visibleColors(page);
  const hidden = new Set([...before.keys()].filter((color) => !after.has(color)));
  // Who moves a stroke that is still drawn leaves its pieces on two layers, and one may be locked.
  const isPartly = ([color, count]: readonly [number, number]): boolean => after.get(color)! < count;
  for (const each of book.layered ? before : []) if (isPartly(each)) book.mayBeHidden.add(each[0]);
  for (const color of hidden) {
    book.mayBeHidden.add(color);
    book.takenBack.add(color);
  }
  return hidden;
}
