import { jointAfter, jointBefore } from "../reading/joint.ts";
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

/** The pieces that one stroke was drawn in, for each of its pieces. */
export function piecesOfStrokes(entries: readonly Entry[]): ReadonlyMap<Entry, readonly Entry[]> {
  const found = new Map<Entry, Entry[]>();
  const byStart = new Map<string, Entry[]>();
  for (const { entry, start } of withStarts(entries)) {
    const key = `${entry.client}.${start}`;
    const pieces = byStart.get(key) ?? [];
    byStart.set(key, pieces);
    pieces.push(entry);
    found.set(entry, pieces);
  }
  return found;
}

/** Each of these with the clock at which its whole stroke begins. */
function* withStarts(entries: readonly Entry[]): Iterable<{ entry: Entry; start: number }> {
  /** By where a full piece stops, where its stroke starts. */
  const starts = new Map<string, number>();
  for (const entry of entries) {
    const { stroke, clock } = entry;
    if (!stroke) continue;
    const start = starts.get(jointBefore(stroke)) ?? clock;
    // Another finger's stroke may be between two pieces of this one.
    const end = jointAfter(stroke);
    if (end !== undefined) starts.set(end, start);
    yield { entry, start };
  }
}
