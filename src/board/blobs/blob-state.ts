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
import { emptyBlob, NOTHING, PART, readBlob, WHOLE, writeBlob, writeIndex } from "./blob-tables.ts";
import type { StoredBlob, StoredPart } from "./blob-tables.ts";
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
}

/** So much that is whole stays in memory. */
const IN_MEMORY = 4 * 1024 * 1024;
/** After a change. */
const WRITE_MS = 2000;

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
  const blobs = [...state.blobs.values()].filter(({ pages, stored }) => pages.size > 0 || stored !== NOTHING);
  void writeIndex(state.copy, { sequence: state.sequence, blobs }).then(({ ok }) => {
    if (!ok) state.isDirty = true;
  });
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
  if (!blob.content) blob.stored = NOTHING;
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

/** Forgets those of them that no page refers to. */
export function dropUnused(state: BlobState, some: readonly Blob[]): void {
  if (state.isClosed) return;
  for (const blob of some) {
    if (blob.pages.size > 0 || state.blobs.get(blobKey(blob)) !== blob) continue;
    state.blobs.delete(blobKey(blob));
    empty(state, blob);
  }
}
