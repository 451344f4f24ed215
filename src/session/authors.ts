import * as Y from "yjs";
import type { Address } from "../env/host.ts";
import type { PagesState } from "./page-state.ts";

/**
 * Whose sessions wrote on a board. A contact says so while it is there; what is told here is noted on the device, for
 * a page that is opened later, when nobody says it any more.
 */
export function watchAuthors(state: PagesState): void {
  const { joined, notes } = state;
  if (!joined) return;
  const { clients } = joined.doc.store;
  if ([...clients.keys()].every((client) => client === joined.doc.clientID)) notes.setNew();
  joined.replica.onChange(() => noteContacts(state));
  noteContacts(state);
  // It may have written while the board was being loaded.
  noteOwn(state);
}

/** Notes who is here. */
function noteContacts({ joined, notes, isClosed }: PagesState): void {
  if (!joined || isClosed) return;
  for (const link of joined.replica.links()) {
    const session = link.session();
    if (session !== undefined) notes.setAuthor(session, link.address, false);
  }
}

/** Notes this device once it has written anything. */
export function noteOwn({ joined, open, notes }: PagesState): void {
  const own = joined?.participants.own;
  if (!joined || own === undefined) return;
  const { clientID } = joined.doc;
  if (notes.author(clientID) !== undefined) return;
  const documents = [joined.doc, ...[...(open?.memory.all() ?? [])].map(({ document }) => document.doc)];
  if (documents.some(({ store }) => Y.getState(store, clientID) > 0)) notes.setAuthor(clientID, own, true);
}

/** Where two write, and this device knows its own sessions, all others are the contact's. */
export function authorOf({ joined, notes }: PagesState, session: number): Address | undefined {
  if (!joined) return undefined;
  const { own, remotes } = joined.participants;
  if (session === joined.doc.clientID) return own;
  const [only, ...more] = remotes;
  const guess = more.length === 0 && notes.hasAllOwn() ? only : undefined;
  return notes.author(session) ?? guess;
}
