import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { encodeUtf8 } from "lib0/string";
import type { Matrix } from "../../base/matrix.ts";
import { BACKGROUNDS } from "./backgrounds.ts";
import type { Background } from "./backgrounds.ts";
import { writeOf } from "./item-id.ts";
import { readStamp } from "./stamps.ts";

/*
 * The values of attributes: what became different since it was made. A value that cannot be read counts
 * as absent, and so does an empty one: nothing is ever deleted. Each may end with a stamp (stamps.ts).
 */

/** Writes and reads one kind of value. */
export interface Codec<T> {
  encode(value: T): Uint8Array;
  /** Undefined for bytes that are none. Never throws. */
  decode(bytes: Uint8Array): T | undefined;
  /** Reads a value that something may follow. Undefined or an error where there is none. */
  read(decoder: decoding.Decoder): T | undefined;
}

/** Where in the order an item was put: right above or below the place of another in `items`. */
export interface StackPlace {
  readonly beside: string;
  /** Not 0; the further from it, the further away. */
  readonly offset: number;
}

export const NO_VALUE = new Uint8Array(0);

const MOVED = 1;
const MAPPED = 2;
/** Moves are kept in parts of a world unit. */
const MOVE_GRID = 64;
/** As far as ink reaches, there and back. */
const MAX_MOVE = 2 ** 24;
const MAX_FACTOR = 2 ** 20;
const MAX_NAME_CHARS = 60;
/** In UTF-8; with its length and a stamp it is no longer than a contact takes (MAX_ATTRIBUTE_BYTES). */
const MAX_NAME_BYTES = 120;

/** 3 to 9 bytes for what was only moved, else 33. */
export function encodeMatrix({ a, b, c, d, e, f }: Matrix): Uint8Array {
  const x = Math.round(clampMove(e) * MOVE_GRID);
  const y = Math.round(clampMove(f) * MOVE_GRID);
  return encoding.encode((encoder) => {
    if (a === 1 && b === 0 && c === 0 && d === 1) {
      encoding.writeUint8(encoder, MOVED);
      encoding.writeVarInt(encoder, x);
      encoding.writeVarInt(encoder, y);
    } else {
      encoding.writeUint8(encoder, MAPPED);
      for (const value of [a, b, c, d]) encoding.writeFloat32(encoder, value);
      for (const value of [x, y]) encoding.writeFloat64(encoder, value / MOVE_GRID);
    }
  });
}

export function decodeMatrix(bytes: Uint8Array): Matrix | undefined {
  return read(bytes, readMatrix);
}

function readMatrix(decoder: decoding.Decoder): Matrix | undefined {
  const kind = decoding.readUint8(decoder);
  if (kind === MOVED) {
    const e = decoding.readVarInt(decoder) / MOVE_GRID;
    return checkMatrix({ a: 1, b: 0, c: 0, d: 1, e, f: decoding.readVarInt(decoder) / MOVE_GRID });
  }
  if (kind !== MAPPED) return undefined;
  const [a, b, c, d] = [0, 0, 0, 0].map(() => decoding.readFloat32(decoder)) as [
    number,
    number,
    number,
    number,
  ];
  const e = decoding.readFloat64(decoder);
  return checkMatrix({ a, b, c, d, e, f: decoding.readFloat64(decoder) });
}

export function encodeColor(color: number): Uint8Array {
  return Uint8Array.of(color >> 16, (color >> 8) & 255, color & 255);
}

export function decodeColor(bytes: Uint8Array): number | undefined {
  return read(bytes, readColor);
}

function readColor(decoder: decoding.Decoder): number {
  const [red = 0, green = 0, blue = 0] = decoding.readUint8Array(decoder, 3);
  return red * 65536 + green * 256 + blue;
}

export function encodeStackPlace({ beside, offset }: StackPlace): Uint8Array {
  const { client, clock } = writeOf(beside);
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
    encoding.writeFloat64(encoder, offset);
  });
}

export function decodeStackPlace(bytes: Uint8Array): StackPlace | undefined {
  return read(bytes, readStackPlace);
}

function readStackPlace(decoder: decoding.Decoder): StackPlace | undefined {
  const client = decoding.readVarUint(decoder);
  const beside = `${client}.${decoding.readVarUint(decoder)}`;
  const offset = decoding.readFloat64(decoder);
  return Number.isFinite(offset) ? { beside, offset } : undefined;
}

