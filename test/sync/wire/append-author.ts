import { appendOf, updateOf } from "../../../src/sync/wire/append.ts";
import { encodeAppendMessage, openAppend, readAppend } from "../../../src/sync/wire/append-message.ts";
import { createDevice } from "../../board/guard/lab.ts";
import type { Device } from "../../board/guard/lab.ts";

export const SESSION = 1_234_567_890;

/** A device and the updates of what is done there. */
export function createAuthor(session = SESSION): { device: Device; updates: Uint8Array[] } {
  const device = createDevice(session);
  const updates: Uint8Array[] = [];
  device.doc.on("update", (update: Uint8Array) => updates.push(update));
  return { device, updates };
}

/** What the sender says of what it has just done; undefined where it takes an update to say it. */
export function said(update: Uint8Array, own = SESSION): string | undefined {
  const append = appendOf(update);
  return append && encodeAppendMessage(append, own);
}

/** As a receiver reads it that knows whose it is, and nothing of what came before. */
export function received(text: string, session = SESSION): Uint8Array | undefined {
  const append = readAppend(openAppend(text)!, session);
  return append && updateOf(append);
}
