import * as Y from "yjs";
import { addHash, equalHash, hashPair, hashText, NO_HASH, subtractHash } from "../../base/hash.ts";
import type { Hash64 } from "../../base/hash.ts";

/** What two documents must have in common to be the same: writes and deletions. */
export interface StateDigest {
  /** Over the state vector: which writes are there. */
  readonly writes: Hash64;
  /** Over the deleted ranges, which a state vector does not show. */
  readonly deletions: Hash64;
}

/** Per session, how many clocks of it the document holds. */
export type StateVector = ReadonlyMap<number, number>;

export function stateVectorOf(doc: Y.Doc): StateVector {
  // There may be many thousands of sessions: nothing is made for each of them.
  const state = new Map<number, number>();
  for (const client of doc.store.clients.keys()) state.set(client, Y.getState(doc.store, client));
  return state;
}

/** The sessions that a transaction brought something of. */
export function writersOf({ beforeState, afterState }: Y.Transaction): number[] {
  const writers: number[] = [];
  for (const [client, clock] of afterState) if (clock > (beforeState.get(client) ?? 0)) writers.push(client);
  return writers;
}

/** Follows a document and answers for its state at any time without walking through it. */
export interface StateTracker {
  digest(): StateDigest;
  close(): void;
}

/**
 * The digest of the deletions is a sum of F(client, end) - F(client, start) over the deleted ranges:
 * it does not depend on how neighbouring ranges were cut. Both grow with each transaction alone.
 */
export function trackState(doc: Y.Doc): StateTracker {
  let writes = hashOfStateVector(stateVectorOf(doc));
  let deletions = sumOf(Y.createDeleteSetFromStructStore(doc.store));
  const onTransaction = (transaction: Y.Transaction): void => {
    writes = withTransaction(writes, transaction);
    if (transaction.deleteSet.clients.size > 0) deletions = addHash(deletions, sumOf(transaction.deleteSet));
  };
  doc.on("afterTransaction", onTransaction);
  return {
    digest: () => ({ writes, deletions }),
    close: () => doc.off("afterTransaction", onTransaction),
  };
}

export function equalDigest(a: StateDigest, b: StateDigest): boolean {
  return equalHash(a.writes, b.writes) && equalHash(a.deletions, b.deletions);
}

/** 32 hexadecimal digits. */
export function digestText({ writes, deletions }: StateDigest): string {
  return hashText(writes) + hashText(deletions);
}

/** What the sessions of `state` add to a digest of writes: it is a sum over all of them. */
export function hashOfStateVector(state: StateVector): Hash64 {
  let sum = NO_HASH;
  for (const [client, clock] of state) sum = withWrites(sum, client, 0, clock);
  return sum;
}

/** A digest of writes when it has a session's writes up to `end` and no longer only up to `before`. */
export function withWrites(sum: Hash64, client: number, before: number, end: number): Hash64 {
  // A session that wrote nothing is in no document's state.
  const without = before > 0 ? subtractHash(sum, hashPair(client, before)) : sum;
  return end > 0 ? addHash(without, hashPair(client, end)) : without;
}

/** The same when it has what a transaction brought. */
function withTransaction(sum: Hash64, { beforeState, afterState }: Y.Transaction): Hash64 {
  let grown = sum;
  for (const [client, end] of afterState) {
    const before = beforeState.get(client) ?? 0;
    if (end !== before) grown = withWrites(grown, client, before, end);
  }
  return grown;
}

function sumOf(deletions: {
  readonly clients: ReadonlyMap<number, readonly { readonly clock: number; readonly len: number }[]>;
}): Hash64 {
  let sum = NO_HASH;
  for (const [client, ranges] of deletions.clients) {
    for (const { clock, len } of ranges) {
      sum = addHash(sum, subtractHash(hashPair(client, clock + len), hashPair(client, clock)));
    }
  }
  return sum;
}
