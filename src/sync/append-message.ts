/*
 * The shortest and commonest message: more ink of the sender's, and nothing else. It can be read by
 * itself: it says whose ink it is, where in that session's writes it begins, and what is drawn. Source of
 * the rules: sync/PROTOCOL.md, S12.
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { decodeBase64, encodeBase64 } from "../base/bytes.ts";
import { MAX_CLOCK } from "../board/guard/scan.ts";
import { decodeInk, encodeInk } from "../ink/ink-code.ts";
import { lengthOf } from "./append.ts";
import type { Append } from "./append.ts";
import { FIRST_DOCUMENT, PROTOCOL_MAJOR } from "./frame.ts";

/** An append whose ink is not read yet: who speaks decides whether it is. */
export interface OpenedAppend {
  /** Which of the sender's sessions draws: `slotOf` it. */
  readonly slot: number;
  readonly document: number;
  /** Of the first write. */
  readonly clock: number;
  readonly ink: Uint8Array;
}

/** In the low four bits of the first byte, where other messages have their minor version. */
const APPEND = 8;
const HAS_DOCUMENT = 1;
const SLOT_BITS = 16;
const MAX_DOCUMENT = 2 ** 32 - 1;
/** Longer ones are rare and travel as updates. */
export const MAX_APPEND = 2048;
/** What MAX_APPEND characters cost at the very most. */
const MAX_CHARS = 16 * 1024;

/** The low bits of a session's number: enough to tell one person's sessions apart. */
export function slotOf(session: number): number {
  return session & (2 ** SLOT_BITS - 1);
}

/**
 * Version and kind, slot (low byte first), document where it is not the first, clock, ink; base64 without
 * padding. Undefined where it is too long for an append.
 */
export function encodeAppendMessage(append: Append, document = FIRST_DOCUMENT): string | undefined {
  const { session, clock, writes } = append;
  const ink = lengthOf(append) > MAX_APPEND ? undefined : encodeInk(writes, { client: session, clock });
  if (!ink) return undefined;
  const bytes = encoding.encode((encoder) => {
    const kind = APPEND | (document === FIRST_DOCUMENT ? 0 : HAS_DOCUMENT);
    encoding.writeUint8(encoder, (PROTOCOL_MAJOR << 4) | kind);
    encoding.writeUint16(encoder, slotOf(session));
    if (document !== FIRST_DOCUMENT) encoding.writeVarUint(encoder, document);
    encoding.writeVarUint(encoder, clock);
    encoding.writeUint8Array(encoder, ink);
  });
  return encodeBase64(bytes).replace(/=+$/u, "");
}

/** Undefined where it is another kind of message, or damaged. Never throws. */
export function openAppend(text: string): OpenedAppend | undefined {
  if (text.length > MAX_CHARS) return undefined;
  const bytes = decodeBase64(text.padEnd(Math.ceil(text.length / 4) * 4, "="));
  const kind = bytes && bytes.length > 0 ? bytes[0]! ^ ((PROTOCOL_MAJOR << 4) | APPEND) : Infinity;
  if (!bytes || kind > HAS_DOCUMENT) return undefined;
  try {
    const decoder = decoding.createDecoder(bytes);
    decoder.pos = 1;
    const slot = decoding.readUint16(decoder);
    const document = kind & HAS_DOCUMENT ? decoding.readVarUint(decoder) : FIRST_DOCUMENT;
    const clock = decoding.readVarUint(decoder);
    const isSpelled = (document === FIRST_DOCUMENT) === (kind === 0) && document <= MAX_DOCUMENT;
    if (!isSpelled || clock > MAX_CLOCK || decoder.pos >= bytes.length) return undefined;
    return { slot, document, clock, ink: bytes.subarray(decoder.pos) };
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
