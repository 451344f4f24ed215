import type * as Y from "yjs";
import type { TextStroke } from "./drawn-item.ts";

/** What strokes get while changes are held back: it is among their points when it is shown. */
export interface HeldGrowth {
  hold(): void;
  /** All that strokes got until now is shown; `isOver`: what comes from now on is, too. */
  showAll(isOver: boolean): void;
  /** Takes in a change of a stroke's text. */
  grow(stroke: TextStroke, event: Y.YTextEvent): void;
}

export function createHeldGrowth(): HeldGrowth {
  let isHeld = false;
  /** Strokes of which not all is shown. */
  const behind = new Set<TextStroke>();
  return {
    hold() {
      isHeld = true;
    },
    showAll(isOver) {
      for (const stroke of behind) stroke.showAll();
      behind.clear();
      if (isOver) isHeld = false;
    },
    grow(stroke, event) {
      stroke.grow(isHeld ? event.target.length - addedBy(event) : undefined);
      if (isHeld) behind.add(stroke);
    },
  };
}

/** How many characters a change brought. */
function addedBy({ delta }: Y.YTextEvent): number {
  return delta.reduce((sum, { insert }) => sum + (typeof insert === "string" ? insert.length : 0), 0);
}
