/*
 * The parts of a step of the history are plain values, which know nothing of any document: a page may leave the
 * memory, and what was done on it is taken back on the document that it is read into later. What can be done with
 * each kind of part on a document stands in a file of its own.
 */
import type * as Y from "yjs";
import type { ItemId } from "../document/board.ts";
import type { WrittenMark } from "../document/mark-pieces.ts";
import type { Blame, Outcome, Way } from "./outcome.ts";
import type { Ranges } from "./ranges.ts";

/** A mark was written (mark-part.ts). */
export interface MarkPart {
  readonly kind: "mark";
  /** What it hides: whole items, characters of labels, or stretches of strokes. */
  readonly of: "items" | "words" | "stretches";
  readonly written: WrittenMark;
  readonly hides: Ranges;
  /** The items of which something must be seen; none where it is about words. */
  readonly items: Ranges;
  isUndone: boolean;
}

/** Items came, or characters of labels were typed (made-part.ts). */
export interface MadePart {
  readonly kind: "made";
  readonly of: "items" | "words";
  readonly ranges: Ranges;
  /** It stays as long as somebody else has written in this text. */
  readonly text: ItemId | undefined;
  /** The marks by which it was taken back. */
  readonly taken: TakenBack[];
}

/** A mark over what was made. */
export interface TakenBack {
  readonly written: WrittenMark;
  /** The mark itself, as text. */
  readonly over: string;
  stands: boolean;
}

/** An attribute was written (attribute-parts.ts). */
export interface AttributePart {
  readonly kind: "attribute";
  readonly key: string;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  /** Whose the value before was. */
  readonly formerOwner: number | undefined;
  isUndone: boolean;
  putBack: PutBack | undefined;
}

/** What an undo or a redo wrote. */
interface PutBack {
  readonly id: Pick<Y.ID, "client" | "clock">;
  readonly value: Uint8Array;
}

/** A text went on in a new item: all of it stays as long as somebody else has written there (moved-text.ts). */
export interface MovedTextPart {
  readonly kind: "moved text";
  readonly text: ItemId;
  readonly parts: readonly Part[];
}

export type Part = MarkPart | MadePart | AttributePart | MovedTextPart;

/** What can be done with a kind of part on a document. */
export interface PartActions<P> {
  /** Whatever others do, it can never be taken back any more, unless it is done again first. */
  isOver(part: P): boolean;
  /** Whether it can be taken back, or done again, so that anybody sees it. */
  can(part: P, way: Way): boolean;
  /** Tells who keeps it from that. */
  blame(part: P, way: Way, blame: Blame): void;
  /** Writes, within a transaction, as far as it can, and tells after it what came of that. */
  undo(part: P, blame: Blame): () => Outcome;
  redo(part: P, blame: Blame): () => Outcome;
  /** As undo, for good: also what others have hidden by now, and may bring back. */
  revoke(part: P): void;
  /** It will neither be taken back nor done again: what that would need can go. Writes nothing. */
  forget(part: P): void;
}
