import { addHash, equalHash, NO_HASH, subtractHash } from "../../base/hash.ts";
import type { Hash64 } from "../../base/hash.ts";
import { LIMITS } from "../../board/document/limits.ts";
import { equalDigest } from "../../board/document/state.ts";
import type { StateDigest } from "../../board/document/state.ts";
import type { RosterEntry } from "../wire/roster-codec.ts";
import { EMPTY_DIGEST, hashOfEntry } from "./roster.ts";

/** What one contact has of the further documents, by its own word. */
export interface ToldRoster {
  of(number: number): StateDigest | undefined;
  tell(number: number, digest: StateDigest): void;
  /** It has nothing else. */
  replace(entries: Iterable<RosterEntry>): void;
  /** Whether that is all: it makes the sum which the contact tells. */
  makes(sum: Hash64): boolean;
  /** Those that are something else here. */
  differing(own: ReadonlyMap<number, StateDigest>): number[];
}

export function createToldRoster(): ToldRoster {
  const told = new Map<number, StateDigest>();
  let sum = NO_HASH;

  function tell(number: number, digest: StateDigest): void {
    const before = told.get(number);
    if (!before && told.size >= LIMITS.toldDocuments.takes) return;
    if (before) sum = subtractHash(sum, hashOfEntry(number, before));
    sum = addHash(sum, hashOfEntry(number, digest));
    told.set(number, digest);
  }

  return {
    of: (number) => told.get(number),
    tell,
    replace(entries) {
      const all = [...entries];
      told.clear();
      sum = NO_HASH;
      for (const [number, digest] of all) tell(number, digest);
    },
    makes: (other) => equalHash(sum, other),
    differing: (own) =>
      [...told].flatMap(([number, digest]) =>
        equalDigest(digest, own.get(number) ?? EMPTY_DIGEST) ? [] : [number],
      ),
  };
}
