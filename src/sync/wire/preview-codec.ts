import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import type { Matrix } from "../../base/matrix.ts";
import { MATRIX, WIDTH } from "../../board/document/attributes.ts";
import { LIMITS } from "../../board/document/limits.ts";
import type { LaserPoint, Preview } from "../../board/previews/preview.ts";
import { MAX_COORDINATE } from "../../ink/codec.ts";
import { decodeHeader, encodeHeader } from "../../ink/header.ts";
import { isShapeTool } from "../../board/reading/shown-item.ts";
import { readColor, writeColor } from "./color-codec.ts";
import { readCuts, readIds, writeCuts, writeIds } from "./item-ids.ts";

/** One statement of what a person's gesture will do. Of one session's statements the one with the highest revision counts. */
export interface PreviewFrame {
  readonly type: "preview";
  /** Counts a session's statements from 0. */
  readonly revision: number;
  /** How much the session had written: who has more of it has what came of the gesture. */
  readonly clock: number;
  /** Undefined: the gesture is over, or a newer version can show it. */
  readonly preview: Preview | undefined;
}

/** Longer ones are not sent, and not read. */
export const MAX_PREVIEW_BYTES = LIMITS.previewBytes.takes;

const NONE = 0;
const SHAPE = 1;
const TRANSFORM = 2;
const ERASE = 3;
const LASER = 4;
const WORDS_WIDTH = 5;

/** Ages are told in steps of so many milliseconds. */
const AGE_STEP = 8;
const MAX_AGE = 10_000;
/** A laser's points lie on a grid of 1/16 world unit: half a pixel at the highest zoom. */
const LASER_GRID = 16;

/** Revision, clock, kind, and what the kind has. May throw where a part of it is no number. */
export function writePreview(
  encoder: encoding.Encoder,
  { revision, clock, preview }: Omit<PreviewFrame, "type">,
): void {
  encoding.writeVarUint(encoder, revision);
  encoding.writeVarUint(encoder, clock);
  switch (preview?.kind) {
    case undefined:
      return encoding.writeUint8(encoder, NONE);
    case "shape":
      encoding.writeUint8(encoder, SHAPE);
      return writeShape(encoder, preview);
    case "transform":
      encoding.writeUint8(encoder, TRANSFORM);
      encoding.writeVarUint8Array(encoder, MATRIX.encode(preview.matrix));
      return writeIds(encoder, preview.ids);
    case "width":
      encoding.writeUint8(encoder, WORDS_WIDTH);
      encoding.writeVarUint8Array(encoder, MATRIX.encode(preview.matrix));
      encoding.writeUint8Array(encoder, WIDTH.encode(preview.width));
      return writeIds(encoder, [preview.id]);
    case "erase":
      encoding.writeUint8(encoder, ERASE);
      writeIds(encoder, preview.ids);
      return writeCuts(encoder, preview.cuts);
    case "laser":
      encoding.writeUint8(encoder, LASER);
      return writeLaser(encoder, preview);
  }
}

/** Throws where something is missing, out of bounds or too long. */
export function readPreview(decoder: decoding.Decoder): PreviewFrame {
  if (decoder.arr.length > MAX_PREVIEW_BYTES) throw new Error("too long a preview");
  const revision = decoding.readVarUint(decoder);
  const clock = decoding.readVarUint(decoder);
  return { type: "preview", revision, clock, preview: readKind(decoder) };
}

/** Whether it can be told: it is within the bounds that its reader has. */
export function canTell(preview: Preview): boolean {
  try {
    const bytes = encoding.encode((encoder) => writePreview(encoder, { revision: 0, clock: 0, preview }));
    readPreview(decoding.createDecoder(bytes));
    // Revision and clock may be longer.
    return bytes.length <= MAX_PREVIEW_BYTES - 16;
  } catch {
    return false;
  }
}

function readKind(decoder: decoding.Decoder): Preview | undefined {
  switch (decoding.readUint8(decoder)) {
    case SHAPE:
      return readShape(decoder);
    case TRANSFORM:
      return { kind: "transform", matrix: readMatrix(decoder), ids: readIds(decoder) };
    case ERASE:
      return { kind: "erase", ids: readIds(decoder), cuts: readCuts(decoder) };
    case LASER:
      return readLaser(decoder);
    case WORDS_WIDTH:
      return readWidth(decoder);
    default:
      return undefined;
  }
}

