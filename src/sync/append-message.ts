import { decodeBase64, encodeBase64 } from "../base/bytes.ts";
import { PROTOCOL_MAJOR } from "./frame.ts";
import { readPackedAppend } from "./packed-append.ts";
import type { PackedAppend } from "./packed-append.ts";

/** The shortest and commonest message: more ink of the sender's, and nothing else. */
export interface AppendMessage {
  /** Some of it was in the message before already. */
  readonly repeats: boolean;
  readonly packed: PackedAppend;
}

/** In the low four bits of the first byte, where other messages have their minor version. */
const APPEND = 8;
const FLAG_REPEATS = 1;
const HEAD_BYTES = 3;
/** What MAX_APPEND characters cost at the very most. */
const MAX_CHARS = 16 * 1024;

/** Version and flags, the check in two bytes, low one first, and the append; base64 without padding. */
export function encodeAppendMessage({ repeats, packed }: AppendMessage): string {
  const { check, bytes } = packed;
  const whole = new Uint8Array(HEAD_BYTES + bytes.length);
  whole[0] = (PROTOCOL_MAJOR << 4) | APPEND | (repeats ? FLAG_REPEATS : 0);
  whole[1] = check & 255;
  whole[2] = check >>> 8;
  whole.set(bytes, HEAD_BYTES);
  return encodeBase64(whole).replace(/=+$/u, "");
}

/** Undefined where it is another kind of message, or damaged. Never throws. */
export function decodeAppendMessage(text: string): AppendMessage | undefined {
  if (text.length > MAX_CHARS) return undefined;
  const bytes = decodeBase64(text.padEnd(Math.ceil(text.length / 4) * 4, "="));
  if (!bytes || bytes.length < HEAD_BYTES) return undefined;
  const [first, low, high] = bytes as unknown as [number, number, number];
  const flags = first ^ ((PROTOCOL_MAJOR << 4) | APPEND);
  if (flags > FLAG_REPEATS) return undefined;
  const packed = readPackedAppend(low | (high << 8), bytes.subarray(HEAD_BYTES));
  return packed && { repeats: flags === FLAG_REPEATS, packed };
}
