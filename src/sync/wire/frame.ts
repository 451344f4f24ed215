/*
 * Messages as text: their head, and their frames, each with whom it is for and what it is about. What a
 * frame says is written in frame-body.ts. Encoder and decoder stand side by side. Source of the rules:
 * sync/PROTOCOL.md, S1.
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { decodeBase64, encodeBase64 } from "../../base/bytes.ts";
import { LIMITS } from "../../board/document/limits.ts";
import { readFrameBody, writeFrameBody } from "./frame-body.ts";
import type { FrameBody } from "./frame-body.ts";

/** What two different majors say to each other is not understood; a newer minor only adds frames and fields. */
export const PROTOCOL_MAJOR = 4;
export const PROTOCOL_MINOR = 0;

/** The document that a frame is about where it does not say. */
export const FIRST_DOCUMENT = 0;

/** What is said, to whom, and about which document. */
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

/** Far above what is ever sent (chunks of 16 kB, live updates of 64 kB), far below what stalls a page. */
const MAX_MESSAGE_CHARS = LIMITS.messageChars.takes;
const MAX_NUMBER = 2 ** 32 - 1;
/** Of one message. What an honest page has to say beyond that goes into its next one. */
export const MAX_FRAMES = LIMITS.frames.takes;
/** From here on the low four bits of the first byte are no minor version (append-message.ts). */
const MINORS = 8;

/** The first byte of a frame: its type in the low five bits, and what follows it. */
const TYPE_MASK = 31;
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
      const said = readFrameBody(head & TYPE_MASK, content);
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
  const type = writeFrameBody(content, frame);
  const head = (to === undefined ? 0 : HAS_RECIPIENT) | (document ? HAS_DOCUMENT : 0);
  encoding.writeUint8(encoder, type | head);
  if (to !== undefined) encoding.writeUint16(encoder, to);
  if (document) encoding.writeVarUint(encoder, document);
  encoding.writeVarUint8Array(encoder, encoding.toUint8Array(content));
}