/** The header as at the start of a stroke's text, then both ends on its grid, the second from the first. */
function writeShape(encoder: encoding.Encoder, { header, from, to }: Preview & { kind: "shape" }): void {
  encoding.writeVarString(encoder, encodeHeader(header));
  const grid = 2 ** (2 + header.scale);
  const [x, y] = [onGrid(from.x, grid), onGrid(from.y, grid)];
  for (const value of [x, y, onGrid(to.x, grid) - x, onGrid(to.y, grid) - y])
    encoding.writeVarInt(encoder, value + 0);
}

function readShape(decoder: decoding.Decoder): Preview {
  const { header } = decodeHeader(decoding.readVarString(decoder)) ?? {};
  if (!header || !isShapeTool(header.tool)) throw new Error("not a shape");
  const grid = 2 ** (2 + header.scale);
  const from = readPlace(decoder, grid, { x: 0, y: 0 });
  const to = readPlace(decoder, grid, from);
  return { kind: "shape", header: { ...header, tool: header.tool }, from, to };
}

function readMatrix(decoder: decoding.Decoder): Matrix {
  const matrix = MATRIX.decode(decoding.readVarUint8Array(decoder));
  if (!matrix) throw new Error("a matrix out of bounds");
  return matrix;
}

function readWidth(decoder: decoding.Decoder): Preview {
  const matrix = readMatrix(decoder);
  const width = WIDTH.read(decoder);
  const [id, ...others] = readIds(decoder);
  if (width === undefined || id === undefined || others.length > 0) throw new Error("not a width of a text");
  return { kind: "width", id, width, matrix };
}

/** Colour (3 bytes), number of points, then each, the newest first: older than the one before by, place from there. */
function writeLaser(encoder: encoding.Encoder, { color, points }: Preview & { kind: "laser" }): void {
  writeColor(encoder, color);
  encoding.writeVarUint(encoder, points.length);
  let [age, x, y] = [0, 0, 0];
  for (const point of [...points].reverse()) {
    const next = Math.max(age, Math.round(point.age / AGE_STEP));
    const [toX, toY] = [onGrid(point.x, LASER_GRID), onGrid(point.y, LASER_GRID)];
    encoding.writeVarUint(encoder, next - age);
    encoding.writeVarInt(encoder, toX - x + 0);
    encoding.writeVarInt(encoder, toY - y + 0);
    [age, x, y] = [next, toX, toY];
  }
}

function readLaser(decoder: decoding.Decoder): Preview {
  const color = readColor(decoder);
  const points: LaserPoint[] = [];
  let newer: LaserPoint = { x: 0, y: 0, age: 0 };
  // The newest come first. What is left counts as what a newer version adds, and is passed over.
  for (let left = Math.min(decoding.readVarUint(decoder), LIMITS.laserPoints.takes); left > 0; left--) {
    const age = newer.age + decoding.readVarUint(decoder) * AGE_STEP;
    if (!within(MAX_AGE)(age)) throw new Error("a light that old");
    newer = { ...readPlace(decoder, LASER_GRID, newer), age };
    points.push(newer);
  }
  return { kind: "laser", color, points: points.reverse() };
}

function readPlace(
  decoder: decoding.Decoder,
  grid: number,
  from: { readonly x: number; readonly y: number },
): { x: number; y: number } {
  const x = from.x + decoding.readVarInt(decoder) / grid + 0;
  const y = from.y + decoding.readVarInt(decoder) / grid + 0;
  if (![x, y].every(within(MAX_COORDINATE))) throw new Error("a place out of bounds");
  return { x, y };
}

/** Never -0, which has a sign on the wire. Throws for what is not a number. */
function onGrid(value: number, grid: number): number {
  if (Number.isNaN(value)) throw new RangeError("not a place");
  return Math.round(Math.min(Math.max(value, -MAX_COORDINATE), MAX_COORDINATE) * grid) + 0;
}

/** False for what is not a number. */
function within(bound: number): (value: number) => boolean {
  return (value) => Math.abs(value) <= bound;
}
