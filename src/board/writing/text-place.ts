import type * as Y from "yjs";
import type { ItemId } from "../document/board.ts";
import type { ItemAttributes } from "../document/schema.ts";
import type { UndoStep } from "./changes.ts";

/** A text that can be typed in. */
export interface TextPlace {
  readonly id: ItemId;
  readonly label: Y.Text;
  /** Whether the whole text is hidden by a mark. */
  isGone(): boolean;
  /** Takes the whole text away. */
  remove(step: UndoStep): void;
  /** Writes an attribute of the item. */
  give(step: UndoStep, attributes: ItemAttributes): void;
  /** Makes the same text with these words, to take the place of this one. */
  moveOn(step: UndoStep, stored: string): ItemId;
}
