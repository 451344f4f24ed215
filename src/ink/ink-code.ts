import { equalBytes } from "../base/bytes.ts";
import { createSymbolReader, createSymbolWriter, prefixTable } from "../base/prefix-code.ts";
import type { PrefixTable, SymbolCoder } from "../base/prefix-code.ts";
import { END_CODE, ESCAPE_CODE } from "./codec.ts";
import { CHAR_BASE, HEADER_LENGTH, isTimeContinued, ORIGIN_VERSION } from "./header.ts";
import { INK_CODE_LENGTHS } from "./ink-code-table.ts";
import { unitsOf, writesOf } from "./ink-units.ts";
import type { InkUnit } from "./ink-units.ts";
import type { InkPlace, InkStart, InkWrite } from "./ink-write.ts";
import { DIGIT_BASE } from "./number.ts";

/*
 * Ink text as bytes, readable by itself. Clock by clock: a START, or a character's code as its size, the
 * number of its binary digits, and then the digits below the highest. Sizes have short codes where they are
 * common, START may come anywhere, and everywhere the last symbol is the stop (base/prefix-code.ts).
 *
 *   begin:    first, and after each END: does a stroke begin, or one of before go on, with pressures or not?
 *   header:   its characters; then, in version 2, layer slot and start time; then two numbers
 *   number:   digits up to the last of them, then the pressure or the next point
 *   point:    END, ESCAPE (then two numbers) or the residual's rank; how common a size is depends on the
 *             size before
 *   pressure: not as it is, but by how much it changes
 *
 * Any 16-bit character can be written anywhere: what is no ink, or is cut inside of a number, is only
 * longer. INK_CODE_LENGTHS comes from recordings: `npm run ink-code`.
 */

/** Ink that is drawn just now needs far fewer clocks at a time. */
export const MAX_INK_CLOCKS = 2048;

/** In every table but `after`: a stroke begins. Where no other says what it is, sizes follow. */
const START = 0;
const SIZE = 1;
/** In `begin`: text of a stroke that began before, without pressures or with them. */
const PLAIN = 1;
const PRESSED = 2;
/** In `after`: nothing, or the size of the distance in clocks to a write of the same session, or any. */
const NOTHING = 0;
export const ELSEWHERE = 32;

/** How many tell the size of a clock. */
const SIZE_BITS = 6;

/** In place of a character's code. */
const BEGINS = -1;
/** The lowest code of an honest character; others count from there too, round and round. */
const LOWEST = { begin: 0, header: CHAR_BASE, origin: CHAR_BASE, number: DIGIT_BASE, point: 0 };
/** How many of a header's characters follow the one that says whether points have pressures. */
const AFTER_KIND = HEADER_LENGTH - 2;
/** A slot, and a start time of two characters. */
const ORIGIN_LENGTH = 3;
const PRESSURE_FLAG = 32;
const USUAL_PRESSURE = 32;
/** A number's digit after which more follow has this bit. */
const MORE_FLAG = 32;

/** `origin` by which character it is; `point` by the size before; `pressure` by whether the stroke had one before in these bytes. */
export const INK_TABLES = {
  begin: INK_CODE_LENGTHS.begin.map(prefixTable),
  header: INK_CODE_LENGTHS.header.map(prefixTable),
  origin: INK_CODE_LENGTHS.origin.map(prefixTable),
  number: INK_CODE_LENGTHS.number.map(prefixTable),
  point: INK_CODE_LENGTHS.point.map(prefixTable),
  pressure: INK_CODE_LENGTHS.pressure.map(prefixTable),
  after: INK_CODE_LENGTHS.after.map(prefixTable),
};

/** What is known of the text so far, the same on both sides. */
interface State {
  expects: "begin" | "header" | "origin" | "number" | "point" | "pressure";
  /** Characters of the header or its origin, or numbers, that are to come. */
  left: number;
  /** The header is of version 2. */
  hasOrigin: boolean;
  /** The stroke's points have pressures. */
  isPressed: boolean;
  /** Of the newest rank; START: none since the stroke began; that of END: none in these bytes. */
  symbol: number;
  /** The newest; undefined where the stroke had none in these bytes. */
  pressure: number | undefined;
}

/**
 * The bytes of ink whose first write is at `first`; neighbouring texts count as one. Undefined where there
 * is nothing, or more than MAX_INK_CLOCKS.
 */
export function encodeInk(writes: readonly InkWrite[], first: InkPlace): Uint8Array | undefined {
  const units = unitsOf(writes);
  if (units.length === 0 || units.length > MAX_INK_CLOCKS) return undefined;
  // Whether a stroke of before has pressures cannot be seen in its middle: what is shorter is right.
  const [plain, pressed] = [false, true].map((isPressed) => {
    const writer = createSymbolWriter();
    codeUnits(writer, first, units, isPressed);
    return writer.finish();
  });
  return pressed!.length < plain!.length ? pressed : plain;
}

/**
 * What `encodeInk` wrote, for the same `first`; undefined for any other bytes: each ink has one spelling.
 * Never throws.
 */
export function decodeInk(bytes: Uint8Array, first: InkPlace): InkWrite[] | undefined {
  const units = codeUnits(createSymbolReader(bytes), first, undefined, false);
  const writes = units && writesOf(units);
  const again = writes && encodeInk(writes, first);
  return again && equalBytes(again, bytes) ? writes : undefined;
}

/** Hands all symbols of `writes` to a coder, as `encodeInk` does. */
export function spellInk(
  coder: SymbolCoder,
  writes: readonly InkWrite[],
  first: InkPlace,
  isPressed: boolean,
): void {
  codeUnits(coder, first, unitsOf(writes), isPressed);
}

