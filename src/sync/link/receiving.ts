/*
 * What a contact says of one document, and what comes of it. Rules: PROTOCOL.md, S4 to S7, S10, S14.
 */
import { equalHash } from "../../base/hash.ts";
import { equalDigest, stateVectorOf } from "../../board/document/state.ts";
import type { StateDigest, StateVector } from "../../board/document/state.ts";
import { TOLD_IN_DIGEST } from "./document-parts.ts";
import type { DocumentParts } from "./document-parts.ts";
import { slotOf } from "../../board/document/slot.ts";
import type { Frame } from "../wire/frame.ts";
import type { Pairs, Range } from "../wire/state-codec.ts";
import type { Link } from "./link.ts";
import type { PreviewFrame } from "../wire/preview-codec.ts";

/** So long an own change may be on its way to a contact. */
const IN_FLIGHT_MS = 1000;

/** So many clocks are said again without a question: what is more comes in whole answers. */
const SAID_UNASKED = 512;
/** Nor more often than this; and ever slower, where it does not help: the contact may have no use for it. */
const UNASKED_MS = 1400;
const EVEN_UNASKED = 6;
const SLOWEST_UNASKED_MS = 60_000;

type Digest = Frame & { readonly type: "digest" };
type Request = Frame & { readonly type: "request" };
type Diff = Frame & { readonly type: "diff" };

/** A frame about this document; `isForOthers`: this page only overhears it. */
export function receiveFrame(
  parts: DocumentParts,
  link: Link,
  from: number,
  frame: Frame,
  isForOthers: boolean,
): void {
  const isCurrent = from === link.session();
  switch (frame.type) {
    case "update":
      return receiveInk(parts, link, from, frame.update);
    case "digest":
      return isCurrent ? receiveDigest(parts, link, from, frame) : undefined;
    case "request":
      return receiveRequest(parts, link, frame, isForOthers);
    case "diff":
      return receiveDiff(parts, link, frame, isForOthers);
    case "preview":
      return isCurrent && link.state() === "here" ? receivePreview(parts, link, from, frame) : undefined;
    default:
  }
}

function receivePreview(parts: DocumentParts, link: Link, from: number, frame: PreviewFrame): void {
  if (parts.peerOf(link).preview.see(from, frame)) parts.deps.changed();
}

export function receiveInk(parts: DocumentParts, link: Link, from: number, update: Uint8Array): void {
  apply(parts, link, update);
  credit(parts, link, [[from, parts.written(from)]]);
}

/** What a contact says of its copy in a hello. */
export interface Copy {
  readonly state: StateVector | undefined;
  readonly digest: StateDigest;
  /** Its session has not said hello before. */
  readonly isNew: boolean;
  /** The sessions of which it takes no more, each with how much of it it has. */
  readonly refused: Pairs | undefined;
}

/** The contact said hello: what it has, in whole or in short. */
export function receiveCopy(parts: DocumentParts, link: Link, { state, digest, isNew, refused }: Copy): void {
  takeRefused(parts, link, refused);
  // Among several the one who comes asks one of them; of two, each sends what the other lacks.
  // But what is on its way is no part of a hello that only says again who is there.
  if (state) return compare(parts, link, state, digest, parts.isPair && (isNew || isQuiet(parts)));
  parts.peerOf(link).copy.tell({ digest, pairs: undefined });
  if (isNew && isUnexplained(parts, link)) parts.asking.lackAll(link);
}

/**
 * The contact says of which sessions it takes no more; `isWhole`: of no others. Where it is more than before,
 * this person is told that what was drawn does not get there.
 */
function takeRefused(parts: DocumentParts, link: Link, refused: Pairs = [], isWhole = true): void {
  const peer = parts.peerOf(link);
  const before = peer.refuses;
  peer.refuses = new Map([...(isWhole ? [] : before), ...refused]);
  if (refused.some(([client, has]) => !before.has(client) && has < parts.written(client)))
    parts.deps.full(link, "theirs");
  if (before.size !== peer.refuses.size) parts.deps.changed();
}

/** A list, or what it said before this document was in memory, tells of the contact's copy. */
export function receiveDifference(parts: DocumentParts, link: Link, digest: StateDigest): void {
  // What came in of late is not all of what the contact had then.
  if (parts.deps.clock.now() - parts.lastChange <= IN_FLIGHT_MS) return;
  parts.peerOf(link).copy.tell({ digest, pairs: undefined });
  if (equalDigest(digest, parts.tracker.digest())) credit(parts, link, stateVectorOf(parts.doc));
  else if (isUnexplained(parts, link)) parts.asking.lackAll(link);
}

/** The contact has shown that it has this. */
export function credit(parts: DocumentParts, link: Link, state: Iterable<readonly [number, number]>): void {
  if (parts.peerOf(link).copy.credit(state, parts.written)) parts.deps.changed();
}

function isUnexplained({ peerOf, tracker, written }: DocumentParts, link: Link): boolean {
  return peerOf(link).copy.isUnexplained(tracker.digest(), written);
}

function apply({ deps, incoming, asking }: DocumentParts, link: Link, update: Uint8Array): void {
  deps.traffic();
  incoming.apply([update], link);
  asking.notice();
}

