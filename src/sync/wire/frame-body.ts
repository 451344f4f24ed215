/*
 * What a frame says, and how that is written: the codec of each kind that is not long enough for a file of
 * its own. Encoder and decoder stand side by side. Source of the rules: sync/PROTOCOL.md, S1.
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { LIMITS } from "../../board/document/limits.ts";
import type { StateDigest, StateVector } from "../../board/document/state.ts";
import type { Address } from "../../env/host.ts";
import { readBlobFrame, writeBlobFrame } from "./blob-codec.ts";
import type { BlobFrame } from "./blob-codec.ts";
import { readPresence, writePresence } from "./presence-codec.ts";
import type { PresenceFrame } from "./presence-frame.ts";
import { readPreview, writePreview } from "./preview-codec.ts";
import type { PreviewFrame } from "./preview-codec.ts";
import { readRoster, readRosterSum, writeRoster, writeRosterSum } from "./roster-codec.ts";
import type { RosterFrame } from "./roster-codec.ts";
import {
  readDigest,
  readPairs,
  readRanges,
  readStateVector,
  writeDigest,
  writePairs,
  writeRanges,
  writeStateVector,
} from "./state-codec.ts";
import type { Pairs, Range } from "./state-codec.ts";
import { readVoiceFrame, writeVoiceFrame } from "./voice-codec.ts";
import type { VoiceFrame } from "./voice-codec.ts";

/** The first bytes of the board's id: says whose board a session is on. */
export const BOARD_TAG_BYTES = 8;

/**
 * What a frame says; `Frame` adds for whom, and about which document. `refused`: sessions of which the sender takes
 * no more, each with how much of it the sender has; left out where there are none.
 */
export type FrameBody =
  /**
   * Who I am and what I have; `reply`: answer with yours. `tag`: undefined where the sender does not
   * know its own address. `state`: undefined where the digest says enough. `names`: whom it is said to,
   * by the addresses that the sender knows, for one who does not know the own address.
   */
  | {
      readonly type: "hello";
      readonly tag: Uint8Array | undefined;
      readonly reply: boolean;
      readonly state: StateVector | undefined;
      readonly digest: StateDigest;
      readonly names?: readonly Address[];
      readonly refused?: Pairs;
    }
  /** A Yjs update (V1) of what was just drawn, and perhaps once more of what the message before brought. */
  | { readonly type: "update"; readonly update: Uint8Array }
  /**
   * The sign of life: what I have, in short. `next`: seconds until the next one at the latest.
   * `clock`: how much the sender's session has written. `acks`: how much I have of the sessions of
   * those who are here.
   */
  | {
      readonly type: "digest";
      readonly digest: StateDigest;
      readonly next: number;
      readonly clock: number;
      readonly acks: Pairs;
      readonly refused?: Pairs;
    }
  /** Send me everything that I lack: this is what I have. */
  | {
      readonly type: "request";
      readonly what: "all";
      readonly state: StateVector;
      readonly digest: StateDigest;
      readonly refused?: Pairs;
    }
  /** Send me these writes. `isOwn`: all are of the session that it is for, and `client` says nothing. */
  | {
      readonly type: "request";
      readonly what: "writes";
      readonly isOwn: boolean;
      readonly ranges: readonly Range[];
    }
  /** One causal chunk of the answer to a request; `last`: nothing follows. */
  | { readonly type: "diff"; readonly update: Uint8Array; readonly last: boolean }
  /** I am leaving, or nobody is looking. */
  | { readonly type: "bye" }
  | PresenceFrame
  | PreviewFrame
  | RosterFrame
  | BlobFrame
  | VoiceFrame;

const HELLO = 1;
const UPDATE = 2;
const DIGEST = 3;
const REQUEST = 4;
const DIFF = 5;
const BYE = 6;
const VOICE = 7;
const PRESENCE = 8;
const PREVIEW = 9;
const ROSTER_SUM = 10;
const ROSTER_REQUEST = 11;
const ROSTER = 12;
const WANT = 13;
const HAVE = 14;
const CHUNK = 15;

const HELLO_REPLY = 1;
const HELLO_UNTAGGED = 2;
const HELLO_SHORT = 4;
const REQUEST_WRITES = 1;
/** Of writes: all are of the session that the frame is for, which is left out. */
const REQUEST_OWN = 2;
const DIFF_LAST = 1;

