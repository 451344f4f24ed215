import * as Y from "yjs";
import { createEmitter } from "../base/emitter.ts";
import { LOCAL_ORIGIN } from "../board/document.ts";
import type { Guard } from "../board/guard/guard.ts";
import type { Preview } from "../board/preview.ts";
import { stateVectorOf, trackState } from "../board/state.ts";
import type { StateDigest } from "../board/state.ts";
import type { Address } from "../env/host.ts";
import type { Env } from "../env/env.ts";
import { appendOf } from "./append.ts";
import { decodeAppendMessage, encodeAppendMessage } from "./append-message.ts";
import { createAwareness } from "./awareness.ts";
import { causalChunks } from "./chunks.ts";
import { decodeMessage, encodeMessage } from "./frame.ts";
import type { Frame } from "./frame.ts";
import { createHeartbeat } from "./heartbeat.ts";
import { createIncoming } from "./incoming.ts";
import { inkBefore } from "./ink-before.ts";
import { createLink } from "./link.ts";
import type { Link } from "./link.ts";
import { createOutbox } from "./outbox.ts";
import type { Presence } from "./presence.ts";
import { packAppend } from "./packed-append.ts";
import type { PackedAppend } from "./packed-append.ts";
import { createShown } from "./shown.ts";
import { createTrust, type Trust } from "./trust.ts";

export interface ReplicaDeps {
  readonly env: Env;
  /** Loaded, with this session's clientID assigned. */
  readonly doc: Y.Doc;
  readonly guard: Guard;
  /** The last bytes of the board's id; undefined where this person's own address is not known. */
  readonly tag: Uint8Array | undefined;
  readonly remotes: readonly Address[];
  /** Puts ink that waits into the document. */
  flushInk(): void;
  /** While held, what is applied is not shown. */
  hold(on: boolean): void;
}

/** One device's copy of a board, kept equal to the contacts' copies. */
export interface Replica {
  /** Says hello: on opening, and on return to the foreground. */
  announce(): void;
  receive(sender: Address, text: string): void;
  /** The host says that a contact left. */
  ended(sender: Address): void;
  /** Ink waits for a flush. */
  wake(urgency: "soon" | "now"): void;
  /** What this person does at the moment. */
  setPresence(presence: Presence): void;
  /** What this person's gesture will do when it ends; undefined: there is none. */
  setPreview(preview: Preview | undefined): void;
  /** Sends what waits, and that nobody is looking any more. */
  pause(): void;
  links(): readonly Link[];
  digest(): StateDigest;
  /** A link's state or session changed. */
  onChange(listener: () => void): () => void;
  /** A contact speaks a newer major version of the protocol. */
  onNewer(listener: (sender: Address) => void): () => void;
  /** A contact kept sending what no honest app sends, and is not listened to any more. */
  onMuted(listener: (sender: Address) => void): () => void;
  close(): void;
}

/** A contact as this side sees it. */
interface Contact {
  readonly link: Link;
  readonly trust: Trust;
  /** Its last message was of a newer minor version. */
  isNewer: boolean;
  /** The user was told so. */
  isToldNewer: boolean;
}

/** After a contact asked for what was lost, each message repeats the last update for a while. */
const TROUBLE_MS = 6000;
const REPEAT_BYTES = 1024;
/** A live update above this goes as causal chunks, when the contacts ask. */
const MAX_LIVE_BYTES = 64 * 1024;

