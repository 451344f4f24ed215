import { equalBytes } from "../base/bytes.ts";
import { createSymbolReader, createSymbolWriter, prefixTable } from "../base/prefix-code.ts";
import type { PrefixTable, SymbolCoder } from "../base/prefix-code.ts";
import { CHAR_BASE, decodeHeader, END_CODE, ESCAPE_CODE, HEADER_LENGTH, RANK_BASE } from "./codec.ts";
import { INK_CODE_LENGTHS } from "./ink-code-table.ts";
import { unitsOf, writesOf } from "./ink-units.ts";
import type { InkUnit } from "./ink-units.ts";
import type { InkPlace, InkStart, InkWrite } from "./ink-write.ts";
import { DIGIT_BASE } from "./number.ts";

/*
 * Ink text as bytes, readable by itself: any 16-bit character can be written, those that a pen writes are
 * short. It goes clock by clock through what can come next: first, and after each END, whether a stroke
 * begins or one of before goes on; then points, each told by the size of its residual's rank, which depends
 * on the size before, and the rank's lower digits; the digits of numbers; pressures, by their change. A
 * START may come anywhere, and everywhere the last symbol is the stop (base/prefix-code.ts). A header is
 * its fields, in plain bits. Text that is no ink, or begins inside of a number, is taken for ink: long, but
 * the same when it is read.
 * INK_CODE_LENGTHS comes from recordings: `npm run ink-code`.
 */

/** Ink that is drawn just now needs far fewer clocks at a time. */
export const MAX_INK_CLOCKS = 2048;

/** In every table but `after`: a stroke begins. */
const START = 0;
/** In `begin`: text of a stroke that began before, without pressures or with them. */
const PLAIN = 1;
const PRESSED = 2;
/** In `point`, where the rank's size follows. */
const END = 1;
const ESCAPE = 2;
/** Less the size of what is at least 1. */
const SIZE = 2;
/** In `digit`: of five bits, the number's last or not; or any character. */
const LAST = 1;
const MORE = 2;
const STRAY = 3;
/** In `pressure`: the size of the change follows. */
const CHANGE = 1;
/** In `after`: nothing, or the size of the distance in clocks to a write of the same session, or any. */
const NOTHING = 0;
const ELSEWHERE = 32;

/** Of a header's characters but the version: the lowest, and how many bits tell the others. */
const HEADER_FIELDS = [
  [0x20, 7],
  [0x1c, 4],
  [0x20, 6],
  [0x20, 6],
  [0x20, 6],
  [0x20, 6],
  [0x31, 11],
] as const;
const HEADER_VERSION = "1";
const USUAL_PRESSURE = 32;

/** In place of a character's code. */
const BEGINS = -1;

/**
 * `point` by the point's symbol before; `digit` by its place in the number; `pressure` by whether the
 * stroke had one before in these bytes.
 */
export const INK_TABLES = {
  begin: INK_CODE_LENGTHS.begin.map(prefixTable),
  point: INK_CODE_LENGTHS.point.map(prefixTable),
  digit: INK_CODE_LENGTHS.digit.map(prefixTable),
  pressure: INK_CODE_LENGTHS.pressure.map(prefixTable),
  after: INK_CODE_LENGTHS.after.map(prefixTable),
};

/** What is known of the text so far, the same on both sides. */
interface State {
  expects: "begin" | "point" | "digit" | "pressure";
  /** The stroke's points have pressures. */
  isPressed: boolean;
  /** The last stroke's header; undefined where none was in these bytes. */
  header: string | undefined;
  /** The newest of a point; START: none since the stroke began; END: none in these bytes. */
  symbol: number;
  /** Of two numbers: how many are to come, and how many digits of the next one are there. */
  numbers: number;
  digits: number;
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
    isPressed,
    header: undefined,
    symbol: END,
    numbers: 0,
    digits: 0,
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
    const header = codeHeader(coder, state, said && headerAt(said, units.length + 1));
    units.push(start, ...unitsOf([{ kind: "text", text: header }]));
  }
  return units;
}

/** A character's code, or BEGINS; undefined: nothing more can be read. */
function codeNext(coder: SymbolCoder, state: State, code: number): number | undefined {
  const table = tableFor(state);
  const symbol = coder.symbol(table, code === BEGINS ? START : symbolFor(state, code));
  if (symbol === table.stop) return undefined;
  if (symbol === START) return BEGINS;
  if (state.expects === "point") return codePoint(coder, state, symbol, code);
  if (state.expects === "digit") return codeDigit(coder, state, symbol, code);
  if (state.expects === "pressure") return codePressure(coder, state, symbol, code);
  state.isPressed = symbol === PRESSED;
  state.expects = "point";
  return codeNext(coder, state, code);
}

