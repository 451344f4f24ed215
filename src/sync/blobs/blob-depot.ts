import type { BlobName } from "../../board/blobs/chunks.ts";

export interface LackingBlob extends BlobName {
  /** A bit for each chunk that is lacking, the lowest for the first. */
  readonly missing: number;
  /** The session that put it on the board, as far as that is known. */
  readonly maker: number | undefined;
}

/** Where the bytes of pictures are kept. */
export interface BlobDepot {
  /** What pages refer to and is not here; what is wanted most first. */
  lacking(): Iterable<LackingBlob>;
  /** A bit for each chunk that is here. */
  held(name: BlobName): number;
  /** `reading`: `onChange` tells when it can be had. Undefined: it is not here. */
  chunk(name: BlobName, index: number): Uint8Array | "reading" | undefined;
  /**
   * A chunk that came, as long as it must be. `useless`: it is here, or nobody wants it; `wrong`: now that all are
   * here, the hash is another one, and none is here any more.
   */
  take(name: BlobName, index: number, content: Uint8Array): "taken" | "whole" | "wrong" | "useless";
  /** Something is lacking, or not any more, or can be had. */
  onChange(listener: () => void): () => void;
}
