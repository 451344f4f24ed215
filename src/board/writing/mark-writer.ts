import type * as Y from "yjs";
import { EMPTY_MARK, encodeMark, encodeSwitch, markKey, undoneKey } from "../document/marks.ts";
import type { Mark } from "../document/marks.ts";
import { piecesOf } from "../document/mark-pieces.ts";
import type { WrittenMark } from "../document/mark-pieces.ts";
import { createFolding, newFolding } from "./folding.ts";
import type { FoldingState } from "./folding.ts";
import type { SessionWriter } from "./session-writer.ts";

/** How many marks this session has written, and which it has done with. */
export interface MarksState {
  /** No two marks have one number. */
  next: number;
  readonly folding: FoldingState;
}

export function newMarks(): MarksState {
  return { next: 0, folding: newFolding() };
}

export interface MarkWriterDeps {
  readonly state: MarksState;
  readonly doc: Y.Doc;
  readonly marks: Y.Map<unknown>;
  readonly session: Pick<SessionWriter, "stamp">;
}

/** Writes this session's marks; all but `retire` within transactions. */
export interface MarkWriter {
  add(mark: Mark): WrittenMark;
  setUndone(written: WrittenMark, isUndone: boolean): void;
  /** It will not be switched any more. */
  retire(written: WrittenMark, isUndone: boolean): void;
}

export function createMarkWriter({ state, doc, marks, session }: MarkWriterDeps): MarkWriter {
  const folding = createFolding({
    state: state.folding,
    doc,
    marks,
    write,
    empty: (key) => void marks.set(key, EMPTY_MARK),
  });

  function write(mark: Mark): WrittenMark {
    return piecesOf(mark).map((piece) => {
      const key = markKey(doc.clientID, state.next++);
      marks.set(key, encodeMark(piece, session.stamp()));
      return key;
    });
  }

  return {
    add(mark) {
      const written = write(mark);
      folding.tidy();
      return written;
    },
    retire: folding.retire,
    setUndone(written, isUndone) {
      for (const key of written) marks.set(undoneKey(key), encodeSwitch(isUndone, session.stamp()));
      folding.tidy();
    },
  };
}
