/*
 * Messages as text: head, frames, and the codec of each frame that is not long enough for a file of its
 * own. Encoder and decoder stand side by side. Source of the rules: sync/PROTOCOL.md, S1.
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { decodeBase64, encodeBase64 } from "../../base/bytes.ts";
import type { Hash64 } from "../../base/hash.ts";
import type { StateDigest, StateVector } from "../../board/document/state.ts";
import type { Address } from "../../env/host.ts";
import { readPresence, writePresence } from "./presence-codec.ts";
import type { PresenceFrame } from "./presence-frame.ts";
import { readPreview, writePreview } from "./preview-codec.ts";
import type { PreviewFrame } from "./preview-codec.ts";

/** What two different majors say to each other is not understood; a newer minor only adds frames and fields. */
export const PROTOCOL_MAJOR = 4;
export const PROTOCOL_MINOR = 0;

/** The first bytes of the board's id: says whose board a session is on. */
export const BOARD_TAG_BYTES = 8;
/** The document that a frame is about where it does not say. */
export const FIRST_DOCUMENT = 0;

const SLOT_BITS = 16;

/**
 * The low bits of a session's number, which say in few bytes who is meant: enough to tell apart those who
 * are here, and one person's sessions. Where two have the same, both are meant.
 */
export function slotOf(session: number): number {
  return session & (2 ** SLOT_BITS - 1);
}

/** Sessions with clocks, each session once. */
export type Pairs = readonly (readonly [client: number, clock: number])[];

/** Writes of one session, from a clock on up to, and without, another one. */
export interface Range {
  readonly client: number;
  readonly from: number;
  readonly to: number;
}

/** What a frame says; `Frame` adds for whom, and about which document. */
export type FrameBody =
  /**
   * Who I am and what I have; `reply`: answer with yours. `tag`: undefined where the sender does not
   * know its own address. `state`: undefined where the digest says enough. `names`: whom it is said to,
   * by the addresses that the sender knows, for one who does not know the own address.
   */
  | {
      readonly type: "hello";
      readonly tag: Uint8Array | undefined;
      readonly reply: boolean;
      readonly state: StateVector | undefined;
      readonly digest: StateDigest;
      readonly names?: readonly Address[];
    }
  /** A Yjs update (V1) of what was just drawn, and perhaps once more of what the message before brought. */
  | { readonly type: "update"; readonly update: Uint8Array }
  /**
   * The sign of life: what I have, in short. `next`: seconds until the next one at the latest.
   * `clock`: how much the sender's session has written. `acks`: how much I have of the sessions of
   * those who are here.
   */
  | {
      readonly type: "digest";
      readonly digest: StateDigest;
      readonly next: number;
      readonly clock: number;
      readonly acks: Pairs;
    }
  /** Send me everything that I lack: this is what I have. */
  | {
      readonly type: "request";
      readonly what: "all";
      readonly state: StateVector;
      readonly digest: StateDigest;
    }
  /** Send me these writes. `isOwn`: all are of the session that it is for, and `client` says nothing. */
  | {
      readonly type: "request";
      readonly what: "writes";
      readonly isOwn: boolean;
      readonly ranges: readonly Range[];
    }
  /** One causal chunk of the answer to a request; `last`: nothing follows. */
  | { readonly type: "diff"; readonly update: Uint8Array; readonly last: boolean }
  /** I am leaving, or nobody is looking. */
  | { readonly type: "bye" }
  | PresenceFrame
  | PreviewFrame;

export type Frame = FrameBody & {
  /** The slot of the session that it is for; undefined: everybody. Whoever else reads it may use it or not. */
  readonly to?: number;
  /** The number of the document that it is about, 0 .. 2^32 - 1; undefined: the first. */
  readonly document?: number;
};

export interface Message {
  /** The sender's session: the clientID that it draws under. */
  readonly session: number;
  readonly frames: readonly Frame[];
}

