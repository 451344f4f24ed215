import { createNumberReader, encodeNumber } from "./number.ts";
import { CHAR_BASE, MAX_SCALE, MIN_SCALE } from "./header.ts";
import { clamp, createPredictor } from "./predictor.ts";
import { residuals } from "./residuals.ts";
import type { InkPoint, StrokeHeader } from "./stroke.ts";

/*
 * Ink as text: a header (ink/header.ts), points, END. Every character is one UTF-16 unit below 0xD800.
 *
 * First point: number x, number y, in grid units; then its pressure.
 * Each further point, against the prediction "previous point + 3/4 of the previous step":
 *   2 + rank of the residual, or ESCAPE, number dx, number dy; then its pressure.
 * Number: zigzag, digits of 5 bits, lowest first: 0x40 + digit, + 0x20 where more follow.
 * Pressure, only where the header says so: 0x20 + level in 64ths.
 * END, which occurs nowhere else, closes the stroke.
 */

/** The last character of a finished stroke. No other part of a stroke's text uses it. */
export const END = "\u0000";

/** Coordinates are clamped to -MAX_COORDINATE .. MAX_COORDINATE, in world units, at every scale. */
export const MAX_COORDINATE = 2 ** 22;

/** What stands where a point could. */
export const END_CODE = 0;
export const ESCAPE_CODE = 1;
export const RANK_BASE = 2;
const PRESSURE_STEPS = 64;
const NO_PRESSURE = 0.5;

/**
 * The nearest point on the stroke's grid, inside the world, with a pressure in 64ths. What is not a
 * number becomes 0 (a coordinate) or 0.5 (a pressure).
 */
export function quantize(point: InkPoint, header: StrokeHeader): InkPoint {
  const grid = gridOfScale(header.scale);
  return {
    x: toGrid(point.x, grid) / grid,
    y: toGrid(point.y, grid) / grid,
    pressure: header.pressure ? toLevel(point.pressure) / PRESSURE_STEPS : NO_PRESSURE,
  };
}

export interface PointEncoder {
  /** The text that appends these points to the ones given before. Points off the grid are quantized. */
  encode(points: readonly InkPoint[]): string;
}

/** The text of a stroke's points, without header and END. */
export function createPointEncoder(header: StrokeHeader): PointEncoder {
  const grid = gridOfScale(header.scale);
  const table = residuals();
  const predictor = createPredictor(MAX_COORDINATE * grid);
  const encodePoint = (point: InkPoint): string => {
    const first = predictor.fresh();
    const dx = toGrid(point.x, grid) - predictor.x();
    const dy = toGrid(point.y, grid) - predictor.y();
    predictor.advance(dx, dy);
    const pressure = header.pressure ? String.fromCharCode(CHAR_BASE + toLevel(point.pressure)) : "";
    if (first) return encodeNumber(dx) + encodeNumber(dy) + pressure;
    const rank = table.rankOf(dx, dy);
    if (rank >= 0) return String.fromCharCode(RANK_BASE + rank) + pressure;
    return String.fromCharCode(ESCAPE_CODE) + encodeNumber(dx) + encodeNumber(dy) + pressure;
  };
  return { encode: (points) => points.map(encodePoint).join("") };
}

export interface PointDecoder {
  /**
   * The points that this slice completes. Slices may be cut anywhere. Never throws: characters that
   * mean nothing where they stand are skipped, an unfinished escape with them; coordinates are
   * clamped; what follows END is ignored.
   */
  decode(text: string): InkPoint[];
  /** END was read. */
  ended(): boolean;
}

/** Reads what `createPointEncoder` writes: the text after the header. */
export function createPointDecoder(header: StrokeHeader): PointDecoder {
  const grid = gridOfScale(header.scale);
  const table = residuals();
  const predictor = createPredictor(MAX_COORDINATE * grid);
  const number = createNumberReader();
  let state: "rank" | "dx" | "dy" | "pressure" | "ended" = "dx";
  let dx = 0;
  let dy = 0;

  const emit = (points: InkPoint[], pressure: number): void => {
    predictor.advance(dx, dy);
    points.push({ x: predictor.lastX() / grid, y: predictor.lastY() / grid, pressure });
    state = "rank";
  };
  const moved = (points: InkPoint[]): void => {
    if (header.pressure) state = "pressure";
    else emit(points, NO_PRESSURE);
  };

  return {
    decode(text) {
      const points: InkPoint[] = [];
      for (let i = 0; i < text.length && state !== "ended"; i++) {
        const code = text.charCodeAt(i);
        if (code === END_CODE) {
          state = "ended";
        } else if (state === "pressure") {
          const level = Math.min(Math.max(code - CHAR_BASE, 0), PRESSURE_STEPS);
          emit(points, level / PRESSURE_STEPS);
        } else if (state === "rank") {
          const rank = code - RANK_BASE;
          if (code === ESCAPE_CODE) {
            state = "dx";
          } else if (rank < table.count) {
            dx = table.dxOf(rank);
            dy = table.dyOf(rank);
            moved(points);
          }
        } else {
          const value = number.read(code);
          if (value === "malformed") {
            state = predictor.fresh() ? "dx" : "rank";
          } else if (value !== "more" && state === "dx") {
            dx = value;
            state = "dy";
          } else if (value !== "more") {
            dy = value;
            moved(points);
          }
        }
      }
      return points;
    },
    ended: () => state === "ended",
  };
}

/** Where in a stroke's whole text, whose header has so many characters, each of its points begins. */
export function pointStarts(header: StrokeHeader, text: string, headerLength: number): number[] {
  const decoder = createPointDecoder(header);
  const starts: number[] = [];
  let start = headerLength;
  for (let at = headerLength; at < text.length && !decoder.ended(); at++) {
    if (decoder.decode(text[at]!).length === 0) continue;
    starts.push(start);
    start = at + 1;
  }
  return starts;
}

/** Grid units in one world unit; a scale out of range counts as the nearest one. */
export function gridOfScale(scale: number): number {
  return 2 ** (2 + Math.min(Math.max(scale, MIN_SCALE), MAX_SCALE));
}

function toGrid(value: number, grid: number): number {
  if (Number.isNaN(value)) return 0;
  // Adding 0 turns the -0 that rounding can leave into 0, which is what decoding gives.
  return Math.round(clamp(value, MAX_COORDINATE) * grid) + 0;
}

function toLevel(pressure: number): number {
  if (Number.isNaN(pressure)) return NO_PRESSURE * PRESSURE_STEPS;
  return Math.round(Math.min(Math.max(pressure, 0), 1) * PRESSURE_STEPS);
}
