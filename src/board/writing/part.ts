import type { Blame, Outcome } from "./history.ts";

/** A part of a step: writes, within a transaction, and tells after it what came of that. */
export interface Part {
  undo(blame: Blame): () => Outcome;
  redo(blame: Blame): () => Outcome;
}
