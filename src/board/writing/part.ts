import type { Blame, Outcome, Way } from "./history.ts";

/** A part of a step. */
export interface Part {
  /** Whatever others do, it can never be taken back any more, unless it is done again first. */
  isOver(): boolean;
  /** Whether it can be taken back, or done again, so that anybody sees it. */
  can(way: Way): boolean;
  /** Tells who keeps it from that. */
  blame(way: Way, blame: Blame): void;
  /** Writes, within a transaction, as far as it can, and tells after it what came of that. */
  undo(blame: Blame): () => Outcome;
  redo(blame: Blame): () => Outcome;
  /** As undo, for good: also what others have hidden by now, and may bring back. */
  revoke(): void;
  /** It will neither be taken back nor done again: what that would need can go. Writes nothing. */
  forget(): void;
}
