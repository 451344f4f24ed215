import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { decodeBase64, encodeBase64 } from "../base/bytes.ts";
import type { Hash64 } from "../base/hash.ts";
import type { StateDigest, StateVector } from "../board/state.ts";
import type { Address } from "../env/host.ts";
import { readPresence, writePresence } from "./presence-codec.ts";
import type { PresenceFrame } from "./presence.ts";
import { readPreview, writePreview } from "./preview-codec.ts";
import type { PreviewFrame } from "./preview-codec.ts";

/** What two different majors say to each other is not understood; a newer minor only adds frames and fields. */
export const PROTOCOL_MAJOR = 3;
export const PROTOCOL_MINOR = 0;

/** The first bytes of the board's id: says whose board a session is on. */
export const BOARD_TAG_BYTES = 8;

export type Frame =
  /**
   * Who I am and what I have; `reply`: answer with yours. `tag`: undefined where the sender does not
   * know its own address. `to`: whom it is sent to, by the addresses that the sender knows.
   */
  | {
      readonly type: "hello";
      readonly tag: Uint8Array | undefined;
      readonly reply: boolean;
      readonly state: StateVector;
      readonly digest: StateDigest;
      readonly to?: readonly Address[];
    }
  /** A Yjs update (V1) of what was just drawn; `repeats`: and of what the message before it brought. */
  | { readonly type: "update"; readonly update: Uint8Array; readonly repeats?: boolean }
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
      readonly acks: readonly (readonly [client: number, clock: number])[];
    }
  /** Send me what I lack. */
  | { readonly type: "request"; readonly state: StateVector; readonly digest: StateDigest }
  /** One causal chunk of the answer to a request; `last`: nothing follows. */
  | { readonly type: "diff"; readonly update: Uint8Array; readonly last: boolean }
  /** I am leaving, or nobody is looking. */
  | { readonly type: "bye" }
  | PresenceFrame
  | PreviewFrame;

export interface Message {
  /** The sender's session: the clientID that it draws under. */
  readonly session: number;
  /** True: sent to one contact, numbered apart from what goes to everybody. */
  readonly direct: boolean;
  /** Counts the session's messages from 0, direct ones and others apart. */
  readonly sequence: number;
  readonly frames: readonly Frame[];
}

export type DecodedMessage =
  /** `isNewer`: of a newer minor version, so there may be things in it that this one passes over. */
  | { readonly ok: true; readonly message: Message; readonly isNewer: boolean }
  /** `newer-major`: the sender's app must not be guessed at; `malformed`: not one of ours, or damaged. */
  | { readonly ok: false; readonly error: "malformed" | "newer-major" | "older-major" };

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
const MAX_SESSION = 2 ** 32 - 1;
/** An honest message has up to three. */
const MAX_FRAMES = 16;
/** From here on the low four bits of the first byte are no minor version (append-message.ts). */
const MINORS = 8;

const FLAG_REPLY = 1;
const FLAG_UNTAGGED = 2;
const FLAG_LAST = 1;
const FLAG_REPEATS = 1;

/**
 * Version byte (major in the high four bits), session, sequence * 2 + direct, then frames as type,
 * length and content. The length lets an older reader pass over a frame that it does not know.
 * Source of the rules: sync/PROTOCOL.md.
 */
export function encodeMessage({ session, direct, sequence, frames }: Message): string {
  const bytes = encoding.encode((encoder) => {
    encoding.writeUint8(encoder, (PROTOCOL_MAJOR << 4) | PROTOCOL_MINOR);
    encoding.writeVarUint(encoder, session);
    encoding.writeVarUint(encoder, sequence * 2 + (direct ? 1 : 0));
    for (const frame of frames) writeFrame(encoder, frame);
  });
  return encodeBase64(bytes);
}

