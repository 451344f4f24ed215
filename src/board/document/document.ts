import * as Y from "yjs";
import { slotOf } from "./slot.ts";

/** The newest version of the document's shape that this one can show. A reader shows what it knows of a newer one. */
export const DOCUMENT_FORMAT = 4;
/** That of all that is on a board but of pictures, which came with the next one: whoever lacks them is told so. */
export const PLAIN_FORMAT = 3;

/** Where a transaction came from, as its `origin`. */
export const LOCAL_ORIGIN = Symbol("local");
export const REMOTE_ORIGIN = Symbol("remote");
export const STORAGE_ORIGIN = Symbol("storage");

/** The root types. Nothing else may be at the top of a board's document. */
export interface Roots {
  /** The drawing, bottom first. Every item is a `Y.Text` of ink as text (see ink/header.ts). */
  readonly items: Y.Array<unknown>;
  /** What hides ink (see marks.ts). */
  readonly marks: Y.Map<unknown>;
  /** What became different of items and layers since they were made (see attributes.ts); in the index, the pages. */
  readonly attrs: Y.Map<unknown>;
  /** The words of texts and notes, as a `Y.Text` each (see labels.ts). */
  readonly labels: Y.Map<unknown>;
  /** What each session says of itself (see session-records.ts). */
  readonly sessions: Y.Map<unknown>;
  /** `format`: the newest one that anything here needs. */
  readonly meta: Y.Map<unknown>;
}

/**
 * A document for one board. It gets its own random `clientID` only after everything stored is
 * loaded: Yjs replaces an id that it meets in a loaded update.
 */
export function createDocument(): Y.Doc {
  const doc = new Y.Doc();
  rootsOf(doc);
  return doc;
}

export function rootsOf(doc: Y.Doc): Roots {
  return {
    items: doc.getArray("items"),
    marks: doc.getMap("marks"),
    attrs: doc.getMap("attrs"),
    labels: doc.getMap("labels"),
    sessions: doc.getMap("sessions"),
    meta: doc.getMap("meta"),
  };
}

/** Beyond so many tries nobody knows a free slot; a board has room for far fewer sessions than there are slots. */
const MAX_TRIES = 1000;

/**
 * Gives the document a writer's identity that no session ever had: one that was used before the host
 * lost its last writes would number new ink like the lost ink, and boards would differ unnoticed. Nor has any
 * session on the board its slot, by which the others know whose ink an append is.
 */
export function assignClient(doc: Y.Doc, uint32: () => number): number {
  const { clients } = doc.store;
  const slots = new Set([...clients.keys()].map(slotOf));
  let client = uint32();
  for (let tries = 0; client === 0 || clients.has(client) || isTaken(client, tries); tries++)
    client = uint32();
  doc.clientID = client;
  return client;

  function isTaken(each: number, tries: number): boolean {
    return slots.has(slotOf(each)) && tries < MAX_TRIES;
  }
}
