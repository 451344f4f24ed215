import { hashPair } from "../../base/hash.ts";
import type { Hash64 } from "../../base/hash.ts";

/** The document that a frame is about where it does not say. */
export const FIRST_DOCUMENT = 0;
/** The one that says which others there are. */
export const INDEX_DOCUMENT = 1;
export const MAX_DOCUMENT = Number.MAX_SAFE_INTEGER;

/** A number has more bits than a half of a hash. */
export function hashOfDocument(number: number): Hash64 {
  return hashPair(number % 2 ** 32, Math.floor(number / 2 ** 32));
}
