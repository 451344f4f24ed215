/*
 * What an app of minor version 0 (0.5.0) makes of messages, as it was: it has one document. A test's page that is
 * to be such an app hears what this lets through, and says its own minor version.
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { decodeBase64, encodeBase64 } from "../../src/base/bytes.ts";
import { PROTOCOL_MAJOR } from "../../src/sync/wire/frame.ts";
import { readPresence, writePresence } from "../../src/sync/wire/presence-codec.ts";

const MAX_NUMBER = 2 ** 32 - 1;
const MAX_CLOCK = 2 ** 31 - 1;
const APPEND = 8;
const PRESENCE = 8;
const TYPES = [1, 2, 3, 4, 5, 6, 8, 9];

/** The part of a text that says anything to it, "nothing", or "malformed": that would be counted. */
export function heardByMinor0(text: string): string {
  const bytes = decodeBase64(text.padEnd(Math.ceil(text.length / 4) * 4, "="));
  if (!bytes || bytes[0]! >> 4 !== PROTOCOL_MAJOR) return "malformed";
  try {
    if ((bytes[0]! & 15) < APPEND) return messageOf(bytes);
    return ofFirstDocument(bytes) ? text : "nothing";
  } catch {
    return "malformed";
  }
}

/** Throws where it is no append. */
function ofFirstDocument(bytes: Uint8Array): boolean {
  const flags = bytes[0]! & 7;
  const decoder = decoding.createDecoder(bytes);
  decoder.pos = 3;
  if (flags & 2) decoding.readVarUint(decoder);
  const document = flags & 1 ? decoding.readVarUint(decoder) : 0;
  const clock = decoding.readVarUint(decoder);
  const isSpelled = (document === 0) === ((flags & 1) === 0);
  if (flags > 3 || !isSpelled || document > MAX_NUMBER || clock > MAX_CLOCK || !decoding.hasContent(decoder))
    throw new Error("malformed");
  return document === 0;
}

function messageOf(bytes: Uint8Array): string {
  const decoder = decoding.createDecoder(bytes);
  decoder.pos = 1;
  const heard = encoding.createEncoder();
  encoding.writeUint8(heard, PROTOCOL_MAJOR << 4);
  encoding.writeVarUint(heard, decoding.readVarUint(decoder));
  while (decoding.hasContent(decoder)) {
    const head = decoding.readUint8(decoder);
    const to = head & 32 ? decoding.readUint16(decoder) : undefined;
    const document = head & 64 ? decoding.readVarUint(decoder) : undefined;
    const content = decoding.readVarUint8Array(decoder);
    if (head > 127 || (document ?? 0) > MAX_NUMBER || document === 0) throw new Error("malformed");
    const type = head & 31;
    if (!TYPES.includes(type) || document !== undefined) continue;
    encoding.writeUint8(heard, head);
    if (to !== undefined) encoding.writeUint16(heard, to);
    encoding.writeVarUint8Array(heard, type === PRESENCE ? presenceOf(content) : content);
  }
  return encodeBase64(encoding.toUint8Array(heard));
}

/** As far as it reads one: to the name. */
function presenceOf(content: Uint8Array): Uint8Array {
  const { presence, ...frame } = readPresence(decoding.createDecoder(content));
  const cursor = presence.document === 0 ? presence.cursor : undefined;
  return encoding.encode((encoder) =>
    writePresence(encoder, { ...frame, presence: { ...presence, document: 0, cursor } }),
  );
}

/** What it says: appends are as they are now. */
export function saidByMinor0(text: string): string {
  const bytes = decodeBase64(text.padEnd(Math.ceil(text.length / 4) * 4, "="))!;
  if ((bytes[0]! & 15) >= APPEND) return text;
  return encodeBase64(Uint8Array.of(PROTOCOL_MAJOR << 4, ...bytes.subarray(1)));
}