export function createReplica({ env, doc, guard, tag, remotes, flushInk, hold }: ReplicaDeps): Replica {
  const { clock, random, host, log } = env;
  const report = (error: unknown): void => log.warn("sync: a listener failed", error);
  const changed = createEmitter<void>(report);
  const newer = createEmitter<Address>(report);
  const muted = createEmitter<Address>(report);
  const tracker = trackState(doc);
  const incoming = createIncoming<Contact>({ clock, doc, guard, offend, warn: (text) => log.warn(text) });
  const shown = createShown(doc, hold);
  const sequences = { everybody: 0, direct: 0 };
  let lastOwnChange = -Infinity;
  let lastTrouble = -Infinity;
  /** The last update that was sent, if it is short and no later one was too long to be sent. */
  let recent: Uint8Array | undefined;
  let paused = false;

  /** How much is here of what a session wrote. */
  function written(session: number): number {
    return Y.getState(doc.store, session);
  }

  function whoIsHere(): readonly Link[] {
    return links.filter((link) => link.state() === "here");
  }

  function send(said: readonly Frame[], to?: Address): void {
    // While nobody is looking, answers go out, and must not be taken for a sign of life.
    const frames: readonly Frame[] = paused ? [...said, { type: "bye" }] : said;
    const direct = to !== undefined;
    const sequence = direct ? sequences.direct++ : sequences.everybody++;
    post(encodeMessage({ session: doc.clientID, direct, sequence, frames }), to);
  }

  function post(text: string, to?: Address): void {
    if (host.send(text, to) === "too-large") log.warn("sync: a message is over the host's limit");
  }

  function ownBeat(next: number): Frame {
    return { type: "digest", digest: tracker.digest(), next, clock: written(doc.clientID), acks: acks() };
  }

  const heartbeat = createHeartbeat({
    clock,
    random,
    beat(next) {
      send([ownBeat(next), ...awareness.takeForBeat()]);
    },
  });

  const outbox = createOutbox({
    clock,
    flushInk,
    backlog: () => host.backlog(),
    send(update) {
      heartbeat.traffic();
      // The digest shows that there is something to ask for.
      if (update.length <= MAX_LIVE_BYTES) return sendUpdate(update);
      recent = undefined;
      heartbeat.beatNow();
    },
  });

  const awareness = createAwareness({
    clock,
    listeners: () => (paused ? [] : whoIsHere()),
    backlog: () => host.backlog(),
    written: () => written(doc.clientID),
    isUpdateDue: () => outbox.isDue(),
    send,
  });

  /** One lost update holds up all that follow, so while there is trouble the last one goes along again. */
  function sendUpdate(update: Uint8Array): void {
    const again = clock.now() - lastTrouble < TROUBLE_MS ? recent : undefined;
    const whole = again ? Y.mergeUpdates([again, update]) : update;
    const repeats = again !== undefined;
    // An append has no room for anything else.
    const news = awareness.takeNews();
    const packed = paused || news.length > 0 ? undefined : packedInk(whole);
    if (packed) post(encodeAppendMessage({ repeats, packed }));
    else send([...news, { type: "update", update: whole, repeats }]);
    recent = update.length > REPEAT_BYTES ? undefined : update;
  }

  /** Undefined where an update is not only ink, in a row. */
  function packedInk(update: Uint8Array): PackedAppend | undefined {
    const append = appendOf(update, doc.clientID);
    return append && packAppend(append, inkBefore(doc, append.session, append.clock));
  }

  function acks(): [number, number][] {
    return whoIsHere().flatMap((link): [number, number][] => {
      const session = link.session();
      return session === undefined ? [] : [[session, written(session)]];
    });
  }

  /** Without contacts too: the host may not have named the one whom it lets hear this. */
  function sayHello(): void {
    const isAlone = remotes.length === 0;
    send([
      {
        type: "hello",
        tag: isAlone ? undefined : tag,
        reply: true,
        state: stateVectorOf(doc),
        digest: tracker.digest(),
        to: remotes,
      },
    ]);
  }

  /** A contact whose app is newer may mean well with what this one cannot read. */
  function offend(contact: Contact, reason: string): void {
    log.warn(`sync: refused: ${reason}`);
    if (contact.isNewer) tellNewer(contact);
    if (contact.trust.offend(contact.isNewer)) muted.emit(contact.link.address);
  }

  function tellNewer(contact: Contact): void {
    if (!contact.isToldNewer) newer.emit(contact.link.address);
    contact.isToldNewer = true;
  }

  function createContact(address: Address): Contact {
    const link = createLink({
      address,
      tag,
      remotes,
      clock,
      random,
      state: () => stateVectorOf(doc),
      digest: () => tracker.digest(),
      quietFor: () => clock.now() - lastOwnChange,
      shown: (session) => shown.written(session),
      hasWaiting: () => incoming.hasWaiting(),
      chunks: (known, withDeletions) => causalChunks(doc, known, withDeletions),
      apply(updates) {
        heartbeat.traffic();
        incoming.apply(updates, contact);
        if (incoming.hasWaiting()) link.noticeGap();
      },
      hold: (on) => shown.hold(on),
      send: (frames) => send(frames, address),
      backlog: () => host.backlog(),
      changed() {
        awareness.welcome(link);
        changed.emit();
      },
      beat: ownBeat,
      troubled() {
        lastTrouble = clock.now();
        heartbeat.hurry();
      },
    });
    const contact: Contact = { link, trust: createTrust(clock), isNewer: false, isToldNewer: false };
    return contact;
  }

  const contacts = remotes.map(createContact);
  const links = contacts.map(({ link }) => link);

  const onUpdate = (update: Uint8Array, origin: unknown): void => {
    if (origin !== LOCAL_ORIGIN) return;
    lastOwnChange = clock.now();
    if (remotes.length > 0) outbox.add(update);
  };
  doc.on("update", onUpdate);

  return {
    announce() {
      paused = false;
      awareness.renew();
      for (const link of links) link.announced();
      if (tag || links.length === 0) sayHello();
      else for (const link of links) link.greet();
      heartbeat.start();
    },
    receive(sender, text) {
      const contact = contacts.find(({ link }) => link.address === sender);
      if (!contact || contact.trust.isMuted()) return;
      const append = decodeAppendMessage(text);
      if (append) return incoming.receiveAppend(append, contact);
      const decoded = decodeMessage(text);
      if (decoded.ok) {
        contact.isNewer = decoded.isNewer;
        contact.link.receive(decoded.message);
      } else if (decoded.error === "malformed") {
        offend(contact, "a malformed message");
      } else if (decoded.error === "newer-major") {
        tellNewer(contact);
      }
    },
    ended: (sender) => links.find(({ address }) => address === sender)?.ended(),
    wake: (urgency) => outbox.wake(urgency),
    setPresence: (next) => awareness.setPresence(next),
    setPreview: (next) => awareness.setPreview(next),
    pause() {
      outbox.flush();
      if (paused) return;
      paused = true;
      awareness.pause();
      heartbeat.stop();
      if (remotes.length > 0) send([ownBeat(1)]);
    },
    links: () => links,
    digest: () => tracker.digest(),
    onChange: (listener) => changed.on(listener),
    onNewer: (listener) => newer.on(listener),
    onMuted: (listener) => muted.on(listener),
    close() {
      doc.off("update", onUpdate);
      outbox.close();
      awareness.pause();
      heartbeat.stop();
      tracker.close();
      for (const link of links) link.close();
    },
  };
}
