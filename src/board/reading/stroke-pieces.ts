import { jointAfter, jointBefore } from "./joint.ts";
import type { Entry } from "./stroke-list.ts";

/** Pieces of a long stroke have at least this many clocks. */
const FULL_PIECE_CLOCKS = 3000;

/** A stroke of which some pieces are named. */
interface NamedStroke {
  /** The piece that is named first. */
  readonly first: Entry;
  /** All of them, in the order in which they were drawn. */
  readonly pieces: readonly Entry[];
}

/** The strokes that these are pieces of, in the order in which they are named. `shown`: all that others can be among. */
export function strokesOf(named: readonly Entry[], shown: Iterable<Entry>): readonly NamedStroke[] {
  const clients = new Set(named.map(({ client }) => client));
  const candidates = [...shown].filter(({ client }) => clients.has(client));
  const pieces = areSomeLong(candidates) ? piecesOfStrokes(candidates) : undefined;
  const known = new Set<Entry>();
  const found: NamedStroke[] = [];
  for (const first of named) {
    if (known.has(first)) continue;
    const all = pieces?.get(first) ?? [first];
    for (const piece of all) known.add(piece);
    found.push({ first, pieces: all });
  }
  return found;
}

/** Whether any stroke among these may go on in another: it costs much to find out which does. */
function areSomeLong(entries: readonly Entry[]): boolean {
  return entries.some(({ clock, end }) => end - clock >= FULL_PIECE_CLOCKS);
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
