/*
 * The shortest and commonest message: more ink of the sender's, and nothing else. It can be read by
 * itself: it says whose ink it is, where in that session's writes it begins, and what is drawn. Source of
 * the rules: sync/PROTOCOL.md, S12.
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { decodeBase64, encodeBase64 } from "../../base/bytes.ts";
import { LIMITS } from "../../board/document/limits.ts";
import { MAX_CLIENT, MAX_CLOCK } from "../../board/document/write-id.ts";
import { decodeInk, encodeInk } from "../../ink/ink-code.ts";
import { lengthOf } from "./append.ts";
import type { Append } from "./append.ts";
import { FIRST_DOCUMENT } from "../../board/document/document-number.ts";
import { isDocumentSlot, slotOfDocument } from "./document-slot.ts";
import { PROTOCOL_MAJOR } from "./frame.ts";
import { slotOf } from "../../board/document/slot.ts";

/** An append whose ink is not read yet: who speaks decides whether it is. */
export interface OpenedAppend {
  /** Which of the sender's sessions speaks: `slotOf` it. */
  readonly slot: number;
  /** Whose ink it is, where it is not the speaker's. */
  readonly author: number | undefined;
  /** Which document it is about, by `slotOfDocument`; undefined: the first. */
  readonly document: number | undefined;
  /** Of the first write. */
  readonly clock: number;
  readonly ink: Uint8Array;
}

/** In the low four bits of the first byte, where other messages have their minor version. */
const APPEND = 8;
const HAS_DOCUMENT = 1;
/** The ink is somebody else's. */
const HAS_AUTHOR = 2;
/** Longer ones are rare and travel as updates. */
export const MAX_APPEND = LIMITS.appendClocks.takes;
/** What MAX_APPEND characters cost at the very most. */
const MAX_CHARS = 16 * 1024;

/**
 * Version and kind; the slot of `own` (two bytes, low one first); the session where it is not that one;
 * the document's slot where it is not the first; clock; ink; base64 without padding. Undefined where it is too long
 * for an append.
 */
export function encodeAppendMessage(
  append: Append,
  own: number,
  document = FIRST_DOCUMENT,
): string | undefined {
  const { session, clock, writes } = append;
  const ink = lengthOf(append) > MAX_APPEND ? undefined : encodeInk(writes, { client: session, clock });
  if (!ink) return undefined;
  const flags = (document === FIRST_DOCUMENT ? 0 : HAS_DOCUMENT) | (session === own ? 0 : HAS_AUTHOR);
  const bytes = encoding.encode((encoder) => {
    encoding.writeUint8(encoder, (PROTOCOL_MAJOR << 4) | APPEND | flags);
    encoding.writeUint16(encoder, slotOf(own));
    if (flags & HAS_AUTHOR) encoding.writeVarUint(encoder, session);
    if (flags & HAS_DOCUMENT) encoding.writeVarUint(encoder, slotOfDocument(document));
    encoding.writeVarUint(encoder, clock);
    encoding.writeUint8Array(encoder, ink);
  });
  return encodeBase64(bytes).replace(/=+$/u, "");
}

/** Undefined where it is another kind of message, or damaged. Never throws. */
export function openAppend(text: string): OpenedAppend | undefined {
  if (text.length > MAX_CHARS) return undefined;
  const bytes = decodeBase64(text.padEnd(Math.ceil(text.length / 4) * 4, "="));
  const flags = bytes && bytes.length > 0 ? bytes[0]! ^ ((PROTOCOL_MAJOR << 4) | APPEND) : Infinity;
  if (!bytes || flags > (HAS_DOCUMENT | HAS_AUTHOR)) return undefined;
  try {
    const decoder = decoding.createDecoder(bytes);
    decoder.pos = 1;
    const slot = decoding.readUint16(decoder);
    const author = flags & HAS_AUTHOR ? decoding.readVarUint(decoder) : undefined;
    const document = flags & HAS_DOCUMENT ? decoding.readVarUint(decoder) : undefined;
    const clock = decoding.readVarUint(decoder);
    const isSlot = document === undefined || isDocumentSlot(document);
    const isBounded = isSlot && (author ?? 0) <= MAX_CLIENT && clock <= MAX_CLOCK;
    if (!isBounded || decoder.pos >= bytes.length) return undefined;
    return { slot, author, document, clock, ink: bytes.subarray(decoder.pos) };
  } catch {
    return undefined;
  }
}

/** What is drawn, if `session` is the one that draws. Undefined where no honest page says so. Never throws. */
export function readAppend({ clock, ink }: OpenedAppend, session: number): Append | undefined {
  const writes = decodeInk(ink, { client: session, clock });
  const append = writes && { session, clock, writes };
  if (!append || lengthOf(append) === 0 || clock + lengthOf(append) > MAX_CLOCK) return undefined;
  return append;
}
