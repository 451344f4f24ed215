/*
 * What a replica hears: texts of any kind from a contact's address, read as far as their sender and their
 * session are to be believed, and handed to the contact or the document that they are about. Rules:
 * PROTOCOL.md, S1, S2, S8, S9, S11, S12.
 */
import type { Address } from "../env/host.ts";
import { documentOf, documentsOf } from "./documents.ts";
import type { HelloFrame, OpenLink } from "./link/link.ts";
import { offend, tellVersion } from "./replica-parts.ts";
import type { Contact, ReplicaParts } from "./replica-parts.ts";
import { lengthOf, updateOf } from "./wire/append.ts";
import { openAppend, readAppend } from "./wire/append-message.ts";
import type { OpenedAppend } from "./wire/append-message.ts";
import { FIRST_DOCUMENT, INDEX_DOCUMENT } from "../board/document/document-number.ts";
import { openMessage, readFrames } from "./wire/frame.ts";
import { slotOf } from "../board/document/slot.ts";
import type { Frame, OpenedMessage } from "./wire/frame.ts";
import type { BlobFrame } from "./wire/blob-codec.ts";
import type { VoiceFrame } from "./wire/voice-codec.ts";
import type { RosterFrame } from "./wire/roster-codec.ts";

/** Reads whatever text came from an address. Never throws. */
export function receive(parts: ReplicaParts, sender: Address, text: string): void {
  const contact = parts.contacts.find(({ link }) => link.address === sender);
  if (!contact || contact.trust.isMuted()) return;
  const append = openAppend(text);
  if (append) return receiveAppend(parts, contact, append);
  const message = openMessage(text);
  if (message.ok) receiveMessage(parts, contact, message);
  else if (message.error === "malformed") offend(parts, contact, "a malformed message");
  else if (message.error === "newer-major") tellVersion(parts, contact, "own");
  else if (message.error === "older-major") {
    contact.isOlder = true;
    tellVersion(parts, contact, "theirs");
  }
}

function receiveAppend(parts: ReplicaParts, contact: Contact, append: OpenedAppend): void {
  const { link } = contact;
  const from = link.sessionOf(append.slot);
  if (from === "unknown" && parts.links.length === 1) {
    parts.saying.hellos.say({ to: undefined, reply: true, isWhole: false, isNaming: false });
  }
  const number = append.document === undefined ? FIRST_DOCUMENT : parts.further.withSlot(append.document);
  if (typeof from !== "number" || typeof number !== "number") return;
  const document = documentOf(parts, number);
  const { author, clock } = append;
  const hear = (to: number): void => {
    if (author === undefined) parts.firstHeard.hearWrites(from, number, { from: clock, to });
  };
  if (!document) {
    hear(clock);
    return parts.further.missed(number);
  }
  // Whose ink it is has one spelling.
  const read = author === from ? undefined : readAppend(append, author ?? from);
  if (!read) return void offend(parts, contact, "a malformed append");
  hear(clock + lengthOf(read));
  link.heard(from);
  document.receiveInk(link, from, updateOf(read));
  parts.further.repairs.heard(number, true);
}

function receiveMessage(
  parts: ReplicaParts,
  contact: Contact,
  message: OpenedMessage & { readonly ok: true },
): void {
  const { link } = contact;
  const from = message.session;
  contact.isNewer = message.isNewer;
  contact.isOlder = false;
  const frames = readFrames(message.body);
  // What a page on another board says counts for nothing, whatever is wrong with it.
  if (link.isForeign(from)) return link.receiveForeignHellos(frames?.filter(isHello) ?? []);
  if (!frames) return void offend(parts, contact, "a malformed message");
  const isLeaving = frames.some(({ type }) => type === "bye");
  if (!link.receiveHellos(from, frames.filter(isHello), isLeaving)) return;
  parts.firstHeard.hear(from, frames);
  const receiveSome = (some: readonly Frame[]): void =>
    receiveFrames(parts, link, from, { frames: some, isLeaving });
  const changes = frames.filter(isChange);
  if (changes.length < 2) return receiveSome(frames);
  // Each change of a document goes through all its sessions, and what it shows through all that is there.
  const receiveChanges = (): void => receiveSome(changes);
  documentsOf(parts).reduce((act, document) => () => document.gather(act), receiveChanges)();
  receiveSome(frames.filter((frame) => !isChange(frame)));
}

