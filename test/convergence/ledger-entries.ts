/*
 * What the ledger of a run keeps: strokes, clears, words, and how pages and storages ended.
 */
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
  /** Everything that the messenger was given since then may be gone. */
  readonly since: number;
}

/** A time in which a page's timers stood still: it could save nothing. */
export interface Pause {
  readonly from: number;
  readonly to: number;
}

/** A hand that draws one stroke. */
export interface Hand {
  add(points: readonly InkPoint[]): void;
  end(): void;
  /** What a pinch does to a stroke that has just begun. */
  cancel(): void;
  isDown(): boolean;
}

/** An item keeps the lower half of its colour, whatever it is recoloured to: by that it is known. */
export function drawnColor(color: number): number {
  return color & 0xffff;
}
