import * as decoding from "lib0/decoding";
import { LIMITS } from "../document/limits.ts";
import { ROOT_NAMES } from "../document/schema.ts";
import { MAX_CLIENT, MAX_CLOCK } from "../document/write-id.ts";
import type { WriteId } from "../document/write-id.ts";
import { Refusal } from "./refusal.ts";
import { ucs2Length } from "./utf8.ts";

/**
 * - `text`: a new, empty Y.Text.
 * - `string`: characters of a text.
 * - `binary`, `boolean`, `integer`: one value of a map.
 * - `deleted`: something that was deleted; only its length is left.
 */
export type ContentKind = "text" | "string" | "binary" | "boolean" | "integer" | "deleted";

/** One write of an update, as far as its bytes tell. */
export interface ScannedStruct extends WriteId {
  /** Clocks that it takes; at least 1. */
  readonly length: number;
  readonly content: ContentKind;
  /** The write after which it was inserted. */
  readonly origin: WriteId | undefined;
  readonly rightOrigin: WriteId | undefined;
  /** A root type's name, or the write that made the type; undefined where the origins tell. */
  readonly parent: string | WriteId | undefined;
  /** The key, for a value in a map; undefined also where the origins tell. */
  readonly key: string | undefined;
  /** The bytes of a binary value, a view of the update. */
  readonly value: Uint8Array | undefined;
}

/** Deleted clocks `clock .. clock + length - 1`. */
export interface ScannedDeletion extends WriteId {
  readonly length: number;
}

export interface ScannedUpdate {
  /** By session; within a session in the order of the clocks, without holes. */
  readonly structs: readonly ScannedStruct[];
  readonly deletions: readonly ScannedDeletion[];
}

/** Why bytes are refused, in a few words for the log. */
export type ScanResult =
  | { readonly ok: true; readonly update: ScannedUpdate }
  | { readonly ok: false; readonly error: string };

/** What one update may hold at most. */
export interface ScanLimits {
  readonly bytes: number;
  /** What has one write and nothing else may be so long, for it cannot be sent in pieces. */
  readonly writeBytes: number;
  readonly structs: number;
  /** Sessions that write in it; and, counted apart, sessions whose writes it deletes. */
  readonly sessions: number;
  readonly deletions: number;
  /** Whether the board's size, and what Yjs has to compare, is limited too. */
  readonly measured: boolean;
}

/**
 * From a contact: an honest one sends about 16 kB (board/document/chunks.ts), and never more than 64 kB, but for
 * a mark that a version before 0.4.0 wrote as one value. That may be as long as a message of the host allows
 * (spixi/limits.ts), with a hello beside it.
 */
export const WIRE_LIMITS: ScanLimits = {
  bytes: LIMITS.updateBytes.takes,
  writeBytes: LIMITS.markBytes.takes,
  structs: LIMITS.updateStructs.takes,
  sessions: LIMITS.updateSessions.takes,
  deletions: LIMITS.updateDeletions.takes,
  measured: true,
};

/** From this device's storage: one update may be a whole board. */
export const STORED_LIMITS: ScanLimits = {
  bytes: 64 * 1024 * 1024,
  writeBytes: 64 * 1024 * 1024,
  structs: 1_000_000,
  sessions: 65_536,
  deletions: 1_000_000,
  measured: false,
};

const MAX_KEY_CHARS = 32;
/** Versions of the document's shape; small, so that each has one spelling. */
const MAX_INTEGER = 63;

/** Yjs's update format V1, as far as the board's schema uses it (yjs 13.6, UpdateEncoderV1). */
const HAS_ORIGIN = 0x80;
const HAS_RIGHT_ORIGIN = 0x40;
const HAS_KEY = 0x20;
const CONTENT_BITS = 0x1f;
const CONTENT_DELETED = 1;
const CONTENT_BINARY = 3;
const CONTENT_STRING = 4;
const CONTENT_TYPE = 7;
const CONTENT_ANY = 8;
const TYPE_TEXT = 2;
const ANY_INTEGER = 125;
const ANY_FALSE = 121;
const ANY_TRUE = 120;

