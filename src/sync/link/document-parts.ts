/*
 * One document's part in the sync, as named state: its copy here, what each contact has of it, what is
 * lacking here and there, what leaves and what waits. What comes in changes it in receiving.ts, what goes
 * out is made of it in document-replica.ts.
 */
import * as Y from "yjs";
import type { Guard } from "../../board/guard/guard.ts";
import { stateVectorOf, trackState } from "../../board/document/state.ts";
import type { StateTracker, StateVector } from "../../board/document/state.ts";
import type { Clock } from "../../env/clock.ts";
import type { Random } from "../../env/random.ts";
import { createAnswers } from "./answers.ts";
import type { Answers } from "./answers.ts";
import { createAsking } from "./asking.ts";
import type { Asking } from "./asking.ts";
import { createIncoming } from "./incoming.ts";
import type { Incoming } from "./incoming.ts";
import { createJoining } from "./joining.ts";
import type { Joining } from "./joining.ts";
import type { Link } from "./link.ts";
import { createOutbox } from "../sending/outbox.ts";
import type { Outbox } from "../sending/outbox.ts";
import { paceOf } from "../sending/pace.ts";
import { createMissing } from "./missing.ts";
import type { Missing } from "./missing.ts";
import { createPeer } from "./peer.ts";
import type { Peer } from "./peer.ts";
import { createRefusedSessions } from "./refused.ts";
import type { RefusedSessions } from "./refused.ts";
import { createSaidAgain } from "./said-again.ts";
import type { SaidAgain } from "./said-again.ts";
import { createRepeats } from "../sending/repeats.ts";
import type { Repeats } from "../sending/repeats.ts";
import { createSwitched } from "../sending/switched.ts";
import type { Switched } from "../sending/switched.ts";
import { createSeenPreview } from "../presence/seen-preview.ts";
import type { SeenPreview } from "../presence/seen-preview.ts";
import type { Pairs } from "../wire/state-codec.ts";
import { createShown } from "./shown.ts";
import type { Shown } from "./shown.ts";

/** A digest names so many of the sessions of which no more is taken: where it names fewer, these are all. */
export const TOLD_IN_DIGEST = 64;

/** What is kept in step, and how. */
export interface ReplicatedDocument {
  /** Loaded, with this session's clientID assigned. */
  readonly doc: Y.Doc;
  readonly guard: Guard;
  /** Puts ink that waits into the document. */
  flushInk(): void;
  /** While held, what is applied is not shown. */
  hold(on: boolean): void;
  /** How many of a session's strokes somebody lacks, wholly or in part, who has so many clocks of it. */
  strokesBeyond(client: number, clock: number): number;
}

export interface DocumentReplicaDeps {
  /** Its number on the wire. */
  readonly number: number;
  readonly clock: Clock;
  readonly random: Random;
  /** All contacts. */
  readonly links: readonly Link[];
  /** No honest app sends this. Says whether this contact is still listened to. */
  offend(from: Link, reason: string): boolean;
  /** There is no room here for what the contact drew; or on its board for what is here, as it says. */
  full(link: Link, whose: "own" | "theirs"): void;
  /** Changes were sent or came in. */
  traffic(): void;
  /** A contact asks for what it should have got: messages are being lost. */
  troubled(): void;
  /** What a contact has, or shows, changed. */
  changed(): void;
  /** Another document of the board has the same slot: an append would not say which is meant. */
  sharesSlot(): boolean;
  /** Something is due. */
  wake(): void;
}

/** One contact's side of the document. */
export interface DocumentPeer {
  readonly copy: Peer;
  readonly missing: Missing;
  readonly joining: Joining;
  readonly preview: SeenPreview;
  /** The sessions of which it takes no more, as it says, each with how much of it it has. */
  refuses: StateVector;
}

interface Unasked {
  /** The first clock of this session that the contact lacked. */
  from: number;
  /** How often that was said again since. */
  tries: number;
  /** When it may be said once more. */
  notBefore: number;
}

