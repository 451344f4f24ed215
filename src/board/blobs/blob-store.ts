/*
 * The blobs of a board on this device: which the pages refer to, what of them is here, and what is lacking.
 *
 *     refer --> lacking --take, chunk by chunk--> whole --no page refers to it any more--> dropped
 *                  ^  ^                             |
 *                  |  +--------- wrong hash --------+
 *                  +---- read from the storage: it is damaged, or not there
 *
 * What is whole is in the storage, and in memory as long as it is in use. What has come in part is stored now and
 * then, so that a kill loses little of it.
 */
import { createEmitter } from "../../base/emitter.ts";
import { sha256 } from "../../base/sha256.ts";
import type { Clock } from "../../env/clock.ts";
import type { Log } from "../../env/log.ts";
import { LIMITS } from "../document/limits.ts";
import type { BlobHash } from "../document/picture.ts";
import type { StoredCopy } from "../storage/stored-set.ts";
import {
  become,
  blobOf,
  bytesOfAll,
  dropUnused,
  empty,
  flush,
  isRoomFor,
  isWhole,
  planWrite,
  read,
  save,
  takeIndexed,
  use,
} from "./blob-state.ts";
import type { Blob, BlobState } from "./blob-state.ts";
import { readBlob, readIndex } from "./blob-tables.ts";
import { allChunks, blobKey, CHUNK_BYTES, chunkLength, isBlobLength } from "./chunks.ts";
import type { BlobName } from "./chunks.ts";

/** What became of a chunk. `useless`: it is here, or not wanted; `wrong`: all are here, and the hash is another. */
export type Taken = "taken" | "whole" | "wrong" | "useless";

export interface LackingBlob extends BlobName {
  /** The chunks that are not here (chunks.ts). */
  readonly missing: number;
  /** The session that put it on the board, as far as that is known. */
  readonly maker: number | undefined;
}

/** A picture on a page, or one that was there. */
export interface BlobReference extends BlobName {
  readonly maker: number;
  readonly isErased: boolean;
}

export interface BlobStore {
  /** Reads the index, unless something has needed it before. Nothing is lacking until it is read. Never rejects. */
  load(): Promise<void>;
  /** All that a page shows, or did. What is erased on all pages that are in memory is kept, and not lacking. */
  refer(page: string, pictures: Iterable<BlobReference>): void;
  /** These pages are gone for good, and refer to nothing any more. */
  forgetPages(isGone: (page: string) => boolean): void;
  /** Keeps what is about to be put on a page. Undefined: there is no room for it, or it has no bytes or too many. */
  put(bytes: Uint8Array): BlobHash | undefined;
  /** All of it; undefined where it is not here. Never rejects. */
  bytesOf(hash: BlobHash): Promise<Uint8Array | undefined>;
  /** What somebody looks at first. */
  lacking(): Iterable<LackingBlob>;
  /** The chunks of it that are here. */
  held(name: BlobName): number;
  /** `reading`: it is here as soon as `onChange` tells of it. Undefined: it is not here. */
  chunk(name: BlobName, index: number): Uint8Array | "reading" | undefined;
  take(name: BlobName, index: number, content: Uint8Array): Taken;
  /** What is stored here for other people, as far as it is whole, is here too. Never rejects. */
  copyFrom(other: StoredCopy): Promise<void>;
  /** How many bytes all take that are here, or are to be. */
  bytes(): number;
  /** Something is lacking, or no more, or can be read now; `whole`: it is since now. */
  onChange(listener: (whole: BlobHash | undefined) => void): () => void;
  /** Writes at once what is new: the page may be killed. */
  flush(): void;
  close(): void;
}

export interface BlobStoreDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly copy: StoredCopy;
  /** Bytes of all together. */
  readonly limit?: number;
}

/** What nobody refers to may be about to be. */
const UNUSED_MS = 60_000;

export function createBlobStore(deps: BlobStoreDeps): BlobStore {
  const { clock, log, copy, limit = LIMITS.blobBytes.takes } = deps;
  const state: BlobState = {
    clock,
    copy,
    limit,
    blobs: new Map(),
    changed: createEmitter((error) => log.warn("A listener to blobs failed", error)),
    sequence: 0,
    isDirty: false,
    isOpen: false,
    isClosed: false,
    plan: undefined,
    check: undefined,
    isGone: () => false,
  };
  const { blobs, changed } = state;
  /** That a page is painted with, and so are lacking first. */
  const looked = new Set<BlobHash>();
  let loading: Promise<void> | undefined;
  const load = (): Promise<void> => (loading ??= loadIndex(state));

  return {
    load,
    refer(page, pictures) {
      const { isNew, isOther } = refer(state, page, pictures);
      if (isNew) {
        void load();
        state.isDirty = true;
        planWrite(state);
      }
      if (isNew || isOther) changed.emit(undefined);
    },
    forgetPages(isGone) {
      state.isGone = isGone;
      for (const blob of [...blobs.values()]) {
        const gone = [...blob.pages].filter(isGone);
        if (gone.length === 0) continue;
        for (const page of gone) {
          blob.pages.delete(page);
          blob.erasedOn.delete(page);
        }
        state.isDirty = true;
        void dropUnused(state, [blob]);
        planWrite(state);
      }
    },
    put(bytes) {
      void load();
      return put(state, bytes);
    },
    async bytesOf(hash) {
      looked.add(hash);
      await load();
      const blob = [...blobs.values()].find((each) => each.hash === hash && isWhole(each));
      if (!blob) return undefined;
      await read(state, blob);
      use(state, blob);
      return isWhole(blob) ? blob.content : undefined;
    },
    lacking: () => lackingOf(state, looked),
    held: (name) => blobs.get(blobKey(name))?.held ?? 0,
    chunk(name, index) {
      const blob = blobs.get(blobKey(name));
      if (!blob || (blob.held & (2 ** index)) === 0) return undefined;
      if (!blob.content) {
        void read(state, blob);
        return "reading";
      }
      const start = index * CHUNK_BYTES;
      return blob.content.subarray(start, start + chunkLength(blob.bytes, index));
    },
    take: (name, index, content) => take(state, name, index, content),
    async copyFrom(other) {
      await load();
      await copyFrom(state, other);
    },
    bytes: () => bytesOfAll(state),
    onChange: (listener) => changed.on(listener),
    flush: () => flush(state),
    close() {
      flush(state);
      state.check?.();
      state.isClosed = true;
    },
  };
}