/** A message whose frames are not read yet: who speaks decides whether they are. */
export type OpenedMessage =
  /** `isNewer`: of a newer minor version, so there may be things in it that this one passes over. */
  | { readonly ok: true; readonly session: number; readonly isNewer: boolean; readonly body: Uint8Array }
  /**
   * `malformed`: not one of ours, or damaged; else the sender's app must not be guessed at. `older-append`:
   * ink of an older major version, or rubbish: nothing in it tells which.
   */
  | { readonly ok: false; readonly error: "malformed" | "newer-major" | "older-major" | "older-append" };

const HELLO = 1;
const UPDATE = 2;
const DIGEST = 3;
const REQUEST = 4;
const DIFF = 5;
const BYE = 6;
const PRESENCE = 8;
const PREVIEW = 9;

/** Far above what is ever sent (chunks of 16 kB, live updates of 64 kB), far below what stalls a page. */
const MAX_MESSAGE_CHARS = 256 * 1024;
const MAX_NUMBER = 2 ** 32 - 1;
/** An honest message has up to eight. */
export const MAX_FRAMES = 16;
/** From here on the low four bits of the first byte are no minor version (append-message.ts). */
const MINORS = 8;

/** The first byte of a frame: its type in the low five bits, and what follows it. */
const TYPE_MASK = 31;
const HAS_RECIPIENT = 32;
const HAS_DOCUMENT = 64;

const HELLO_REPLY = 1;
const HELLO_UNTAGGED = 2;
const HELLO_SHORT = 4;
const REQUEST_WRITES = 1;
/** Of writes: all are of the session that the frame is for, which is left out. */
const REQUEST_OWN = 2;
const DIFF_LAST = 1;

/**
 * Version byte (major in the high four bits), session, then frames as head, length and content. The
 * length lets an older reader pass over a frame that it does not know.
 */
export function encodeMessage({ session, frames }: Message): string {
  const bytes = encoding.encode((encoder) => {
    encoding.writeUint8(encoder, (PROTOCOL_MAJOR << 4) | PROTOCOL_MINOR);
    encoding.writeVarUint(encoder, session);
    for (const frame of frames) writeFrame(encoder, frame);
  });
  return encodeBase64(bytes);
}

/** Reads the head of a message. Never throws, whatever the text. */
export function openMessage(text: string): OpenedMessage {
  // Appends of other versions, which are told apart here, have no padding either.
  const padded = text.padEnd(Math.ceil(text.length / 4) * 4, "=");
  const bytes = text.length > MAX_MESSAGE_CHARS ? undefined : decodeBase64(padded);
  if (!bytes || bytes.length === 0) return { ok: false, error: "malformed" };
  const [major, minor] = [bytes[0]! >> 4, bytes[0]! & 15];
  if (major > PROTOCOL_MAJOR) return { ok: false, error: "newer-major" };
  if (major < PROTOCOL_MAJOR && major > 0 && minor >= MINORS) return { ok: false, error: "older-append" };
  if (minor >= MINORS || padded !== text) return { ok: false, error: "malformed" };
  if (major < PROTOCOL_MAJOR) return { ok: false, error: isOlder(bytes) ? "older-major" : "malformed" };
  try {
    const decoder = decoding.createDecoder(bytes.subarray(1));
    const session = decoding.readVarUint(decoder);
    if (session > MAX_NUMBER) return { ok: false, error: "malformed" };
    return { ok: true, session, isNewer: minor > PROTOCOL_MINOR, body: bytes.subarray(1 + decoder.pos) };
  } catch {
    return { ok: false, error: "malformed" };
  }
}

/**
 * Whether bytes are a message of an older major version, all of which had a session, a number, and frames as
 * type, length and content: rubbish must not make a person ask a contact for an update.
 */
function isOlder(bytes: Uint8Array): boolean {
  try {
    const decoder = decoding.createDecoder(bytes.subarray(1));
    for (let heads = 2; heads > 0; heads--) decoding.readVarUint(decoder);
    let frames = 0;
    for (; decoding.hasContent(decoder); frames++) {
      if (decoding.readVarUint(decoder) > TYPE_MASK) return false;
      decoding.readVarUint8Array(decoder);
    }
    return bytes[0]! >> 4 > 0 && frames > 0 && frames <= MAX_FRAMES;
  } catch {
    return false;
  }
}

