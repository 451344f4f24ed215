/*
 * What one contact has of one document, as far as it was seen: by its own word, so it may have more. Says
 * whether what it said last can be explained by that. Rules: PROTOCOL.md, S4 and S10.
 */
import { equalHash, subtractHash } from "../../base/hash.ts";
import type { Hash64 } from "../../base/hash.ts";
import { equalDigest, hashOfStateVector } from "../../board/document/state.ts";
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
  isUnexplained(own: StateDigest, state: StateVector): boolean;
  /** It lost what it had, or is another page. */
  reset(): void;
}

/** `changed`: it is known to have another part of this session than before. */
export function createPeer(changed: (client: number) => void): Peer {
  const has = new Map<number, number>();
  let told: Told | undefined;

  return {
    has: (client) => has.get(client) ?? 0,
    credit(state, written) {
      let isNews = false;
      for (const [client, end] of state) {
        // What it claims beyond what is here says nothing, and would be kept for ever.
        if (end <= (has.get(client) ?? 0) || end > written(client)) continue;
        has.set(client, end);
        changed(client);
        isNews = true;
      }
      return isNews;
    },
    tell(next) {
      told = next;
    },
    isUnexplained(own, state) {
      if (!told || equalDigest(told.digest, own)) return false;
      if (equalHash(told.digest.writes, own.writes)) return true;
      const { digest, pairs } = told;
      if (!pairs) return true;
      // Without those pairs it is that of all other sessions.
      const theirRest = subtractHash(digest.writes, hashOfStateVector(pairs));
      const rest = [...state.keys()].filter((client) => !pairs.has(client));
      const restOf = (of: StateVector): Hash64 =>
        hashOfStateVector(new Map(rest.map((client) => [client, of.get(client) ?? 0])));
      // What it is known to lack is its own affair.
      return !equalHash(theirRest, restOf(state)) && !equalHash(theirRest, restOf(has));
    },
    reset() {
      const known = [...has.keys()];
      has.clear();
      told = undefined;
      for (const client of known) changed(client);
    },
  };
}
