import * as encoding from "lib0/encoding";
import type { Prng } from "../../src/base/prng.ts";
import { decodeBase64, encodeBase64 } from "../../src/base/bytes.ts";
import type { WriteId } from "../../src/board/document/write-id.ts";
import { encodeMark, markKey, undoneKey } from "../../src/board/document/marks.ts";
import type { InkWrite } from "../../src/ink/ink-write.ts";
import { encodeAppendMessage } from "../../src/sync/wire/append-message.ts";
import { PROTOCOL_MAJOR, slotOf } from "../../src/sync/wire/frame.ts";
import type { Frame } from "../../src/sync/wire/frame.ts";
import type { Range } from "../../src/sync/wire/state-codec.ts";
import {
  CONTACT,
  CONTACT_EARLIER,
  itemKey,
  labelKey,
  LATE_STRANGER,
  OWN,
  OWN_EARLIER,
  STRANGER,
} from "../board/guard/lab.ts";
import { content, decodeRaw, encodeRaw } from "../board/guard/raw-update.ts";
import type { RawContent, RawStruct, RawUpdate } from "../board/guard/raw-update.ts";
import { COLLIDING, FOREIGN, MOVED, SECOND_DOCUMENT, SPEAKER, TAG } from "./guard-stage.ts";
import type { Material, Stage } from "./guard-stage.ts";

/** One thing to hand to a page: a name for the statistics, and the messages. */
export interface Case {
  readonly kind: string;
  readonly texts: readonly string[];
}

const CLIENTS = [
  OWN,
  OWN_EARLIER,
  CONTACT,
  CONTACT_EARLIER,
  STRANGER,
  LATE_STRANGER,
  SPEAKER,
  2600,
  0,
  2 ** 32 - 1,
];
/** Slots of this page, of contacts, of a session elsewhere, of two contacts at once, and of nobody. */
const SLOTS = [OWN, SPEAKER, COLLIDING, FOREIGN, MOVED, CONTACT, 0, 0xffff].map(slotOf);
const BIG = [2 ** 14, 2 ** 21, 2 ** 28, 2 ** 31 - 2, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 53 - 1];

/** The case of a seed and a number: the same for the same, whatever ran before. */
export function makeCase(prng: Prng, material: Material, stage: Stage): Case {
  const dice = prng.below(100);
  const wrap = (update: Uint8Array): string => {
    const isDiff = prng.chance(0.3);
    const last = prng.chance(0.7);
    const says: Frame = isDiff ? { type: "diff", update, last } : { type: "update", update };
    return stage.message([prng.chance(0.25) ? addressed(prng, says) : says]);
  };
  if (dice < 4) return { kind: "honest", texts: [wrap(pick(prng, material.fresh))] };
  if (dice < 6) return { kind: "replayed", texts: [wrap(pick(prng, material.known))] };
  if (dice < 26) return { kind: "bytes", texts: [wrap(mutateBytes(prng, anyUpdate(prng, material)))] };
  if (dice < 66) {
    const raw = decodeRaw(anyUpdate(prng, material));
    for (let left = 1 + prng.below(3); left > 0; left--) mutateRaw(prng, raw, material);
    return { kind: "structure", texts: [wrap(encodeRaw(raw))] };
  }
  if (dice < 77) return { kind: "append", texts: [anyAppend(prng, stage)] };
  if (dice < 87) return { kind: "made up", texts: [wrap(encodeRaw(madeUp(prng)))] };
  if (dice < 98) return { kind: "message", texts: [mutateMessage(prng, material, stage)] };
  const parts = Array.from({ length: 2 + prng.below(6) }, () =>
    wrap(prng.chance(0.5) ? encodeRaw(madeUp(prng)) : pick(prng, material.fresh)),
  );
  return { kind: "several", texts: parts };
}

function anyUpdate(prng: Prng, { fresh, known }: Material): Uint8Array {
  return pick(prng, prng.chance(0.8) ? fresh : known);
}

