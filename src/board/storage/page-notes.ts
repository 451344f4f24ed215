/*
 * What this device keeps in mind of a board's pages, most of which are not in memory: in which state each is, so
 * that contacts can be told without reading it, and which one this person saw last; and in whose hands sessions
 * were, for words about the past. Nothing depends on it: what is lost or old is found by comparing with contacts, or
 * when the page is read, and whoever is not known is "somebody". Beside them stands what is kept of calls, as bytes.
 *
 *   n0, n1    tables of one value each, written in turns: a kill can take a table that is just being written
 */
import { equalDigest } from "../document/state.ts";
import type { Cancel, Clock } from "../../env/clock.ts";
import type { Address } from "../../env/host.ts";
import type { Log } from "../../env/log.ts";
import { decodeRecord, encodeRecord } from "./record.ts";
import { decodeNotes, encodeNotes } from "./page-notes-codec.ts";
import type { PageNote } from "./page-notes-codec.ts";
import { TWINS } from "./stored-set.ts";
import type { StoredCopy, Twin } from "./stored-set.ts";

export interface PageNotes {
  /** Reads them; until then there are none. Never rejects. */
  load(): Promise<void>;
  of(id: string): PageNote | undefined;
  /** All pages of which something is noted. */
  ids(): readonly string[];
  set(id: string, note: PageNote): void;
  forget(id: string): void;
  /** The board was removed from this device: nothing of it is stored any more. */
  forgetAll(): void;
  /** There is an index from now on. */
  setIndexed(): void;
  /** Whether something of a page, or of the index, was stored; true where that is not known. */
  wasStored(document: "index" | { readonly page: string }): boolean;
  /** The page that this person saw last. */
  shown(): string;
  setShown(id: string): void;
  /** Who wrote in a session, as far as that was noted. */
  author(session: number): Address | undefined;
  /** Whoever is noted first stays. `isOwn`: it is this device's session. */
  setAuthor(session: number, address: Address, isOwn: boolean): void;
  /** Every session that this device wrote in is noted. */
  hasAllOwn(): boolean;
  /** What is kept of calls (sync/voice/missed-book.ts). */
  readonly calls: { read(): Uint8Array; write(bytes: Uint8Array): void };
  /** The board is new on this device. Without effect where there are notes of it. */
  setNew(): void;
  /** Writes at once what is new: the page may be killed. */
  flush(): void;
  close(): void;
}

export interface PageNotesDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly copy: StoredCopy;
}

/**
 * Noted as the sequence of a page that is being made and is not in the index: nobody has written so much of any, so
 * that one that is in it after all is read.
 */
export const UNLISTED = 2 ** 48;

const KEY = "0";

/** Empties what is noted of a board; false: it may be tried again. Never rejects. */
export async function clearNotes({ storage, boardId }: StoredCopy): Promise<boolean> {
  for (const twin of TWINS) {
    const result = await storage.read(tableOf(boardId, twin), KEY);
    if (!result.ok) return false;
    if (!result.value) continue;
    if (!(await storage.write(tableOf(boardId, twin), KEY, new Uint8Array(0))).ok) return false;
  }
  return true;
}

/** After a change: each write delays ink a little, and what a kill loses of this is found anew. */
const WRITE_MS = 5 * 60_000;
/** The own session is noted sooner, once in each: nobody else says later what was drawn here. */
const OWN_MS = 2000;
/** Of more sessions the earliest are forgotten; a contact may have opened the app in any number of them. */
const MAX_AUTHORS = 1000;

