/*
 * A step of the history that is known before any of it is written: so that what has no room is refused as a
 * whole. With room for it goes room to take it back.
 */
import { piecesOf } from "../document/mark-pieces.ts";
import { encodeMark } from "../document/marks.ts";
import type { Mark } from "../document/marks.ts";
import { MAX_STAMP_BYTES } from "../document/stamps.ts";
import { addSize, NO_SIZE } from "../document/size.ts";
import type { Size } from "../document/size.ts";
import type { UndoStep } from "./changes.ts";

export interface PlannedStep {
  /** What it writes, and what taking it back would write. */
  readonly size: Size;
  /** Does it. */
  run(step: UndoStep): void;
}

/** A switch: whether the mark stands, and when that was set. */
const SWITCH_BYTES = 1 + MAX_STAMP_BYTES;

/** `act`: only reads, but for what it tells the step. */
export function planStep(act: (step: UndoStep) => void): PlannedStep {
  const deeds: ((step: UndoStep) => void)[] = [];
  let size = NO_SIZE;

  function plan(more: Partial<Size>, deed: (step: UndoStep) => void): void {
    size = addSize(size, more);
    deeds.push(deed);
  }

  function sizeOfMark(mark: Mark): Partial<Size> {
    const pieces = piecesOf(mark);
    const bytes = pieces.reduce(
      (sum, piece) => sum + encodeMark(piece).length + MAX_STAMP_BYTES + SWITCH_BYTES,
      0,
    );
    return { writes: 2 * pieces.length, content: bytes, marks: bytes, standingMarks: bytes };
  }

  act({
    mark: (mark, items) => plan(sizeOfMark(mark), (step) => step.mark(mark, items)),
    eraseCharacters: (ranges) =>
      plan(sizeOfMark({ kind: "erase", ranges }), (step) => step.eraseCharacters(ranges)),
    set: (key, value) =>
      plan({ writes: 2, content: 2 * (value.length + MAX_STAMP_BYTES) }, (step) => step.set(key, value)),
    // These are written already.
    made: (ranges, text) => plan({}, (step) => step.made(ranges, text)),
    typed: (ranges) => plan({}, (step) => step.typed(ranges)),
  });
  return {
    size,
    run(step) {
      for (const deed of deeds) deed(step);
    },
  };
}
