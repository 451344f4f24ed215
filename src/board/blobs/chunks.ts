import { LIMITS } from "../document/limits.ts";
import type { BlobHash } from "../document/picture.ts";

/*
 * How a blob is cut for the way to others: into chunks of CHUNK_BYTES, the last one shorter. Which of them are meant
 * is said in one number, a bit for each, the lowest for the first.
 */

/** As long as a message carries well beside what else there is to say: 64 k characters. */
export const CHUNK_BYTES = 48 * 1024;

/** A blob is named by its hash and by its length, which a record may tell wrongly. */
export interface BlobName {
  readonly hash: BlobHash;
  /** 1 .. LIMITS.pictureBytes.takes. */
  readonly bytes: number;
}

export function chunkCount(bytes: number): number {
  return Math.ceil(bytes / CHUNK_BYTES);
}

/** All its chunks, as bits. */
export function allChunks(bytes: number): number {
  return 2 ** chunkCount(bytes) - 1;
}

export function chunkLength(bytes: number, index: number): number {
  return Math.min(CHUNK_BYTES, bytes - index * CHUNK_BYTES);
}

/** How many chunks these bits mean. */
export function countChunks(bits: number): number {
  let count = 0;
  for (let left = bits; left > 0; left &= left - 1) count++;
  return count;
}

export function isBlobLength(bytes: number): boolean {
  return bytes > 0 && bytes <= LIMITS.pictureBytes.takes;
}

/** The same for the same blob, as a key. */
export function blobKey({ hash, bytes }: BlobName): string {
  return `${hash}.${bytes}`;
}