function receiveDigest(parts: DocumentParts, link: Link, from: number, frame: Digest): void {
  const { doc, tracker, asking } = parts;
  const { copy } = parts.peerOf(link);
  const { digest, acks } = frame;
  const isEqual = equalDigest(digest, tracker.digest());
  credit(parts, link, isEqual ? stateVectorOf(doc) : acks);
  const { refused = [] } = frame;
  takeRefused(parts, link, refused, refused.length < TOLD_IN_DIGEST);
  const pairs = new Map([...withRefused(parts, link), ...acks]);
  pairs.set(from, frame.clock);
  if (!pairs.has(doc.clientID)) pairs.set(doc.clientID, copy.has(doc.clientID));
  copy.tell({ digest, pairs });
  if (isEqual) return;
  for (const [client, end] of pairs) if (client !== doc.clientID) asking.lack(client, end, link);
  if (!isQuiet(parts)) return;
  if (parts.isPair) sayAgain(parts, pairs.get(doc.clientID) ?? 0);
  if (isUnexplained(parts, link)) asking.lackAll(link);
}

/** No own changes of the last moment are on their way: what a contact lacks of those says nothing yet. */
export function isQuiet({ deps, lastOwnChange }: DocumentParts): boolean {
  return deps.clock.now() - lastOwnChange > IN_FLIGHT_MS;
}

/**
 * What the two copies are known to differ in for good: how far the sessions are written of which this one takes no
 * more, and how much the contact has of those of which it takes none.
 */
function withRefused(parts: DocumentParts, link: Link): ReadonlyMap<number, number> {
  const ends = [...parts.refused.all()].map(([client, { end }]) => [client, end] as const);
  return new Map([...ends, ...parts.peerOf(link).refuses]);
}

/** The contact lacks little of what this page wrote, and need not ask first. */
function sayAgain(parts: DocumentParts, from: number): void {
  const { doc, saidAgain, written, deps, unasked } = parts;
  if (parts.peerOf(parts.deps.links[0]!).refuses.has(doc.clientID)) return;
  const to = written(doc.clientID);
  const now = deps.clock.now();
  if (unasked.from !== from) Object.assign(unasked, { from, tries: 0 });
  if (to <= from || to - from > SAID_UNASKED || now < unasked.notBefore) return;
  const slowing = 2 ** Math.max(0, unasked.tries - EVEN_UNASKED);
  unasked.notBefore = now + Math.min(SLOWEST_UNASKED_MS, UNASKED_MS * slowing);
  unasked.tries++;
  saidAgain.give([{ client: doc.clientID, from, to }]);
}

/** The contact says what it has. What this side lacks is asked for; `answer`: what it lacks is sent. */
function compare(
  parts: DocumentParts,
  link: Link,
  state: StateVector,
  digest: StateDigest,
  answer: boolean,
): void {
  const { doc, tracker, asking, answers } = parts;
  credit(parts, link, state);
  const pairs = new Map(state);
  for (const client of doc.store.clients.keys()) if (!pairs.has(client)) pairs.set(client, 0);
  parts.peerOf(link).copy.tell({ digest, pairs });
  const own = tracker.digest();
  if (equalDigest(digest, own)) return;
  for (const [client, end] of state) asking.lack(client, end, link);
  if (isUnexplained(parts, link)) asking.lackAll(link);
  if (!answer) return;
  const withDeletions = !equalHash(digest.deletions, own.deletions);
  answers.give(link, { state, withDeletions, refused: parts.peerOf(link).refuses });
}

function receiveRequest(parts: DocumentParts, link: Link, frame: Request, isForOthers: boolean): void {
  const { doc, asking, saidAgain, repeats, deps } = parts;
  const ranges = frame.what === "writes" ? rangesOf(parts, frame, isForOthers) : [];
  if (!isForOthers || ranges.some(({ client }) => client === doc.clientID)) {
    repeats.troubled();
    deps.troubled();
  }
  if (frame.what === "all") {
    takeRefused(parts, link, frame.refused);
    if (isForOthers) asking.heardAll(frame.state);
    compare(parts, link, frame.state, frame.digest, !isForOthers);
  } else if (isForOthers) asking.heardWrites(ranges);
  else saidAgain.give(ranges);
}

/** With the sessions that the request leaves out; without those that are not known. */
function rangesOf(
  { doc, deps }: DocumentParts,
  { to, isOwn, ranges }: Request & { readonly what: "writes" },
  isForOthers: boolean,
): readonly Range[] {
  if (!isOwn) return ranges;
  const sessions = deps.links.map((link) => link.session());
  const meant = sessions.find((session) => session !== undefined && slotOf(session) === to);
  const client = isForOthers ? meant : doc.clientID;
  return client === undefined ? [] : ranges.map((range) => ({ ...range, client }));
}

function receiveDiff(parts: DocumentParts, link: Link, frame: Diff, isForOthers: boolean): void {
  const { incoming, asking, deps } = parts;
  if (isForOthers) {
    if (incoming.overhear(frame.update)) deps.traffic();
    return;
  }
  parts.peerOf(link).joining.take(frame.last, () => apply(parts, link, frame.update));
  asking.answered(frame.last);
}