function mutateBytes(prng: Prng, update: Uint8Array): Uint8Array {
  let bytes = [...update];
  for (let left = 1 + prng.below(3); left > 0; left--) {
    const at = prng.below(bytes.length + 1);
    const length = prng.below(8);
    switch (prng.below(7)) {
      case 0:
        bytes = bytes.slice(0, at);
        break;
      case 1:
        if (at < bytes.length) bytes[at]! ^= 1 << prng.below(8);
        break;
      case 2:
        if (at < bytes.length) bytes[at] = prng.below(256);
        break;
      case 3:
        bytes.splice(at, length);
        break;
      case 4:
        bytes.splice(at, 0, ...Array.from({ length }, () => prng.below(256)));
        break;
      case 5:
        bytes.splice(at, 0, ...bytes.slice(prng.below(bytes.length + 1)).slice(0, length * 4));
        break;
      default:
        bytes.splice(at, 1, ...numberBytes(pick(prng, BIG)));
    }
  }
  return Uint8Array.from(bytes);
}

function mutateRaw(prng: Prng, raw: RawUpdate, material: Material): void {
  const section = raw.sections.length > 0 ? pick(prng, raw.sections) : undefined;
  const struct = section && section.structs.length > 0 ? pick(prng, section.structs) : undefined;
  switch (prng.below(15)) {
    case 0:
      if (section) section.client = pick(prng, CLIENTS);
      break;
    case 1:
      if (section) section.clock = anyClock(prng, section.clock);
      break;
    case 2:
      if (struct) struct.content = anyContent(prng);
      break;
    case 3:
      if (struct) struct.origin = anyId(prng, struct.origin);
      break;
    case 4:
      if (struct) struct.rightOrigin = anyId(prng, struct.rightOrigin);
      break;
    case 5:
      if (struct) {
        struct.origin = undefined;
        struct.parent = anyParent(prng);
        struct.key = prng.chance(0.5) ? anyKey(prng) : undefined;
      }
      break;
    case 6:
      if (struct) struct.key = anyKey(prng);
      break;
    case 7:
      if (section) section.structs.splice(prng.below(section.structs.length + 1), 0, anyStruct(prng));
      break;
    case 8:
      if (section) section.structs.splice(prng.below(section.structs.length), 1);
      break;
    case 9:
      section?.structs.reverse();
      break;
    case 10:
      if (section) section.claimed = anyClock(prng, section.structs.length);
      break;
    case 11:
      raw.claimedSections = anyClock(prng, raw.sections.length);
      break;
    case 12:
      raw.sections.push(...decodeRaw(anyUpdate(prng, material)).sections);
      break;
    case 13:
      if (section && struct) section.structs.push({ ...struct });
      break;
    default:
      raw.deletions.push(anyDeletion(prng));
  }
}

/** An update out of the schema's own words, so that much of it is nearly right. */
function madeUp(prng: Prng): RawUpdate {
  const sections = Array.from({ length: prng.below(3) + (prng.chance(0.9) ? 1 : 0) }, () => {
    const client = pick(prng, CLIENTS);
    const clock = prng.chance(0.7) ? 0 : anyClock(prng, 0);
    const structs = Array.from({ length: 1 + prng.below(5) }, (_, i) => anyStruct(prng, client, clock + i));
    return { client, clock, structs };
  });
  const deletions = Array.from({ length: prng.chance(0.3) ? 1 + prng.below(3) : 0 }, () => anyDeletion(prng));
  return { sections, deletions };
}

