import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { readStamp, withStamp } from "./stamps.ts";
import { shortId } from "./write-id.ts";

/**
 * Marks hide ink; nothing that somebody drew is ever deleted. A mark is one value in the `marks` map under
 * `session.n`; whether it stands is a switch under `session.n.u` (true: undone). Both may end with a stamp
 * (stamps.ts). What a gesture hides is as many marks as it takes (mark-pieces.ts), switched together.
 * Only the session that made a mark undoes it. So marks commute, and nobody's undo lifts what
 * another person hid.
 *
 * A value is replaced once at most, by the empty one, which hides nothing, and by its own session: where the
 * mark is undone and can never stand again, or where later marks of the same session, which can never be
 * undone, hide the same (writing/folding.ts). Whoever has the empty one has those, for a session's writes
 * come in their order; so nothing is seen that was hidden, whatever gets lost on the way.
 */
export type Mark =
  /** Hides every item that its session placed below the clock given for that session. */
  | { readonly kind: "clear"; readonly page: string; readonly below: ReadonlyMap<number, number> }
  /** Hides the items whose id lies in one of the ranges, and the characters of labels. */
  | { readonly kind: "erase"; readonly ranges: ReadonlyMap<number, readonly ClockRange[]> }
  /**
   * Hides stretches of strokes, in positions: the clock of a point's first character times
   * CUT_STEPS, plus how far along the span that ends at this point; of a shape, along its outline.
   */
  | { readonly kind: "cut"; readonly ranges: ReadonlyMap<number, readonly ClockRange[]> };

/**
 * What a mark hides, in few objects, however many sessions and ranges it names: `ends` has the start and the end of
 * each range by turns, as ClockRange has them (a clear's from 0 on); those of `clients[i]` from `firsts[i]` on
 * up to `firsts[i + 1]`, ascending.
 */
export interface MarkPlaces {
  readonly kind: Mark["kind"];
  readonly page: string;
  readonly clients: readonly number[];
  readonly firsts: readonly number[];
  readonly ends: readonly number[];
}

/** Into how many steps a cut divides a span. */
export const CUT_STEPS = 4096;

/** Clocks `start .. end - 1` of one session. */
export interface ClockRange {
  readonly start: number;
  readonly end: number;
}

/** The one page that is there without having been made: its name is constant and never written. */
export const FIRST_PAGE = "";

/** Of the value that hides nothing. */
const EMPTY = 0;
const CLEAR = 1;
const ERASE = 2;
const CUT = 3;
const UNDONE_SUFFIX = ".u";
const MAX_CLOCK = 2 ** 31;

export function markKey(client: number, n: number): string {
  return shortId(client, n);
}

export function undoneKey(key: string): string {
  return key + UNDONE_SUFFIX;
}

/** What a key of the map is about: which mark, made by which session, and whether it is the mark's switch. */
export function markOf(key: string): { mark: string; client: number; isSwitch: boolean } {
  // A session's mark number 30 is `session.u`, and no switch.
  const suffix = key.indexOf(".", key.indexOf(".") + 1);
  const isSwitch = suffix > 0;
  return { mark: isSwitch ? key.slice(0, suffix) : key, client: Number.parseInt(key, 36), isSwitch };
}

/** Kind, then per session in ascending order: id and clock, or id and delta-coded ranges; varuints. */
export function encodeMark(mark: Mark, stamp?: number): Uint8Array {
  const value = encoding.encode((encoder) => {
    if (mark.kind === "clear") {
      encoding.writeUint8(encoder, CLEAR);
      encoding.writeVarString(encoder, mark.page);
      encoding.writeVarUint(encoder, mark.below.size);
      for (const [client, clock] of byClient(mark.below)) {
        encoding.writeVarUint(encoder, client);
        encoding.writeVarUint(encoder, clock);
      }
      return;
    }
    encoding.writeUint8(encoder, mark.kind === "erase" ? ERASE : CUT);
    encoding.writeVarUint(encoder, mark.ranges.size);
    for (const [client, ranges] of byClient(mark.ranges)) {
      encoding.writeVarUint(encoder, client);
      writeRanges(encoder, ranges);
    }
  });
  return withStamp(value, stamp);
}

/** How many, and then each from the end of the one before it: they are ascending. */
export function writeRanges(encoder: encoding.Encoder, ranges: readonly ClockRange[]): void {
  encoding.writeVarUint(encoder, ranges.length);
  let at = 0;
  for (const { start, end } of ranges) {
    encoding.writeVarUint(encoder, start - at);
    encoding.writeVarUint(encoder, end - start);
    at = end;
  }
}

/** What takes the place of a value that can never hide anything again. It has no stamp. */
export const EMPTY_MARK = Uint8Array.of(EMPTY);

export function isEmptyMark(value: Uint8Array): boolean {
  return value.length === 1 && value[0] === EMPTY;
}

/** The mark, or undefined where the bytes are none that this version knows. Never throws. */
export function decodeMark(value: unknown): Mark | undefined {
  return readStamped(value, readMark)?.value;
}

/** The same, in a form that is read much quicker where there are very many ranges. */
export function decodePlaces(value: unknown): MarkPlaces | undefined {
  return readStamped(value, readPlaces)?.value;
}

/** Whether a mark is undone, as its switch says it. */
export function encodeSwitch(isUndone: boolean, stamp: number): Uint8Array {
  return withStamp(Uint8Array.of(isUndone ? 1 : 0), stamp);
}

