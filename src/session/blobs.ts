/*
 * The bytes of pictures, by their hashes: what of them is on this device.
 */
import { createEmitter } from "../base/emitter.ts";
import { sha256 } from "../base/sha256.ts";
import type { BlobHash } from "../board/document/picture.ts";

export interface Blobs {
  /** Keeps the bytes of a picture that is about to be put on the board. */
  put(bytes: Uint8Array): BlobHash;
  /** Undefined where they are not here, or not all of them. Never rejects. */
  bytesOf(hash: BlobHash): Promise<Uint8Array | undefined>;
  /** All of them are here since now. */
  onBytes(listener: (hash: BlobHash) => void): () => void;
}

export function createBlobs(onError: (error: unknown) => void): Blobs {
  const known = new Map<BlobHash, Uint8Array>();
  const came = createEmitter<BlobHash>(onError);
  return {
    put(bytes) {
      const hash = sha256(bytes);
      known.set(hash, bytes);
      came.emit(hash);
      return hash;
    },
    bytesOf: async (hash) => known.get(hash),
    onBytes: (listener) => came.on(listener),
  };
}
