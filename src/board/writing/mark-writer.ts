import type * as Y from "yjs";
import { encodeMark, encodeSwitch, markKey, undoneKey } from "../document/marks.ts";
import type { Mark } from "../document/marks.ts";
import type { SessionWriter } from "./session-writer.ts";

export interface MarkWriterDeps {
  readonly doc: Y.Doc;
  readonly marks: Y.Map<unknown>;
  readonly session: Pick<SessionWriter, "stamp">;
}

/** Writes this session's marks, within transactions. */
export interface MarkWriter {
  /** Gives its key. */
  add(mark: Mark): string;
  setUndone(key: string, isUndone: boolean): void;
}

export function createMarkWriter({ doc, marks, session }: MarkWriterDeps): MarkWriter {
  let nextMark = 0;
  return {
    add(mark) {
      const key = markKey(doc.clientID, nextMark++);
      marks.set(key, encodeMark(mark, session.stamp()));
      return key;
    },
    setUndone: (key, isUndone) => void marks.set(undoneKey(key), encodeSwitch(isUndone, session.stamp())),
  };
}
