/*
 * What is kept of a page that has left the memory, where this session drew on it.
 *
 * What the session knows of its own doing goes on where it stopped, as long as its writes are there: one that began
 * anew would give numbers to other writes that were given already, and copies would differ for ever. So the page
 * itself goes along, as bytes: a hundredth of what it takes in memory. It has to be all of it, and not what this session
 * wrote alone, since each stroke builds upon the one before it, whosever that is. Mostly the storage has all of it, and
 * the bytes are not used.
 */
import * as Y from "yjs";
import { STORAGE_ORIGIN } from "../board/document/document.ts";
import { stateVectorOf } from "../board/document/state.ts";
import type { OwnWork } from "../board/writing/own-work.ts";

export interface LeftPage {
  readonly work: OwnWork;
  /** Puts onto a document of the page what it lacks of what was on it: before this session may write there. */
  bringBack(doc: Y.Doc): void;
}

/** Undefined where the session has written nothing there. */
export function leftPage(page: Y.Doc, work: OwnWork): LeftPage | undefined {
  if (Y.getState(page.store, page.clientID) === 0) return undefined;
  const all = Y.encodeStateAsUpdate(page);
  const state = [...stateVectorOf(page)];
  return {
    work,
    bringBack(doc) {
      const isWhole = state.every(([client, clock]) => Y.getState(doc.store, client) >= clock);
      if (!isWhole) Y.applyUpdate(doc, all, STORAGE_ORIGIN);
    },
  };
}
