/*
 * A board as it was: what `Board.lookBack` gives. Nothing that was drawn is ever deleted, and every session says
 * when it did what, so the document itself is the memory. What it does not know: board/memory/deeds.ts.
 */

/** What a step did, as far as a person calls it something. `broughtBack`: what was erased is there again. */
export type PastDeed = "drew" | "wrote" | "erased" | "broughtBack" | "changed";

/** What one person did in one go. */
export interface PastStep {
  /** The session that did it. */
  readonly by: number;
  /** It is this page's. */
  readonly isOwn: boolean;
  readonly deed: PastDeed;
  /**
   * Milliseconds since 1970, by the calendar of whoever did it, which may be wrong by years: for words only. Undefined
   * where nobody knows.
   */
  readonly moment: number | undefined;
}

/**
 * A board at any moment, up to that at which this was made: what is done since comes into no step. `Shown`: what a
 * board can be asked that nobody can do anything to.
 */
export interface Past<Shown> {
  /** Finds the steps, until `enough` says so; whether that is all. Nothing else is to be asked before it is. */
  prepare(enough: () => boolean): boolean;
  /** Of each session in its order; among sessions what others built on comes first, and then it goes by moments. */
  readonly steps: readonly PastStep[];
  /** What this device's calendar said when this was made, in milliseconds since 1970. */
  readonly madeAt: number;
  /** So many steps have been done on `board`. */
  at(): number;
  /** Goes to another moment; costs what the steps on the way cost. */
  show(at: number): void;
  readonly board: Shown;
  /** All pieces of the strokes of this moment that these are pieces of: a long stroke is several items. */
  whole(ids: readonly string[]): readonly string[];
  /** The items of this moment that erasers and clears have hidden since, wholly or in part, and nobody brought back. */
  missing(): readonly string[];
  /**
   * What of these is missing is drawn again as it was, in its place; the others go back to where they were, as far
   * as that is known. One step of the history.
   */
  bringBack(ids: readonly string[]): BringingBack;
}

/** Things on their way back: piece by piece, and a step of the history when all are there. */
export interface BringingBack {
  /** Goes on, until `enough` says so; whether that is all. */
  go(enough: () => boolean): boolean;
  /** The items that are there for it; none where there was no room, which is told. */
  ids(): readonly string[];
  /** When all are there: takes them away again, whatever was done since. */
  undo(): void;
}
