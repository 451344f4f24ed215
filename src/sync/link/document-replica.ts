/*
 * One document, kept equal to the contacts' copies: what of it leaves, and what it takes in. Who the
 * contacts are, and when anything leaves, is the replica's affair (replica.ts). Rules: PROTOCOL.md, S3
 * to S7, S10, S12, S14.
 */
import type * as Y from "yjs";
import { LOCAL_ORIGIN, REMOTE_ORIGIN } from "../../board/document/document.ts";
import { LIMITS } from "../../board/document/limits.ts";
import type { Preview } from "../../board/previews/preview.ts";
import { writersOf } from "../../board/document/state.ts";
import type { StateDigest, StateVector } from "../../board/document/state.ts";
import { earliest } from "../../base/earliest.ts";
import { appendOf } from "../wire/append.ts";
import { encodeAppendMessage } from "../wire/append-message.ts";
import { createDocumentParts, refusedPairs, TOLD_IN_DIGEST } from "./document-parts.ts";
import type { DocumentParts, DocumentReplicaDeps, ReplicatedDocument } from "./document-parts.ts";
import { FIRST_DOCUMENT } from "../../board/document/document-number.ts";
import { slotOf } from "../../board/document/slot.ts";
import type { Frame } from "../wire/frame.ts";
import type { FrameBody } from "../wire/frame-body.ts";
import { maySwitch } from "../sending/switched.ts";
import type { Link } from "./link.ts";
import type { MissingCount } from "./missing.ts";
import { credit, isQuiet, receiveCopy, receiveDifference, receiveFrame, receiveInk } from "./receiving.ts";
import type { Copy } from "./receiving.ts";
import type { Pairs } from "../wire/state-codec.ts";

/** What leaves next: an append is a whole message, frames may share one. */
export type Outgoing = { readonly append: string } | { readonly frames: readonly Frame[] };

export interface DocumentReplica {
  digest(): StateDigest;
  /** How much is here of what a session wrote. */
  written(session: number): number;
  /** How much of a session the contact is known to have. */
  has(link: Link, session: number): number;
  /** Whether the contact says that it takes no more of this session; without one, of any. */
  isRefused(link: Link, session?: number): boolean;
  /** This copy or a contact's takes no more of something. */
  isRefusing(): boolean;
  /** With how much is here, the sessions of which no more is taken. */
  refused(): Pairs;
  /** What the contact is not known to have: by its own word, so it may have more. */
  missing(link: Link): MissingCount;
  /** What the contact's gesture will do; the ages of a laser's points are as of now. */
  preview(link: Link): Preview | undefined;
  /** Whether anything is lacking, as far as is known. */
  isLacking(): boolean;
  /** Own changes are on their way. */
  isInFlight(): boolean;
  /** Ink waits for a flush. */
  wakeInk(urgency: "soon" | "now"): void;

  /** When the next update is due. */
  changesDueAt(): number | undefined;
  /**
   * The update that is due. `news` is asked for what goes along in front of it; an append has no room for
   * any. `too-large`: it is not sent at all; a sign of life makes the others ask.
   */
  takeChanges(news: () => readonly Frame[], mayAppend: boolean): Outgoing | "nothing" | "too-large";
  questionsDueAt(): number | undefined;
  takeQuestions(): readonly Frame[];
  /** When writes that a contact lacks are said again, where they are few. */
  fewWritesDueAt(): number | undefined;
  takeFewWrites(mayAppend: boolean): Outgoing | undefined;
  /** When the next part of any answer may leave. */
  answersDueAt(): number | undefined;
  /** `isLast`: a sign of life goes with it. */
  takeAnswer(mayAppend: boolean): { readonly out: Outgoing; readonly isLast: boolean } | undefined;
  /** The sign of life; `next`: seconds until the next one at the latest. */
  beat(next: number): Frame;

  /** What is received while `act` runs is one change of the document, and costs no more than one message may. */
  gather(act: () => void): void;
  receive(link: Link, from: number, frame: Frame, isForOthers: boolean): void;
  receiveInk(link: Link, from: number, update: Uint8Array): void;
  /** The contact's copy is another one: it has this digest, as it said elsewhere. */
  differs(link: Link, digest: StateDigest): void;
  /** The contact said hello: what it has, in whole or in short. */
  compared(link: Link, copy: Copy): void;
  /** Another session of the contact counts from now on. */
  renewed(link: Link, state: StateVector | undefined): void;
  /** The contact is not there any more. */
  gone(link: Link): void;
  /** This page opened or returned, and everybody is told. */
  announced(): void;
  close(): void;
}

/** A live update above this goes as causal chunks, when the contacts ask. */
const MAX_LIVE_BYTES = LIMITS.updateBytes.writes;

