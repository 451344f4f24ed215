/*
 * Messages of the protocol for the cases of the guard: whole or damaged, for anybody and in anybody's name.
 */
import * as encoding from "lib0/encoding";
import type { Prng } from "../../src/base/prng.ts";
import { decodeBase64, encodeBase64 } from "../../src/base/bytes.ts";
import type { DirectEnd } from "../../src/env/direct-call.ts";
import type { InkWrite } from "../../src/ink/ink-write.ts";
import { encodeAppendMessage } from "../../src/sync/wire/append-message.ts";
import { MAX_DOCUMENT } from "../../src/board/document/document-number.ts";
import { slotOfDocument } from "../../src/sync/wire/document-slot.ts";
import { PROTOCOL_MAJOR } from "../../src/sync/wire/frame.ts";
import { slotOf } from "../../src/board/document/slot.ts";
import type { Frame } from "../../src/sync/wire/frame.ts";
import type { StateDigest } from "../../src/board/document/state.ts";
import type { Range } from "../../src/sync/wire/state-codec.ts";
import { CONTACT, OWN } from "../board/guard/lab.ts";
import {
  COLLIDING,
  FOREIGN,
  MOVED,
  SECOND_DOCUMENT,
  SPEAKER,
  STORED_DOCUMENT,
  TAG,
  UNKNOWN_DOCUMENT,
} from "./guard-stage.ts";
import type { Material, Stage } from "./guard-stage.ts";
import { anyClock, anyId, anyInk, CLIENTS, mutateBytes, pick } from "./guard-values.ts";

/** Slots of this page, of contacts, of a session elsewhere, of two contacts at once, and of nobody. */
const SLOTS = [OWN, SPEAKER, COLLIDING, FOREIGN, MOVED, CONTACT, 0, 0xffff].map(slotOf);

/** For somebody, and about some document. */
export function addressed(prng: Prng, frame: Frame): Frame {
  const to = prng.chance(0.7) ? { to: pick(prng, SLOTS) } : {};
  return prng.chance(0.5) ? { ...frame, ...to, document: anyDocument(prng) } : { ...frame, ...to };
}

/** The index, pages of the board that are in memory or not, and what no board has. */
const DOCUMENTS = [1, 2, 8, STORED_DOCUMENT, UNKNOWN_DOCUMENT, 2 ** 32 - 1, 2 ** 32, MAX_DOCUMENT];

function anyDocument(prng: Prng): number {
  return prng.chance(0.6) ? SECOND_DOCUMENT : pick(prng, DOCUMENTS);
}

/** An append that draws anything anywhere, in anybody's name, whole or damaged. */
export function anyAppend(prng: Prng, stage: Stage): string {
  const session = prng.chance(0.7) ? SPEAKER : pick(prng, CLIENTS);
  const speaker = prng.chance(0.7) ? SPEAKER : pick(prng, [session, COLLIDING, FOREIGN, MOVED, 77_777]);
  const clock = prng.chance(0.6) ? stage.stateOf(session) : anyClock(prng, 5);
  const writes = Array.from({ length: 1 + prng.below(3) }, (): InkWrite => {
    if (prng.chance(0.6)) return { kind: "text", text: anyInk(prng) + (prng.chance(0.5) ? "\0" : "") };
    return { kind: "start", after: prng.chance(0.8) ? anyId(prng, { client: session, clock }) : undefined };
  });
  const append = { session, clock: Math.min(clock, 2 ** 31 - 2), writes };
  const document = prng.chance(0.8) ? undefined : anyDocument(prng);
  const said = prng.chance(0.9) ? encodeAppendMessage(append, speaker, document) : undefined;
  const text = said ?? noiseAppend(prng, session, clock);
  if (prng.chance(0.6)) return text;
  const bytes = decodeBase64(text.padEnd(Math.ceil(text.length / 4) * 4, "="))!;
  return encodeBase64(mutateBytes(prng, bytes)).replaceAll("=", "");
}

/** Of a document, and numbers that no slot is. */
function anyDocumentSlot(prng: Prng): number {
  return prng.chance(0.7)
    ? slotOfDocument(anyDocument(prng))
    : pick(prng, [0, 7, 2 ** 14 - 1, 2 ** 21, 2 ** 40]);
}

