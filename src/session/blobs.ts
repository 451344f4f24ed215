/*
 * The bytes of pictures, as whoever paints and whoever puts pictures on the board sees them: of the board that is
 * open, whichever that is.
 */
import { createEmitter } from "../base/emitter.ts";
import type { BlobHash } from "../board/document/picture.ts";
import type { Address } from "../env/host.ts";

export interface Blobs {
  /**
   * Keeps the bytes of a picture that is about to be put on the board; what no page refers to within a minute goes.
   * Undefined: there is no room for them on this device, they are none or too many, or there is no board.
   */
  put(bytes: Uint8Array): BlobHash | undefined;
  /** Undefined where they are not here, or not all of them; then they are asked for first. Never rejects. */
  bytesOf(hash: BlobHash): Promise<Uint8Array | undefined>;
  /** All of them are here since now. */
  onBytes(listener: (hash: BlobHash) => void): () => void;
  /** What is on its way, to this device and from it. */
  moving(): readonly MovingBlob[];
  /** What is lacking here and, as far as they said, on the devices of all who are here. */
  nowhere(): readonly BlobHash[];
}

export interface MovingBlob {
  readonly hash: BlobHash;
  /** `in`: to this device. */
  readonly way: "in" | "out";
  /** In: who put it on the board, where that is known; out: who gets it. */
  readonly contact: Address | undefined;
  /** How much of it is over, 0 .. 1. */
  readonly part: number;
}

/** What a board has of it. */
export type BlobsOfBoard = Pick<Blobs, "put" | "bytesOf" | "moving" | "nowhere">;

export function createBlobs(
  current: () => BlobsOfBoard | undefined,
  onError: (error: unknown) => void,
): Blobs & { came(hash: BlobHash): void } {
  const came = createEmitter<BlobHash>(onError);
  return {
    put: (bytes) => current()?.put(bytes),
    bytesOf: (hash) => current()?.bytesOf(hash) ?? Promise.resolve(undefined),
    onBytes: (listener) => came.on(listener),
    moving: () => current()?.moving() ?? [],
    nowhere: () => current()?.nowhere() ?? [],
    came: (hash) => came.emit(hash),
  };
}
