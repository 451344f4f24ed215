/*
 * What a document has of a picture: a record that says which bytes it is of, by their hash, and how it looks in
 * small. The bytes are outside of all documents (board/blobs).
 *
 * The record stands in the item's own text, behind its two points and their END, as base64 and one more END. So it is
 * written once, by the session that made the item, and goes wherever the item goes. Versions before 0.7.0, which know
 * no pictures, keep it as ink that they cannot read: of a map or a key of its own they would refuse the write, and with
 * it all that its session ever draws.
 *
 *   byte     type, its place in IMAGE_TYPES
 *   32 bytes hash
 *   varuint  width, height, bytes
 *   rest     thumbnail (thumbnail.ts), or nothing
 *
 * A contact may lie in a record. What is out of bounds is no picture and is not shown; that the bytes are others than
 * it says is seen when they are there (session/blobs).
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { hexOf } from "../../base/sha256.ts";
import { decodeBase64, encodeBase64 } from "../../base/bytes.ts";
import type { Box } from "../../base/geometry.ts";
import { IMAGE_TYPES, type ImageType } from "../../base/image-header.ts";
import { LIMITS } from "./limits.ts";

/** SHA-256 of a blob's bytes, in 64 lower-case hexadecimal digits. */
export type BlobHash = string;

/** A picture's bytes, and how it looks in small. */
export interface Picture {
  readonly hash: BlobHash;
  readonly type: ImageType;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** How many bytes it has. */
  readonly bytes: number;
  /** As encodeThumbnail gives it; empty: none. */
  readonly thumbnail: Uint8Array;
}

/** How much of a picture is not shown, from each of its edges, as a part of its width or height; 0 .. 1. */
export interface Crop {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export const NO_CROP: Crop = { left: 0, top: 0, right: 0, bottom: 0 };
/** At least so much is left of its width and of its height. */
const LEAST_LEFT = 1 / 64;

const HASH_BYTES = 32;

/** The record as text: characters of base64. */
export function encodePicture({ hash, type, width, height, bytes, thumbnail }: Picture): string {
  const record = encoding.encode((encoder) => {
    encoding.writeUint8(encoder, IMAGE_TYPES.indexOf(type));
    encoding.writeUint8Array(encoder, bytesOfHash(hash));
    for (const number of [width, height, bytes]) encoding.writeVarUint(encoder, number);
    encoding.writeUint8Array(encoder, thumbnail);
  });
  return encodeBase64(record);
}

/** Undefined for what is no record, or one of a picture that is out of bounds. Never throws. */
export function decodePicture(text: string): Picture | undefined {
  const record = text.length > LIMITS.pictureRecordChars.takes ? undefined : decodeBase64(text);
  if (!record || record.length < HASH_BYTES) return undefined;
  try {
    const decoder = decoding.createDecoder(record);
    const type = IMAGE_TYPES[decoding.readUint8(decoder)];
    const hash = hexOf(decoding.readUint8Array(decoder, HASH_BYTES));
    const [width, height, bytes] = [0, 0, 0].map(() => decoding.readVarUint(decoder)) as [
      number,
      number,
      number,
    ];
    const isPicture =
      type !== undefined && isPictureSize(width, height) && bytes > 0 && bytes <= LIMITS.pictureBytes.takes;
    const thumbnail = record.slice(decoder.pos);
    return isPicture ? { hash, type, width, height, bytes, thumbnail } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a picture may have so many pixels. */
export function isPictureSize(width: number, height: number): boolean {
  return width > 0 && height > 0 && width * height <= LIMITS.picturePixels.takes;
}

export function bytesOfHash(hash: BlobHash): Uint8Array {
  return Uint8Array.from({ length: HASH_BYTES }, (_, i) => Number.parseInt(hash.slice(2 * i, 2 * i + 2), 16));
}

/** Within its bounds, so that something is left. */
export function boundedCrop({ left, top, right, bottom }: Crop): Crop {
  const [l, r] = boundedEdges(left, right);
  const [t, b] = boundedEdges(top, bottom);
  return { left: l, top: t, right: r, bottom: b };
}

function boundedEdges(from: number, to: number): readonly [number, number] {
  const start = Math.min(Math.max(from, 0), 1 - LEAST_LEFT);
  return [start, Math.min(Math.max(to, 0), 1 - LEAST_LEFT - start)];
}

/** What is shown of a picture whose whole is so large. */
export function croppedBox(
  { width, height }: { readonly width: number; readonly height: number },
  { left, top, right, bottom }: Crop,
): Box {
  return {
    minX: left * width,
    minY: top * height,
    maxX: (1 - right) * width,
    maxY: (1 - bottom) * height,
  };
}