export interface DocumentParts {
  readonly deps: DocumentReplicaDeps;
  readonly doc: Y.Doc;
  readonly tracker: StateTracker;
  readonly outbox: Outbox;
  readonly repeats: Repeats;
  readonly switched: Switched;
  readonly shown: Shown;
  readonly refused: RefusedSessions<Link>;
  readonly incoming: Incoming<Link>;
  readonly asking: Asking;
  readonly answers: Answers;
  readonly saidAgain: SaidAgain;
  peerOf(link: Link): DocumentPeer;
  /** This page or a contact takes no more of something: a difference may be there to stay. */
  isRefusing(): boolean;
  /** How much is here of what a session wrote. */
  written(session: number): number;
  /** The only contact is meant where nobody is named. */
  readonly isPair: boolean;
  /** When this page itself changed the document last. */
  lastOwnChange: number;
  /** The same, or what came from a contact. */
  lastChange: number;
  /** What the only contact did not ask for and was told again. */
  readonly unasked: Unasked;
}

export function createDocumentParts(
  { doc, guard, flushInk, hold, strokesBeyond }: ReplicatedDocument,
  deps: DocumentReplicaDeps,
): DocumentParts {
  const { clock, random, links, wake } = deps;
  const isPair = links.length === 1;
  const tracker = trackState(doc);
  const shown = createShown(doc, hold);
  const written = (session: number): number => Y.getState(doc.store, session);
  const refused = createRefusedSessions<Link>({ size: guard.size, written });
  const incoming = createIncoming<Link>({
    clock,
    doc,
    guard,
    refused,
    isGroup: !isPair,
    offend: deps.offend,
    full: (from) => deps.full(from, "own"),
    resumed: () => asking.notice(),
  });
  const repeats = createRepeats(clock, isPair);
  const peers = new Map<Link, DocumentPeer>();
  for (const link of links) {
    const copy = createPeer((client) => missing.changed(client));
    const missing = createMissing({ doc, has: copy.has, strokesBeyond });
    peers.set(link, {
      copy,
      missing,
      joining: createJoining(clock, (on) => shown.hold(on)),
      preview: createSeenPreview({
        clock,
        shown: (session) => shown.written(session),
        expired: deps.changed,
      }),
      refuses: new Map(),
    });
  }
  const peerOf = (link: Link): DocumentPeer => peers.get(link)!;
  const isRefusing = (): boolean =>
    refused.all().size + links.reduce((sum, link) => sum + peerOf(link).refuses.size, 0) > 0;
  const asking = createAsking({
    clock,
    random,
    links,
    state: () => stateVectorOf(doc),
    digest: () => tracker.digest(),
    written,
    waiting: () => incoming.waiting(),
    waitingOf: (client) => incoming.waitingOf(client),
    refusing: { knows: refused.knows, pairs: () => refusedPairs(refused, written), isAny: isRefusing },
    differs: (link) => peerOf(link).copy.isUnexplained(tracker.digest(), written),
    wake,
  });
  return {
    deps,
    doc,
    tracker,
    outbox: createOutbox({
      clock,
      pace: () => paceOf(links.length) * repeats.slowing(),
      flushInk,
      wake,
    }),
    repeats,
    switched: createSwitched(doc),
    shown,
    refused,
    incoming,
    asking,
    answers: createAnswers({ clock, doc, isGroup: !isPair, wake }),
    saidAgain: createSaidAgain({ clock, doc, isGroup: !isPair, wake }),
    peerOf,
    isRefusing,
    written,
    isPair,
    lastOwnChange: -Infinity,
    lastChange: -Infinity,
    unasked: { from: 0, tries: 0, notBefore: -Infinity },
  };
}

/** The sessions of which no more is taken, each with how much of it is here. */
export function refusedPairs(refused: RefusedSessions<Link>, written: (session: number) => number): Pairs {
  return Array.from(refused.all().keys(), (client) => [client, written(client)] as const);
}
