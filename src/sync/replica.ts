/*
 * This page among the contacts: who speaks to whom about which document, and in what order things leave.
 * Everything goes to everybody; a frame says whom it is for. Rules: PROTOCOL.md.
 *
 *   document --changes--\
 *   person ---presence, previews--> scheduler --one message at a time--> host
 *   hellos, questions, signs of life--/
 *   answers----------------------/
 */
import type { Preview } from "../board/previews/preview.ts";
import type { Address } from "../env/host.ts";
import type { BlobTalk } from "./blobs/blob-talk.ts";
import { arrange, documentsOf } from "./documents.ts";
import { receive } from "./hearing.ts";
import type { ReplicatedDocument } from "./link/document-parts.ts";
import type { DocumentReplica } from "./link/document-replica.ts";
import type { Link } from "./link/link.ts";
import { createReplicaParts, replicate, whoIsHere } from "./replica-parts.ts";
import type { Outdated, ReplicaDeps } from "./replica-parts.ts";
import { createScheduler } from "./sending/scheduler.ts";
import { lanesOf, lastWords } from "./speaking.ts";
import { FIRST_DOCUMENT, INDEX_DOCUMENT } from "../board/document/document-number.ts";
import type { Calls } from "./voice/voice-talk.ts";
import type { Presence } from "./wire/presence-frame.ts";

/** A document, as the contacts have it. */
type KnownDocument = Pick<DocumentReplica, "digest" | "missing" | "isRefused" | "preview">;

/** One of those beyond the first. */
export interface AddedDocument extends KnownDocument {
  /** Something that was done here waits to be sent. */
  isSending(): boolean;
  /** Ink waits for a flush. */
  wakeInk(urgency: "soon" | "now"): void;
  /** It is not kept in step any more. What was not sent yet is asked for by whoever finds that it is lacking. */
  close(): void;
}

/** One device's copy of a board, kept equal to the contacts' copies. */
export interface Replica {
  /** Says hello: on opening, and on return to the foreground. */
  announce(): void;
  receive(sender: Address, text: string): void;
  /** The host says that a contact left. */
  ended(sender: Address): void;
  /** Ink of the first document waits for a flush. */
  wake(urgency: "soon" | "now"): void;
  /** What this person does at the moment. */
  setPresence(presence: Presence): void;
  /** What this person's gesture will do to a document, the first unless told, when it ends; undefined: there is none. */
  setPreview(preview: Preview | undefined, document?: number): void;
  /** Sends what waits, and that nobody is looking any more. */
  pause(): void;
  links(): readonly Link[];
  /**
   * How much a contact's session had written of a document when it spoke of that first; undefined: it did not, or is
   * no session of a contact who was there.
   */
  firstHeard(session: number, document: number): number | undefined;
  /** A session of a contact has told what it has of all documents. */
  hasToldAll(session: number): boolean;
  /** Something is lacking of any document, as far as is known. */
  isLacking(): boolean;
  /** The bytes of pictures, on their way here and to others. */
  readonly blobs: Pick<BlobTalk, "coming" | "going" | "nowhere">;
  readonly voice: Calls;
  /** The first document, as the contacts have it. */
  first(): KnownDocument;
  /**
   * Keeps one more document in step, under a number that all contacts use for it (1: the index, up to 2^53 - 1), and
   * asks for what is known to be lacking. One that is not shown does so when nothing else is to be said.
   */
  addDocument(number: number, document: ReplicatedDocument): AddedDocument;
  /** The person is on this document: it goes first, and signs of life tell of it. At first that is the first. */
  setShown(number: number): void;
  /** A link's state or session, or what a contact has or shows, changed. */
  onChange(listener: () => void): () => void;
  /** A contact speaks a newer, or an older, major version of the protocol: whose app must be updated. */
  onOtherVersion(listener: (sender: Address, whose: Outdated) => void): () => void;
  /** A contact kept sending what no honest app sends, and is not listened to any more. */
  onMuted(listener: (sender: Address) => void): () => void;
  /** A copy is full: this one, for what the sender drew, or the sender's, for what is here. */
  onFull(
    listener: (what: { readonly sender: Address; readonly whose: "own" | "theirs" }) => void,
  ): () => void;
  close(): void;
}

export function createReplica(deps: ReplicaDeps): Replica {
  const { clock, host, log } = deps.env;
  const wake = (): void => scheduler.wake();
  const parts = createReplicaParts(deps, wake);
  const { links, first, others, events, further } = parts;
  const { hellos, heartbeat, awareness } = parts.saying;
  const scheduler = createScheduler({
    clock,
    host,
    lanes: lanesOf(parts),
    tooLarge: () => log.warn("sync: a message is over the host's limit"),
  });

  return {
    announce() {
      parts.isPaused = false;
      awareness.renew();
      for (const each of documentsOf(parts)) each.announced();
      // Without contacts too: the host may not have named the one whom it lets hear this.
      hellos.announce(
        { to: undefined, reply: true, isWhole: true, isNaming: deps.tag === undefined },
        () => links.length === 0 || whoIsHere(parts).length > 0,
      );
      heartbeat.start();
      parts.voice.returned();
      if (others.size > 0) heartbeat.beatNow();
    },
    receive: (sender, text) => receive(parts, sender, text),
    ended: (sender) => links.find(({ address }) => address === sender)?.ended(),
    wake: (urgency) => first.wakeInk(urgency),
    setPresence: (next) => awareness.setPresence(next),
    setPreview: (next, document = FIRST_DOCUMENT) => awareness.setPreview(next, document),
    pause() {
      for (const text of lastWords(parts)) host.send(text);
    },
    links: () => links,
    firstHeard: parts.firstHeard.of,
    hasToldAll: parts.firstHeard.hasToldAll,
    isLacking: () => further.talk.isLacking() || documentsOf(parts).some((each) => each.isLacking()),
    blobs: parts.blobs,
    voice: parts.voice,
    first: () => first,
    addDocument(number, document) {
      const replica = replicate(parts, number, document, wake);
      others.set(number, replica);
      arrange(parts);
      if (number !== INDEX_DOCUMENT) further.repairs.add(number, replica);
      replica.announced();
      if (number === INDEX_DOCUMENT || number === parts.shown) heartbeat.beatNow();
      further.added(number, replica);
      return {
        digest: replica.digest,
        missing: replica.missing,
        isRefused: replica.isRefused,
        preview: replica.preview,
        isSending: () => replica.changesDueAt() !== undefined,
        wakeInk: replica.wakeInk,
        close() {
          if (others.get(number) === replica) {
            others.delete(number);
            arrange(parts);
            further.repairs.remove(number);
          }
          replica.close();
        },
      };
    },
    setShown(number) {
      if (number === parts.shown) return;
      parts.shown = number;
      arrange(parts);
      further.repairs.setShown(number);
      heartbeat.traffic();
      wake();
    },
    onChange: (listener) => events.changed.on(listener),
    onOtherVersion: (listener) => events.otherVersion.on(({ sender, whose }) => listener(sender, whose)),
    onMuted: (listener) => events.muted.on(listener),
    onFull: (listener) => events.full.on(listener),
    close() {
      scheduler.close();
      hellos.pause();
      heartbeat.stop();
      further.repairs.close();
      parts.blobs.close();
      parts.voice.close();
      for (const each of documentsOf(parts)) each.close();
      for (const link of links) link.close();
    },
  };
}
