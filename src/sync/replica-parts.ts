/*
 * What a replica consists of, as named state: the contacts, the documents that are kept in step, and what is
 * to be said. What is heard changes it in hearing.ts, what is said is made of it in speaking.ts.
 */
import type * as Y from "yjs";
import { createEmitter } from "../base/emitter.ts";
import type { Emitter } from "../base/emitter.ts";
import type { Guard } from "../board/guard/guard.ts";
import type { Env } from "../env/env.ts";
import type { Address } from "../env/host.ts";
import type { BlobDepot } from "./blobs/blob-depot.ts";
import { createBlobTalk } from "./blobs/blob-talk.ts";
import type { BlobTalk } from "./blobs/blob-talk.ts";
import { arrange, documentOf, documentsOf, toldDocuments } from "./documents.ts";
import type { Documents } from "./documents.ts";
import { createFurtherDocuments } from "./further-documents.ts";
import type { FurtherDocuments } from "./further-documents.ts";
import type { ReplicatedDocument } from "./link/document-parts.ts";
import { createDocumentReplica } from "./link/document-replica.ts";
import type { DocumentReplica } from "./link/document-replica.ts";
import { createFirstHeard } from "./link/first-heard.ts";
import type { FirstHeard } from "./link/first-heard.ts";
import { createHellos } from "./link/hellos.ts";
import type { Hellos } from "./link/hellos.ts";
import { createLink } from "./link/link.ts";
import type { Link, OpenLink } from "./link/link.ts";
import { createTrust } from "./link/trust.ts";
import type { Trust } from "./link/trust.ts";
import { createAwareness } from "./presence/awareness.ts";
import type { Awareness } from "./presence/awareness.ts";
import { earliest } from "../base/earliest.ts";
import { createHeartbeat } from "./sending/heartbeat.ts";
import type { Heartbeat } from "./sending/heartbeat.ts";
import type { Roster } from "./roster/roster.ts";
import { FIRST_DOCUMENT } from "../board/document/document-number.ts";
import { createVoiceTalk } from "./voice/voice-talk.ts";
import type { VoiceTalk } from "./voice/voice-talk.ts";
import { slotOfDocument } from "./wire/document-slot.ts";
import type { Frame } from "./wire/frame.ts";

export interface ReplicaDeps {
  readonly env: Env;
  readonly doc: Y.Doc;
  readonly guard: Guard;
  /** The last bytes of the board's id; undefined where this person's own address is not known. */
  readonly tag: Uint8Array | undefined;
  readonly remotes: readonly Address[];
  readonly flushInk: ReplicatedDocument["flushInk"];
  readonly hold: ReplicatedDocument["hold"];
  readonly strokesBeyond: ReplicatedDocument["strokesBeyond"];
  /** The documents beyond the first and the index; undefined: none but those that are added. */
  readonly roster?: Roster;
  /** Undefined: this page has no pictures. */
  readonly depot?: BlobDepot | undefined;
}

/** A contact as this side sees it. */
export interface Contact {
  readonly link: OpenLink;
  readonly trust: Trust;
  /** Its last message was of a newer minor version. */
  isNewer: boolean;
  /** Its last message was of an older major version. */
  isOlder: boolean;
  /** What the user was told of its version. */
  readonly told: Set<Outdated>;
}

/** Whose app must be updated, for this page and a contact to understand each other. */
export type Outdated = "own" | "theirs";

export interface ReplicaParts extends Documents {
  readonly deps: ReplicaDeps;
  /** This page's. */
  readonly session: number;
  /** Who may be there, and the same as links. */
  readonly contacts: readonly Contact[];
  readonly links: readonly OpenLink[];
  readonly further: FurtherDocuments;
  readonly blobs: BlobTalk;
  readonly voice: VoiceTalk;
  readonly firstHeard: FirstHeard;
  readonly saying: Saying;
  readonly events: ReplicaEvents;
  /** Nobody looks at this page. */
  isPaused: boolean;
}

/** What is to be said besides the documents' changes, questions and answers. */
export interface Saying {
  readonly heartbeat: Heartbeat;
  readonly hellos: Hellos;
  readonly awareness: Awareness;
  /** A sign of life is due, which says that the next one comes within so many seconds. */
  beatDue: number | undefined;
  /** Hellos, questions and signs of life that had no room in the message before. */
  readonly control: Frame[];
  /** Sessions that have named this one, so its hello has come there. */
  readonly greeted: Set<number>;
}

interface ReplicaEvents {
  readonly changed: Emitter<void>;
  readonly otherVersion: Emitter<{ readonly sender: Address; readonly whose: Outdated }>;
  readonly muted: Emitter<Address>;
  /** `own`: this copy has no room for what the sender drew; `theirs`: its copy has none for what is here. */
  readonly full: Emitter<{ readonly sender: Address; readonly whose: "own" | "theirs" }>;
}

