/*
 * What one contact has of one document, as far as it was seen: by its own word, so it may have more. Says
 * whether what it said last can be explained by that. Rules: PROTOCOL.md, S4 and S10.
 */
import { equalHash, NO_HASH, subtractHash } from "../../base/hash.ts";
import type { Hash64 } from "../../base/hash.ts";
import { equalDigest, hashOfStateVector, withWrites } from "../../board/document/state.ts";
import type { StateDigest, StateVector } from "../../board/document/state.ts";

/** What a contact said of its copy. */
export interface Told {
  readonly digest: StateDigest;
  /** How much it has of some sessions; undefined: it said only the digest. */
  readonly pairs: StateVector | undefined;
}

export interface Peer {
  /** How much of a session it is known to have. */
  has(client: number): number;
  /** It has shown that it has this; says whether that is news. Claims beyond what is `written` here count for nothing. */
  credit(state: Iterable<readonly [number, number]>, written: (client: number) => number): boolean;
  /** What it says of its copy now. */
  tell(told: Told): void;
  /**
   * Whether its copy differs from this one in more than what its own pairs of sessions and clocks, and
   * what it is known to lack, show.
   */
  isUnexplained(own: StateDigest, written: (client: number) => number): boolean;
  /** It lost what it had, or is another page. */
  reset(): void;
}

/** `changed`: it is known to have another part of this session than before. */
export function createPeer(changed: (client: number) => void): Peer {
  const has = new Map<number, number>();
  /** Over all of that. */
  let hasHash = NO_HASH;
  let told: Told | undefined;
  /** What came of it when it was asked last, while nothing is other since: it is asked with each update that comes. */
  let asked: { readonly own: StateDigest; readonly isUnexplained: boolean } | undefined;

  function isOther({ digest, pairs }: Told, own: StateDigest, written: (client: number) => number): boolean {
    if (equalHash(digest.writes, own.writes)) return true;
    if (!pairs) return true;
    // What is left without those pairs is that of all other sessions: a board may have very many.
    const ofPairs = (clockOf: (client: number) => number): Hash64 =>
      hashOfStateVector(new Map([...pairs.keys()].map((client) => [client, clockOf(client)] as const)));
    const theirRest = subtractHash(digest.writes, hashOfStateVector(pairs));
    const ownRest = subtractHash(own.writes, ofPairs(written));
    const knownRest = subtractHash(
      hasHash,
      ofPairs((client) => has.get(client) ?? 0),
    );
    // What it is known to lack is its own affair.
    return !equalHash(theirRest, ownRest) && !equalHash(theirRest, knownRest);
  }

  return {
    has: (client) => has.get(client) ?? 0,
    credit(state, written) {
      let isNews = false;
      for (const [client, end] of state) {
        // What it claims beyond what is here says nothing, and would be kept for ever.
        if (end <= (has.get(client) ?? 0) || end > written(client)) continue;
        const before = has.get(client) ?? 0;
        hasHash = withWrites(hasHash, client, before, end);
        has.set(client, end);
        asked = undefined;
        changed(client);
        isNews = true;
      }
      return isNews;
    },
    tell(next) {
      told = next;
      asked = undefined;
    },
    isUnexplained(own, written) {
      if (!told || equalDigest(told.digest, own)) return false;
      if (asked?.own !== own) asked = { own, isUnexplained: isOther(told, own, written) };
      return asked.isUnexplained;
    },
    reset() {
      const known = [...has.keys()];
      has.clear();
      hasHash = NO_HASH;
      told = undefined;
      asked = undefined;
      for (const client of known) changed(client);
    },
  };
}