/** Writing and reading in one, so that they stay in step. `said`: what is to be written; else it is read. */
function codeUnits(
  coder: SymbolCoder,
  first: InkPlace,
  said: readonly InkUnit[] | undefined,
  isPressed: boolean,
): InkUnit[] | undefined {
  const state: State = {
    expects: "begin",
    left: 0,
    hasOrigin: false,
    isPressed,
    symbol: SIZE,
    pressure: undefined,
  };
  const units: InkUnit[] = [];
  while (units.length < (said?.length ?? MAX_INK_CLOCKS + 1)) {
    const unit = said?.[units.length];
    const code = codeNext(coder, state, typeof unit === "number" ? unit : BEGINS);
    if (code === undefined) break;
    if (code !== BEGINS) {
      units.push(code);
      continue;
    }
    const place = { client: first.client, clock: first.clock + units.length };
    const start = codeStart(coder, place, typeof unit === "object" ? unit.after : undefined);
    if (!start) return undefined;
    units.push(start);
    state.expects = "header";
    state.left = HEADER_LENGTH;
    state.symbol = START;
    state.pressure = undefined;
  }
  return units;
}

/** A character's code, or BEGINS; undefined: nothing more can be read. */
function codeNext(coder: SymbolCoder, state: State, code: number): number | undefined {
  const table = tableFor(state);
  const symbol = coder.symbol(table, code === BEGINS ? START : symbolFor(state, code));
  if (symbol === table.stop) return undefined;
  if (symbol === START) return BEGINS;
  if (state.expects === "begin") {
    state.isPressed = symbol === PRESSED;
    state.expects = "point";
    return codeNext(coder, state, code);
  }
  const read = codeOf(state, codeSized(coder, symbol - SIZE, valueOf(state, code)));
  if (state.expects === "point") state.symbol = symbol;
  advance(state, read);
  return read;
}

function tableFor({ expects, left, symbol, pressure }: State): PrefixTable {
  if (expects === "point") return INK_TABLES.point[symbol]!;
  if (expects === "origin") return INK_TABLES.origin[ORIGIN_LENGTH - left]!;
  return INK_TABLES[expects][expects === "pressure" && pressure !== undefined ? 1 : 0]!;
}

function symbolFor(state: State, code: number): number {
  if (state.expects === "begin") return state.isPressed ? PRESSED : PLAIN;
  return SIZE + sizeOf(valueOf(state, code));
}

/** What is written of a character: how far above the usual lowest, or of a pressure its change, zigzag. */
function valueOf({ expects, pressure }: State, code: number): number {
  if (expects !== "pressure") return (code - LOWEST[expects]) & 0xffff;
  const change = code - CHAR_BASE - (pressure ?? USUAL_PRESSURE);
  return change < 0 ? -2 * change - 1 : 2 * change;
}

function codeOf({ expects, pressure }: State, value: number): number {
  if (expects !== "pressure") return (value + LOWEST[expects]) & 0xffff;
  const change = value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  return (CHAR_BASE + (pressure ?? USUAL_PRESSURE) + change) & 0xffff;
}

/** What a character says about the next one. */
function advance(state: State, code: number): void {
  if (state.expects === "header") {
    if (state.left === HEADER_LENGTH) state.hasOrigin = code === ORIGIN_VERSION.charCodeAt(0);
    state.left--;
    if (state.left === AFTER_KIND) state.isPressed = ((code - CHAR_BASE) & PRESSURE_FLAG) !== 0;
    if (state.left === 0) expectOrigin(state);
  } else if (state.expects === "origin") {
    state.left--;
    if (state.left === 0 || (state.left === 1 && !isTimeContinued(code))) expectNumbers(state);
  } else if (state.expects === "number") {
    if ((code & MORE_FLAG) === 0) state.left--;
    if (state.left === 0) state.expects = state.isPressed ? "pressure" : "point";
  } else if (state.expects === "pressure") {
    state.pressure = code - CHAR_BASE;
    state.expects = "point";
  } else if (code === END_CODE) {
    state.expects = "begin";
  } else if (code === ESCAPE_CODE) {
    expectNumbers(state);
  } else if (state.isPressed) {
    state.expects = "pressure";
  }
}

function expectOrigin(state: State): void {
  if (!state.hasOrigin) return expectNumbers(state);
  state.expects = "origin";
  state.left = ORIGIN_LENGTH;
}

function expectNumbers(state: State): void {
  state.expects = "number";
  state.left = 2;
}

/** A start at `place`: mostly after something that the same session wrote not long before. */
function codeStart(coder: SymbolCoder, place: InkPlace, after: InkPlace | undefined): InkStart | undefined {
  const table = INK_TABLES.after[0]!;
  const distance = after?.client === place.client ? place.clock - after.clock : 0;
  const kind = distance > 0 ? sizeOf(distance) : ELSEWHERE;
  const symbol = coder.symbol(table, after ? kind : NOTHING);
  if (symbol === table.stop) return undefined;
  if (symbol === NOTHING) return { kind: "start", after: undefined };
  if (symbol === ELSEWHERE) {
    const client = coder.bits(32, after?.client ?? 0);
    const size = coder.bits(SIZE_BITS, sizeOf(after?.clock ?? 0));
    return size > 32
      ? undefined
      : { kind: "start", after: { client, clock: codeSized(coder, size, after?.clock ?? 0) } };
  }
  const clock = place.clock - codeSized(coder, symbol, distance);
  return clock < 0 ? undefined : { kind: "start", after: { client: place.client, clock } };
}

/** A whole number of `size` binary digits. */
function codeSized(coder: SymbolCoder, size: number, value: number): number {
  return size === 0 ? 0 : 2 ** (size - 1) + coder.bits(size - 1, value & (2 ** (size - 1) - 1));
}

function sizeOf(value: number): number {
  return 32 - Math.clz32(value);
}
