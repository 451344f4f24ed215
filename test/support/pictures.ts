import { createPrng } from "../../src/base/prng.ts";
import { sha256 } from "../../src/base/sha256.ts";
import type { Picture } from "../../src/board/document/picture.ts";
import { encodeThumbnail, type Pixels } from "../../src/board/document/thumbnail.ts";

/** A sky over a sea, with a little noise, as photographs are. */
export function photograph(width: number, height: number, seed = 1): Pixels {
  const prng = createPrng(seed);
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    const light = Math.floor(i / width) / height;
    const noise = prng.below(12);
    data.set([60 + 150 * light + noise, 120 + 90 * light + noise, 230 - 80 * light + noise, 255], 4 * i);
  }
  return { width, height, data };
}

/** Bytes that nobody can pack, and that no decoder would take. */
export function blobBytes(length: number, seed = 1): Uint8Array {
  const prng = createPrng(seed);
  return Uint8Array.from({ length }, () => prng.below(256));
}

/** The record of such bytes. */
export function pictureOf(bytes: Uint8Array, given: Partial<Picture> = {}): Picture {
  return {
    hash: sha256(bytes),
    type: "jpeg",
    width: 640,
    height: 480,
    bytes: bytes.length,
    thumbnail: encodeThumbnail(photograph(64, 48)),
    ...given,
  };
}
