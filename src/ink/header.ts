import { INK_INPUTS, ITEM_TOOLS } from "./stroke.ts";
import type { StrokeHeader } from "./stroke.ts";

/*
 * What an item's text begins with. Every character is one UTF-16 unit below 0xD800.
 *
 * Version 1, 8 characters:
 *   0     "1", the version
 *   1     0x20 + tool % 8 + 8 * input + 32 * pressure + 64 * (tool >= 8)
 *   2     0x20 + scale
 *   3..6  0x20 + 6 bits of the colour each, highest first
 *   7     0x30 + width in quarters
 * Version 2, 10 or 11 characters: "2", the same, and then
 *   8     0x20 + layer slot
 *   9     0x20 + start time % 64 + 64 where more follows
 *   10    0x20 + start time / 64, not 0, only where the one before says so
 *
 * The layer slot names a layer that the item's session has drawn on, the start time is in sixteenths of a
 * second (board/document/session-records.ts). Items of format 3 have version 2. Version 1 is what older
 * formats wrote, which is on the first layer and has no time; previews and copies, which have neither, too.
 */

/** Small fields are a character this much above their value. */
export const CHAR_BASE = 0x20;
/** Of version 1, and what version 2 begins with. */
export const HEADER_LENGTH = 8;
/** The longest header of any version. */
export const MAX_HEADER_LENGTH = 11;
/** Layer slots are 0 .. MAX_SLOT. */
export const MAX_SLOT = 63;
/** Start times are below it: 36 hours. */
export const TIME_LIMIT = 2 ** 21;
export const MIN_SCALE = -4;
export const MAX_SCALE = 6;
const MAX_WIDTH_QUARTERS = 2048;
/** In world units. */
export const MAX_WIDTH = MAX_WIDTH_QUARTERS / 4;

const PLAIN_VERSION = "1";
/** The version whose headers say on which layer and when. */
export const ORIGIN_VERSION = "2";
const WIDTH_BASE = 0x30;
/** A start time's first character holds so much of it, and from there on whether a second one follows. */
const TIME_UNIT = 64;

/** On which layer and when an item was begun, as its session counts it. */
export interface ItemOrigin {
  /** 0 .. MAX_SLOT; 0: the first layer. */
  readonly slot: number;
  /** Sixteenths of a second since the item before, or since its session began; 0 .. TIME_LIMIT - 1. */
  readonly time: number;
}

/** A header as text; version 1 without an origin. Throws a RangeError where a field is out of range. */
export function encodeHeader(header: StrokeHeader, origin?: ItemOrigin): string {
  const tool = ITEM_TOOLS.indexOf(header.tool);
  const input = INK_INPUTS.indexOf(header.input);
  const quarters = header.width * 4;
  if (
    tool < 0 ||
    input < 0 ||
    !isWhole(header.color, 0, 0xffffff) ||
    !isWhole(quarters, 1, MAX_WIDTH_QUARTERS) ||
    !isWhole(header.scale, MIN_SCALE, MAX_SCALE)
  ) {
    throw new RangeError(`not a stroke header: ${JSON.stringify(header)}`);
  }
  return (
    (origin ? ORIGIN_VERSION : PLAIN_VERSION) +
    String.fromCharCode(
      CHAR_BASE + (tool & 7) + 8 * input + (header.pressure ? 32 : 0) + (tool > 7 ? 64 : 0),
      CHAR_BASE + header.scale,
      CHAR_BASE + (header.color >>> 18),
      CHAR_BASE + ((header.color >>> 12) & 63),
      CHAR_BASE + ((header.color >>> 6) & 63),
      CHAR_BASE + (header.color & 63),
      WIDTH_BASE + quarters,
    ) +
    (origin ? encodeOrigin(origin) : "")
  );
}

function encodeOrigin({ slot, time }: ItemOrigin): string {
  if (!isWhole(slot, 0, MAX_SLOT) || !isWhole(time, 0, TIME_LIMIT - 1)) {
    throw new RangeError(`not an item's origin: ${slot}, ${time}`);
  }
  const high = Math.floor(time / TIME_UNIT);
  const low = (time % TIME_UNIT) + (high > 0 ? TIME_UNIT : 0);
  const codes = [CHAR_BASE + slot, CHAR_BASE + low, ...(high > 0 ? [CHAR_BASE + high] : [])];
  return String.fromCharCode(...codes);
}

/** What an item's text begins with. */
export interface DecodedHeader {
  readonly header: StrokeHeader;
  /** Undefined in version 1. */
  readonly origin: ItemOrigin | undefined;
  /** In characters. */
  readonly length: number;
}

/** Undefined where the version is unknown, a field is out of range or the text is too short. */
export function decodeHeader(text: string): DecodedHeader | undefined {
  const isPlain = text.startsWith(PLAIN_VERSION);
  if (text.length < HEADER_LENGTH || (!isPlain && !text.startsWith(ORIGIN_VERSION))) return undefined;
  const header = decodeStyle(text);
  if (!header || isPlain) return header && { header, origin: undefined, length: HEADER_LENGTH };
  const origin = decodeOrigin(text);
  return origin && { header, ...origin };
}

function decodeStyle(text: string): StrokeHeader | undefined {
  const kind = text.charCodeAt(1) - CHAR_BASE;
  const scale = text.charCodeAt(2) - CHAR_BASE;
  const quarters = text.charCodeAt(7) - WIDTH_BASE;
  if (!isWhole(kind, 0, 127) || !isWhole(scale, MIN_SCALE, MAX_SCALE)) return undefined;
  if (!isWhole(quarters, 1, MAX_WIDTH_QUARTERS)) return undefined;
  let color = 0;
  for (let i = 3; i < 7; i++) {
    const bits = text.charCodeAt(i) - CHAR_BASE;
    if (!isWhole(bits, 0, 63)) return undefined;
    color = color * 64 + bits;
  }
  const tool = ITEM_TOOLS[(kind & 7) + (kind > 63 ? 8 : 0)];
  const input = INK_INPUTS[(kind >>> 3) & 3];
  if (tool === undefined || input === undefined) return undefined;
  const pressure = (kind & 32) !== 0;
  return { tool, input, pressure, scale, color, width: quarters / 4 };
}

function decodeOrigin(text: string): Omit<DecodedHeader, "header"> | undefined {
  const [slot = -1, low = -1, high = -1] = [0, 1, 2].map(
    (i) => text.charCodeAt(HEADER_LENGTH + i) - CHAR_BASE,
  );
  if (!isWhole(slot, 0, MAX_SLOT) || !isWhole(low, 0, 2 * TIME_UNIT - 1)) return undefined;
  if (low < TIME_UNIT) return { origin: { slot, time: low }, length: MAX_HEADER_LENGTH - 1 };
  if (!isWhole(high, 1, TIME_LIMIT / TIME_UNIT - 1)) return undefined;
  return { origin: { slot, time: high * TIME_UNIT + low - TIME_UNIT }, length: MAX_HEADER_LENGTH };
}

/** Whether a character of a header, its tenth, says that one more follows. */
export function isTimeContinued(code: number): boolean {
  return code >= CHAR_BASE + TIME_UNIT;
}

function isWhole(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}
