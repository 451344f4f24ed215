/*
 * What becomes of Inkmesh's voice on its way between phones. The network carries texts of any app, so its own counters
 * (traffic.ts) cannot tell: here the texts are read, and what reaches a phone that is in the call goes through a jitter
 * buffer like the app's, at the times at which it came.
 */
import type { Address } from "../../env/host.ts";
import { AHEAD_MS, createJitterBuffer } from "../../sync/voice/jitter-buffer.ts";
import type { JitterBuffer } from "../../sync/voice/jitter-buffer.ts";
import { openMessage, readFrames } from "../../sync/wire/frame.ts";
import type { VoiceFrame } from "../../sync/wire/voice-codec.ts";
import type { SimulatorEvent } from "../events.ts";

/** Of one phone, in packets of 20 ms. */
export interface VoiceCounts {
  /** What its person said; to however many. */
  readonly sent: number;
  /** Of that, what did not reach a phone; each listener counts. */
  readonly lost: number;
  /** What was played of the others. */
  readonly heard: number;
  /** What came when its time to be played was over. */
  readonly late: number;
  /** What was made up in place of what was not there. */
  readonly concealed: number;
  /** Base64 characters of messages with voice that its person sent within the last second, per second. */
  readonly chars: number;
}

export interface VoiceCounters {
  /** To be told of every event of the world. */
  count(event: SimulatorEvent): void;
  /** Until now. */
  of(address: Address, now: number): VoiceCounts;
}

interface Speech {
  /** Undefined: the listener is in no call. */
  call: number | undefined;
  sent: number;
  lost: number;
  messages: { readonly at: number; readonly chars: number }[];
  lastText: string;
  readonly buffers: Map<Address, JitterBuffer>;
  /** Of buffers of calls before. */
  readonly before: { heard: number; late: number; concealed: number };
}

const SECOND = 1000;
/** The app looks every 30 ms what is to be played: so far ahead it has decided, in the middle of that. */
const DECIDED_MS = AHEAD_MS - 15;

export function createVoiceCounters(): VoiceCounters {
  const phones = new Map<Address, Speech>();

  function phoneOf(address: Address): Speech {
    let phone = phones.get(address);
    if (!phone) {
      const before = { heard: 0, late: 0, concealed: 0 };
      phone = { call: undefined, sent: 0, lost: 0, messages: [], lastText: "", buffers: new Map(), before };
      phones.set(address, phone);
    }
    return phone;
  }

  return {
    count(event) {
      if (event.type === "opened" || event.type === "closed" || event.type === "killed")
        return hangUp(phoneOf(event.phone), event.at);
      const isWay =
        event.type === "sent" ||
        event.type === "lost" ||
        event.type === "dropped" ||
        event.type === "delivered";
      if (!isWay || event.kind !== "data") return;
      const frames = voiceOf(event.text);
      if (frames.length === 0) return;
      const from = phoneOf(event.from);
      if (event.type === "sent") send(from, frames, event);
      else if (event.type === "delivered") hear(phoneOf(event.to), frames, event);
      else from.lost += packetsOf(frames);
    },
    of(address, now) {
      const phone = phoneOf(address);
      for (const buffer of phone.buffers.values()) buffer.take(now + DECIDED_MS);
      phone.messages = phone.messages.filter(({ at }) => at > now - SECOND);
      const { sent, lost } = phone;
      const chars = phone.messages.reduce((sum, each) => sum + each.chars, 0);
      return { sent, lost, ...heardBy(phone), chars };
    },
  };
}

/** None where it is no message of Inkmesh's. */
function voiceOf(text: string): readonly VoiceFrame[] {
  const message = openMessage(text);
  return message.ok
    ? (readFrames(message.body) ?? []).flatMap((frame) => (frame.type === "voice" ? frame : []))
    : [];
}

function packetsOf(frames: readonly VoiceFrame[]): number {
  return frames.reduce((sum, frame) => sum + (frame.what === "talk" ? frame.packets.length : 0), 0);
}

/** A message to several is as many events, with one text. */
function send(
  phone: Speech,
  frames: readonly VoiceFrame[],
  { text, at }: { text: string; at: number },
): void {
  if (phone.lastText === text) return;
  phone.lastText = text;
  for (const { what, call } of frames) {
    if (what === "in") {
      if (phone.call !== call) hangUp(phone, at);
      phone.call = call;
    } else if (what === "end" && phone.call === call) hangUp(phone, at);
  }
  const packets = packetsOf(frames);
  phone.sent += packets;
  if (packets > 0) phone.messages.push({ at, chars: text.length });
}

/** As the app: nothing of other calls than the one that the person is in. */
function hear(
  phone: Speech,
  frames: readonly VoiceFrame[],
  { from, at }: { readonly from: Address; readonly at: number },
): void {
  for (const frame of frames) {
    if (frame.what !== "talk" || frame.call !== phone.call) continue;
    let buffer = phone.buffers.get(from);
    if (!buffer) phone.buffers.set(from, (buffer = createJitterBuffer()));
    buffer.take(at + DECIDED_MS);
    buffer.push(frame.first, frame.packets, at);
  }
}

function hangUp(phone: Speech, now: number): void {
  for (const buffer of phone.buffers.values()) buffer.take(now);
  Object.assign(phone.before, heardBy(phone));
  phone.buffers.clear();
  phone.call = undefined;
}

function heardBy({ buffers, before }: Speech): Speech["before"] {
  const all = [...buffers.values()].map((buffer) => buffer.counts());
  return {
    heard: all.reduce((sum, { played }) => sum + played, before.heard),
    late: all.reduce((sum, { late }) => sum + late, before.late),
    concealed: all.reduce((sum, { concealed }) => sum + concealed, before.concealed),
  };
}