/** `wake`: something is due, or due earlier. It is not called before this returns. */
export function createReplicaParts(deps: ReplicaDeps, wake: () => void): ReplicaParts {
  const { doc, env, remotes } = deps;
  const onError = (error: unknown): void => env.log.warn("sync: a listener failed", error);
  const events: ReplicaEvents = {
    changed: createEmitter(onError),
    otherVersion: createEmitter(onError),
    muted: createEmitter(onError),
    full: createEmitter(onError),
  };
  const contacts: readonly Contact[] = remotes.map((address) => ({
    link: linkTo(address),
    trust: createTrust(env.clock),
    isNewer: false,
    isOlder: false,
    told: new Set(),
  }));
  const links = contacts.map(({ link }) => link);
  const offendBy = (link: Link, reason: string): boolean => offendOf(parts, link, reason);
  const parts: ReplicaParts = {
    deps,
    session: doc.clientID,
    contacts,
    links,
    get first() {
      return first;
    },
    others: new Map(),
    shown: FIRST_DOCUMENT,
    arranged: { all: [], told: [] },
    further: createFurtherDocuments({
      clock: env.clock,
      random: env.random,
      roster: deps.roster,
      documents: () => parts,
      links,
      own: doc.clientID,
      say(frame) {
        parts.saying.control.push(frame);
        wake();
      },
      wake,
    }),
    blobs: createBlobTalk({
      clock: env.clock,
      random: env.random,
      links,
      depot: deps.depot,
      offend: offendBy,
      wake,
      moved: () => events.changed.emit(),
    }),
    voice: createVoiceTalk({
      ...env,
      links,
      own: doc.clientID,
      isLooking: () => !parts.isPaused,
      offend: offendBy,
      wake,
    }),
    firstHeard: createFirstHeard((document) => documentOf(parts, document)?.isLacking() ?? false),
    saying: {
      heartbeat: createHeartbeat({
        clock: env.clock,
        random: env.random,
        crowd: remotes.length,
        isBehind: () => isBehind(parts),
        beat(next) {
          parts.saying.beatDue = next;
          wake();
        },
      }),
      hellos: createHellos(env.clock, wake),
      awareness: createAwareness({
        clock: env.clock,
        listeners: () => (parts.isPaused ? 0 : whoIsHere(parts).length),
        written: (document) => documentOf(parts, document)?.written(parts.session) ?? 0,
        updateDueAt: () => earliest(documentsOf(parts).map((each) => each.changesDueAt())),
        wake,
      }),
      beatDue: undefined,
      control: [],
      greeted: new Set(),
    },
    events,
    isPaused: false,
  };
  const first = replicate(parts, FIRST_DOCUMENT, deps, wake);
  arrange(parts);
  return parts;

  function linkTo(address: Address): OpenLink {
    const link = createLink({
      address,
      tag: deps.tag,
      remotes,
      own: doc.clientID,
      clock: env.clock,
      isTaken: (taken) => parts.links.some((other) => other !== link && other.knows(taken)),
      renewed(state) {
        for (const each of documentsOf(parts)) each.renewed(link, each === first ? state : undefined);
        parts.further.talk.renewed(link);
        // Who comes learns soon of documents that it has never heard of; in a group it asks.
        if (remotes.length === 1) parts.saying.heartbeat.traffic();
      },
      compared: ({ state, digest, refused }, isNew) =>
        first.compared(link, { state, digest, refused, isNew }),
      say: (hello) => parts.saying.hellos.say(hello),
      seek: (hello, isHeard) => parts.saying.hellos.seek(hello, isHeard),
      changed() {
        if (link.state() !== "here") for (const each of documentsOf(parts)) each.gone(link);
        parts.saying.awareness.welcome(link);
        parts.blobs.changed();
        parts.voice.linksChanged();
        events.changed.emit();
      },
    });
    return link;
  }
}

/** A document that is kept in step from now on. */
export function replicate(
  parts: ReplicaParts,
  number: number,
  document: ReplicatedDocument,
  wake: () => void,
): DocumentReplica {
  const { env } = parts.deps;
  const { heartbeat } = parts.saying;
  return createDocumentReplica(document, {
    number,
    clock: env.clock,
    random: env.random,
    links: parts.links,
    offend: (link, reason) => offendOf(parts, link, reason),
    full: (link, whose) => parts.events.full.emit({ sender: link.address, whose }),
    traffic: () => heartbeat.traffic(),
    troubled: () => heartbeat.hurry(),
    changed: () => parts.events.changed.emit(),
    sharesSlot: () => number !== FIRST_DOCUMENT && parts.further.withSlot(slotOfDocument(number)) !== number,
    wake,
  });
}

function offendOf(parts: ReplicaParts, link: Link, reason: string): boolean {
  return offend(
    parts,
    parts.contacts.find((contact) => contact.link === link)!,
    reason,
  );
}

export function whoIsHere({ links }: ReplicaParts): readonly Link[] {
  return links.filter((link) => link.state() === "here");
}

/** With two people: the other is here, and is not known to have all that this page wrote. */
function isBehind(parts: ReplicaParts): boolean {
  const { links, session } = parts;
  const [link] = links;
  if (links.length !== 1 || link!.state() !== "here") return false;
  return toldDocuments(parts).some(
    (each) => !each.isRefused(link!, session) && each.has(link!, session) < each.written(session),
  );
}

/**
 * A contact whose app is newer may mean well with what this one cannot read. Says whether this one is still
 * listened to.
 */
export function offend(parts: ReplicaParts, contact: Contact, reason: string): boolean {
  parts.deps.env.log.warn(`sync: refused: ${reason}`);
  if (contact.isNewer) tellVersion(parts, contact, "own");
  if (contact.trust.offend(contact.isNewer)) parts.events.muted.emit(contact.link.address);
  return !contact.trust.isMuted();
}

export function tellVersion({ events }: ReplicaParts, { link, told }: Contact, whose: Outdated): void {
  if (told.has(whose)) return;
  told.add(whose);
  events.otherVersion.emit({ sender: link.address, whose });
}