/** Yjs makes a root type of each name that it reads, also of one in a write that it has already. */
const MAX_ROOT_CHARS = Math.max(...ROOT_NAMES.map(({ length }) => length));

/**
 * Reads an update without Yjs, and without allocating by what it claims. Accepts only what the
 * schema can contain, in the one spelling that Yjs gives it. Never throws.
 */
export function scanUpdate(bytes: Uint8Array, limits: ScanLimits = WIRE_LIMITS): ScanResult {
  if (bytes.length > Math.max(limits.bytes, limits.writeBytes)) return { ok: false, error: "too many bytes" };
  try {
    const decoder = decoding.createDecoder(bytes);
    const structs = readStructs(decoder, limits);
    const deletions = readDeletions(decoder, limits);
    if (decoding.hasContent(decoder)) throw new Refusal("bytes after the end");
    const isOneWrite = structs.length === 1 && deletions.length === 0;
    if (bytes.length > limits.bytes && !isOneWrite) throw new Refusal("too many bytes");
    return { ok: true, update: { structs, deletions } };
  } catch (error) {
    return { ok: false, error: error instanceof Refusal ? error.message : "cut off or unreadable" };
  }
}

function readStructs(decoder: decoding.Decoder, limits: ScanLimits): ScannedStruct[] {
  const structs: ScannedStruct[] = [];
  const seen = new Set<number>();
  for (let sessions = readNumber(decoder, limits.sessions, "sessions"); sessions > 0; sessions--) {
    let left = readNumber(decoder, limits.structs - structs.length, "writes");
    const client = readNumber(decoder, MAX_CLIENT, "session");
    let clock = readNumber(decoder, MAX_CLOCK, "clock");
    if (left === 0 || seen.has(client)) throw new Refusal("a session twice or without writes");
    seen.add(client);
    for (; left > 0; left--) {
      const struct = readStruct(decoder, client, clock);
      clock += struct.length;
      if (clock > MAX_CLOCK) throw new Refusal("clock over the limit");
      structs.push(struct);
    }
  }
  return structs;
}