/** The frames of a message, without those of a newer minor version; undefined: malformed. Never throws. */
export function readFrames(body: Uint8Array): Frame[] | undefined {
  try {
    const decoder = decoding.createDecoder(body);
    const frames: Frame[] = [];
    for (let count = 1; decoding.hasContent(decoder); count++) {
      if (count > MAX_FRAMES) return undefined;
      const head = decoding.readUint8(decoder);
      const to = head & HAS_RECIPIENT ? decoding.readUint16(decoder) : undefined;
      const document = head & HAS_DOCUMENT ? decoding.readVarUint(decoder) : undefined;
      const content = decoding.createDecoder(decoding.readVarUint8Array(decoder));
      if (head > 127 || (document ?? 0) > MAX_NUMBER) return undefined;
      // The first document has one spelling: none.
      if (document === FIRST_DOCUMENT) return undefined;
      const said = readBody(head & TYPE_MASK, content);
      // The fixed-width readers do not notice the end of their input.
      if (content.pos > content.arr.length) return undefined;
      if (!said) continue;
      frames.push({
        ...said,
        ...(to === undefined ? {} : { to }),
        ...(document === undefined ? {} : { document }),
      });
    }
    return frames;
  } catch {
    return undefined;
  }
}

function writeFrame(encoder: encoding.Encoder, frame: Frame): void {
  const { to, document } = frame;
  const content = encoding.createEncoder();
  const type = writeBody(content, frame);
  const head = (to === undefined ? 0 : HAS_RECIPIENT) | (document ? HAS_DOCUMENT : 0);
  encoding.writeUint8(encoder, type | head);
  if (to !== undefined) encoding.writeUint16(encoder, to);
  if (document) encoding.writeVarUint(encoder, document);
  encoding.writeVarUint8Array(encoder, encoding.toUint8Array(content));
}

/** Writes what the frame says and returns its type. */
function writeBody(content: encoding.Encoder, frame: FrameBody): number {
  switch (frame.type) {
    case "hello": {
      const flags =
        (frame.reply ? HELLO_REPLY : 0) | (frame.tag ? 0 : HELLO_UNTAGGED) | (frame.state ? 0 : HELLO_SHORT);
      encoding.writeUint8(content, flags);
      if (frame.tag) encoding.writeUint8Array(content, frame.tag);
      if (frame.state) writeStateVector(content, frame.state);
      writeDigest(content, frame.digest);
      writeTexts(content, frame.names ?? []);
      return HELLO;
    }
    case "update":
      encoding.writeUint8Array(content, frame.update);
      return UPDATE;
    case "digest":
      writeDigest(content, frame.digest);
      encoding.writeVarUint(content, frame.next);
      encoding.writeVarUint(content, frame.clock);
      writePairs(content, frame.acks);
      return DIGEST;
    case "request":
      if (frame.what === "writes") {
        encoding.writeUint8(content, REQUEST_WRITES | (frame.isOwn ? REQUEST_OWN : 0));
        writeRanges(content, frame.ranges, frame.isOwn);
      } else {
        encoding.writeUint8(content, 0);
        writeStateVector(content, frame.state);
        writeDigest(content, frame.digest);
      }
      return REQUEST;
    case "diff":
      encoding.writeUint8(content, frame.last ? DIFF_LAST : 0);
      encoding.writeUint8Array(content, frame.update);
      return DIFF;
    case "bye":
      return BYE;
    case "presence":
      writePresence(content, frame);
      return PRESENCE;
    case "preview":
      writePreview(content, frame);
      return PREVIEW;
  }
}

