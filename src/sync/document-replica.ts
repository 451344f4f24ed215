/*
 * One document, kept equal to the contacts' copies: its changes on their way out, theirs on the way in,
 * what each contact has of it, what is lacking here and there. Who the contacts are, and when anything
 * leaves, is the replica's affair (replica.ts). Rules: PROTOCOL.md, S3 to S7, S10, S12, S14.
 */
import * as Y from "yjs";
import { addHash, equalHash, hashPair, NO_HASH, subtractHash } from "../base/hash.ts";
import type { Hash64 } from "../base/hash.ts";
import { LOCAL_ORIGIN } from "../board/document.ts";
import type { Guard } from "../board/guard/guard.ts";
import type { Preview } from "../board/preview.ts";
import { equalDigest, stateVectorOf, trackState } from "../board/state.ts";
import type { StateDigest, StateVector } from "../board/state.ts";
import type { Clock } from "../env/clock.ts";
import type { Random } from "../env/random.ts";
import { createAnswers } from "./answers.ts";
import { appendOf } from "./append.ts";
import { encodeAppendMessage } from "./append-message.ts";
import { createAsking } from "./asking.ts";
import { FIRST_DOCUMENT, slotOf } from "./frame.ts";
import type { Frame, FrameBody, Range } from "./frame.ts";
import { createIncoming } from "./incoming.ts";
import { createJoining } from "./joining.ts";
import type { Joining } from "./joining.ts";
import type { Link } from "./link.ts";
import { createOutbox } from "./outbox.ts";
import { createSeenPreview } from "./seen-preview.ts";
import type { SeenPreview } from "./seen-preview.ts";
import { createShown } from "./shown.ts";

/** What is kept in step, and how. */
export interface ReplicatedDocument {
  /** Loaded, with this session's clientID assigned. */
  readonly doc: Y.Doc;
  readonly guard: Guard;
  /** Puts ink that waits into the document. */
  flushInk(): void;
  /** While held, what is applied is not shown. */
  hold(on: boolean): void;
}

export interface DocumentReplicaDeps {
  /** Its number on the wire. */
  readonly number: number;
  readonly clock: Clock;
  readonly random: Random;
  /** All contacts. */
  readonly links: readonly Link[];
  /** No honest app sends this. */
  offend(from: Link, reason: string): void;
  warn(message: string): void;
  /** Changes were sent or came in. */
  traffic(): void;
  /** A contact asks for what it should have got: messages are being lost. */
  troubled(): void;
  /** What a contact has, or shows, changed. */
  changed(): void;
  /** Something is due. */
  wake(): void;
}

/** What leaves next: an append is a whole message, frames may share one. */
export type Outgoing = { readonly append: string } | { readonly frames: readonly Frame[] };

export interface DocumentReplica {
  readonly number: number;
  readonly doc: Y.Doc;
  digest(): StateDigest;
  /** How much is here of what a session wrote. */
  written(session: number): number;
  /** How much of a session the contact is known to have: by its own word, so it may have more. */
  has(link: Link, client: number): number;
  /** What the contact's gesture will do; the ages of a laser's points are as of now. */
  preview(link: Link): Preview | undefined;
  /** Ink waits for a flush. */
  wakeInk(urgency: "soon" | "now"): void;

  /** When the next update is due. */
  changesDueAt(): number | undefined;
  /**
   * The update that is due. `news` is asked for what goes along in front of it; an append has no room for
   * any. `isLate`: the update is too large to be sent: a sign of life makes the others ask.
   */
  takeChanges(news: () => readonly Frame[], mayAppend: boolean): Outgoing | "nothing" | "too-large";
  questionsDueAt(): number | undefined;
  takeQuestions(): readonly Frame[];
  answersDueAt(): number | undefined;
  /** The next part of an answer; `isLast`: a sign of life goes with it. */
  takeAnswer(mayAppend: boolean): { readonly out: Outgoing; readonly isLast: boolean } | undefined;
  /** The sign of life; `next`: seconds until the next one at the latest. */
  beat(next: number): Frame;

  receive(link: Link, from: number, frame: Frame, isForOthers: boolean): void;
  receiveInk(link: Link, from: number, update: Uint8Array): void;
  /** The contact said hello: what it has, in whole or in short. */
  compared(link: Link, state: StateVector | undefined, digest: StateDigest, isNew: boolean): void;
  /** Another session of the contact counts from now on. */
  renewed(link: Link, state: StateVector | undefined): void;
  /** The contact is not there any more. */
  gone(link: Link): void;
  /** This page opened or returned, and everybody is told. */
  announced(): void;
  close(): void;
}