/** The head of an append and, in place of ink, anything; perhaps with an author or a document, the first too. */
function noiseAppend(prng: Prng, session: number, clock: number): string {
  const flags = prng.below(4);
  const bytes = encoding.encode((encoder) => {
    encoding.writeUint8(encoder, (PROTOCOL_MAJOR << 4) | 8 | flags);
    encoding.writeUint16(encoder, prng.chance(0.7) ? slotOf(session) : pick(prng, SLOTS));
    if (flags & 2) encoding.writeVarUint(encoder, pick(prng, CLIENTS));
    if (flags & 1) encoding.writeVarUint(encoder, anyDocumentSlot(prng));
    encoding.writeVarUint(encoder, clock);
    for (let left = 1 + prng.below(30); left > 0; left--) encoding.writeUint8(encoder, prng.below(256));
  });
  return encodeBase64(bytes).replaceAll("=", "");
}

/** A message of the protocol that is damaged, or says of everything too much. */
export function mutateMessage(prng: Prng, material: Material, stage: Stage): string {
  const frames = Array.from({ length: 1 + prng.below(4) }, () => {
    const frame = anyFrame(prng, material);
    return prng.chance(0.4) ? addressed(prng, frame) : frame;
  });
  const text = stage.message(frames, prng.chance(0.8) ? SPEAKER : pick(prng, [...CLIENTS, FOREIGN, MOVED]));
  switch (prng.below(6)) {
    case 0:
    case 1:
      return text;
    case 2: {
      const at = prng.below(text.length);
      return text.slice(0, at) + String.fromCharCode(prng.below(300)) + text.slice(at + prng.below(3));
    }
    case 3:
      return text.slice(0, prng.below(text.length));
    case 4:
      return withFirstDocument(text);
    default:
      return encodeBase64(mutateBytes(prng, decodeBase64(text)!));
  }
}

/** With one more frame, which spells out the number of the first document. */
function withFirstDocument(text: string): string {
  return encodeBase64(Uint8Array.of(...decodeBase64(text)!, 64 | 6, 0, 0));
}

function anyFrame(prng: Prng, material: Material): Frame {
  const state = new Map(
    Array.from({ length: prng.below(6) }, () => [pick(prng, CLIENTS), anyClock(prng, 9)] as const),
  );
  const digest = { writes: { hi: prng.uint32(), lo: 1 }, deletions: { hi: 0, lo: prng.uint32() } };
  return pick<() => Frame>(prng, [
    () => anyHello(prng, state, digest),
    () => ({ type: "digest", digest, next: anyClock(prng, 9), clock: anyClock(prng, 5), acks: [...state] }),
    () => ({ type: "request", what: "all", state, digest }),
    () => anyRequest(prng),
    () => anyRequest(prng),
    () => ({ type: "update", update: pick(prng, material.fresh) }),
    () => ({ type: "diff", update: pick(prng, material.fresh), last: prng.chance(0.5) }),
    () => ({ type: "bye" }),
    () => ({ type: "roster-sum", sum: digest.writes }),
    () => ({ type: "roster-request" }),
    () => anyRoster(prng, digest),
    () => anyPresence(prng),
    () => anyBlobFrame(prng),
    () => anyBlobFrame(prng),
    () => anyVoiceFrame(prng),
    () => anyVoiceFrame(prng),
  ])();
}

/** Of documents that are in memory, stored, unknown, and thousands of them. */
function anyRoster(prng: Prng, digest: StateDigest): Frame {
  const count = prng.chance(0.1) ? 400 + prng.below(200) : prng.below(4);
  const more = Array.from({ length: count }, (_, i) => UNKNOWN_DOCUMENT + i);
  const some = [...DOCUMENTS.slice(1), SECOND_DOCUMENT].filter(() => prng.chance(0.5));
  const numbers = [...new Set([...some, ...more])].sort((a, b) => a - b);
  return { type: "roster", isFirst: prng.chance(0.7), entries: numbers.map((number) => [number, digest]) };
}

/** Of pictures that are on the board, or nowhere; also more of them than they have. */
function anyBlobFrame(prng: Prng): Frame {
  const hash = prng.chance(0.5) ? "0f".repeat(32) : prng.uint32().toString(16).padStart(64, "0");
  const bytes = pick(prng, [1, 49_152, 49_153, 100_000, 393_216, 393_217, 2 ** 40]);
  const index = prng.below(9);
  const length = Math.min(Math.max(bytes - index * 49_152, 0), 49_152);
  return pick<() => Frame>(prng, [
    () => ({ type: "want", hash, bytes, chunks: anyClock(prng, 8) }),
    () => ({ type: "have", hash, bytes, chunks: prng.below(256) }),
    () => ({ type: "chunk", hash, bytes, index, content: new Uint8Array(length + prng.below(2)) }),
  ])();
}

