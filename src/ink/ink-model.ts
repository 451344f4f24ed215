import type { BitCoder } from "../base/range-coder.ts";
import {
  CHAR_BASE,
  END_CODE,
  ESCAPE_CODE,
  gridOfScale,
  HEADER_LENGTH,
  MAX_COORDINATE,
  RANK_BASE,
} from "./codec.ts";
import { createNumberReader, DIGIT_BASE } from "./number.ts";
import { createPredictor } from "./predictor.ts";
import { createProbabilities, DIGIT_CELLS, NUMBER_CELLS, SIGNED_CELLS } from "./probabilities.ts";
import { residuals } from "./residuals.ts";

/**
 * Says how likely each next character of ink as text is, and learns from each. Who hands in the same
 * characters in the same order has the same model, so one side can write what the other reads. Any
 * 16-bit character can be coded; those that a pen writes cost least. Whole numbers and exact fractions
 * only: every engine agrees.
 */
export interface InkModel {
  /** A new stroke's text begins. */
  start(): void;
  /**
   * Codes one character and returns it; a coder that reads ignores `code`. Undefined: what was read is
   * no ink.
   */
  next(coder: BitCoder, code: number): number | undefined;
  /** END was coded: no more of this stroke. */
  ended(): boolean;
}

/** From one point to the next, in grid units. */
interface Step {
  readonly x: number;
  readonly y: number;
}

const PRESSURE_AT = 1;
const PRESSURE_FLAG = 32;
const SCALE_AT = 2;
/** Devices that measure whole pixels leave steps of whole four grid units. */
const COARSE = 4;
const NO_STEP: Step = { x: 0, y: 0 };
/** Lengths are told apart by their number of binary digits, up to this. */
const SIZES = 24;
const ASIDE_SIZES = 6;
const OFF_SIZES = 3;
const DIGIT_PLACES = 4;

/** Where each kind of choice keeps its probabilities. */
const CELLS = layOut({
  sameHeader: HEADER_LENGTH,
  header: NUMBER_CELLS,
  isDigit: 1,
  digit: DIGIT_PLACES * DIGIT_CELLS,
  pressure: SIGNED_CELLS,
  isPoint: 1,
  isEnd: 1,
  isEscape: 1,
  other: NUMBER_CELLS,
  coarse: 1,
  back: SIZES,
  along: SIZES * NUMBER_CELLS,
  aside: ASIDE_SIZES * OFF_SIZES * SIGNED_CELLS,
  total: 0,
});

function layOut<Name extends string>(sizes: Record<Name, number>): Record<Name, number> {
  let at = 0;
  const places = {} as Record<Name, number>;
  for (const name of Object.keys(sizes) as Name[]) {
    places[name] = at;
    at += sizes[name];
  }
  return places;
}

