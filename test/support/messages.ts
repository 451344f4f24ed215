import { updateOf } from "../../src/sync/wire/append.ts";
import { openAppend, readAppend } from "../../src/sync/wire/append-message.ts";
import { openMessage, readFrames } from "../../src/sync/wire/frame.ts";
import type { Frame, Message, OpenedMessage } from "../../src/sync/wire/frame.ts";

type ReadMessage =
  | { readonly ok: true; readonly message: Message; readonly isNewer: boolean }
  | (OpenedMessage & { readonly ok: false });

/** Head and frames of a message at once, or what is wrong with it. */
export function readMessage(text: string): ReadMessage {
  const opened = openMessage(text);
  if (!opened.ok) return opened;
  const { session, isNewer, body } = opened;
  const frames = readFrames(body);
  return frames ? { ok: true, message: { session, frames }, isNewer } : { ok: false, error: "malformed" };
}

/** A message as its reader sees it; undefined where it is none, or an append. */
export function decodeMessage(text: string): Message | undefined {
  const read = readMessage(text);
  return read.ok ? read.message : undefined;
}

/** The frames of a message, an append as the update that it stands for; none where it is no message. */
export function framesOf(text: string, session = 0): readonly Frame[] {
  const append = openAppend(text);
  const read = append && readAppend(append, session);
  if (read) return [{ type: "update", update: updateOf(read) }];
  return decodeMessage(text)?.frames ?? [];
}
