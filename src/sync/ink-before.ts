import * as Y from "yjs";
import type { InkWrite } from "./append.ts";

/** What a session drew last: it says much about what it draws next. */
export interface InkBefore {
  readonly writes: readonly InkWrite[];
  /** The clock of the last stroke's start; undefined where there is none in it. */
  readonly lastStart: number | undefined;
}

/** From the last start before so many clocks on. */
const WINDOW = 256;
/** But from nowhere further back: a session may do much else. */
const FURTHEST = 8192;

/**
 * The newest ink of a session below `clock`, of which the document must have all. It depends on these
 * writes alone, not on how this document keeps them.
 */
export function inkBefore(doc: Y.Doc, session: number, clock: number): InkBefore {
  const writes: InkWrite[] = [];
  let lastStart: number | undefined;
  if (clock === 0) return { writes, lastStart };
  const structs = doc.store.clients.get(session) ?? [];
  const from = clock - FURTHEST;
  for (let index = Y.findIndexSS(structs, clock - 1); index >= 0; index--) {
    const struct = structs[index]!;
    const start = struct.id.clock;
    if (start + struct.length <= from) break;
    const content = struct instanceof Y.Item ? struct.content : undefined;
    if (content instanceof Y.ContentString) {
      writes.push({ kind: "text", text: content.str.slice(Math.max(from - start, 0), clock - start) });
    } else if (content instanceof Y.ContentType) {
      writes.push({ kind: "start", after: undefined });
      lastStart ??= start;
      if (start <= clock - WINDOW) break;
    }
  }
  return { writes: writes.reverse(), lastStart };
}