/** Says whether it refers to more than before, and whether others than before are erased there. */
function refer(
  state: BlobState,
  page: string,
  pictures: Iterable<BlobReference>,
): { readonly isNew: boolean; readonly isOther: boolean } {
  let isNew = false;
  /** Whether one of those that have these bytes stands. */
  const stands = new Map<Blob, boolean>();
  for (const { hash, bytes, maker, isErased } of pictures) {
    const blob = blobOf(state, { hash, bytes });
    if (!blob) break;
    blob.maker ??= maker;
    isNew ||= !blob.pages.has(page);
    blob.pages.add(page);
    stands.set(blob, stands.get(blob) === true || !isErased);
  }
  let isOther = false;
  for (const [blob, isThere] of stands) {
    isOther ||= blob.erasedOn.has(page) === isThere;
    if (isThere) blob.erasedOn.delete(page);
    else blob.erasedOn.add(page);
  }
  return { isNew, isOther };
}

async function loadIndex(state: BlobState): Promise<void> {
  const { blobs, clock } = state;
  const index = await readIndex(state.copy);
  if (!index || state.isClosed) return;
  state.isOpen = true;
  state.sequence = index.sequence;
  for (const indexed of index.blobs) takeIndexed(state, indexed);
  if (state.isDirty || [...blobs.values()].some(({ isWritten }) => !isWritten)) flush(state);
  const unused = [...blobs.values()].filter(({ pages, content }) => pages.size === 0 && !content);
  if (unused.length > 0) clock.after(UNUSED_MS, () => void dropUnused(state, unused));
  state.changed.emit(undefined);
}

function put(state: BlobState, bytes: Uint8Array): BlobHash | undefined {
  if (!isBlobLength(bytes.length)) return undefined;
  const name = { hash: sha256(bytes), bytes: bytes.length };
  const known = state.blobs.get(blobKey(name));
  if (!(known && isWhole(known)) && !isRoomFor(state, bytes.length)) return undefined;
  const blob = blobOf(state, name);
  if (!blob) return undefined;
  if (!isWhole(blob) || !blob.content) {
    become(state, blob, bytes.slice(), allChunks(bytes.length));
    save(state, blob);
  }
  state.clock.after(UNUSED_MS, () => void dropUnused(state, [blob]));
  state.changed.emit(name.hash);
  return name.hash;
}

function* lackingOf(state: BlobState, looked: ReadonlySet<BlobHash>): Iterable<LackingBlob> {
  if (!state.isOpen) return;
  const blobs = [...state.blobs.values()];
  // Where one length is right, the others are lies.
  const known = new Set(blobs.filter(isWhole).map(({ hash }) => hash));
  const all = blobs.filter(({ hash, pages, erasedOn }) => pages.size > erasedOn.size && !known.has(hash));
  readNext(state, all);
  for (const isLooked of [true, false]) {
    for (const { hash, bytes, held, maker, isRead } of all) {
      if (!isRead || looked.has(hash) !== isLooked || (held === 0 && !isRoomFor(state, bytes))) continue;
      yield { hash, bytes, missing: allChunks(bytes) - held, maker };
    }
  }
}

/** One after the other: what is shown waits for the storage, too. */
function readNext(state: BlobState, some: readonly Blob[]): void {
  const unread = some.find(({ isRead }) => !isRead);
  if (unread && some.every(({ reading }) => !reading)) void read(state, unread);
}

function take(state: BlobState, name: BlobName, index: number, content: Uint8Array): Taken {
  const blob = state.blobs.get(blobKey(name));
  const bit = 2 ** index;
  if (!blob?.isRead || blob.pages.size === 0 || (blob.held & bit) !== 0) return "useless";
  if (blob.held === 0 && !isRoomFor(state, blob.bytes)) return "useless";
  const whole = blob.content ?? new Uint8Array(blob.bytes);
  whole.set(content, index * CHUNK_BYTES);
  become(state, blob, whole, blob.held + bit);
  if (isWhole(blob) && sha256(whole) !== blob.hash) {
    empty(state, blob);
    state.changed.emit(undefined);
    return "wrong";
  }
  if (isWhole(blob)) save(state, blob);
  else planWrite(state);
  state.changed.emit(isWhole(blob) ? blob.hash : undefined);
  return isWhole(blob) ? "whole" : "taken";
}

async function copyFrom(state: BlobState, other: StoredCopy): Promise<void> {
  const index = await readIndex(other);
  for (const name of index?.blobs ?? []) {
    const there = state.blobs.get(blobKey(name));
    if (state.isClosed || (there && isWhole(there)) || !isRoomFor(state, name.bytes)) continue;
    const stored = await readBlob(other, name);
    const isIt = stored?.held === allChunks(name.bytes) && sha256(stored.content) === name.hash;
    const blob = isIt ? blobOf(state, name) : undefined;
    if (!blob) continue;
    become(state, blob, stored!.content, stored!.held);
    save(state, blob);
    state.changed.emit(name.hash);
  }
}
