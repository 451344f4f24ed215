/*
 * People whose board has pages, without a session above the replica: what a session does with the documents is
 * done here in its simplest form. What is not needed is stored and let go; one document at most is in memory
 * besides the first and the one that is shown.
 */
import * as Y from "yjs";
import type { StateDigest } from "../../src/board/document/state.ts";
import { digestText, stateVectorOf, trackState } from "../../src/board/document/state.ts";
import type { Roster } from "../../src/sync/roster/roster.ts";
import type { AddedPage, OpenDocument, OpenOptions, ReplicaPage, ReplicaRoom } from "./replicas.ts";

/** The number of a page that a session made. */
export function pageNumber(session: number, n: number): number {
  return session * 2 ** 20 + n;
}

interface StoredPage {
  readonly state: Uint8Array;
  readonly digest: StateDigest;
}

export interface Person extends ReplicaPage {
  /** The numbers of the pages that the index has, the first one without. */
  readonly index: Set<number>;
  /** Goes to a page. */
  show(number: number): OpenDocument;
  /** The page that is shown, beyond the first. */
  shown(): AddedPage;
  /** Draws so many dots on a page that is not in memory, as if that had been long ago. */
  store(number: number, xs: readonly number[]): void;
  /** The digest of each page on which anything is written, in words. */
  pages(): ReadonlyMap<number, string>;
  /** The dots of a page, wherever it is. */
  seenOn(number: number): number[];
  /** Which pages were loaded, one after the other, to be repaired. */
  readonly loaded: readonly number[];
  /** The most documents that were in memory at once, besides the first. */
  most(): number;
  /** What the replica told. */
  readonly told: readonly (readonly [what: "differs" | "wanted" | "settled", number: number])[];
}

/** What reading a stored page takes. */
const LOAD_MS = 60;

export function openPerson(
  room: ReplicaRoom,
  name: string,
  index: Iterable<number> = [],
  options: OpenOptions = {},
): Person {
  const known = new Set(index);
  const stored = new Map<number, StoredPage>();
  const open = new Map<number, AddedPage>();
  const wanted = new Set<number>();
  const loaded: number[] = [];
  const told: (readonly ["differs" | "wanted" | "settled", number])[] = [];
  let shown = 0;
  let loading = false;
  let most = 0;

  const roster: Roster = {
    entries() {
      const entries = new Map(Array.from(stored, ([number, { digest }]) => [number, digest] as const));
      for (const [number, { added, state }] of open)
        if (state().size > 0) entries.set(number, added.digest());
      return entries;
    },
    differs(_address, numbers) {
      for (const number of numbers) {
        told.push(["differs", number]);
        want(number);
      }
    },
    wanted(number) {
      told.push(["wanted", number]);
      want(number);
    },
    settled(number) {
      told.push(["settled", number]);
      if (number !== shown) putAway(number);
      loadNext();
    },
  };
  const person = room.open(name, { ...options, roster });

  function want(number: number): void {
    // What is not in the index is nobody's page.
    if (!known.has(number) || open.has(number)) return;
    wanted.add(number);
    loadNext();
  }

  function loadNext(): void {
    const isBusy = loading || [...open.keys()].some((number) => number !== shown);
    const [number] = wanted;
    if (isBusy || number === undefined) return;
    loading = true;
    room.clock.after(LOAD_MS, () => {
      loading = false;
      wanted.delete(number);
      if (open.has(number)) return loadNext();
      loaded.push(number);
      load(number, true);
    });
  }

  function load(number: number, hidden: boolean): void {
    open.set(number, person.add(number, { hidden, state: stored.get(number)?.state }));
    most = Math.max(most, open.size);
  }

  function putAway(number: number): void {
    const page = open.get(number);
    if (!page) return;
    page.closed();
    open.delete(number);
    if (page.state().size === 0) return;
    stored.set(number, { state: Y.encodeStateAsUpdate(page.doc), digest: page.added.digest() });
  }

  return {
    ...person,
    index: known,
    show(number) {
      shown = number;
      known.add(number);
      wanted.delete(number);
      if (open.has(number)) person.replica.setShown(number);
      else load(number, false);
      return open.get(number)!;
    },
    shown: () => open.get(shown)!,
    store(number, xs) {
      known.add(number);
      load(number, true);
      for (const x of xs) open.get(number)!.dot(x);
      putAway(number);
    },
    pages: () => new Map(Array.from(roster.entries(), ([number, digest]) => [number, digestText(digest)])),
    seenOn(number) {
      const page = open.get(number);
      if (page) return page.seen();
      if (!stored.has(number)) return [];
      load(number, true);
      const seen = open.get(number)!.seen();
      putAway(number);
      return seen;
    },
    loaded,
    most: () => most,
    told,
  };
}

/** Whether all have the same on all pages and on the first. */
export function areEqual(people: readonly Person[]): boolean {
  const [one, ...others] = people.map((person) =>
    JSON.stringify([digestOf(person.first.doc), [...person.pages()].sort(([a], [b]) => a - b)]),
  );
  return others.every((other) => other === one);
}

function digestOf(doc: Y.Doc): string {
  const tracker = trackState(doc);
  const digest = digestText(tracker.digest());
  tracker.close();
  return stateVectorOf(doc).size > 0 ? digest : "";
}