export function createPageNotes({ clock, log, copy }: PageNotesDeps): PageNotes {
  const { storage, boardId } = copy;
  let pages = new Map<string, PageNote>();
  let shown = "";
  let authors = new Map<number, Address>();
  let hasAllOwn = false;
  let calls: Uint8Array = new Uint8Array(0);
  let sequence = 0;
  let hasIndex = false;
  let isDirty = false;
  /** They are read, and may be written. */
  let isOpen = false;
  /** What they say is all that there is. */
  let isKnown = false;
  let plan: Cancel | undefined;

  function changed(soon = false): void {
    isDirty = true;
    if (!isOpen) return;
    if (soon) plan?.();
    if (soon || !plan) plan = clock.after(soon ? OWN_MS : WRITE_MS, write);
  }

  function write(): void {
    plan?.();
    plan = undefined;
    if (!isDirty || !isOpen) return;
    isDirty = false;
    sequence++;
    const payload = encodeNotes({ pages, shown, hasIndex, authors: latest(authors), hasAllOwn, calls });
    const twin = (sequence % TWINS.length) as Twin;
    void storage.write(tableOf(boardId, twin), KEY, recordOf(payload, sequence, boardId)).then((result) => {
      if (!result.ok) log.warn(`storage: the notes of pages could not be written: ${result.error}`);
    });
  }

  return {
    async load() {
      const read = await Promise.all(TWINS.map((twin) => storage.read(tableOf(boardId, twin), KEY)));
      const decoded = read.flatMap((result) =>
        result.ok && result.value ? [decodeRecord(result.value, boardId)] : [],
      );
      if (decoded.some(({ kind }) => kind === "newer")) return;
      isOpen = true;
      isKnown = read.every(({ ok }) => ok) && decoded.every(({ kind }) => kind === "record");
      const records = decoded.flatMap((each) => (each.kind === "record" ? each.record : []));
      for (const record of records.sort((a, b) => b.sequence - a.sequence)) {
        const notes = record.kind === "notes" ? decodeNotes(record.payload) : undefined;
        if (!notes) continue;
        sequence = record.sequence;
        // What this page noted meanwhile is newer.
        pages = new Map([...notes.pages, ...pages]);
        if (!isDirty) shown = notes.shown;
        hasIndex ||= notes.hasIndex;
        authors = new Map([...notes.authors, ...authors]);
        hasAllOwn = notes.hasAllOwn;
        if (calls.length === 0) calls = notes.calls;
        break;
      }
      if (isDirty) changed();
    },
    of: (id) => pages.get(id),
    ids: () => [...pages.keys()],
    set(id, note) {
      const before = pages.get(id);
      if (before && isSameNote(before, note)) return;
      pages.set(id, note);
      changed();
    },
    forget(id) {
      if (pages.delete(id)) changed();
    },
    forgetAll() {
      pages = new Map();
      shown = "";
      hasIndex = false;
      calls = new Uint8Array(0);
      isKnown = true;
    },
    setIndexed() {
      if (hasIndex) return;
      hasIndex = true;
      changed();
    },
    wasStored: (document) => !isKnown || (document === "index" ? hasIndex : pages.has(document.page)),
    shown: () => shown,
    setShown(id) {
      if (id === shown) return;
      shown = id;
      changed();
    },
    author: (session) => authors.get(session),
    setAuthor(session, address, isOwn) {
      if (authors.has(session)) return;
      authors.set(session, address);
      changed(isOwn);
    },
    hasAllOwn: () => hasAllOwn,
    calls: {
      read: () => calls,
      write(bytes) {
        calls = bytes;
        changed(true);
      },
    },
    setNew() {
      if (sequence === 0 && isKnown) hasAllOwn = true;
    },
    flush: write,
    close() {
      write();
      isOpen = false;
    },
  };
}

function recordOf(payload: Uint8Array, sequence: number, boardId: string): Uint8Array {
  const of = { kind: "notes", sequence, index: 0, count: 1, writer: 0, isPieced: false } as const;
  return encodeRecord({ ...of, payload }, boardId);
}

function isSameNote(a: PageNote, b: PageNote): boolean {
  return (
    equalDigest(a.digest, b.digest) &&
    a.changedAt === b.changedAt &&
    a.bytes === b.bytes &&
    a.sequence === b.sequence
  );
}

function tableOf(boardId: string, twin: Twin): string {
  return `${boardId}-n${twin}`;
}

function latest(authors: ReadonlyMap<number, Address>): ReadonlyMap<number, Address> {
  return new Map([...authors].slice(-MAX_AUTHORS));
}
