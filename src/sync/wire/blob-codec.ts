/*
 * Frames about the bytes of pictures. Encoder and decoder stand side by side. Source of the rules: sync/PROTOCOL.md,
 * S1 and S20.
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { hexOf } from "../../base/sha256.ts";
import { allChunks, chunkCount, chunkLength, isBlobLength } from "../../board/blobs/chunks.ts";
import type { BlobName } from "../../board/blobs/chunks.ts";
import { bytesOfHash } from "../../board/document/picture.ts";

/** `chunks`: a bit for each, the lowest for the first. */
export type BlobFrame =
  /** Send me these chunks. */
  | (BlobName & { readonly type: "want"; readonly chunks: number })
  /** I have these; none: ask somebody else. */
  | (BlobName & { readonly type: "have"; readonly chunks: number })
  | (BlobName & { readonly type: "chunk"; readonly index: number; readonly content: Uint8Array });

const HASH_BYTES = 32;

export function writeBlobFrame(content: encoding.Encoder, frame: BlobFrame): void {
  encoding.writeUint8Array(content, bytesOfHash(frame.hash));
  encoding.writeVarUint(content, frame.bytes);
  encoding.writeVarUint(content, frame.type === "chunk" ? frame.index : frame.chunks);
  if (frame.type === "chunk") encoding.writeUint8Array(content, frame.content);
}

/** Throws where it is malformed. */
export function readBlobFrame(type: BlobFrame["type"], content: decoding.Decoder): BlobFrame {
  const hash = hexOf(decoding.readUint8Array(content, HASH_BYTES));
  const bytes = decoding.readVarUint(content);
  const number = decoding.readVarUint(content);
  const isChunk = type === "chunk";
  const isIt = isBlobLength(bytes) && (isChunk ? number < chunkCount(bytes) : number <= allChunks(bytes));
  if (!isIt) throw new Error("no blob has this");
  if (!isChunk) return { type, hash, bytes, chunks: number };
  const chunk = decoding.readUint8Array(content, chunkLength(bytes, number));
  return { type, hash, bytes, index: number, content: chunk.slice() };
}
