/*
 * The blobs of a board as named state, and what changes one of them: reading, writing, dropping. blob-store.ts is its
 * front.
 */
import type { Emitter } from "../../base/emitter.ts";
import { sha256 } from "../../base/sha256.ts";
import type { Cancel, Clock } from "../../env/clock.ts";
import { LIMITS } from "../document/limits.ts";
import type { BlobHash } from "../document/picture.ts";
import type { StoredCopy } from "../storage/stored-set.ts";
import {
  emptyBlob,
  NOTHING,
  PART,
  readBlob,
  readIndex,
  WHOLE,
  writeBlob,
  writeIndex,
} from "./blob-tables.ts";
import type { IndexedBlob, StoredBlob, StoredPart } from "./blob-tables.ts";
import { allChunks, blobKey } from "./chunks.ts";
import type { BlobName } from "./chunks.ts";

export interface Blob extends BlobName {
  /** Those that refer to it. */
  readonly pages: Set<string>;
  /** Those of them, as far as they are in memory, on which it is erased wherever it was. */
  readonly erasedOn: Set<string>;
  /** The session that put it on the board, as far as that is known. */
  maker: number | undefined;
  /** In memory. */
  content: Uint8Array | undefined;
  /** The chunks of it that are here, in memory or in the storage. */
  held: number;
  /** It was looked for in the storage, or there is no need. */
  isRead: boolean;
  reading: Promise<void> | undefined;
  /** What is in the storage. */
  stored: StoredPart;
  /** What is in memory is in the storage. */
  isWritten: boolean;
}

export interface BlobState {
  readonly clock: Clock;
  readonly copy: StoredCopy;
  /** Of all together, in bytes. */
  readonly limit: number;
  /** By their keys; what was used last at the end. */
  readonly blobs: Map<string, Blob>;
  /** Something is lacking, or no more, or can be read now; with a hash: that is whole since now. */
  readonly changed: Emitter<BlobHash | undefined>;
  /** Of the index. */
  sequence: number;
  isDirty: boolean;
  /** The index may be written: what is stored is known. */
  isOpen: boolean;
  isClosed: boolean;
  plan: Cancel | undefined;
  /** It will be looked whether what was written of the index last still stands. */
  check: Cancel | undefined;
  /** Whether a page is known to have gone for good. */
  isGone: (page: string) => boolean;
}

/** So much that is whole stays in memory. */
const IN_MEMORY = 4 * 1024 * 1024;
/** After a change. */
const WRITE_MS = 2000;
/** After the index was written. */
const CHECK_MS = 5000;

export function isWhole({ bytes, held }: Blob): boolean {
  return held === allChunks(bytes);
}

/** How many bytes all take that are here, or partly. */
export function bytesOfAll({ blobs }: BlobState): number {
  let sum = 0;
  for (const { bytes, held } of blobs.values()) if (held > 0) sum += bytes;
  return sum;
}

export function isRoomFor(state: BlobState, bytes: number): boolean {
  return bytesOfAll(state) + bytes <= state.limit;
}

/** The blob of this name, known or new; undefined: there are too many. */
export function blobOf({ blobs }: BlobState, name: BlobName): Blob | undefined {
  const known = blobs.get(blobKey(name));
  if (known || blobs.size >= LIMITS.blobs.takes) return known;
  const blob: Blob = {
    hash: name.hash,
    bytes: name.bytes,
    pages: new Set(),
    erasedOn: new Set(),
    maker: undefined,
    content: undefined,
    held: 0,
    // A kill may have left it there without a word in the index.
    isRead: false,
    reading: undefined,
    stored: NOTHING,
    isWritten: true,
  };
  blobs.set(blobKey(name), blob);
  return blob;
}

export function planWrite(state: BlobState): void {
  if (!state.isClosed) state.plan ??= state.clock.after(WRITE_MS, () => flush(state));
}

/** Writes what is new. */
export function flush(state: BlobState): void {
  state.plan?.();
  state.plan = undefined;
  for (const blob of state.blobs.values()) save(state, blob);
  saveIndex(state);
}

function saveIndex(state: BlobState): void {
  if (!state.isDirty || !state.isOpen) return;
  state.isDirty = false;
  state.sequence++;
  void writeIndex(state.copy, { sequence: state.sequence, blobs: indexed(state) }).then(({ ok }) => {
    if (!ok) state.isDirty = true;
    else if (!state.isClosed) state.check ??= state.clock.after(CHECK_MS, () => void checkIndex(state));
  });
}

function indexed({ blobs }: BlobState): readonly Blob[] {
  return [...blobs.values()].filter(({ pages, stored }) => pages.size > 0 || stored !== NOTHING);
}

/**
 * Two pages of this app may have one board in one storage, and each writes the index as it knows it. So what each has
 * written is looked after: where the other's took its place, both are written as one. Else a blob would be in the
 * storage for ever, and nothing would say so.
 */
