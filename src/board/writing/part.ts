import type { Blame, Outcome, Way } from "./history.ts";

/** A part of a step. */
export interface Part {
  /** Whether it can be taken back, or done again, so that anybody sees it. */
  can(way: Way): boolean;
  /** Tells who keeps it from that. */
  blame(way: Way, blame: Blame): void;
  /** Writes, within a transaction, as far as it can, and tells after it what came of that. */
  undo(blame: Blame): () => Outcome;
  redo(blame: Blame): () => Outcome;
  /** As undo, for good: also what others have hidden by now, and may bring back. */
  revoke(): void;
}