export function createInkModel(): InkModel {
  const bits = createProbabilities(CELLS.total);
  const table = residuals();
  let state: "header" | "number" | "points" | "pressure" | "ended" = "header";
  let header: number[] = [];
  let headerBefore: readonly number[] = [];
  let predictor = createPredictor(MAX_COORDINATE);
  let reader = createNumberReader();
  let digits = 0;
  let numbers: number[] = [];
  let step = NO_STEP;
  /** The largest unit of which all steps of this stroke are multiples, as far as was seen: 4 or 1. */
  let unit = COARSE;
  let off = 0;
  let pressure = 0;

  /** A character that follows no rule. */
  function any(coder: BitCoder, cell: number, code: number): number {
    return bits.number(coder, cell, code) & 0xffff;
  }

  function nextOfHeader(coder: BitCoder, code: number): number {
    const at = header.length;
    const before = headerBefore[at];
    const isSame = before !== undefined && bits.flag(coder, CELLS.sameHeader + at, code === before);
    const read = isSame ? before : any(coder, CELLS.header, code);
    header.push(read);
    if (header.length < HEADER_LENGTH) return read;
    headerBefore = header;
    predictor = createPredictor(MAX_COORDINATE * gridOfScale(header[SCALE_AT]! - CHAR_BASE));
    state = "number";
    return read;
  }

  function nextOfNumber(coder: BitCoder, code: number): number {
    const place = CELLS.digit + Math.min(digits++, DIGIT_PLACES - 1) * DIGIT_CELLS;
    const value = code - DIGIT_BASE;
    const read = bits.flag(coder, CELLS.isDigit, value >= 0 && value < 64)
      ? bits.digit(coder, place, value) + DIGIT_BASE
      : any(coder, CELLS.other, code);
    const number = reader.read(read);
    if (number === "more") return read;
    digits = 0;
    if (number === "malformed") {
      numbers = [];
      if (!predictor.fresh()) state = "points";
    } else if (numbers.push(number) === 2) {
      move(numbers[0]!, numbers[1]!);
      numbers = [];
    }
    return read;
  }

  function nextOfPressure(coder: BitCoder, code: number): number {
    const change = bits.signed(coder, CELLS.pressure, code - CHAR_BASE - pressure);
    const read = (CHAR_BASE + pressure + change) & 0xffff;
    pressure = Math.min(Math.max(read - CHAR_BASE, 0), 64);
    state = "points";
    return read;
  }

  function nextOfPoints(coder: BitCoder, code: number): number | undefined {
    const rank = code - RANK_BASE;
    const isPoint = rank >= 0 && rank < table.count;
    if (bits.flag(coder, CELLS.isPoint, isPoint)) return nextPoint(coder, isPoint ? rank : 0);
    if (bits.flag(coder, CELLS.isEnd, code === END_CODE)) {
      state = "ended";
      return END_CODE;
    }
    if (bits.flag(coder, CELLS.isEscape, code === ESCAPE_CODE)) {
      state = "number";
      return ESCAPE_CODE;
    }
    return any(coder, CELLS.other, code);
  }

  /**
   * The text says how far a point is from where the predictor of the codec expects it; a better guess is
   * made here, from the step as a whole.
   */
  function nextPoint(coder: BitCoder, rank: number): number | undefined {
    const expectedX = predictor.x() - predictor.lastX();
    const expectedY = predictor.y() - predictor.lastY();
    const { x, y } = codeStep(coder, { x: expectedX + table.dxOf(rank), y: expectedY + table.dyOf(rank) });
    const read = table.rankOf(x - expectedX, y - expectedY);
    if (read < 0) return undefined;
    move(x - expectedX, y - expectedY);
    return RANK_BASE + read;
  }

  /** First how far it goes along the axis that the last step followed, then how far off that line it is. */
  function codeStep(coder: BitCoder, next: Step): Step {
    if (unit > 1 && !bits.flag(coder, CELLS.coarse, next.x % unit === 0 && next.y % unit === 0)) unit = 1;
    const isX = Math.abs(step.x) >= Math.abs(step.y);
    const [before, asideBefore] = isX ? [step.x, step.y] : [step.y, step.x];
    const [along, aside] = isX ? [next.x, next.y] : [next.y, next.x];
    const forward = before < 0 ? -1 : 1;
    const context = Math.min(sizeOf(Math.abs(before) / unit), SIZES - 1);
    const isBack = bits.flag(coder, CELLS.back + context, along * forward < 0);
    const length = bits.number(coder, CELLS.along + context * NUMBER_CELLS, Math.abs(along) / unit);
    const main = (isBack ? -length : length) * forward;
    const guess = isBack || before === 0 ? 0 : Math.round((main * asideBefore) / before);
    const place = Math.min(sizeOf(length), ASIDE_SIZES - 1) * OFF_SIZES;
    const cell = CELLS.aside + (place + Math.min(sizeOf(Math.abs(off)), OFF_SIZES - 1)) * SIGNED_CELLS;
    off = bits.signed(coder, cell, aside / unit - guess);
    const side = (guess + off) * unit;
    return isX ? { x: main * unit, y: side } : { x: side, y: main * unit };
  }

  function move(dx: number, dy: number): void {
    const isFirst = predictor.fresh();
    const fromX = predictor.lastX();
    const fromY = predictor.lastY();
    predictor.advance(dx, dy);
    if (!isFirst) step = { x: predictor.lastX() - fromX, y: predictor.lastY() - fromY };
    const hasPressure = ((header[PRESSURE_AT]! - CHAR_BASE) & PRESSURE_FLAG) !== 0;
    state = hasPressure ? "pressure" : "points";
  }

  return {
    start() {
      state = "header";
      header = [];
      reader = createNumberReader();
      digits = 0;
      numbers = [];
      step = NO_STEP;
      unit = COARSE;
      off = 0;
      pressure = 0;
    },
    next(coder, code) {
      if (state === "header") return nextOfHeader(coder, code);
      if (state === "number") return nextOfNumber(coder, code);
      if (state === "pressure") return nextOfPressure(coder, code);
      if (state === "points") return nextOfPoints(coder, code);
      return any(coder, CELLS.other, code);
    },
    ended: () => state === "ended",
  };
}

/** How many binary digits a number has. */
function sizeOf(value: number): number {
  return 32 - Math.clz32(value);
}
