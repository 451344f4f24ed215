import * as Y from "yjs";
import { encodeInk } from "../../src/ink/ink-code.ts";
import { appendOf } from "../../src/sync/append.ts";
import type { Append } from "../../src/sync/append.ts";
import { decodeAppendMessage } from "../../src/sync/append-message.ts";
import { inkBefore } from "../../src/sync/ink-before.ts";
import { unpackAppend } from "../../src/sync/packed-append.ts";

/** Version and kind, and the session's slot. */
const HEAD_BYTES = 3;
/** Of a start as plain text: what it is, and how far back the stroke before began. */
const PLAIN_START_BYTES = 2;

/**
 * How many characters of base64 messages are in all where their appends are readable by themselves; others
 * stay as they are. `update`: all that the sender wrote.
 */
export function lengthsOfInk(
  messages: readonly string[],
  update: Uint8Array,
): { readonly coded: number; readonly plain: number } {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  let coded = 0;
  let plain = 0;
  for (const message of messages) {
    const append = appendIn(message, doc);
    coded += append ? messageLength(append, codedBytes(append)) : message.length;
    plain += append ? messageLength(append, plainBytes(append)) : message.length;
  }
  return { coded, plain };
}

function appendIn(message: string, doc: Y.Doc): Append | undefined {
  const packed = decodeAppendMessage(message)?.packed;
  if (!packed) return undefined;
  for (const session of doc.store.clients.keys()) {
    if (packed.clock > Y.getState(doc.store, session)) continue;
    const update = unpackAppend(packed, session, inkBefore(doc, session, packed.clock));
    const append = update && appendOf(update, session);
    if (append) return append;
  }
  return undefined;
}

function messageLength({ clock }: Append, bytes: number): number {
  const clockBytes = Math.ceil((32 - Math.clz32(clock | 1)) / 7);
  return Math.ceil(((HEAD_BYTES + clockBytes + bytes) * 4) / 3);
}

function codedBytes({ writes, session, clock }: Append): number {
  return encodeInk(writes, { client: session, clock })!.length;
}

function plainBytes({ writes }: Append): number {
  return writes.reduce(
    (sum, write) => sum + (write.kind === "text" ? Buffer.byteLength(write.text) : PLAIN_START_BYTES),
    0,
  );
}
