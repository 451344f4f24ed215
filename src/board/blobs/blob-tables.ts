/*
 * Where a board's blobs are in the storage. Each is one value in a table of its own, for the host rewrites whole
 * tables; it is stored once, since whoever else has it can bring it again. An index says which there are and which
 * pages refer to them; it is small, and written in turns to two tables.
 *
 *   k0, k1      the index
 *   k<hash>     a blob, whole or as far as it has come, under its length
 *
 * Each name has the board's id in front. The index is written before what it names, so nothing is stored that it does
 * not know; the other way round a kill may leave names of what is not there, which is asked for.
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { hexOf } from "../../base/sha256.ts";
import type { BlobHash } from "../document/picture.ts";
import { bytesOfHash } from "../document/picture.ts";
import { decodeRecord, encodeRecord } from "../storage/record.ts";
import { TWINS } from "../storage/stored-set.ts";
import type { StoredCopy } from "../storage/stored-set.ts";
import { allChunks, isBlobLength } from "./chunks.ts";
import type { BlobName } from "./chunks.ts";

/** How much of a blob is in the storage. */
export const NOTHING = 0;
export const PART = 1;
export const WHOLE = 2;
export type StoredPart = typeof NOTHING | typeof PART | typeof WHOLE;

/** What the index says of a blob. */
export interface IndexedBlob extends BlobName {
  /** The pages that refer to it. */
  readonly pages: ReadonlySet<string>;
  readonly stored: StoredPart;
}

export interface StoredIndex {
  readonly sequence: number;
  readonly blobs: readonly IndexedBlob[];
}

/** A blob, as far as it is there. */
export interface StoredBlob {
  /** The chunks that are there (chunks.ts). */
  readonly held: number;
  /** As long as all of it. */
  readonly content: Uint8Array;
}

const KEY = "0";
const HASH_BYTES = 32;
const NAMED_DIGITS = 32;
const EMPTY = new Uint8Array(0);
const NO_INDEX: StoredIndex = { sequence: 0, blobs: [] };

function indexTable(boardId: string, twin: number): string {
  return `${boardId}-k${twin}`;
}

/** Not as long as a name of a file may be. */
function blobTable(boardId: string, hash: BlobHash): string {
  return `${boardId}-k${hash.slice(0, NAMED_DIGITS)}`;
}

/** The newest that can be read; none is an empty one. `undefined`: a newer version's, or it cannot be read now. */
export async function readIndex({ storage, boardId }: StoredCopy): Promise<StoredIndex | undefined> {
  let newest = NO_INDEX;
  for (const twin of TWINS) {
    const result = await storage.read(indexTable(boardId, twin), KEY);
    if (!result.ok) return undefined;
    const decoded = result.value ? decodeRecord(result.value, boardId) : undefined;
    if (decoded?.kind === "newer") return undefined;
    const record = decoded?.kind === "record" ? decoded.record : undefined;
    const blobs = record?.kind === "blobs" ? decodeIndex(record.payload) : undefined;
    if (record && blobs && record.sequence > newest.sequence) newest = { sequence: record.sequence, blobs };
  }
  return newest;
}

/** `sequence`: one more than that of what was read or written last. */
export function writeIndex(
  { storage, boardId }: StoredCopy,
  { sequence, blobs }: StoredIndex,
): ReturnType<StoredCopy["storage"]["write"]> {
  const value = encodeRecord(recordOf(sequence, encodeIndex(blobs)), boardId);
  return storage.write(indexTable(boardId, sequence % TWINS.length), KEY, value);
}

/** Undefined where there is nothing, or nothing that can be used: never another blob's bytes. */
export async function readBlob(
  { storage, boardId }: StoredCopy,
  { hash, bytes }: BlobName,
): Promise<StoredBlob | undefined> {
  const result = await storage.read(blobTable(boardId, hash), String(bytes));
  const decoded = result.ok && result.value ? decodeRecord(result.value, boardId) : undefined;
  if (decoded?.kind !== "record" || decoded.record.kind !== "blobs") return undefined;
  const { index: held, payload } = decoded.record;
  if (payload.length !== HASH_BYTES + bytes || held > allChunks(bytes)) return undefined;
  if (hexOf(payload.subarray(0, HASH_BYTES)) !== hash) return undefined;
  return { held, content: payload.slice(HASH_BYTES) };
}

export function writeBlob(
  { storage, boardId }: StoredCopy,
  { hash, bytes }: BlobName,
  { held, content }: StoredBlob,
): ReturnType<StoredCopy["storage"]["write"]> {
  const payload = new Uint8Array(HASH_BYTES + content.length);
  payload.set(bytesOfHash(hash));
  payload.set(content, HASH_BYTES);
  const value = encodeRecord({ ...recordOf(1, payload), index: held }, boardId);
  return storage.write(blobTable(boardId, hash), String(bytes), value);
}

export function emptyBlob(
  { storage, boardId }: StoredCopy,
  { hash, bytes }: BlobName,
): ReturnType<StoredCopy["storage"]["write"]> {
  return storage.write(blobTable(boardId, hash), String(bytes), EMPTY);
}

/** Empties all blobs of a board, and then what names them; false: it may be tried again. Never rejects. */
export async function clearBlobs(copy: StoredCopy): Promise<boolean> {
  const index = await readIndex(copy);
  if (!index) return false;
  for (const blob of index.blobs)
    if (blob.stored !== NOTHING && !(await emptyBlob(copy, blob)).ok) return false;
  if (index.sequence === 0) return true;
  for (const twin of TWINS)
    if (!(await copy.storage.write(indexTable(copy.boardId, twin), KEY, EMPTY)).ok) return false;
  return true;
}

function recordOf(sequence: number, payload: Uint8Array): Parameters<typeof encodeRecord>[0] {
  return { kind: "blobs", sequence, index: 0, count: 1, writer: 0, isPieced: false, payload };
}

function encodeIndex(blobs: readonly IndexedBlob[]): Uint8Array {
  return encoding.encode((encoder) => {
    for (const { hash, bytes, pages, stored } of blobs) {
      encoding.writeUint8Array(encoder, bytesOfHash(hash));
      encoding.writeVarUint(encoder, bytes);
      encoding.writeUint8(encoder, stored);
      encoding.writeVarUint(encoder, pages.size);
      for (const page of pages) encoding.writeVarString(encoder, page);
    }
  });
}

function decodeIndex(payload: Uint8Array): IndexedBlob[] | undefined {
  const blobs: IndexedBlob[] = [];
  try {
    const decoder = decoding.createDecoder(payload);
    while (decoding.hasContent(decoder)) {
      const hash = hexOf(decoding.readUint8Array(decoder, HASH_BYTES));
      const bytes = decoding.readVarUint(decoder);
      const flag = decoding.readUint8(decoder);
      const stored = ([NOTHING, PART, WHOLE] as const).find((part) => part === flag);
      const pages = new Set<string>();
      for (let left = decoding.readVarUint(decoder); left > 0; left--)
        pages.add(decoding.readVarString(decoder));
      if (!isBlobLength(bytes) || stored === undefined) return undefined;
      blobs.push({ hash, bytes, pages, stored });
    }
  } catch {
    return undefined;
  }
  return blobs;
}