/** One contact's side of the document. */
interface Peer {
  /** What it was seen to have. */
  readonly has: Map<number, number>;
  /** What it said last. */
  told: { readonly digest: StateDigest; readonly pairs: ReadonlyMap<number, number> | undefined } | undefined;
  readonly joining: Joining;
  readonly preview: SeenPreview;
}

/** After a contact asked for what was lost, each message repeats the last update for a while. */
const TROUBLE_MS = 6000;
const REPEAT_BYTES = 1024;
/** Where nothing came after it for so long, it is repeated alone. */
const TAILS_MS = [350, 1000];
/** A live update above this goes as causal chunks, when the contacts ask. */
const MAX_LIVE_BYTES = 64 * 1024;
/** So long an own change may be on its way to a contact. */
const IN_FLIGHT_MS = 1000;

export function createDocumentReplica(
  { doc, guard, flushInk, hold }: ReplicatedDocument,
  deps: DocumentReplicaDeps,
): DocumentReplica {
  const { number, clock, random, links } = deps;
  const isPair = links.length === 1;
  const tracker = trackState(doc);
  const shown = createShown(doc, hold);
  const outbox = createOutbox({ clock, crowd: links.length, flushInk, wake: deps.wake });
  const incoming = createIncoming<Link>({ clock, doc, guard, offend: deps.offend, warn: deps.warn });
  const answers = createAnswers({ clock, doc, isGroup: !isPair, wake: deps.wake });
  const asking = createAsking({
    clock,
    random,
    links,
    state: () => stateVectorOf(doc),
    digest: () => tracker.digest(),
    written,
    waiting: () => incoming.waiting(),
    differs: (link) => isUnexplained(peerOf(link)),
    wake: deps.wake,
  });
  const peers = new Map<Link, Peer>(
    links.map((link) => [
      link,
      {
        has: new Map(),
        told: undefined,
        joining: createJoining(clock, (on) => shown.hold(on)),
        preview: createSeenPreview({
          clock,
          shown: (session) => shown.written(session),
          expired: deps.changed,
        }),
      },
    ]),
  );
  let lastOwnChange = -Infinity;
  let lastTrouble = -Infinity;
  /** The last update that was sent, if it is short and no later one was too long to be sent. */
  let recent: Uint8Array | undefined;
  let lastSent = -Infinity;
  /** How often it was said again though nothing came after it. */
  let tails = 0;

  function peerOf(link: Link): Peer {
    return peers.get(link)!;
  }

  function written(session: number): number {
    return Y.getState(doc.store, session);
  }

  /** Says which document it is about. */
  function about(body: FrameBody, to?: number): Frame {
    return {
      ...body,
      ...(number === FIRST_DOCUMENT ? {} : { document: number }),
      ...(to === undefined ? {} : { to }),
    };
  }

  /** The contact has shown that it has this. */
  function credit(peer: Peer, state: Iterable<readonly [number, number]>): void {
    let isNews = false;
    for (const [client, end] of state) {
      // What it claims beyond what is here says nothing, and would be kept for ever.
      if (end <= (peer.has.get(client) ?? 0) || end > written(client)) continue;
      peer.has.set(client, end);
      isNews = true;
    }
    if (isNews) deps.changed();
  }

  function apply(link: Link, update: Uint8Array): void {
    deps.traffic();
    incoming.apply([update], link);
    asking.notice();
  }

  /**
   * Whether what a contact said last differs from what is here in more than what its own pairs of
   * sessions and clocks show. A digest is a sum over sessions: without those pairs it is that of all
   * other sessions.
   */
  function isUnexplained({ told, has }: Peer): boolean {
    if (!told) return false;
    const own = tracker.digest();
    if (equalDigest(told.digest, own)) return false;
    if (equalHash(told.digest.writes, own.writes)) return true;
    if (!told.pairs) return true;
    const theirRest = subtractHash(told.digest.writes, sumOf(told.pairs));
    const ownState = stateVectorOf(doc);
    const rest = [...ownState.keys()].filter((client) => !told.pairs!.has(client));
    const restOf = (state: StateVector): Hash64 =>
      sumOf(new Map(rest.map((client) => [client, state.get(client) ?? 0])));
    // What it is known to lack is its own affair.
    return !equalHash(theirRest, restOf(ownState)) && !equalHash(theirRest, restOf(has));
  }

  function receiveDigest(link: Link, from: number, frame: Frame & { readonly type: "digest" }): void {
    const peer = peerOf(link);
    const { digest, acks } = frame;
    const isEqual = equalDigest(digest, tracker.digest());
    credit(peer, isEqual ? stateVectorOf(doc) : acks);
    const pairs = new Map(acks);
    pairs.set(from, frame.clock);
    if (!pairs.has(doc.clientID)) pairs.set(doc.clientID, peer.has.get(doc.clientID) ?? 0);
    peer.told = { digest, pairs };
    if (isEqual) return;
    for (const [client, end] of pairs) if (client !== doc.clientID) asking.lack(client, end, link);
    // Own changes of the last moment are on their way: a difference says nothing yet.
    if (clock.now() - lastOwnChange > IN_FLIGHT_MS && isUnexplained(peer)) asking.lackAll(link);
  }

  /** The contact says what it has. What this side lacks is asked for; `answer`: what it lacks is sent. */
  function compare(link: Link, state: StateVector, digest: StateDigest, answer: boolean): void {
    const peer = peerOf(link);
    credit(peer, state);
    const pairs = new Map(state);
    for (const client of doc.store.clients.keys()) if (!pairs.has(client)) pairs.set(client, 0);
    peer.told = { digest, pairs };
    const own = tracker.digest();
    if (equalDigest(digest, own)) return;
    for (const [client, end] of state) asking.lack(client, end, link);
    if (isUnexplained(peer)) asking.lackAll(link);
    if (answer) answers.giveAll(link, state, !equalHash(digest.deletions, own.deletions));
  }

  function receiveRequest(
    link: Link,
    frame: Frame & { readonly type: "request" },
    isForOthers: boolean,
  ): void {
    const ranges = frame.what === "writes" ? rangesOf(frame, isForOthers) : [];
    if (!isForOthers || ranges.some(({ client }) => client === doc.clientID)) {
      lastTrouble = clock.now();
      deps.troubled();
    }
    if (frame.what === "all") {
      if (isForOthers) asking.heardAll(frame.state);
      compare(link, frame.state, frame.digest, !isForOthers);
    } else if (isForOthers) asking.heardWrites(ranges);
    else answers.giveWrites(ranges);
  }

  /** With the sessions that the request leaves out; without those that are not known. */
  function rangesOf(
    { to, isOwn, ranges }: Frame & { readonly type: "request"; readonly what: "writes" },
    isForOthers: boolean,
  ): readonly Range[] {
    if (!isOwn) return ranges;
    const meant = links
      .map((link) => link.session())
      .find((each) => each !== undefined && slotOf(each) === to);
    const client = isForOthers ? meant : doc.clientID;
    return client === undefined ? [] : ranges.map((range) => ({ ...range, client }));
  }

  function receiveDiff(link: Link, frame: Frame & { readonly type: "diff" }, isForOthers: boolean): void {
    if (isForOthers) {
      if (incoming.overhear(frame.update)) deps.traffic();
      return;
    }
    peerOf(link).joining.take(frame.last, () => apply(link, frame.update));
    asking.answered(frame.last);
  }

  function receiveInk(link: Link, from: number, update: Uint8Array): void {
    apply(link, update);
    credit(peerOf(link), [[from, written(from)]]);
  }

  function isTroubled(): boolean {
    return clock.now() - lastTrouble < TROUBLE_MS;
  }

  /** One lost update holds up all that follow, so while there is trouble the last one goes along again. */
  function withRecent(update: Uint8Array): Uint8Array {
    const again = isTroubled() ? recent : undefined;
    lastSent = clock.now();
    tails = 0;
    recent = update.length > REPEAT_BYTES ? undefined : update;
    return again ? Y.mergeUpdates([again, update]) : update;
  }

  /**
   * When the last update is said once more: that it was lost would show only in a digest. Among many
   * somebody's digest comes at every moment, and has the author asked by one for all.
   */
  function tailDueAt(): number | undefined {
    const pause = TAILS_MS[tails];
    return isPair && recent && pause !== undefined && isTroubled() ? lastSent + pause : undefined;
  }

  function takeTail(): Uint8Array | undefined {
    if ((tailDueAt() ?? Infinity) > clock.now()) return undefined;
    tails++;
    return recent;
  }

  /** Undefined where an update is not only ink of one session, in a row. */
  function appendMessage(update: Uint8Array): string | undefined {
    const append = appendOf(update);
    return append && encodeAppendMessage(append, doc.clientID, number);
  }

  function outgoing(update: Uint8Array, news: readonly Frame[], mayAppend: boolean): Outgoing {
    const append = mayAppend && news.length === 0 ? appendMessage(update) : undefined;
    return append === undefined ? { frames: [...news, about({ type: "update", update })] } : { append };
  }

  const onUpdate = (update: Uint8Array, origin: unknown): void => {
    if (origin !== LOCAL_ORIGIN) return;
    lastOwnChange = clock.now();
    if (links.length > 0) outbox.add(update);
  };
  doc.on("update", onUpdate);

  return {
    number,
    doc,
    digest: () => tracker.digest(),
    written,
    has: (link, client) => peerOf(link).has.get(client) ?? 0,
    preview: (link) => peerOf(link).preview.of(link.session()),
    wakeInk: (urgency) => outbox.wake(urgency),
    changesDueAt() {
      const due = Math.min(outbox.dueAt() ?? Infinity, tailDueAt() ?? Infinity);
      return due < Infinity ? due : undefined;
    },
    takeChanges(news, mayAppend) {
      const update = outbox.take();
      const tail = update ? undefined : takeTail();
      if (tail) return outgoing(tail, news(), mayAppend);
      if (!update) return "nothing";
      deps.traffic();
      if (update.length > MAX_LIVE_BYTES) {
        recent = undefined;
        return "too-large";
      }
      return outgoing(withRecent(update), news(), mayAppend);
    },
    questionsDueAt: () => asking.dueAt(),
    takeQuestions: () => asking.take().map(({ to, ...body }) => about(body, to)),
    answersDueAt: () => answers.dueAt(),
    takeAnswer(mayAppend) {
      const answer = answers.take();
      if (!answer) return undefined;
      if (answer.kind === "writes") return { out: outgoing(answer.update, [], mayAppend), isLast: false };
      const { link, update, last } = answer;
      const to = isPair ? undefined : slotOf(link.session() ?? 0);
      return {
        out: { frames: update ? [about({ type: "diff", update, last }, to)] : [] },
        isLast: last,
      };
    },
    beat(next) {
      const acks = links.flatMap((link): [number, number][] => {
        const session = link.state() === "here" ? link.session() : undefined;
        return session === undefined ? [] : [[session, written(session)]];
      });
      return about({ type: "digest", digest: tracker.digest(), next, clock: written(doc.clientID), acks });
    },
    receive(link, from, frame, isForOthers) {
      const isCurrent = from === link.session();
      switch (frame.type) {
        case "update":
          return receiveInk(link, from, frame.update);
        case "digest":
          return isCurrent ? receiveDigest(link, from, frame) : undefined;
        case "request":
          return receiveRequest(link, frame, isForOthers);
        case "diff":
          return receiveDiff(link, frame, isForOthers);
        case "preview":
          if (isCurrent && link.state() === "here" && peerOf(link).preview.see(from, frame)) deps.changed();
          return;
        default:
      }
    },
    receiveInk,
    compared(link, state, digest, isNew) {
      // Among several the one who comes asks one of them; of two, each sends what the other lacks.
      if (state) return compare(link, state, digest, isPair);
      const peer = peerOf(link);
      peer.told = { digest, pairs: undefined };
      if (isNew && isUnexplained(peer)) asking.lackAll(link);
    },
    renewed(link, state) {
      const peer = peerOf(link);
      // It lost what it had: a page that opens again says hello with what was stored.
      peer.has.clear();
      peer.told = undefined;
      credit(peer, state ?? []);
      answers.restart(link);
    },
    gone: (link) => peerOf(link).preview.forget(),
    announced() {
      for (const { joining } of peers.values()) joining.announced();
    },
    close() {
      doc.off("update", onUpdate);
      tracker.close();
      for (const { joining, preview } of peers.values()) {
        joining.close();
        preview.forget();
      }
    },
  };
}

/** What the sessions of `state` add to a digest of writes. */
function sumOf(state: ReadonlyMap<number, number>): Hash64 {
  let sum = NO_HASH;
  for (const [client, clock] of state) if (clock > 0) sum = addHash(sum, hashPair(client, clock));
  return sum;
}