/** Of a call that is on, or of any other; also more than anybody says. */
function anyVoiceFrame(prng: Prng): Frame {
  const call = prng.below(4);
  const words = ["ring", "declined", "busy", "end"] as const;
  const first = prng.chance(0.7) ? prng.below(500) : Math.min(anyClock(prng, 9), 2 ** 32);
  const packets = Array.from({ length: prng.below(34) }, () => new Uint8Array(prng.below(202)));
  return pick<() => Frame>(prng, [
    () => ({ type: "voice", what: pick(prng, words), call }),
    () => ({
      type: "voice",
      what: "missed",
      call,
      ago: anyClock(prng, 9),
      by: pick(prng, ["", "bo", "eve"]),
    }),
    () => ({ type: "voice", what: "in", call, stamp: prng.below(2 ** 16) }),
    () => anyDirectFrame(prng, call),
    () => anyDirectFrame(prng, call),
    () => ({ type: "voice", what: "talk", call, first, packets }),
  ])();
}

function anyDirectFrame(prng: Prng, call: number): Frame {
  const stamp = prng.below(2 ** 16);
  return pick<() => Frame>(prng, [
    () => ({ type: "voice", what: "in", call, stamp, direct: pick(prng, ["wanted", "heard"] as const) }),
    () => ({
      type: "voice",
      what: pick(prng, ["offer", "answer"] as const),
      call,
      attempt: prng.below(9),
      end: anyEnd(prng),
    }),
  ])();
}

/** Also with letters, lines and numbers that nobody has. */
function anyEnd(prng: Prng): DirectEnd {
  const text = (length: number): string =>
    Array.from({ length }, () => pick(prng, ["a", "Z", "0", "+", "/", "a", "b", "\r\n", "é"])).join("");
  const place = (): DirectEnd["places"][number] => ({
    kind: pick(prng, ["ip", "name"] as const),
    address: Uint8Array.from({ length: pick(prng, [4, 16, 16, 3]) }, () => prng.below(256)),
    port: prng.below(2 ** 16),
  });
  const [user, password] = prng.chance(0.5) ? ["abcd", "e".repeat(22)] : [text(4), text(24)];
  return {
    user,
    password,
    fingerprint: new Uint8Array(32),
    payload: prng.chance(0.8) ? 111 : prng.below(256),
    places: Array.from({ length: prng.below(10) }, place),
  };
}

function anyPresence(prng: Prng): Frame {
  const view = { minX: prng.below(9), minY: -prng.below(9), maxX: 20, maxY: 30 };
  const cursor = prng.chance(0.5) ? { x: prng.below(2 ** 24), y: 1 } : undefined;
  const document = prng.chance(0.3) ? 0 : anyDocument(prng);
  const rest = { name: "Mallory", color: 1, tool: "pen", penDown: prng.chance(0.5) } as const;
  return { type: "presence", revision: anyClock(prng, 9), presence: { ...rest, document, view, cursor } };
}

type Hello = Frame & { readonly type: "hello" };

/** With a right or a wrong tag, or none; with what the sender has, or in short; with names of anybody. */
function anyHello(prng: Prng, state: Hello["state"], digest: Hello["digest"]): Hello {
  return {
    type: "hello",
    tag: pick(prng, [TAG, TAG, new Uint8Array(8), undefined]),
    reply: prng.chance(0.5),
    state: prng.chance(0.5) ? state : undefined,
    digest,
    ...(prng.chance(0.3) ? { names: pick(prng, [[], ["contact"], ["me", "you"], [""]]) } : {}),
  };
}

/** Ranges that are there, that are not, that are huge, that say the same again, and thousands of them. */
function anyRequest(prng: Prng): Frame {
  const isOwn = prng.chance(0.4);
  const count = prng.chance(0.1) ? 900 + prng.below(200) : prng.below(8);
  const ranges = Array.from({ length: count }, (): Range => {
    const from = Math.min(anyClock(prng, 9), 2 ** 52);
    const length = pick(prng, [prng.below(50), Math.min(anyClock(prng, 1), 2 ** 52), 2 ** 31, 0]);
    return { client: isOwn ? 0 : pick(prng, CLIENTS), from, to: from + length };
  });
  return { type: "request", what: "writes", isOwn, ranges };
}
