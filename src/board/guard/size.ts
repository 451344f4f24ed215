import * as Y from "yjs";
import { rootsOf } from "../document/document.ts";
import { MAX_MARKS_BYTES } from "../document/schema.ts";

/** How much is in a document, or comes with an update. */
export interface Size {
  readonly sessions: number;
  /** Yjs's structs: two for a stroke, one for a mark, for a value of an attribute, for words typed in a row. */
  readonly writes: number;
  /** Characters of ink and words, bytes of marks and attributes. */
  readonly content: number;
  /** Bytes of marks: all of them are read again whenever one is added. */
  readonly marks: number;
}

/**
 * What contacts may make of a board: beyond it phones stall. A board of 50,000 strokes has 100,000
 * writes and about 3 MB. A page is a session where it draws, and each session makes each change of
 * the document a little slower; ten new ones a day fill a board in two years.
 */
export const MAX_SIZE: Size = {
  sessions: 8192,
  writes: 500_000,
  content: 24 * 1024 * 1024,
  marks: MAX_MARKS_BYTES,
};

export function sizeOf(doc: Y.Doc): Size {
  const { store } = doc;
  const map = rootsOf(doc).marks;
  let writes = 0;
  let content = 0;
  let marks = 0;
  for (const structs of store.clients.values()) {
    writes += structs.length;
    for (const struct of structs) {
      if (!(struct instanceof Y.Item)) continue;
      if (struct.content instanceof Y.ContentString) content += struct.length;
      if (!(struct.content instanceof Y.ContentBinary)) continue;
      content += struct.content.content.length;
      if (struct.parent === map) marks += struct.content.content.length;
    }
  }
  return { sessions: store.clients.size, writes, content, marks };
}

export function addSize(a: Size, b: Size): Size {
  return {
    sessions: a.sessions + b.sessions,
    writes: a.writes + b.writes,
    content: a.content + b.content,
    marks: a.marks + b.marks,
  };
}

export function isOver(size: Size): boolean {
  return (
    size.sessions > MAX_SIZE.sessions ||
    size.writes > MAX_SIZE.writes ||
    size.content > MAX_SIZE.content ||
    size.marks > MAX_SIZE.marks
  );
}
