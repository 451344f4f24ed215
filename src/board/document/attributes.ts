import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { encodeUtf8 } from "lib0/string";
import type { Matrix } from "../../base/matrix.ts";
import { BACKGROUNDS } from "./backgrounds.ts";
import type { Background } from "./backgrounds.ts";
import { itemId, writeOf } from "./item-id.ts";
import { boundedCrop, type Crop } from "./picture.ts";
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
  /** Negative: below; the further from 0, the further away. */
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
const MAX_ORDINAL = 2 ** 31 - 1;
const MAX_NAME_CHARS = 60;
/** In UTF-8; with its length and a stamp it is no longer than a contact takes (MAX_ATTRIBUTE_BYTES). */
const MAX_NAME_BYTES = 120;

/** 3 to 9 bytes for what was only moved, else 33. */
export const MATRIX = codecOf<Matrix>(({ a, b, c, d, e, f }) => {
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
}, readMatrix);

export const COLOR = codecOf<number>(
  (color) => Uint8Array.of(color >> 16, (color >> 8) & 255, color & 255),
  (decoder) => {
    const [red = 0, green = 0, blue = 0] = decoding.readUint8Array(decoder, 3);
    return red * 65536 + green * 256 + blue;
  },
);

export const STACK_PLACE = codecOf<StackPlace>(
  ({ beside, offset }) => {
    const { client, clock } = writeOf(beside);
    return encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, clock);
      encoding.writeFloat64(encoder, offset);
    });
  },
  (decoder) => {
    const client = decoding.readVarUint(decoder);
    const beside = itemId(client, decoding.readVarUint(decoder));
    const offset = decoding.readFloat64(decoder);
    return Number.isFinite(offset) ? { beside, offset } : undefined;
  },
);

/** Of a name, and of the layer that an item is on. */
export const TEXT = codecOf<string>(
  (text) => encoding.encode((encoder) => encoding.writeVarString(encoder, cutText(text, MAX_NAME_BYTES))),
  (decoder) => cutText(decoding.readVarString(decoder)),
);

/** Finite. */
export const PLACE = codecOf<number>(
  (place) => encoding.encode((encoder) => encoding.writeFloat64(encoder, place)),
  (decoder) => {
    const place = decoding.readFloat64(decoder);
    return Number.isFinite(place) ? place : undefined;
  },
);

/** Of what has lines, in world units. */
export const WIDTH = codecOf<number>(PLACE.encode, (decoder) => {
  const width = decoding.readFloat64(decoder);
  return width > 0 && width <= MAX_MOVE ? width : undefined;
});

/** Of a picture: four 32-bit floats, left, top, right, bottom. */
export const CROP = codecOf<Crop>(
  (crop) =>
    encoding.encode((encoder) => {
      const { left, top, right, bottom } = boundedCrop(crop);
      for (const edge of [left, top, right, bottom]) encoding.writeFloat32(encoder, edge);
    }),
  (decoder) => {
    const [left, top, right, bottom] = [0, 0, 0, 0].map(() => decoding.readFloat32(decoder)) as [
      number,
      number,
      number,
      number,
    ];
    const isCrop =
      [left, top, right, bottom].every((edge) => edge >= 0) && left + right < 1 && top + bottom < 1;
    return isCrop ? boundedCrop({ left, top, right, bottom }) : undefined;
  },
);

/** Whole minutes since 1970, below 2^31. */
export const MINUTES = codecOf<number>(
  (minutes) => encoding.encode((encoder) => encoding.writeVarUint(encoder, minutes)),
  (decoder) => {
    const minutes = decoding.readVarUint(decoder);
    return minutes < 2 ** 31 ? minutes : undefined;
  },
);

/** Which of several came how late: the highest is the latest. */
export const ORDINAL = codecOf<number>(
  (ordinal) => encoding.encode((encoder) => encoding.writeVarUint(encoder, Math.min(ordinal, MAX_ORDINAL))),
  (decoder) => {
    const ordinal = decoding.readVarUint(decoder);
    return ordinal <= MAX_ORDINAL ? ordinal : undefined;
  },
);

/** 1 is on; whatever else can be read is off. */
export const FLAG = codecOf<boolean>(
  (isOn) => Uint8Array.of(isOn ? 1 : 0),
  (decoder) => readByte(decoder) === 1,
);

const FULL = 100;

/** 0 .. 1 in steps of 1/100. */
export const PERCENT = codecOf<number>(
  (part) => Uint8Array.of(Math.round(Math.min(Math.max(part, 0), 1) * FULL)),
  (decoder) => Math.min(readByte(decoder), FULL) / FULL,
);

/** Its place in the list of backgrounds. */
export const BACKGROUND = codecOf<Background>(
  (background) => Uint8Array.of(BACKGROUNDS.indexOf(background)),
  (decoder) => BACKGROUNDS[readByte(decoder)] ?? "plain",
);

function codecOf<T>(encode: Codec<T>["encode"], read: Codec<T>["read"]): Codec<T> {
  return { encode, read, decode: (bytes) => readWhole(bytes, read) };
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

/** Unlike readUint8 it throws where there is none. */
function readByte(decoder: decoding.Decoder): number {
  return decoding.readUint8Array(decoder, 1)[0]!;
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
function readWhole<T>(bytes: Uint8Array, read: Codec<T>["read"]): T | undefined {
  try {
    const decoder = decoding.createDecoder(bytes);
    const value = read(decoder);
    readStamp(decoder);
    return value;
  } catch {
    return undefined;
  }
}