async function checkIndex(state: BlobState): Promise<void> {
  state.check = undefined;
  const there = await readIndex(state.copy);
  // What is written next is looked after in its turn.
  if (!there || state.isClosed || state.isDirty) return;
  for (const each of there.blobs) takeIndexed(state, each);
  state.sequence = Math.max(state.sequence, there.sequence);
  const known = new Map(there.blobs.map((each) => [blobKey(each), each]));
  const isAllThere = indexed(state).every((blob) => {
    const its = known.get(blobKey(blob));
    return (
      its !== undefined && its.stored >= blob.stored && [...blob.pages].every((page) => its.pages.has(page))
    );
  });
  if (isAllThere) return;
  state.isDirty = true;
  saveIndex(state);
}

/** What the index says of a blob that may have been put here, or referred to, meanwhile. */
export function takeIndexed(state: BlobState, { pages, stored, ...name }: IndexedBlob): void {
  const isKnown = state.blobs.has(blobKey(name));
  const blob = blobOf(state, name);
  if (!blob) return;
  for (const page of pages) if (!state.isGone(page)) blob.pages.add(page);
  if (blob.content || (isKnown && blob.stored !== NOTHING)) return;
  blob.stored = stored;
  blob.isRead = false;
  // Until it is read, which it need not be soon.
  if (stored === WHOLE) blob.held = allChunks(blob.bytes);
}

export function save(state: BlobState, blob: Blob): void {
  const { content, held } = blob;
  if (blob.isWritten || !content || !state.isOpen) return;
  const part = isWhole(blob) ? WHOLE : PART;
  if (blob.stored !== part) state.isDirty = true;
  blob.stored = part;
  blob.isWritten = true;
  // So that nothing is there that the index does not know.
  saveIndex(state);
  void writeBlob(state.copy, blob, { held, content }).then(({ ok }) => {
    if (ok) return letGo(state);
    blob.isWritten = false;
    planWrite(state);
  });
}

/** What is stored need not be in memory. */
function letGo({ blobs }: BlobState): void {
  let sum = 0;
  for (const blob of [...blobs.values()].reverse()) {
    if (!blob.content || !isWhole(blob)) continue;
    sum += blob.bytes;
    if (sum <= IN_MEMORY || !blob.isWritten || blob.stored !== WHOLE) continue;
    blob.content = undefined;
    blob.isRead = false;
  }
}

export function use({ blobs }: BlobState, blob: Blob): void {
  blobs.delete(blobKey(blob));
  blobs.set(blobKey(blob), blob);
}

/** Brings what is stored of it into memory. */
export function read(state: BlobState, blob: Blob): Promise<void> {
  if (blob.isRead) return Promise.resolve();
  blob.reading ??= readBlob(state.copy, blob).then((stored) => {
    blob.reading = undefined;
    if (state.isClosed || blob.isRead) return;
    takeStored(state, blob, stored);
    state.changed.emit(undefined);
  });
  return blob.reading;
}

function takeStored(state: BlobState, blob: Blob, stored: StoredBlob | undefined): void {
  blob.isRead = true;
  // Damage that no checksum found, and what another page left of it.
  const isWrong = stored && stored.held === allChunks(blob.bytes) && sha256(stored.content) !== blob.hash;
  blob.content = isWrong ? undefined : stored?.content;
  blob.held = blob.content ? stored!.held : 0;
  const there = blob.content ? (isWhole(blob) ? WHOLE : PART) : NOTHING;
  // Also of what the index does not know: it is to go one day.
  if (there !== blob.stored) {
    blob.stored = there;
    state.isDirty = true;
    planWrite(state);
  }
  use(state, blob);
  letGo(state);
}

/** Gives it this content, so much of which is there. */
export function become(state: BlobState, blob: Blob, content: Uint8Array, held: number): void {
  blob.content = content;
  blob.held = held;
  blob.isRead = true;
  blob.isWritten = false;
  use(state, blob);
}

/** None of it is here any more. */
export function empty(state: BlobState, blob: Blob): void {
  blob.content = undefined;
  blob.held = 0;
  blob.isWritten = true;
  if (blob.stored !== NOTHING) void emptyBlob(state.copy, blob);
  blob.stored = NOTHING;
  state.isDirty = true;
  planWrite(state);
}

/** Forgets those of them that no page refers to, also none of another page of this app. Never rejects. */
export async function dropUnused(state: BlobState, some: readonly Blob[]): Promise<void> {
  const unused = (): readonly Blob[] =>
    some.filter((blob) => blob.pages.size === 0 && state.blobs.get(blobKey(blob)) === blob);
  if (state.isClosed || unused().length === 0) return;
  const there = await readIndex(state.copy);
  // What cannot be told now is looked at when the board is opened the next time.
  if (!there || state.isClosed) return;
  for (const { pages, ...name } of there.blobs) {
    const blob = state.blobs.get(blobKey(name));
    if (blob && some.includes(blob)) for (const page of pages) if (!state.isGone(page)) blob.pages.add(page);
  }
  for (const blob of unused()) {
    state.blobs.delete(blobKey(blob));
    empty(state, blob);
  }
}
