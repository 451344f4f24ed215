/*
 * What this device keeps in mind of a board's pages, most of which are not in memory: in which state each is, so
 * that contacts can be told without reading it, and which one this person saw last; and in whose hands sessions
 * were, for words about the past. Nothing depends on it: what is lost or old is found by comparing with contacts, or
 * when the page is read, and whoever is not known is "somebody".
 *
 *   n0, n1    tables of one value each, written in turns: a kill can take a table that is just being written
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import type { StateDigest } from "../document/state.ts";
import { equalDigest } from "../document/state.ts";
import type { Cancel, Clock } from "../../env/clock.ts";
import type { Address } from "../../env/host.ts";
import type { Log } from "../../env/log.ts";
import { decodeRecord, encodeRecord } from "./record.ts";
import { TWINS } from "./stored-set.ts";
import type { StoredCopy, Twin } from "./stored-set.ts";

export interface PageNote {
  readonly digest: StateDigest;
  /** When something on it became different last, in minutes of this device's calendar. */
  readonly changedAt: number;
  /** How much it takes on this device. */
  readonly bytes: number;
  /** Of what was written of it: where the storage has less, it lost something since. */
  readonly sequence: number;
}

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
    const payload = encode({ pages, shown, hasIndex, authors: latest(authors), hasAllOwn });
    const record = {
      kind: "notes",
      sequence,
      index: 0,
      count: 1,
      writer: 0,
      isPieced: false,
      payload,
    } as const;
    const twin = (sequence % TWINS.length) as Twin;
    void storage.write(tableOf(boardId, twin), KEY, encodeRecord(record, boardId)).then((result) => {
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
        const notes = record.kind === "notes" ? decode(record.payload) : undefined;
        if (!notes) continue;
        sequence = record.sequence;
        // What this page noted meanwhile is newer.
        pages = new Map([...notes.pages, ...pages]);
        if (!isDirty) shown = notes.shown;
        hasIndex ||= notes.hasIndex;
        authors = new Map([...notes.authors, ...authors]);
        hasAllOwn = notes.hasAllOwn;
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

interface Notes {
  readonly pages: ReadonlyMap<string, PageNote>;
  readonly shown: string;
  readonly hasIndex: boolean;
  readonly authors: ReadonlyMap<number, Address>;
  readonly hasAllOwn: boolean;
}

function latest(authors: ReadonlyMap<number, Address>): ReadonlyMap<number, Address> {
  return new Map([...authors].slice(-MAX_AUTHORS));
}

function encode({ pages, shown, hasIndex, authors, hasAllOwn }: Notes): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarString(encoder, shown);
    encoding.writeUint8(encoder, hasIndex ? 1 : 0);
    encoding.writeVarUint(encoder, pages.size);
    for (const [id, { digest, changedAt, bytes, sequence }] of pages) {
      encoding.writeVarString(encoder, id);
      for (const { hi, lo } of [digest.writes, digest.deletions]) {
        encoding.writeUint32(encoder, hi);
        encoding.writeUint32(encoder, lo);
      }
      encoding.writeVarUint(encoder, changedAt);
      encoding.writeVarUint(encoder, bytes);
      encoding.writeVarUint(encoder, sequence);
    }
    const addresses = [...new Set(authors.values())];
    encoding.writeUint8(encoder, hasAllOwn ? 1 : 0);
    encoding.writeVarUint(encoder, addresses.length);
    for (const address of addresses) encoding.writeVarString(encoder, address);
    encoding.writeVarUint(encoder, authors.size);
    for (const [session, address] of authors) {
      encoding.writeVarUint(encoder, session);
      encoding.writeVarUint(encoder, addresses.indexOf(address));
    }
  });
}

function decode(payload: Uint8Array): Notes | undefined {
  try {
    const decoder = decoding.createDecoder(payload);
    const shown = decoding.readVarString(decoder);
    const hasIndex = decoding.readUint8(decoder) === 1;
    const pages = new Map<string, PageNote>();
    const hash = (): StateDigest["writes"] => ({
      hi: decoding.readUint32(decoder),
      lo: decoding.readUint32(decoder),
    });
    for (let left = decoding.readVarUint(decoder); left > 0; left--) {
      const id = decoding.readVarString(decoder);
      const digest = { writes: hash(), deletions: hash() };
      const changedAt = decoding.readVarUint(decoder);
      const bytes = decoding.readVarUint(decoder);
      pages.set(id, { digest, changedAt, bytes, sequence: decoding.readVarUint(decoder) });
    }
    return { pages, shown, hasIndex, ...readAuthors(decoder) };
  } catch {
    return undefined;
  }
}

function readAuthors(decoder: decoding.Decoder): Pick<Notes, "authors" | "hasAllOwn"> {
  const authors = new Map<number, Address>();
  // Notes of earlier versions end here.
  if (!decoding.hasContent(decoder)) return { authors, hasAllOwn: false };
  const hasAllOwn = decoding.readUint8(decoder) === 1;
  const addresses: Address[] = [];
  for (let left = decoding.readVarUint(decoder); left > 0; left--)
    addresses.push(decoding.readVarString(decoder));
  for (let left = decoding.readVarUint(decoder); left > 0; left--) {
    const session = decoding.readVarUint(decoder);
    const address = addresses[decoding.readVarUint(decoder)];
    if (address !== undefined) authors.set(session, address);
  }
  return { authors, hasAllOwn };
}
