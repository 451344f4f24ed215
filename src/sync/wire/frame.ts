/*
 * Messages as text: their head, and their frames, each with whom it is for and what it is about. What a
 * frame says is written in frame-body.ts. Encoder and decoder stand side by side. Source of the rules:
 * sync/PROTOCOL.md, S1.
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { decodeBase64, encodeBase64 } from "../../base/bytes.ts";
import { LIMITS } from "../../board/document/limits.ts";
import { FIRST_DOCUMENT, MAX_DOCUMENT } from "../../board/document/document-number.ts";
import { readFrameBody, writeFrameBody } from "./frame-body.ts";
import type { FrameBody } from "./frame-body.ts";

/** What two different majors say to each other is not understood; a newer minor only adds frames and fields. */
export const PROTOCOL_MAJOR = 4;
export const PROTOCOL_MINOR = 3;

/** What is said, to whom, and about which document. */
export type Frame = FrameBody & {
  /** The slot of the session that it is for; undefined: everybody. Whoever else reads it may use it or not. */
  readonly to?: number;
  /** The number of the document that it is about, 0 .. 2^53 - 1; undefined: the first. */
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

/** Far above what is ever sent (chunks of 16 kB, live updates of 64 kB), far below what stalls a page. */
const MAX_MESSAGE_CHARS = LIMITS.messageChars.takes;
const MAX_SESSION = 2 ** 32 - 1;
/** Of one message. What an honest page has to say beyond that goes into its next one. */
export const MAX_FRAMES = LIMITS.frames.takes;
/** From here on the low four bits of the first byte are no minor version (append-message.ts). */
const MINORS = 8;
/** Of the older major versions. */
const MAX_OLDER_TYPE = 31;

/** The first byte of a frame: its type in the low four bits, and what else it says. */
const TYPE_MASK = 15;
/**
 * The number of its document is above MAX_SHORT_NUMBER, and the first thing of its content. Minor version 0 has no
 * such numbers, and passes over the frame as one of an unknown type.
 */
const HAS_LONG_NUMBER = 16;
const MAX_SHORT_NUMBER = 2 ** 32 - 1;
const HAS_RECIPIENT = 32;
const HAS_DOCUMENT = 64;

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
    if (session > MAX_SESSION) return { ok: false, error: "malformed" };
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
      if (decoding.readVarUint(decoder) > MAX_OLDER_TYPE) return false;
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
      const short = head & HAS_DOCUMENT ? decoding.readVarUint(decoder) : undefined;
      const whole = decoding.createDecoder(decoding.readVarUint8Array(decoder));
      const long = head & HAS_LONG_NUMBER ? decoding.readVarUint(whole) : undefined;
      const document = long ?? short ?? FIRST_DOCUMENT;
      if (head > 127 || document > MAX_DOCUMENT) return undefined;
      // Each number has one spelling, and the first document's is none.
      if (short !== undefined && (short === FIRST_DOCUMENT || short > MAX_SHORT_NUMBER)) return undefined;
      if (long !== undefined && (short !== undefined || long <= MAX_SHORT_NUMBER)) return undefined;
      const content = decoding.createDecoder(decoding.readTailAsUint8Array(whole));
      const said = readFrameBody(head & TYPE_MASK, content);
      // The fixed-width readers do not notice the end of their input.
      if (content.pos > content.arr.length) return undefined;
      if (!said) continue;
      frames.push({
        ...said,
        ...(to === undefined ? {} : { to }),
        ...(document === FIRST_DOCUMENT ? {} : { document }),
      });
    }
    return frames;
  } catch {
    return undefined;
  }
}

function writeFrame(encoder: encoding.Encoder, frame: Frame): void {
  const { to, document = FIRST_DOCUMENT } = frame;
  const isLong = document > MAX_SHORT_NUMBER;
  const content = encoding.createEncoder();
  if (isLong) encoding.writeVarUint(content, document);
  const type = writeFrameBody(content, frame);
  const isShort = document !== FIRST_DOCUMENT && !isLong;
  const head = (to === undefined ? 0 : HAS_RECIPIENT) | (isShort ? HAS_DOCUMENT : 0);
  encoding.writeUint8(encoder, type | head | (isLong ? HAS_LONG_NUMBER : 0));
  if (to !== undefined) encoding.writeUint16(encoder, to);
  if (isShort) encoding.writeVarUint(encoder, document);
  encoding.writeVarUint8Array(encoder, encoding.toUint8Array(content));
}
