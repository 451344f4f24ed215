/*
 * How much is on a board. It is counted once when the board is opened; from then on each change adds to it and
 * takes from it what it wrote and deleted, and nobody walks through the document again.
 */
import * as Y from "yjs";
import { rootsOf } from "./document.ts";
import { LIMITS, RESOURCES } from "./limits.ts";
import type { Limit, Resource } from "./limits.ts";
import { trackMarksSize } from "./marks-size.ts";

/** How much is in a document, or comes with a change. */
export interface Size {
  readonly sessions: number;
  /** Yjs's structs: two for a stroke, one for a mark, for a value of an attribute, for words typed in a row. */
  readonly writes: number;
  /** Characters of ink and words, bytes of marks and attributes. */
  readonly content: number;
  /** Bytes of marks: all of them are read when a board is opened. */
  readonly marks: number;
  /** Bytes of those that stand, or more (marks-size.ts). */
  readonly standingMarks: number;
}

export const NO_SIZE: Size = { sessions: 0, writes: 0, content: 0, marks: 0, standingMarks: 0 };

/** The limits of a board's size; tests have smaller ones. */
export type SizeLimits = Readonly<Record<Resource, Pick<Limit, "writes" | "takes">>>;

export const SIZE_LIMITS: SizeLimits = {
  sessions: LIMITS.sessions,
  writes: LIMITS.writes,
  content: LIMITS.content,
  marks: LIMITS.marks,
  standingMarks: LIMITS.standingMarks,
};

export function addSize(a: Size, b: Partial<Size>): Size {
  return {
    sessions: a.sessions + (b.sessions ?? 0),
    writes: a.writes + (b.writes ?? 0),
    content: a.content + (b.content ?? 0),
    marks: a.marks + (b.marks ?? 0),
    standingMarks: a.standingMarks + (b.standingMarks ?? 0),
  };
}

/** What a board has too much of to be written, or taken; undefined: nothing. */
export function overOf(size: Size, most: "writes" | "takes", limits: SizeLimits): Resource | undefined {
  return RESOURCES.find((each) => size[each] > limits[each][most]);
}

/** Walks through the whole document. Of its marks all count as standing. */
export function sizeOf(doc: Y.Doc): Size {
  const map = rootsOf(doc).marks;
  let writes = 0;
  let content = 0;
  let marks = 0;
  for (const structs of doc.store.clients.values()) {
    writes += structs.length;
    for (const struct of structs) {
      const its = contentOf(struct, 0, map);
      content += its.content;
      marks += its.marks;
    }
  }
  return { sessions: doc.store.clients.size, writes, content, marks, standingMarks: marks };
}

/** Follows a document, and answers at any time but within a transaction. */
export interface SizeTracker {
  /**
   * `enough`: where all marks together have no more bytes, these count as standing; else only what stands does, as far
   * as that is known without counting it each time (marks-size.ts), and more roughly where it is over `beyond`.
   */
  size(enough?: number, beyond?: number): Size;
  close(): void;
}

export function trackSize(doc: Y.Doc): SizeTracker {
  const map = rootsOf(doc).marks;
  const { clients } = doc.store;
  /** By session. */
  const lengths = new Map(Array.from(clients, ([client, { length }]) => [client, length] as const));
  const marksSize = trackMarksSize(doc);
  let { writes, content, marks } = sizeOf(doc);

  function count(struct: Y.Item | Y.GC, from: number, sign: 1 | -1): void {
    const its = contentOf(struct, from, map);
    content += sign * its.content;
    marks += sign * its.marks;
  }

  /** While what was deleted still has its content. */
  const onTransaction = ({ beforeState, afterState, deleteSet }: Y.Transaction): void => {
    for (const [client, end] of afterState) {
      const from = beforeState.get(client) ?? 0;
      if (end <= from) continue;
      const structs = clients.get(client)!;
      for (let i = Y.findIndexSS(structs, from); i < structs.length; i++) {
        const struct = structs[i]!;
        if (!struct.deleted) count(struct, from, 1);
      }
    }
    for (const [client, ranges] of deleteSet.clients) {
      const structs = clients.get(client)!;
      const before = beforeState.get(client) ?? 0;
      for (const { clock, len } of ranges) {
        for (let i = Y.findIndexSS(structs, clock); (structs[i]?.id.clock ?? Infinity) < clock + len; i++)
          if (structs[i]!.id.clock < before) count(structs[i]!, 0, -1);
      }
    }
  };

  function recount(client: number): void {
    const length = clients.get(client)?.length ?? 0;
    writes += length - (lengths.get(client) ?? 0);
    lengths.set(client, length);
  }

  /** When what belongs together has been merged. */
  const onCleanup = ({ beforeState, afterState, deleteSet, _mergeStructs }: Y.Transaction): void => {
    for (const [client, end] of afterState) if (end > (beforeState.get(client) ?? 0)) recount(client);
    for (const client of deleteSet.clients.keys()) recount(client);
    for (const { id } of _mergeStructs) recount(id.client);
  };

  doc.on("afterTransaction", onTransaction);
  doc.on("afterTransactionCleanup", onCleanup);
  return {
    size: (enough = Infinity, beyond = Infinity) => ({
      sessions: lengths.size,
      writes,
      content,
      marks,
      standingMarks: marksSize.count(marks, enough, beyond),
    }),
    close() {
      marksSize.close();
      doc.off("afterTransaction", onTransaction);
      doc.off("afterTransactionCleanup", onCleanup);
    },
  };
}

/** What of a struct stands at a clock or behind it. */
function contentOf(
  struct: Y.Item | Y.GC,
  from: number,
  marksMap: Y.Map<unknown>,
): { readonly content: number; readonly marks: number } {
  const { content } = struct instanceof Y.Item ? struct : { content: undefined };
  if (content instanceof Y.ContentString) {
    const known = Math.max(0, from - struct.id.clock);
    return { content: struct.length - known, marks: 0 };
  }
  if (!(content instanceof Y.ContentBinary)) return { content: 0, marks: 0 };
  const { length } = content.content;
  const isMark = struct instanceof Y.Item && struct.parent === marksMap;
  return { content: length, marks: isMark ? length : 0 };
}