function readStruct(decoder: decoding.Decoder, client: number, clock: number): ScannedStruct {
  const info = readByte(decoder);
  const origin = info & HAS_ORIGIN ? readId(decoder) : undefined;
  const rightOrigin = info & HAS_RIGHT_ORIGIN ? readId(decoder) : undefined;
  if (
    (origin?.client === client && origin.clock >= clock) ||
    (rightOrigin?.client === client && rightOrigin.clock >= clock)
  )
    throw new Refusal("a reference to the own future");
  let parent: string | WriteId | undefined;
  let key: string | undefined;
  if (!origin && !rightOrigin) {
    const isRoot = readNumber(decoder, 1, "kind of parent") === 1;
    parent = isRoot ? readText(decoder, MAX_ROOT_CHARS) : readId(decoder);
    if (typeof parent === "string" && !ROOT_NAMES.includes(parent))
      throw new Refusal("a root that no board has");
    if (typeof parent !== "string" && parent.client === client && parent.clock >= clock) {
      throw new Refusal("a parent in the own future");
    }
    if (info & HAS_KEY) key = readText(decoder, MAX_KEY_CHARS);
  }
  return readContent(decoder, info & CONTENT_BITS, {
    client,
    clock,
    length: 1,
    content: "text",
    origin,
    rightOrigin,
    parent,
    key,
    value: undefined,
  });
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Reads what a write holds into it. */
function readContent(decoder: decoding.Decoder, ref: number, struct: Writable<ScannedStruct>): ScannedStruct {
  switch (ref) {
    case CONTENT_DELETED:
      struct.content = "deleted";
      struct.length = readNumber(decoder, MAX_CLOCK, "length");
      if (struct.length === 0) throw new Refusal("an empty deletion");
      return struct;
    case CONTENT_BINARY:
      struct.content = "binary";
      struct.value = readBytes(decoder);
      return struct;
    case CONTENT_STRING:
      struct.content = "string";
      struct.length = readCharacters(decoder);
      return struct;
    case CONTENT_TYPE:
      if (readNumber(decoder, 127, "type") !== TYPE_TEXT) throw new Refusal("a type that no board has");
      return struct;
    case CONTENT_ANY:
      struct.content = readValue(decoder);
      return struct;
    default:
      throw new Refusal("a content that no board has");
  }
}

/** Passes over the characters of a stroke or label; how many there are. */
function readCharacters(decoder: decoding.Decoder): number {
  const bytes = readNumber(decoder, MAX_CLOCK, "length");
  if (bytes > decoder.arr.length - decoder.pos) throw new Refusal("cut off or unreadable");
  const length = ucs2Length(decoder.arr, decoder.pos, decoder.pos + bytes);
  if (length < 0) throw new Refusal("characters that no board has");
  if (length === 0) throw new Refusal("an empty text");
  decoder.pos += bytes;
  return length;
}

function readValue(decoder: decoding.Decoder): ContentKind {
  if (readNumber(decoder, MAX_CLOCK, "length") !== 1) throw new Refusal("several values at once");
  const type = readByte(decoder);
  if (type === ANY_TRUE || type === ANY_FALSE) return "boolean";
  // What Yjs writes in another spelling, other devices would refuse to take from this one.
  if (type !== ANY_INTEGER || readByte(decoder) > MAX_INTEGER) throw new Refusal("a value that no board has");
  return "integer";
}

function readDeletions(decoder: decoding.Decoder, limits: ScanLimits): ScannedDeletion[] {
  const deletions: ScannedDeletion[] = [];
  const seen = new Set<number>();
  for (let sessions = readNumber(decoder, limits.sessions, "sessions"); sessions > 0; sessions--) {
    const client = readNumber(decoder, MAX_CLIENT, "session");
    let left = readNumber(decoder, limits.deletions - deletions.length, "deletions");
    if (left === 0 || seen.has(client)) throw new Refusal("a session twice or without deletions");
    seen.add(client);
    for (let end = 0; left > 0; left--) {
      const clock = readNumber(decoder, MAX_CLOCK, "clock");
      const length = readNumber(decoder, MAX_CLOCK - clock, "length");
      if (length === 0 || clock < end) throw new Refusal("deletions out of order");
      end = clock + length;
      deletions.push({ client, clock, length });
    }
  }
  return deletions;
}

function readId(decoder: decoding.Decoder): WriteId {
  const client = readNumber(decoder, MAX_CLIENT, "session");
  return { client, clock: readNumber(decoder, MAX_CLOCK, "clock") };
}

/** A varuint in its shortest spelling, at most `max`. */
function readNumber(decoder: decoding.Decoder, max: number, what: string): number {
  const start = decoder.pos;
  const value = decoding.readVarUint(decoder);
  if (decoder.pos - start > 1 && decoder.arr[decoder.pos - 1] === 0)
    throw new Refusal(`${what}: a long spelling`);
  if (value > max) throw new Refusal(`${what}: over the limit`);
  return value;
}

function readByte(decoder: decoding.Decoder): number {
  if (!decoding.hasContent(decoder)) throw new Refusal("cut off or unreadable");
  return decoding.readUint8(decoder);
}

/** UTF-8 with its length in bytes in front; at most `max` characters. */
function readText(decoder: decoding.Decoder, max: number): string {
  const start = decoder.pos;
  const bytes = readNumber(decoder, MAX_CLOCK, "length");
  if (bytes > decoder.arr.length - decoder.pos) throw new Refusal("cut off or unreadable");
  decoder.pos = start;
  const text = decoding.readVarString(decoder);
  if (text.length > max) throw new Refusal("a text over the limit");
  return text;
}

/** Bytes with their number in front; a view. */
function readBytes(decoder: decoding.Decoder): Uint8Array {
  const length = readNumber(decoder, MAX_CLOCK, "length");
  if (length > decoder.arr.length - decoder.pos) throw new Refusal("cut off or unreadable");
  const start = decoder.pos;
  decoder.pos += length;
  return decoder.arr.subarray(start, decoder.pos);
}
