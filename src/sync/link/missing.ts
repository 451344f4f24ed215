/*
 * How much of one document a contact is not known to have, kept as sums: only what changed since somebody
 * asked last is counted anew, session by session. Rules: PROTOCOL.md, S10.
 */
import * as Y from "yjs";

/** What a contact lacks, as far as this page knows. */
export interface MissingCount {
  readonly hasEverything: boolean;
  /** Strokes that it is not known to have, or not whole. */
  readonly missingStrokes: number;
}

export interface Missing {
  /** More of this session is here, or another part of it is known to be over there. */
  changed(client: number): void;
  count(): MissingCount;
}

export interface MissingDeps {
  readonly doc: Y.Doc;
  /** How much of a session the contact is known to have. */
  has(client: number): number;
  /** How many of a session's strokes end after this clock. */
  strokesBeyond(client: number, clock: number): number;
}

export function createMissing({ doc, has, strokesBeyond }: MissingDeps): Missing {
  /** The sessions of which the contact lacks something, each with how many strokes: none where it is no ink. */
  const lacking = new Map<number, number>();
  let missingStrokes = 0;
  /** To be counted anew. */
  const stale = new Set(doc.store.clients.keys());

  function countAnew(client: number): void {
    missingStrokes -= lacking.get(client) ?? 0;
    lacking.delete(client);
    const known = has(client);
    if (known >= Y.getState(doc.store, client)) return;
    const strokes = strokesBeyond(client, known);
    lacking.set(client, strokes);
    missingStrokes += strokes;
  }

  return {
    changed: (client) => void stale.add(client),
    count() {
      for (const client of stale) countAnew(client);
      stale.clear();
      return { hasEverything: lacking.size === 0, missingStrokes };
    },
  };
}