function anyStruct(prng: Prng, client?: number, clock = 0): RawStruct {
  const before = { client: client ?? pick(prng, CLIENTS), clock: Math.max(0, clock - 1) };
  switch (prng.below(14)) {
    case 0:
      return { parent: "items", content: content.text() };
    case 1:
      return { origin: anyId(prng, before), content: content.text() };
    case 2:
      return { parent: before, content: content.string(anyInk(prng)) };
    case 3:
      return { origin: before, content: content.string(anyInk(prng)) };
    case 4:
      return { parent: "marks", key: markKey(before.client, prng.below(4)), content: anyMark(prng) };
    case 5:
      return {
        parent: "marks",
        key: undoneKey(markKey(before.client, prng.below(4))),
        content: prng.chance(0.7) ? content.any(prng.chance(0.5)) : content.deleted(1 + prng.below(9)),
      };
    case 6:
      return { parent: "meta", key: "format", content: content.any(prng.below(4)) };
    case 7:
    case 8:
      return { parent: "attrs", key: anyAttributeKey(prng, before), content: anyAttribute(prng) };
    case 9:
      return { origin: anyId(prng, before), content: anyAttribute(prng) };
    case 10:
      return { parent: "labels", key: labelKey(before), content: content.text() };
    case 11:
      return { parent: before, content: content.text() };
    case 12:
      return {
        origin: prng.chance(0.7) ? anyId(prng, before) : undefined,
        rightOrigin: anyId(prng, before),
        content: content.string(anyInk(prng)),
      };
    default:
      return {
        origin: prng.chance(0.5) ? anyId(prng, before) : undefined,
        rightOrigin: prng.chance(0.3) ? anyId(prng, before) : undefined,
        parent: anyParent(prng),
        key: prng.chance(0.5) ? anyKey(prng) : undefined,
        content: anyContent(prng),
      };
  }
}

function anyContent(prng: Prng): RawContent {
  return pick(prng, [
    () => content.gc(anyClock(prng, 1)),
    () => content.deleted(anyClock(prng, 1)),
    () => content.json('"x"'),
    () => content.binary(new Uint8Array(prng.below(9))),
    () => content.string(anyInk(prng)),
    () => content.string(""),
    () => content.string("a\u{1F58A}"),
    () => content.embed("{}"),
    () => content.format("bold", "true"),
    () => content.type(prng.below(8), "p"),
    () => content.any(...[1, true, null, "x", 1.5, {}, [], 2n ** 40n].slice(prng.below(8), 8)),
    () => content.any(prng.below(70)),
    () => content.doc("guid"),
    () => content.skip(anyClock(prng, 1)),
    () => ({ ref: prng.below(32), bytes: Uint8Array.from({ length: prng.below(6) }, () => prng.below(256)) }),
  ])();
}

function anyAttribute(prng: Prng): RawContent {
  if (prng.chance(0.2)) return content.deleted(1 + prng.below(5));
  return content.binary(new Uint8Array(prng.chance(0.9) ? prng.below(40) : 120 + prng.below(20)));
}

function anyAttributeKey(prng: Prng, near: WriteId): string {
  const item = anyId(prng, near);
  const layer = `l${item.client.toString(36)}.${prng.below(3)}`;
  return pick(prng, [
    itemKey(item, "tczlx"[prng.below(5)]!),
    `${layer}.${"nohkaxz"[prng.below(7)]!}`,
    "l.h",
    "p.b",
  ]);
}

function anyInk(prng: Prng): string {
  return String.fromCharCode(...Array.from({ length: 1 + prng.below(12) }, () => prng.below(0xd800)));
}

function anyMark(prng: Prng): RawContent {
  if (prng.chance(0.2)) return content.binary(Uint8Array.from({ length: 9 }, () => prng.below(256)));
  const client = pick(prng, CLIENTS);
  const clock = anyClock(prng, 3);
  if (prng.chance(0.4))
    return content.binary(encodeMark({ kind: "clear", page: "", below: new Map([[client, clock]]) }));
  const kind = prng.chance(0.5) ? "erase" : "cut";
  const start = anyClock(prng, 0) * (kind === "cut" ? 1000 : 1);
  const ranges = new Map([[client, [{ start, end: start + 1 + prng.below(9) }]]]);
  return content.binary(encodeMark({ kind, ranges }));
}

function anyDeletion(prng: Prng): RawUpdate["deletions"][number] {
  const ranges = Array.from({ length: 1 + prng.below(3) }, () => ({
    clock: anyClock(prng, prng.below(20)),
    length: anyClock(prng, 1),
  }));
  return prng.chance(0.1)
    ? { client: pick(prng, CLIENTS), ranges, claimed: anyClock(prng, 1) }
    : { client: pick(prng, CLIENTS), ranges };
}

