import { jointAfter, jointBefore } from "../reading/joint.ts";
import type { Entry } from "../reading/stroke-list.ts";

/**
 * What a clear hides: per session with visible items, everything up to the last of them, but never a
 * stroke that is under somebody's pen now, the pieces of it that are full included, nor what that
 * session draws after it.
 */
export function clearVector(
  entries: readonly Entry[],
  isOpen: (entry: Entry) => boolean,
): Map<number, number> {
  const below = new Map<number, number>();
  const firstOpen = new Map<number, number>();
  for (const { entry, start } of withStarts(entries)) {
    const { client, clock } = entry;
    below.set(client, clock + 1);
    if (isOpen(entry)) firstOpen.set(client, Math.min(firstOpen.get(client) ?? Infinity, start));
  }
  for (const [client, clock] of firstOpen) {
    const hidesSomething = entries.some(
      (entry) => entry.visible && entry.client === client && entry.clock < clock,
    );
    if (hidesSomething) below.set(client, clock);
    else below.delete(client);
  }
  return below;
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

/** The visible entries, each with the clock at which its whole stroke begins. */
function* withStarts(entries: readonly Entry[]): Iterable<{ entry: Entry; start: number }> {
  /** By where a full piece stops, where its stroke starts. */
  const starts = new Map<string, number>();
  for (const entry of entries) {
    const { visible, stroke, clock } = entry;
    if (!visible || !stroke) continue;
    const start = starts.get(jointBefore(stroke)) ?? clock;
    // Another finger's stroke may be between two pieces of this one.
    const end = jointAfter(stroke);
    if (end !== undefined) starts.set(end, start);
    yield { entry, start };
  }
}