/** Never throws, whatever the text. */
export function decodeMessage(text: string): DecodedMessage {
  const bytes = text.length > MAX_MESSAGE_CHARS ? undefined : decodeBase64(text);
  if (!bytes || bytes.length === 0) return { ok: false, error: "malformed" };
  const major = bytes[0]! >> 4;
  if (major > PROTOCOL_MAJOR) return { ok: false, error: "newer-major" };
  if (major < PROTOCOL_MAJOR) return { ok: false, error: "older-major" };
  if ((bytes[0]! & 15) >= MINORS) return { ok: false, error: "malformed" };
  try {
    const decoder = decoding.createDecoder(bytes.subarray(1));
    const session = decoding.readVarUint(decoder);
    const number = decoding.readVarUint(decoder);
    const frames: Frame[] = [];
    for (let count = 1; decoding.hasContent(decoder); count++) {
      if (count > MAX_FRAMES) return { ok: false, error: "malformed" };
      const type = decoding.readVarUint(decoder);
      const content = decoding.createDecoder(decoding.readVarUint8Array(decoder));
      const frame = readFrame(type, content);
      // The fixed-width readers do not notice the end of their input.
      if (content.pos > content.arr.length) return { ok: false, error: "malformed" };
      if (frame) frames.push(frame);
    }
    if (session > MAX_SESSION) return { ok: false, error: "malformed" };
    const direct = number % 2 === 1;
    const isNewer = (bytes[0]! & 15) > PROTOCOL_MINOR;
    return { ok: true, message: { session, direct, sequence: Math.floor(number / 2), frames }, isNewer };
  } catch {
    return { ok: false, error: "malformed" };
  }
}

function writeFrame(encoder: encoding.Encoder, frame: Frame): void {
  const content = encoding.createEncoder();
  encoding.writeVarUint(encoder, writeContent(content, frame));
  encoding.writeVarUint8Array(encoder, encoding.toUint8Array(content));
}

/** Writes what the frame says and returns its type. */
function writeContent(content: encoding.Encoder, frame: Frame): number {
  switch (frame.type) {
    case "hello":
      encoding.writeUint8Array(content, frame.tag ?? new Uint8Array(BOARD_TAG_BYTES));
      encoding.writeUint8(content, (frame.reply ? FLAG_REPLY : 0) | (frame.tag ? 0 : FLAG_UNTAGGED));
      writeStateVector(content, frame.state);
      writeDigest(content, frame.digest);
      writeTexts(content, frame.to ?? []);
      return HELLO;
    case "update":
      encoding.writeUint8(content, frame.repeats ? FLAG_REPEATS : 0);
      encoding.writeUint8Array(content, frame.update);
      return UPDATE;
    case "digest":
      writeDigest(content, frame.digest);
      encoding.writeVarUint(content, frame.next);
      encoding.writeVarUint(content, frame.clock);
      writePairs(content, frame.acks);
      return DIGEST;
    case "request":
      writeStateVector(content, frame.state);
      writeDigest(content, frame.digest);
      return REQUEST;
    case "diff":
      encoding.writeUint8(content, frame.last ? FLAG_LAST : 0);
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
function readFrame(type: number, content: decoding.Decoder): Frame | undefined {
  switch (type) {
    case HELLO: {
      const tag = decoding.readUint8Array(content, BOARD_TAG_BYTES);
      const flags = decoding.readUint8(content);
      return {
        type: "hello",
        tag: flags & FLAG_UNTAGGED ? undefined : tag,
        reply: (flags & FLAG_REPLY) !== 0,
        state: readStateVector(content),
        digest: readDigest(content),
        to: readTexts(content),
      };
    }
    case UPDATE: {
      const repeats = (decoding.readUint8(content) & FLAG_REPEATS) !== 0;
      const update = decoding.readTailAsUint8Array(content);
      return repeats ? { type: "update", update, repeats } : { type: "update", update };
    }
    case DIGEST:
      return {
        type: "digest",
        digest: readDigest(content),
        next: decoding.readVarUint(content),
        clock: decoding.readVarUint(content),
        acks: readPairs(content),
      };
    case REQUEST:
      return { type: "request", state: readStateVector(content), digest: readDigest(content) };
    case DIFF: {
      const last = (decoding.readUint8(content) & FLAG_LAST) !== 0;
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

type Pairs = readonly (readonly [client: number, clock: number])[];

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