function anyParent(prng: Prng): string | WriteId {
  const name = pick(prng, [
    "items",
    "marks",
    "meta",
    "attrs",
    "labels",
    "layers",
    "",
    "__proto__",
    undefined,
    undefined,
  ]);
  return name ?? { client: pick(prng, CLIENTS), clock: prng.below(30) };
}

function anyKey(prng: Prng): string {
  const key = markKey(pick(prng, CLIENTS), prng.below(4));
  const attribute = anyAttributeKey(prng, { client: pick(prng, CLIENTS), clock: prng.below(30) });
  return pick(prng, [
    "format",
    "",
    "__proto__",
    attribute,
    labelKey(anyId(prng, undefined)),
    key,
    undoneKey(key),
    `${key}.u.u`,
    key.toUpperCase(),
  ]);
}

function anyId(prng: Prng, near: WriteId | undefined): WriteId {
  if (near && prng.chance(0.5)) return { client: near.client, clock: anyClock(prng, near.clock) };
  return { client: pick(prng, CLIENTS), clock: prng.chance(0.9) ? prng.below(30) : pick(prng, BIG) };
}

function anyClock(prng: Prng, near: number): number {
  const dice = prng.below(10);
  if (dice < 4) return near;
  if (dice < 8) return Math.max(0, near + prng.below(7) - 3);
  return dice === 8 ? prng.below(200) : pick(prng, BIG);
}

/** For somebody, and about some document. */
function addressed(prng: Prng, frame: Frame): Frame {
  const to = prng.chance(0.7) ? { to: pick(prng, SLOTS) } : {};
  return prng.chance(0.5) ? { ...frame, ...to, document: anyDocument(prng) } : { ...frame, ...to };
}

function anyDocument(prng: Prng): number {
  return prng.chance(0.6) ? SECOND_DOCUMENT : pick(prng, [1, 8, 2 ** 31, 2 ** 32 - 1]);
}

/** An append that draws anything anywhere, in anybody's name, whole or damaged. */
function anyAppend(prng: Prng, stage: Stage): string {
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

/** The head of an append and, in place of ink, anything; perhaps with an author or a document, the first too. */
function noiseAppend(prng: Prng, session: number, clock: number): string {
  const flags = prng.below(4);
  const bytes = encoding.encode((encoder) => {
    encoding.writeUint8(encoder, (PROTOCOL_MAJOR << 4) | 8 | flags);
    encoding.writeUint16(encoder, prng.chance(0.7) ? slotOf(session) : pick(prng, SLOTS));
    if (flags & 2) encoding.writeVarUint(encoder, pick(prng, CLIENTS));
    if (flags & 1) encoding.writeVarUint(encoder, prng.chance(0.3) ? 0 : anyDocument(prng));
    encoding.writeVarUint(encoder, clock);
    for (let left = 1 + prng.below(30); left > 0; left--) encoding.writeUint8(encoder, prng.below(256));
  });
  return encodeBase64(bytes).replaceAll("=", "");
}

/** A message of the protocol that is damaged, or says of everything too much. */
function mutateMessage(prng: Prng, material: Material, stage: Stage): string {
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
  ])();
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
  const count = prng.chance(0.1) ? 1000 + prng.below(4000) : prng.below(8);
  const ranges = Array.from({ length: count }, (): Range => {
    const from = Math.min(anyClock(prng, 9), 2 ** 52);
    const length = pick(prng, [prng.below(50), Math.min(anyClock(prng, 1), 2 ** 52), 2 ** 31, 0]);
    return { client: isOwn ? 0 : pick(prng, CLIENTS), from, to: from + length };
  });
  return { type: "request", what: "writes", isOwn, ranges };
}

function numberBytes(value: number): number[] {
  return [...encoding.encode((encoder) => encoding.writeVarUint(encoder, value))];
}

function pick<T>(prng: Prng, list: readonly T[]): T {
  return list[prng.below(list.length)]!;
}
