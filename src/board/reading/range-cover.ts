/*
 * Which places of sessions lie under ranges, of which there may be very many, that come and go. Kept as the
 * number of ranges over each place: so one that goes costs no more than one that came, however many others
 * there are. All that changed of a session is taken in at once, when somebody asks.
 */
import { firstBehind } from "../document/marks.ts";
import type { ClockRange, MarkPlaces } from "../document/marks.ts";

type Places = Pick<MarkPlaces, "clients" | "firsts" | "ends">;

/** By session, ascending ranges that do not overlap. */
export type Ranges = ReadonlyMap<number, readonly ClockRange[]>;

export interface RangeCover {
  /** They come (1) or go (-1). */
  change(places: Places, by: 1 | -1): void;
  covers(client: number, place: number): boolean;
  /** What of a range lies under any, merged. */
  within(client: number, range: ClockRange): ClockRange[];
  /** Whether that is anything. */
  touches(client: number, range: ClockRange): boolean;
  /** What of a range lies under none, in its order. */
  gaps(client: number, range: ClockRange): ClockRange[];
  /** The same, to be changed apart from this one. */
  copy(): RangeCover;
}

/** How many ranges lie over a place: `counts[i]` from `places[i]` on, up to the next one; none below the first. */
interface Steps {
  readonly places: Float64Array;
  readonly counts: Int32Array;
}

/** What comes or goes. */
interface Change {
  /** As MarkPlaces has them: start and end by turns, those between `from` and `to`. */
  readonly ends: readonly number[];
  readonly from: number;
  readonly to: number;
  readonly by: 1 | -1;
  /** Chained, since a mark may be about thousands of sessions, each with very little. */
  readonly next: Change | undefined;
}

interface Session {
  whole: Steps;
  /** What is yet to be taken in. */
  waiting: Change | undefined;
}

/** With fewer ranges to a change than this, counting their ends is quicker than merging them in their order. */
const SCATTERED = 8;

const NOTHING: Steps = { places: new Float64Array(0), counts: new Int32Array(0) };

export function createRangeCover(before: Iterable<readonly [number, Session]> = []): RangeCover {
  const sessions = new Map<number, Session>(before);

  function settled(client: number): Session | undefined {
    const session = sessions.get(client);
    if (session?.waiting) {
      session.whole = withChanges(session.whole, changesIn(session.waiting));
      session.waiting = undefined;
      if (session.whole.places.length === 0) sessions.delete(client);
    }
    return session;
  }

  return {
    change({ clients, firsts, ends }, by) {
      for (const [i, client] of clients.entries()) {
        if (firsts[i] === firsts[i + 1]) continue;
        const session = sessions.get(client);
        const waiting = { ends, from: firsts[i]!, to: firsts[i + 1]!, by, next: session?.waiting };
        if (session) session.waiting = waiting;
        else sessions.set(client, { whole: NOTHING, waiting });
      }
    },
    covers(client, place) {
      const whole = settled(client)?.whole;
      return whole !== undefined && (whole.counts[countUpTo(whole.places, place) - 1] ?? 0) > 0;
    },
    within: (client, range) => partsOf(settled(client)?.whole ?? NOTHING, range, true),
    touches(client, { start, end }) {
      const { places, counts } = settled(client)?.whole ?? NOTHING;
      // Of neighbours at most one lies under none.
      const i = countUpTo(places, start) - 1;
      return (counts[i] ?? 0) > 0 || ((counts[i + 1] ?? 0) > 0 && places[i + 1]! < end);
    },
    gaps: (client, range) => partsOf(settled(client)?.whole ?? NOTHING, range, false),
    copy: () => createRangeCover([...sessions].map(([client, each]) => [client, { ...each }] as const)),
  };
}

function changesIn(first: Change): Change[] {
  const changes: Change[] = [];
  for (let change: Change | undefined = first; change; change = change.next) changes.push(change);
  return changes;
}

function withChanges(whole: Steps, changes: readonly Change[]): Steps {
  const ends = changes.reduce((sum, { from, to }) => sum + to - from, 0);
  // A mark may be about thousands of sessions, with one range of each.
  const isScattered = changes.length > 1 && ends < 2 * changes.length * SCATTERED;
  const { places, counts } = addSteps(whole, isScattered ? countEnds(changes) : addAll(changes.map(stepsOf)));
  // Without the room that was made for more.
  const isWhole = places.byteLength === places.buffer.byteLength;
  return isWhole ? { places, counts } : { places: places.slice(), counts: counts.slice() };
}