/** What is no switch leaves the mark as it is: standing. Formats 1 and 2 had booleans. */
export function decodeSwitch(value: unknown): boolean {
  return value === true || readStamped(value, (_, isUndone) => isUndone === 1)?.value === true;
}

/** When a mark was made, or its switch set. */
export function stampOfMark(value: unknown, isSwitch: boolean): number | undefined {
  return readStamped<unknown>(value, isSwitch ? (_, isUndone) => isUndone : readMark)?.stamp;
}

/** What begins with a kind and may end with a stamp. */
function readStamped<T>(
  value: unknown,
  reader: (decoder: decoding.Decoder, kind: number) => T | undefined,
): { readonly value: T; readonly stamp: number | undefined } | undefined {
  if (!(value instanceof Uint8Array)) return undefined;
  try {
    const decoder = decoding.createDecoder(value);
    const read = reader(decoder, decoding.readUint8(decoder));
    const stamp = readStamp(decoder);
    return read === undefined ? undefined : { value: read, stamp };
  } catch {
    return undefined;
  }
}

function readMark(decoder: decoding.Decoder, kind: number): Mark | undefined {
  const places = readPlaces(decoder, kind);
  if (!places) return undefined;
  const { page, clients, firsts, ends } = places;
  if (places.kind === "clear")
    return {
      kind: "clear",
      page,
      below: new Map(clients.map((client, i) => [client, ends[firsts[i]! + 1]!])),
    };
  const ranges = new Map<number, ClockRange[]>();
  for (const [i, client] of clients.entries()) {
    const list: ClockRange[] = [];
    for (let at = firsts[i]!; at < firsts[i + 1]!; at += 2)
      list.push({ start: ends[at]!, end: ends[at + 1]! });
    ranges.set(client, list);
  }
  return { kind: places.kind, ranges };
}

function readPlaces(decoder: decoding.Decoder, kind: number): MarkPlaces | undefined {
  if (kind !== CLEAR && kind !== ERASE && kind !== CUT) return undefined;
  const page = kind === CLEAR ? decoding.readVarString(decoder) : FIRST_PAGE;
  const max = kind === CUT ? MAX_CLOCK * CUT_STEPS : MAX_CLOCK;
  const clients: number[] = [];
  const firsts: number[] = [];
  const ends: number[] = [];
  let isAscending = true;
  for (let left = decoding.readVarUint(decoder); left > 0; left--) {
    const client = decoding.readVarUint(decoder);
    isAscending &&= client > (clients.at(-1) ?? -1);
    clients.push(client);
    firsts.push(ends.length);
    if (kind === CLEAR) ends.push(0, readClock(decoder, 0, max));
    else readRanges(decoder, max, ends);
  }
  firsts.push(ends.length);
  const places = {
    kind: kind === CLEAR ? "clear" : kind === ERASE ? "erase" : "cut",
    page,
    clients,
    firsts,
    ends,
  } as const;
  return isAscending ? places : withoutRepeated(places);
}

/** No page writes a session twice. Where one is, the last time counts, for the guard and for what is hidden alike. */
function withoutRepeated({ clients, firsts, ends, ...mark }: MarkPlaces): MarkPlaces {
  const last = new Map(clients.map((client, i) => [client, ends.slice(firsts[i], firsts[i + 1])]));
  const kept = [...last.values()];
  let length = 0;
  return {
    ...mark,
    clients: [...last.keys()],
    firsts: [0, ...kept.map((each) => (length += each.length))],
    ends: kept.flat(),
  };
}

function readRanges(decoder: decoding.Decoder, max: number, ends: number[]): void {
  let at = 0;
  for (let left = 2 * decoding.readVarUint(decoder); left > 0; left--) {
    at = readClock(decoder, at, max);
    ends.push(at);
  }
}

function readClock(decoder: decoding.Decoder, from: number, max: number): number {
  const clock = from + decoding.readVarUint(decoder);
  if (clock > max) throw new Error("a clock out of range");
  return clock;
}

/** In the order in which sessions are written. */
export function byClient<T>(map: ReadonlyMap<number, T>): [number, T][] {
  return [...map].sort(([a], [b]) => a - b);
}

/** Ascending, disjoint, never touching. */
export function mergeRanges(ranges: readonly ClockRange[]): ClockRange[] {
  const merged: ClockRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && range.start <= last.end) {
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    } else {
      merged.push(range);
    }
  }
  return merged;
}

/** What of merged ranges is in none of other merged ranges. */
export function subtractRanges(ranges: readonly ClockRange[], others: readonly ClockRange[]): ClockRange[] {
  const left: ClockRange[] = [];
  // Of a session there may be very many, and this is asked stroke by stroke.
  let i = firstBehind(others, ranges[0]?.start ?? 0);
  for (const { start, end } of ranges) {
    let from = start;
    while (i < others.length && others[i]!.end <= from) i++;
    for (let j = i; j < others.length && others[j]!.start < end; j++) {
      if (others[j]!.start > from) left.push({ start: from, end: others[j]!.start });
      from = Math.max(from, others[j]!.end);
    }
    if (from < end) left.push({ start: from, end });
  }
  return left;
}

/** Whether one of merged ranges holds the clock. */
export function inRanges(ranges: readonly ClockRange[] | undefined, clock: number): boolean {
  const range = ranges?.[firstBehind(ranges, clock)];
  return range !== undefined && range.start <= clock;
}

/** The place of the first of merged ranges that ends behind a clock. */
export function firstBehind(ranges: readonly ClockRange[], clock: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ranges[middle]!.end <= clock) low = middle + 1;
    else high = middle;
  }
  return low;
}