/** Text, of a name and of the layer that an item is on. */
export function encodeText(text: string): Uint8Array {
  return encoding.encode((encoder) => encoding.writeVarString(encoder, cutText(text, MAX_NAME_BYTES)));
}

export function decodeText(bytes: Uint8Array): string | undefined {
  return read(bytes, readText);
}

function readText(decoder: decoding.Decoder): string {
  return cutText(decoding.readVarString(decoder));
}

export function encodePlace(place: number): Uint8Array {
  return encoding.encode((encoder) => encoding.writeFloat64(encoder, place));
}

export function decodePlace(bytes: Uint8Array): number | undefined {
  return read(bytes, readPlace);
}

function readPlace(decoder: decoding.Decoder): number | undefined {
  const place = decoding.readFloat64(decoder);
  return Number.isFinite(place) ? place : undefined;
}

/** A switch, a percentage, the place of a background in its list. */
export function encodeSmall(value: number): Uint8Array {
  return Uint8Array.of(value);
}

export function decodeSmall(bytes: Uint8Array): number | undefined {
  return read(bytes, readSmall);
}

function readSmall(decoder: decoding.Decoder): number {
  return decoding.readUint8Array(decoder, 1)[0]!;
}

export function decodeBackground(bytes: Uint8Array | undefined): Background {
  return BACKGROUNDS[(bytes && decodeSmall(bytes)) ?? 0] ?? "plain";
}

export const MATRIX = codecOf(encodeMatrix, readMatrix);
export const COLOR = codecOf(encodeColor, readColor);
export const STACK_PLACE = codecOf(encodeStackPlace, readStackPlace);
export const TEXT = codecOf(encodeText, readText);
export const PLACE = codecOf(encodePlace, readPlace);

/** Whole minutes since 1970, below 2^31. */
export const MINUTES = codecOf<number>(
  (minutes) => encoding.encode((encoder) => encoding.writeVarUint(encoder, minutes)),
  (decoder) => {
    const minutes = decoding.readVarUint(decoder);
    return minutes < 2 ** 31 ? minutes : undefined;
  },
);

/** 1 is on; whatever else can be read is off. */
export const FLAG = codecOf<boolean>(
  (isOn) => encodeSmall(isOn ? 1 : 0),
  (decoder) => readSmall(decoder) === 1,
);

const FULL = 100;

/** 0 .. 1 in steps of 1/100. */
export const PERCENT = codecOf<number>(
  (part) => encodeSmall(Math.round(Math.min(Math.max(part, 0), 1) * FULL)),
  (decoder) => Math.min(readSmall(decoder), FULL) / FULL,
);

/** Its place in the list of backgrounds. */
export const BACKGROUND = codecOf<Background>(
  (background) => encodeSmall(BACKGROUNDS.indexOf(background)),
  (decoder) => BACKGROUNDS[readSmall(decoder)] ?? "plain",
);

function codecOf<T>(encode: Codec<T>["encode"], reader: Codec<T>["read"]): Codec<T> {
  return { encode, read: reader, decode: (bytes) => read(bytes, reader) };
}

/** At most MAX_NAME_CHARS UTF-16 units and so many bytes, and no half characters or control characters. */
function cutText(text: string, maxBytes = Infinity): string {
  let short = "";
  let left = maxBytes;
  for (const character of text) {
    if (/[\p{Cc}\p{Cs}]/u.test(character)) continue;
    left -= encodeUtf8(character).length;
    if (short.length + character.length > MAX_NAME_CHARS || left < 0) break;
    short += character;
  }
  return short;
}

function clampMove(value: number): number {
  return Math.min(Math.max(value, -MAX_MOVE), MAX_MOVE) + 0;
}

function checkMatrix(matrix: Matrix): Matrix | undefined {
  const { a, b, c, d, e, f } = matrix;
  const isSmall = [a, b, c, d].every((value) => Math.abs(value) <= MAX_FACTOR);
  return isSmall && Math.abs(e) <= MAX_MOVE && Math.abs(f) <= MAX_MOVE ? matrix : undefined;
}

/** Undefined where something is missing, or left over but for a stamp, or not to be read. */
function read<T>(bytes: Uint8Array, reader: (decoder: decoding.Decoder) => T | undefined): T | undefined {
  try {
    const decoder = decoding.createDecoder(bytes);
    const value = reader(decoder);
    readStamp(decoder);
    return value;
  } catch {
    return undefined;
  }
}
