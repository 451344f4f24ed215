/*
 * The documents beyond the first and the index, of which there may be many and few are in memory: what the
 * session tells of them, and what it is told. Rules: PROTOCOL.md, S19.
 */
import { addHash, hashPair, NO_HASH } from "../../base/hash.ts";
import type { Hash64 } from "../../base/hash.ts";
import { equalDigest } from "../../board/document/state.ts";
import type { StateDigest } from "../../board/document/state.ts";
import type { Address } from "../../env/host.ts";
import { hashOfDocument, INDEX_DOCUMENT } from "../../board/document/document-number.ts";

/** The session's side of it. A number that it is told may be made up: what is not in the index is passed over. */
export interface Roster {
  /**
   * All documents beyond the first and the index of which this device knows what it has, in memory or not; of those
   * in memory what they are now. Those without writes may be among them. Asked for with each sign of life.
   */
  entries(): ReadonlyMap<number, StateDigest>;
  /**
   * Of these the contact has something else than this device, and they are not in memory: to be added one after the
   * other, each until it is settled. May be told again.
   */
  differs(address: Address, numbers: readonly number[]): void;
  /** Something came about a document that is not in memory, and will be asked for, or asks again, when it is added. */
  wanted(number: number): void;
  /** The replica needs this document no more: nothing is lacking, or it was asked for in vain. May be told again. */
  settled(number: number): void;
}

/** What nobody has written anything on. */
export const EMPTY_DIGEST: StateDigest = { writes: NO_HASH, deletions: NO_HASH };

/** Without what nobody needs to be told of. */
export function writtenEntries(roster: Roster | undefined): ReadonlyMap<number, StateDigest> {
  const entries = [...(roster?.entries() ?? [])];
  return new Map(
    entries.filter(([number, digest]) => number > INDEX_DOCUMENT && !equalDigest(digest, EMPTY_DIGEST)),
  );
}

/** A document without writes counts for nothing. */
export function hashOfEntry(number: number, digest: StateDigest): Hash64 {
  if (equalDigest(digest, EMPTY_DIGEST)) return NO_HASH;
  const { writes, deletions } = digest;
  const ofNumber = hashOfDocument(number);
  const withWrites = hashPair(ofNumber.lo ^ writes.lo, ofNumber.hi ^ writes.hi);
  return hashPair(withWrites.lo ^ deletions.lo, withWrites.hi ^ deletions.hi);
}

/** Of documents in any order. */
export function sumOfEntries(entries: ReadonlyMap<number, StateDigest>): Hash64 {
  let sum = NO_HASH;
  for (const [number, digest] of entries) sum = addHash(sum, hashOfEntry(number, digest));
  return sum;
}
