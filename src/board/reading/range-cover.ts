/*
 * Which places of sessions lie under ranges, of which there may be very many, that come and go. Kept as the
 * number of ranges over each place: so one that goes costs no more than one that came, however many others
 * there are. All that changed of a session is taken in at once, when somebody asks.
 */
import { firstBehind } from "../document/marks.ts";
import type { ClockRange } from "../document/marks.ts";

/** By session, ascending ranges that do not overlap. */
export type Ranges = ReadonlyMap<number, readonly ClockRange[]>;

export interface RangeCover {
  /** They come (1) or go (-1). */
  change(ranges: Ranges, by: 1 | -1): void;
  covers(client: number, place: number): boolean;
  /** What of a session lies under any, merged. */
  of(client: number): readonly ClockRange[];
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
  readonly ranges: readonly ClockRange[];
  readonly by: 1 | -1;
}

interface Session {
  whole: Steps;
  /** What is yet to be taken in. */
  waiting: Change[];
  merged: readonly ClockRange[] | undefined;
}

/** With fewer ranges to a change than this, counting their ends is quicker than merging them in their order. */
const SCATTERED = 8;

const NOTHING: Steps = { places: new Float64Array(0), counts: new Int32Array(0) };

export function createRangeCover(before: Iterable<readonly [number, Session]> = []): RangeCover {
  const sessions = new Map<number, Session>(before);

  function settled(client: number): Session | undefined {
    const session = sessions.get(client);
    if (session && session.waiting.length > 0) {
      session.whole = withChanges(session.whole, session.waiting);
      session.waiting = [];
      if (session.whole.places.length === 0) sessions.delete(client);
    }
    return session;
  }

  return {
    change(ranges, by) {
      for (const [client, ofClient] of ranges) {
        if (ofClient.length === 0) continue;
        const session = sessions.get(client) ?? { whole: NOTHING, waiting: [], merged: undefined };
        sessions.set(client, session);
        session.waiting.push({ ranges: ofClient, by });
        session.merged = undefined;
      }
    },
    covers(client, place) {
      const whole = settled(client)?.whole;
      return whole !== undefined && (whole.counts[countUpTo(whole.places, place) - 1] ?? 0) > 0;
    },
    of(client) {
      const session = settled(client);
      return session ? (session.merged ??= rangesOf(session.whole)) : [];
    },
    gaps(client, range) {
      const session = settled(client);
      return session ? gapsIn(session.whole, range) : [range];
    },
    copy: () =>
      createRangeCover(
        [...sessions].map(([client, each]) => [client, { ...each, waiting: [...each.waiting] }] as const),
      ),
  };
}

function withChanges(whole: Steps, changes: readonly Change[]): Steps {
  const ranges = changes.reduce((sum, change) => sum + change.ranges.length, 0);
  const isScattered = ranges < changes.length * SCATTERED;
  const { places, counts } = addSteps(whole, isScattered ? countEnds(changes) : addAll(changes.map(stepsOf)));
  // Without the room that was made for more.
  const isWhole = places.byteLength === places.buffer.byteLength;
  return isWhole ? { places, counts } : { places: places.slice(), counts: counts.slice() };
}

/** Of many changes with few ranges each, whatever their order. */
function countEnds(changes: readonly Change[]): Steps {
  const rises = new Map<number, number>();
  for (const { ranges, by } of changes) {
    for (const { start, end } of ranges) {
      rises.set(start, (rises.get(start) ?? 0) + by);
      rises.set(end, (rises.get(end) ?? 0) - by);
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

function stepsOf({ ranges, by }: Change): Steps {
  const places = new Float64Array(2 * ranges.length);
  const counts = new Int32Array(2 * ranges.length);
  let length = 0;
  for (const { start, end } of ranges) {
    if (start === end) continue;
    // They may touch.
    if (length > 0 && places[length - 1] === start) length--;
    else {
      places[length] = start;
      counts[length++] = by;
    }
    places[length++] = end;
  }
  return { places: places.subarray(0, length), counts: counts.subarray(0, length) };
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

function addSteps(a: Steps, b: Steps): Steps {
  if (a.places.length === 0) return b;
  if (b.places.length === 0) return a;
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

function rangesOf({ places, counts }: Steps): ClockRange[] {
  const ranges: ClockRange[] = [];
  for (let i = 0; i < places.length; i++) {
    if (counts[i]! <= 0) continue;
    const start = places[i]!;
    while (counts[i]! > 0) i++;
    ranges.push({ start, end: places[i]! });
  }
  return ranges;
}

function gapsIn({ places, counts }: Steps, { start, end }: ClockRange): ClockRange[] {
  const gaps: ClockRange[] = [];
  let from = start;
  let i = countUpTo(places, start) - 1;
  while (from < end) {
    const to = Math.min(places[i + 1] ?? Infinity, end);
    if ((counts[i] ?? 0) <= 0) gaps.push({ start: from, end: to });
    from = to;
    i++;
  }
  return gaps;
}

/** How many of the ascending numbers are not above the limit. */
function countUpTo(ascending: Float64Array, limit: number): number {
  let low = 0;
  for (let high = ascending.length; low < high;) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether two lists of ascending ranges have a place in common: looks up each of the shorter one in the other. */
export function overlap(a: readonly ClockRange[], b: readonly ClockRange[]): boolean {
  const [few, many] = a.length < b.length ? [a, b] : [b, a];
  return few.some(({ start, end }) => {
    const next = many[firstBehind(many, start)];
    return start < end && next !== undefined && next.start < end;
  });
}