/** Undefined: a frame of a newer minor version. Bytes after the known fields are a newer minor's too. */
function readBody(type: number, content: decoding.Decoder): FrameBody | undefined {
  switch (type) {
    case HELLO: {
      const flags = decoding.readUint8(content);
      return {
        type: "hello",
        reply: (flags & HELLO_REPLY) !== 0,
        tag: flags & HELLO_UNTAGGED ? undefined : decoding.readUint8Array(content, BOARD_TAG_BYTES),
        state: flags & HELLO_SHORT ? undefined : readStateVector(content),
        digest: readDigest(content),
        names: readTexts(content),
      };
    }
    case UPDATE:
      return { type: "update", update: decoding.readTailAsUint8Array(content) };
    case DIGEST:
      return {
        type: "digest",
        digest: readDigest(content),
        next: decoding.readVarUint(content),
        clock: decoding.readVarUint(content),
        acks: readPairs(content),
      };
    case REQUEST: {
      const flags = decoding.readUint8(content);
      if (flags & REQUEST_WRITES) {
        const isOwn = (flags & REQUEST_OWN) !== 0;
        return { type: "request", what: "writes", isOwn, ranges: readRanges(content, isOwn) };
      }
      return { type: "request", what: "all", state: readStateVector(content), digest: readDigest(content) };
    }
    case DIFF: {
      const last = (decoding.readUint8(content) & DIFF_LAST) !== 0;
      return { type: "diff", last, update: decoding.readTailAsUint8Array(content) };
    }
    case BYE:
      return { type: "bye" };
    case PRESENCE:
      return readPresence(content);
    case PREVIEW:
      return readPreview(content);
    default:
      return undefined;
  }
}

function writeTexts(encoder: encoding.Encoder, texts: readonly string[]): void {
  encoding.writeVarUint(encoder, texts.length);
  for (const text of texts) encoding.writeVarString(encoder, text);
}

/** A count that claims more than there is throws at the end of the bytes. */
function readTexts(decoder: decoding.Decoder): string[] {
  const texts: string[] = [];
  for (let left = decoding.readVarUint(decoder); left > 0; left--)
    texts.push(decoding.readVarString(decoder));
  return texts;
}

function writeStateVector(encoder: encoding.Encoder, state: StateVector): void {
  writePairs(
    encoder,
    [...state].sort(([a], [b]) => a - b),
  );
}

function readStateVector(decoder: decoding.Decoder): StateVector {
  return new Map(readPairs(decoder));
}

function writePairs(encoder: encoding.Encoder, pairs: Pairs): void {
  encoding.writeVarUint(encoder, pairs.length);
  for (const [client, clock] of pairs) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
  }
}

/** As many pairs as there are bytes for; a count that claims more throws at the end of the bytes. */
function readPairs(decoder: decoding.Decoder): Pairs {
  const pairs: [number, number][] = [];
  for (let left = decoding.readVarUint(decoder); left > 0; left--) {
    const client = decoding.readVarUint(decoder);
    pairs.push([client, decoding.readVarUint(decoder)]);
  }
  return pairs;
}

/** Each range as its session, its start and its length. */
function writeRanges(encoder: encoding.Encoder, ranges: readonly Range[], isOwn: boolean): void {
  for (const { client, from, to } of ranges) {
    if (!isOwn) encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, from);
    encoding.writeVarUint(encoder, to - from);
  }
}

function readRanges(decoder: decoding.Decoder, isOwn: boolean): Range[] {
  const ranges: Range[] = [];
  while (decoding.hasContent(decoder)) {
    const client = isOwn ? 0 : decoding.readVarUint(decoder);
    const from = decoding.readVarUint(decoder);
    ranges.push({ client, from, to: from + decoding.readVarUint(decoder) });
  }
  return ranges;
}

function writeDigest(encoder: encoding.Encoder, { writes, deletions }: StateDigest): void {
  for (const { hi, lo } of [writes, deletions]) {
    encoding.writeUint32(encoder, hi);
    encoding.writeUint32(encoder, lo);
  }
}

function readDigest(decoder: decoding.Decoder): StateDigest {
  const writes = readHash(decoder);
  return { writes, deletions: readHash(decoder) };
}

function readHash(decoder: decoding.Decoder): Hash64 {
  const hi = decoding.readUint32(decoder);
  return { hi, lo: decoding.readUint32(decoder) };
}