export function createDocumentReplica(
  document: ReplicatedDocument,
  deps: DocumentReplicaDeps,
): DocumentReplica {
  const parts = createDocumentParts(document, deps);
  const { doc, tracker, outbox, repeats, asking, answers, saidAgain, peerOf, written, isPair } = parts;
  const { number, clock, links } = deps;

  /** Says which document it is about. */
  function about(body: FrameBody, to?: number): Frame {
    return {
      ...body,
      ...(number === FIRST_DOCUMENT ? {} : { document: number }),
      ...(to === undefined ? {} : { to }),
    };
  }

  /** An append, where an update is nothing but ink of one session, in a row, and nothing goes along. */
  function outgoing(update: Uint8Array, news: readonly Frame[], mayAppend: boolean): Outgoing {
    const isTold = mayAppend && news.length === 0 && !isSlotShared(doc) && !deps.sharesSlot();
    const ink = isTold ? appendOf(update) : undefined;
    const append = ink && encodeAppendMessage(ink, doc.clientID, number);
    return append === undefined ? { frames: [...news, about({ type: "update", update })] } : { append };
  }

  function takeWrites(mayAppend: boolean): Outgoing | undefined {
    const update = saidAgain.take();
    return update && outgoing(update, [], mayAppend);
  }

  const onUpdate = (update: Uint8Array, origin: unknown, _doc: Y.Doc, change: Y.Transaction): void => {
    const writers = writersOf(change);
    for (const link of links) for (const client of writers) peerOf(link).missing.changed(client);
    for (const [client, { end, from }] of parts.refused.review()) asking.lack(client, end, from);
    parts.lastChange = clock.now();
    if (origin !== LOCAL_ORIGIN) return;
    parts.lastOwnChange = clock.now();
    if (links.length > 0) outbox.add(update);
  };
  /** Also where nothing was written: the board is shown as a whole then. */
  const onTransaction = ({ origin }: Y.Transaction): void => {
    if (origin === LOCAL_ORIGIN) parts.shown.ownChange();
  };
  doc.on("update", onUpdate);
  doc.on("afterTransaction", onTransaction);

  return {
    digest: () => tracker.digest(),
    written,
    has: (link, session) => peerOf(link).copy.has(session),
    isRefused: (link, session) =>
      session === undefined ? peerOf(link).refuses.size > 0 : peerOf(link).refuses.has(session),
    isRefusing: () => parts.isRefusing(),
    isLacking: () => asking.isLacking(),
    isInFlight: () => !isQuiet(parts),
    refused: () => refusedPairs(parts.refused, written),
    missing: (link) => peerOf(link).missing.count(),
    preview: (link) => peerOf(link).preview.of(link.session()),
    wakeInk: (urgency) => outbox.wake(urgency),
    changesDueAt: () => earliest([outbox.dueAt(), repeats.dueAt()]),
    takeChanges(news, mayAppend) {
      const update = outbox.take();
      if (!update) {
        const again = repeats.take();
        return again ? outgoing(again, news(), mayAppend) : "nothing";
      }
      deps.traffic();
      const switched = parts.switched.take();
      if (update.length > MAX_LIVE_BYTES || !maySwitch(switched)) {
        repeats.forget();
        return "too-large";
      }
      return outgoing(repeats.with(update, switched), news(), mayAppend);
    },
    questionsDueAt: () => asking.dueAt(),
    takeQuestions: () => asking.take().map(({ to, ...body }) => about(body, to)),
    fewWritesDueAt: () => (saidAgain.isLittle() ? saidAgain.dueAt() : undefined),
    takeFewWrites: takeWrites,
    answersDueAt: () => earliest([saidAgain.dueAt(), answers.dueAt()]),
    takeAnswer(mayAppend) {
      const writes = takeWrites(mayAppend);
      if (writes) return { out: writes, isLast: false };
      const answer = answers.take();
      if (!answer) return undefined;
      const { link, update, last } = answer;
      const to = isPair ? undefined : slotOf(link.session() ?? 0);
      const frames = update ? [about({ type: "diff", update, last }, to)] : [];
      return { out: { frames }, isLast: last };
    },
    beat: (next) => about(beatOf(parts, next)),
    gather: (act) => document.guard.together(REMOTE_ORIGIN, act),
    receive: (link, from, frame, isForOthers) => receiveFrame(parts, link, from, frame, isForOthers),
    receiveInk: (link, from, update) => receiveInk(parts, link, from, update),
    differs: (link, digest) => receiveDifference(parts, link, digest),
    compared: (link, copy) => receiveCopy(parts, link, copy),
    renewed(link, state) {
      // It lost what it had: a page that opens again says hello with what was stored.
      peerOf(link).copy.reset();
      peerOf(link).refuses = new Map();
      credit(parts, link, state ?? []);
      answers.restart(link);
    },
    gone: (link) => peerOf(link).preview.forget(),
    announced() {
      for (const link of links) peerOf(link).joining.announced();
    },
    close() {
      doc.off("update", onUpdate);
      doc.off("afterTransaction", onTransaction);
      tracker.close();
      parts.switched.close();
      parts.incoming.close();
      for (const link of links) {
        peerOf(link).joining.close();
        peerOf(link).preview.forget();
      }
    },
  };
}

/** Ink of another session on the board could be taken for this one's: it came after this one was drawn. */
function isSlotShared({ clientID, store }: Y.Doc): boolean {
  const slot = slotOf(clientID);
  for (const client of store.clients.keys()) if (client !== clientID && slotOf(client) === slot) return true;
  return false;
}

/** The sign of life; `next`: seconds until the next one at the latest. */
function beatOf({ deps: { links }, doc, tracker, written, refused }: DocumentParts, next: number): FrameBody {
  const acks = links.flatMap((link): [number, number][] => {
    const session = link.state() === "here" ? link.session() : undefined;
    return session === undefined ? [] : [[session, written(session)]];
  });
  const beat = {
    type: "digest",
    digest: tracker.digest(),
    next,
    clock: written(doc.clientID),
    acks,
  } as const;
  const told = refusedPairs(refused, written).slice(0, TOLD_IN_DIGEST);
  return told.length > 0 ? { ...beat, refused: told } : beat;
}