/** Of many changes with few ranges each, whatever their order. */
function countEnds(changes: readonly Change[]): Steps {
  const rises = new Map<number, number>();
  for (const { ends, from, to, by } of changes) {
    for (let i = from; i < to; i += 2) {
      rises.set(ends[i]!, (rises.get(ends[i]!) ?? 0) + by);
      rises.set(ends[i + 1]!, (rises.get(ends[i + 1]!) ?? 0) - by);
    }
  }
  const all = Float64Array.from(rises.keys()).sort();
  const places = all.filter((place) => rises.get(place) !== 0);
  const counts = new Int32Array(places.length);
  let count = 0;
  for (let i = 0; i < places.length; i++) {
    count += rises.get(places[i]!)!;
    counts[i] = count;
  }
  return { places, counts };
}

function stepsOf({ ends, from, to, by }: Change): Steps {
  const places = new Float64Array(to - from);
  const counts = new Int32Array(to - from);
  let length = 0;
  for (let i = from; i < to; i += 2) {
    const start = ends[i]!;
    const end = ends[i + 1]!;
    if (start === end) continue;
    // They may touch.
    if (length > 0 && places[length - 1] === start) length--;
    else {
      places[length] = start;
      counts[length++] = by;
    }
    places[length++] = end;
  }
  return length === places.length
    ? { places, counts }
    : { places: places.subarray(0, length), counts: counts.subarray(0, length) };
}

/** In pairs, so that each place is gone through as often as the number of lists can be halved. */
function addAll(lists: readonly Steps[]): Steps {
  let all = lists;
  while (all.length > 1) {
    const sums: Steps[] = [];
    for (let i = 0; i < all.length; i += 2)
      sums.push(i + 1 < all.length ? addSteps(all[i]!, all[i + 1]!) : all[i]!);
    all = sums;
  }
  return all[0] ?? NOTHING;
}

/** One behind the other. */
function joined(a: Steps, b: Steps): Steps {
  const places = new Float64Array(a.places.length + b.places.length);
  const counts = new Int32Array(places.length);
  places.set(a.places);
  places.set(b.places, a.places.length);
  counts.set(a.counts);
  counts.set(b.counts, a.counts.length);
  return { places, counts };
}

function addSteps(a: Steps, b: Steps): Steps {
  if (a.places.length === 0) return b;
  if (b.places.length === 0) return a;
  if (a.places.at(-1)! < b.places[0]!) return joined(a, b);
  if (b.places.at(-1)! < a.places[0]!) return joined(b, a);
  const [placesA, countsA, placesB, countsB] = [a.places, a.counts, b.places, b.counts];
  const places = new Float64Array(placesA.length + placesB.length);
  const counts = new Int32Array(places.length);
  let [length, i, j, ofA, ofB, last] = [0, 0, 0, 0, 0, 0];
  let [nextA, nextB] = [placesA[0]!, placesB[0]!];
  while (nextA < Infinity || nextB < Infinity) {
    const place = nextA < nextB ? nextA : nextB;
    if (nextA === place) {
      ofA = countsA[i++]!;
      nextA = i < placesA.length ? placesA[i]! : Infinity;
    }
    if (nextB === place) {
      ofB = countsB[j++]!;
      nextB = j < placesB.length ? placesB[j]! : Infinity;
    }
    if (ofA + ofB === last) continue;
    last = ofA + ofB;
    places[length] = place;
    counts[length++] = last;
  }
  return { places: places.subarray(0, length), counts: counts.subarray(0, length) };
}

/** What of a range lies under some, or under none. */
function partsOf({ places, counts }: Steps, { start, end }: ClockRange, isUnder: boolean): ClockRange[] {
  const parts: ClockRange[] = [];
  let i = countUpTo(places, start) - 1;
  for (let from = start; from < end; i++) {
    const to = Math.min(places[i + 1] ?? Infinity, end);
    const last = parts.at(-1);
    if ((counts[i] ?? 0) > 0 === isUnder) {
      if (last?.end === from) parts[parts.length - 1] = { start: last.start, end: to };
      else parts.push({ start: from, end: to });
    }
    from = to;
  }
  return parts;
}

/** How many of the ascending numbers are not above the limit. */
function countUpTo(ascending: ArrayLike<number>, limit: number): number {
  let low = 0;
  for (let high = ascending.length; low < high;) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether ascending ranges have a place in common with others, which are given as MarkPlaces has them. */
export function overlap(ranges: readonly ClockRange[], places: readonly number[]): boolean {
  if (places.length < 2 * ranges.length) {
    for (let i = 0; i < places.length; i += 2) {
      const next = ranges[firstBehind(ranges, places[i]!)];
      if (places[i]! < places[i + 1]! && next !== undefined && next.start < places[i + 1]!) return true;
    }
    return false;
  }
  return ranges.some(({ start, end }) => {
    // Within one of them, or in front of one that begins before the end.
    const before = countUpTo(places, start);
    return start < end && (before % 2 === 1 || places[before]! < end);
  });
}