function tableFor({ expects, symbol, digits, pressure }: State): PrefixTable {
  if (expects === "point") return INK_TABLES.point[symbol]!;
  if (expects === "digit") return INK_TABLES.digit[Math.min(digits, INK_TABLES.digit.length - 1)]!;
  if (expects === "pressure") return INK_TABLES.pressure[pressure === undefined ? 0 : 1]!;
  return INK_TABLES.begin[0]!;
}

function symbolFor(state: State, code: number): number {
  if (state.expects === "begin") return state.isPressed ? PRESSED : PLAIN;
  if (state.expects === "pressure") return CHANGE + sizeOf(changeOf(state, code));
  if (state.expects === "digit") {
    const value = code - DIGIT_BASE;
    return value < 0 || value > 63 ? STRAY : value < 32 ? LAST : MORE;
  }
  if (code === END_CODE) return END;
  // One more than the rank, which is at least 1.
  return code === ESCAPE_CODE ? ESCAPE : SIZE + sizeOf(code - RANK_BASE + 1);
}

function codePoint(coder: SymbolCoder, state: State, symbol: number, code: number): number {
  state.symbol = symbol;
  if (symbol === END) {
    state.expects = "begin";
    return END_CODE;
  }
  if (symbol === ESCAPE) {
    expectNumbers(state);
    return ESCAPE_CODE;
  }
  if (state.isPressed) state.expects = "pressure";
  return (RANK_BASE - 1 + codeSized(coder, symbol - SIZE, code - RANK_BASE + 1)) & 0xffff;
}

function expectNumbers(state: State): void {
  state.expects = "digit";
  state.numbers = 2;
  state.digits = 0;
}

function codeDigit(coder: SymbolCoder, state: State, symbol: number, code: number): number {
  if (symbol === STRAY) {
    state.expects = "point";
    return coder.bits(16, code);
  }
  state.digits++;
  if (symbol === LAST) {
    state.digits = 0;
    state.numbers--;
    if (state.numbers === 0) state.expects = state.isPressed ? "pressure" : "point";
  }
  return DIGIT_BASE + (symbol === MORE ? 32 : 0) + coder.bits(5, lowBits(code - DIGIT_BASE, 5));
}

function codePressure(coder: SymbolCoder, state: State, symbol: number, code: number): number {
  const zigzag = codeSized(coder, symbol - CHANGE, changeOf(state, code));
  const change = zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
  state.pressure = (state.pressure ?? USUAL_PRESSURE) + change;
  state.expects = "point";
  return (CHAR_BASE + state.pressure) & 0xffff;
}

/** Of the pressure, zigzag. */
function changeOf({ pressure }: State, code: number): number {
  const change = code - CHAR_BASE - (pressure ?? USUAL_PRESSURE);
  return change < 0 ? -2 * change - 1 : 2 * change;
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
    return { kind: "start", after: { client, clock: coder.bits(32, after?.clock ?? 0) } };
  }
  const clock = place.clock - codeSized(coder, symbol, distance);
  return clock < 0 ? undefined : { kind: "start", after: { client: place.client, clock } };
}

/** "" where no whole header follows its start: its characters are then read as points. */
function codeHeader(coder: SymbolCoder, state: State, said: string | undefined): string {
  state.symbol = START;
  state.pressure = undefined;
  state.expects = "point";
  state.isPressed = false;
  if (coder.bits(1, said ? 1 : 0) === 0) return "";
  const isSame = state.header !== undefined && coder.bits(1, said === state.header ? 1 : 0) === 1;
  if (!isSame) state.header = codeFields(coder, said);
  state.isPressed = decodeHeader(state.header!)?.header.pressure ?? false;
  expectNumbers(state);
  return state.header!;
}

function codeFields(coder: SymbolCoder, said: string | undefined): string {
  const read = HEADER_FIELDS.map(([base, count], i) => {
    return base + coder.bits(count, said === undefined ? 0 : said.charCodeAt(i + 1) - base);
  });
  return HEADER_VERSION + String.fromCharCode(...read);
}

/** The whole header at this place; undefined where there is none. */
function headerAt(units: readonly InkUnit[], at: number): string | undefined {
  const codes = units.slice(at, at + HEADER_LENGTH).filter((unit) => typeof unit === "number");
  const text = String.fromCharCode(...codes);
  return decodeHeader(text) && text;
}

/** A whole number of `size` binary digits. */
function codeSized(coder: SymbolCoder, size: number, value: number): number {
  return size === 0 ? 0 : 2 ** (size - 1) + coder.bits(size - 1, lowBits(value, size - 1));
}

function sizeOf(value: number): number {
  return 32 - Math.clz32(value);
}

function lowBits(value: number, count: number): number {
  return value & (2 ** count - 1);
}