/** Writes what the frame says and returns its type. */
export function writeFrameBody(content: encoding.Encoder, frame: FrameBody): number {
  switch (frame.type) {
    case "hello": {
      const flags =
        (frame.reply ? HELLO_REPLY : 0) | (frame.tag ? 0 : HELLO_UNTAGGED) | (frame.state ? 0 : HELLO_SHORT);
      encoding.writeUint8(content, flags);
      if (frame.tag) encoding.writeUint8Array(content, frame.tag);
      if (frame.state) writeStateVector(content, frame.state);
      writeDigest(content, frame.digest);
      writeTexts(content, frame.names ?? []);
      writeRefused(content, frame.refused);
      return HELLO;
    }
    case "update":
      encoding.writeUint8Array(content, frame.update);
      return UPDATE;
    case "digest":
      writeDigest(content, frame.digest);
      encoding.writeVarUint(content, frame.next);
      encoding.writeVarUint(content, frame.clock);
      writePairs(content, frame.acks);
      writeRefused(content, frame.refused);
      return DIGEST;
    case "request":
      if (frame.what === "writes") {
        encoding.writeUint8(content, REQUEST_WRITES | (frame.isOwn ? REQUEST_OWN : 0));
        writeRanges(content, frame.ranges, frame.isOwn);
      } else {
        encoding.writeUint8(content, 0);
        writeStateVector(content, frame.state);
        writeDigest(content, frame.digest);
        writeRefused(content, frame.refused);
      }
      return REQUEST;
    case "diff":
      encoding.writeUint8(content, frame.last ? DIFF_LAST : 0);
      encoding.writeUint8Array(content, frame.update);
      return DIFF;
    case "bye":
      return BYE;
    case "voice":
      writeVoiceFrame(content, frame);
      return VOICE;
    case "presence":
      writePresence(content, frame);
      return PRESENCE;
    case "preview":
      writePreview(content, frame);
      return PREVIEW;
    case "roster-sum":
      writeRosterSum(content, frame.sum);
      return ROSTER_SUM;
    case "roster-request":
      return ROSTER_REQUEST;
    case "roster":
      writeRoster(content, frame);
      return ROSTER;
    case "want":
    case "have":
    case "chunk":
      writeBlobFrame(content, frame);
      return frame.type === "want" ? WANT : frame.type === "have" ? HAVE : CHUNK;
  }
}

/** Undefined: a frame of a newer minor version. Bytes after the known fields are a newer minor's too. */
export function readFrameBody(type: number, content: decoding.Decoder): FrameBody | undefined {
  switch (type) {
    case HELLO: {
      const flags = decoding.readUint8(content);
      return {
        type: "hello",
        reply: (flags & HELLO_REPLY) !== 0,
        tag: flags & HELLO_UNTAGGED ? undefined : decoding.readUint8Array(content, BOARD_TAG_BYTES),
        state: flags & HELLO_SHORT ? undefined : readStateVector(content),
        digest: readDigest(content),
        names: readTexts(content),
        ...readRefused(content),
      };
    }
    case UPDATE:
      return { type: "update", update: decoding.readTailAsUint8Array(content) };
    case DIGEST:
      return {
        type: "digest",
        digest: readDigest(content),
        next: decoding.readVarUint(content),
        clock: decoding.readVarUint(content),
        acks: readPairs(content),
        ...readRefused(content),
      };
    case REQUEST: {
      const flags = decoding.readUint8(content);
      if (flags & REQUEST_WRITES) {
        const isOwn = (flags & REQUEST_OWN) !== 0;
        return { type: "request", what: "writes", isOwn, ranges: readRanges(content, isOwn) };
      }
      return {
        type: "request",
        what: "all",
        state: readStateVector(content),
        digest: readDigest(content),
        ...readRefused(content),
      };
    }
    case DIFF: {
      const last = (decoding.readUint8(content) & DIFF_LAST) !== 0;
      return { type: "diff", last, update: decoding.readTailAsUint8Array(content) };
    }
    case BYE:
      return { type: "bye" };
    case VOICE:
      return readVoiceFrame(content);
    case PRESENCE:
      return readPresence(content);
    case PREVIEW:
      return readPreview(content);
    case ROSTER_SUM:
      return readRosterSum(content);
    case ROSTER_REQUEST:
      return { type: "roster-request" };
    case ROSTER:
      return readRoster(content);
    case WANT:
      return readBlobFrame("want", content);
    case HAVE:
      return readBlobFrame("have", content);
    case CHUNK:
      return readBlobFrame("chunk", content);
    default:
      return undefined;
  }
}

/** Most have none, and say nothing of it. */
function writeRefused(encoder: encoding.Encoder, refused: Pairs = []): void {
  if (refused.length > 0) writePairs(encoder, refused);
}

function readRefused(decoder: decoding.Decoder): { readonly refused?: Pairs } {
  const refused = decoding.hasContent(decoder) ? readPairs(decoder) : [];
  return refused.length > 0 ? { refused: refused.slice(0, LIMITS.refusedSessions.takes) } : {};
}

function writeTexts(encoder: encoding.Encoder, texts: readonly string[]): void {
  encoding.writeVarUint(encoder, texts.length);
  for (const text of texts) encoding.writeVarString(encoder, text);
}

/** A count that claims more than there is throws at the end of the bytes. */
function readTexts(decoder: decoding.Decoder): string[] {
  const texts: string[] = [];
  for (let left = decoding.readVarUint(decoder); left > 0; left--)
    texts.push(decoding.readVarString(decoder));
  return texts;
}
