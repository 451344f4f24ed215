import type * as Y from "yjs";
import type { TextStroke } from "./drawn-item.ts";

/** What strokes get while changes are held back: it is among their points when it is shown. */
export interface HeldGrowth {
  hold(): void;
  /** All that strokes got until now is shown; `isOver`: what comes from now on is, too. */
  showAll(isOver: boolean): void;
  /** Takes in that a stroke's text has got more; `before`: the clock after its last write until then. */
  grow(stroke: TextStroke, text: Y.Text, before: number): void;
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
    grow(stroke, text, before) {
      stroke.grow(isHeld ? lengthBelow(text, before) : undefined);
      if (isHeld) behind.add(stroke);
    },
  };
}

/** How many characters of a stroke, which only its own session writes, were there before this clock. */
function lengthBelow(text: Y.Text, clock: number): number {
  let length = 0;
  for (let run = text._start; run && run.id.clock < clock; run = run.right) {
    length += Math.min(run.length, clock - run.id.clock);
  }
  return length;
}