function receiveFrames(
  parts: ReplicaParts,
  link: OpenLink,
  from: number,
  { frames, isLeaving }: { readonly frames: readonly Frame[]; readonly isLeaving: boolean },
): void {
  for (const frame of frames) {
    if (!isLeaving && frame.type === "digest") receiveBeat(parts, link, from, frame);
    if (!isLeaving && !isHearsay(frame)) link.heard(from, frame.type === "digest" ? frame.next : undefined);
    receiveFrame(parts, link, from, frame);
    if (!isLeaving && from === link.session()) receiveRoster(parts, link, frame);
  }
}

/** What it says of the further documents. */
function receiveRoster({ further: { talk } }: ReplicaParts, link: OpenLink, frame: Frame): void {
  const { document = FIRST_DOCUMENT } = frame;
  if (frame.type === "digest" && document > INDEX_DOCUMENT) talk.receiveDigest(link, document, frame.digest);
  else if (isOfRoster(frame)) talk.receive(link, frame, frame.to);
}

/** What a sign of life says of whether the page that sends it hears this one. */
function receiveBeat(
  { session, saying }: ReplicaParts,
  link: OpenLink,
  from: number,
  { acks, document = FIRST_DOCUMENT }: Frame & { readonly type: "digest" },
): void {
  if (document !== FIRST_DOCUMENT) return;
  const namesThis = acks.some(([client]) => client === session);
  if (namesThis) saying.greeted.add(from);
  link.receiveBeat(from, namesThis);
}

function receiveFrame(parts: ReplicaParts, link: OpenLink, from: number, frame: Frame): void {
  if (frame.type === "hello") return;
  const isForOthers = frame.to !== undefined && frame.to !== slotOf(parts.session);
  if (frame.type === "presence") link.receivePresence(from, frame);
  else if (frame.type === "bye") link.receiveBye(from);
  else if (frame.type === "voice") receiveVoice(parts, link, from, frame, isForOthers);
  else if (isOfBlob(frame)) parts.blobs.receive(link, from, frame, isForOthers);
  else if (!isOfRoster(frame)) receiveOfDocument(parts, link, from, frame, isForOthers);
}

/** What is said of a document that is not in memory is lost, but for who asks for everything: that one is answered soon. */
function receiveOfDocument(
  parts: ReplicaParts,
  link: OpenLink,
  from: number,
  frame: Frame,
  isForOthers: boolean,
): void {
  const { document: number = FIRST_DOCUMENT, type } = frame;
  const document = documentOf(parts, number);
  if (document) {
    document.receive(link, from, frame, isForOthers);
    parts.further.repairs.heard(number, type === "update");
    return;
  }
  const isWanted = type === "update" || ((type === "request" || type === "diff") && !isForOthers);
  if (isWanted && number > INDEX_DOCUMENT) parts.further.missed(number, { link, from, frame });
}

/** Of the session that the contact is here with; what is for others is not this page's affair. */
function receiveVoice(
  parts: ReplicaParts,
  link: OpenLink,
  from: number,
  frame: Frame & VoiceFrame,
  isForOthers: boolean,
): void {
  if (!isForOthers && from === link.session()) parts.voice.receive(link, from, frame);
}

function isOfRoster(frame: Frame): frame is Frame & RosterFrame {
  return frame.type === "roster-sum" || frame.type === "roster-request" || frame.type === "roster";
}

function isOfBlob(frame: Frame): frame is Frame & BlobFrame {
  return frame.type === "want" || frame.type === "have" || frame.type === "chunk";
}

function isHello(frame: Frame): frame is HelloFrame {
  return frame.type === "hello";
}

function isChange({ type }: Frame): boolean {
  return type === "update" || type === "diff";
}

/** Frames that say nothing about whether somebody looks at the page that sends them. */
function isHearsay({ type }: Frame): boolean {
  const hearsay = ["hello", "request", "diff", "bye", "roster-request", "roster", "want", "have", "chunk"];
  return hearsay.includes(type);
}
