import type { Point } from "../../base/geometry.ts";
import type { InkPoint } from "../../ink/stroke.ts";
import type { CopiedItem } from "../document/board.ts";
import { encodeLabel } from "../document/labels.ts";
import { NO_SIZE } from "../document/size.ts";
import type { Size } from "../document/size.ts";
import { inkTexts } from "./ink-text.ts";

/** What is to be pasted, as it will be written. */
export interface Pasted {
  readonly copied: CopiedItem;
  /** Of a stroke, item by item. */
  readonly inks: readonly string[];
  /** Of a text. */
  readonly stored: string;
}

/** Of an item besides its ink and its words: its structs, its header and its attributes. */
export const AROUND_ITEM: Size = { ...NO_SIZE, writes: 6, content: 160 };

export function planPaste(copied: CopiedItem): Pasted {
  return copied.kind === "text"
    ? { copied, inks: [], stored: encodeLabel(copied.text) }
    : { copied, inks: inkTexts(copied.header, copied.points), stored: "" };
}

export function sizeOfPasted({ inks, stored }: Pasted): Size {
  const items = Math.max(inks.length, 1);
  const { writes, content } = AROUND_ITEM;
  const chars = inks.reduce((sum, ink) => sum + ink.length, stored.length);
  return { ...NO_SIZE, writes: items * writes, content: items * content + chars };
}

/** The points of words: their corner, and for a note the opposite one. */
export function cornersOf(
  at: Point,
  size: { readonly width: number; readonly height: number } | undefined,
): readonly InkPoint[] {
  const corner = size && { x: at.x + size.width, y: at.y + size.height };
  return (corner ? [at, corner] : [at]).map(withPressure);
}

export function withPressure({ x, y }: Point): InkPoint {
  return { x, y, pressure: 0.5 };
}
