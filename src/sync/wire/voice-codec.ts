/*
 * Frames of calls: who rings whom, who is in a call, and what they say. Encoder and decoder stand side by side. Source
 * of the rules: sync/PROTOCOL.md, S1, S21 and S22.
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import type { Address } from "../../env/host.ts";
import { LIMITS } from "../../board/document/limits.ts";
import type { DirectEnd } from "../../env/direct-call.ts";
import { readDirectEnd, writeDirectEnd } from "./direct-codec.ts";

/** `call`: its number, 32 bits, drawn by who rang first. */
export type VoiceFrame = { readonly type: "voice"; readonly call: number } & VoiceWord;

export type VoiceWord =
  | { readonly what: "ring" }
  /** Not now: the person said so, or cannot. */
  | { readonly what: "declined" | "busy" }
  /** I am in it no more. */
  | { readonly what: "end" }
  /** Somebody rang while you were not there. */
  | {
      readonly what: "missed";
      /** So many minutes ago. */
      readonly ago: number;
      /** Who rang, where that is somebody else. */
      readonly by?: Address;
    }
  /** I am in it. Times are the low 16 bits of milliseconds, each by the clock of who says it first. */
  | {
      readonly what: "in";
      readonly stamp: number;
      readonly echo?: Echo;
      /** This person would be connected directly, or hears the other one that way. */
      readonly direct?: "wanted" | "heard";
    }
  /** Opus packets of 20 ms each, in a row; `first`: the place of the first among all that this person recorded. */
  | { readonly what: "talk"; readonly first: number; readonly packets: readonly Uint8Array[] }
  | DirectWord;

/** How to be connected directly. `attempt` counts those of the page that offers. */
export interface DirectWord {
  readonly what: "offer" | "answer";
  readonly attempt: number;
  readonly end: DirectEnd;
}

/** What somebody, by the slot, said its time was, and how long ago that came here, in milliseconds. */
export interface Echo {
  readonly slot: number;
  readonly stamp: number;
  readonly held: number;
}

/** By their numbers, from 1. */
const WORDS = ["ring", "declined", "busy", "end", "missed", "in", "talk", "offer", "answer"] as const;
/** Flags of an `in`. */
const ECHO = 1;
const DIRECT = 2;
const DIRECT_HEARD = 4;
const MAX_SEQUENCE = 2 ** 32 - 1;

export function writeVoiceFrame(content: encoding.Encoder, frame: VoiceFrame): void {
  encoding.writeUint8(content, WORDS.indexOf(frame.what) + 1);
  encoding.writeUint32(content, frame.call);
  if (frame.what === "in") {
    encoding.writeUint16(content, frame.stamp);
    const direct = frame.direct ? DIRECT | (frame.direct === "heard" ? DIRECT_HEARD : 0) : 0;
    encoding.writeUint8(content, (frame.echo ? ECHO : 0) | direct);
    if (!frame.echo) return;
    for (const number of [frame.echo.slot, frame.echo.stamp, frame.echo.held])
      encoding.writeUint16(content, number);
  } else if (frame.what === "missed") {
    encoding.writeVarUint(content, frame.ago);
    encoding.writeVarString(content, frame.by ?? "");
  } else if (frame.what === "talk") {
    encoding.writeVarUint(content, frame.first);
    encoding.writeVarUint(content, frame.packets.length);
    for (const packet of frame.packets) encoding.writeVarUint8Array(content, packet);
  } else if (frame.what === "offer" || frame.what === "answer") {
    encoding.writeUint32(content, frame.attempt);
    writeDirectEnd(content, frame.end);
  }
}

/** Undefined: a word of a newer minor version. Throws where it is malformed. */
export function readVoiceFrame(content: decoding.Decoder): VoiceFrame | undefined {
  const what = WORDS[decoding.readUint8(content) - 1];
  const call = decoding.readUint32(content);
  if (what === undefined) return undefined;
  if (what === "in") return { type: "voice", call, what, ...readIn(content) };
  if (what === "missed") {
    const ago = decoding.readVarUint(content);
    const by = decoding.readVarString(content);
    return { type: "voice", call, what, ago, ...(by === "" ? {} : { by }) };
  }
  if (what === "offer" || what === "answer")
    return { type: "voice", call, what, attempt: decoding.readUint32(content), end: readDirectEnd(content) };
  if (what !== "talk") return { type: "voice", call, what };
  const first = decoding.readVarUint(content);
  const count = decoding.readVarUint(content);
  if (first > MAX_SEQUENCE || count === 0 || count > LIMITS.voicePackets.takes)
    throw new Error("more than is ever said at once");
  const packets = Array.from({ length: count }, () => {
    const packet = decoding.readVarUint8Array(content);
    if (packet.length === 0 || packet.length > LIMITS.voicePacketBytes.takes)
      throw new Error("no packet of 20 ms");
    return packet.slice();
  });
  return { type: "voice", call, what, first, packets };
}

function readIn(content: decoding.Decoder): Omit<VoiceWord & { readonly what: "in" }, "what"> {
  const stamp = decoding.readUint16(content);
  const flags = decoding.readUint8(content);
  const word =
    (flags & DIRECT) === 0
      ? { stamp }
      : { stamp, direct: (flags & DIRECT_HEARD) === 0 ? ("wanted" as const) : ("heard" as const) };
  if ((flags & ECHO) === 0) return word;
  const [slot, echoed, held] = [0, 0, 0].map(() => decoding.readUint16(content));
  return { ...word, echo: { slot: slot!, stamp: echoed!, held: held! } };
}
