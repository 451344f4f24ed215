import type { Entry } from "../reading/stroke-list.ts";

/** What a clear hides. */
interface Cleared {
  readonly gone: readonly Entry[];
  /**
   * Per session with something that goes, the clock below which everything does: after its last visible item,
   * but not beyond the first one that is spared.
   */
  readonly below: ReadonlyMap<number, number>;
  /** What of it the vector does not reach: to be erased item by item. */
  readonly beyond: readonly Entry[];
}

/** All that there is, but for what is spared. */
export function clearedOf(there: readonly Entry[], isSpared: (entry: Entry) => boolean): Cleared {
  const spared = new Set(there.filter(isSpared));
  const firstSpared = new Map<number, number>();
  for (const { client, clock } of spared)
    firstSpared.set(client, Math.min(clock, firstSpared.get(client) ?? Infinity));
  const gone = there.filter((entry) => !spared.has(entry));
  const below = new Map<number, number>();
  for (const { client, clock } of gone) {
    const end = Math.max(clock + 1, below.get(client) ?? 0);
    below.set(client, Math.min(end, firstSpared.get(client) ?? Infinity));
  }
  return { gone, below, beyond: gone.filter(({ client, clock }) => clock >= below.get(client)!) };
}
