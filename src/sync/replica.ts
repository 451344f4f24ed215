import * as Y from "yjs";
import { createEmitter } from "../base/emitter.ts";
import { LOCAL_ORIGIN, REMOTE_ORIGIN } from "../board/document.ts";
import type { Guard } from "../board/guard/guard.ts";
import type { WriteId } from "../board/guard/scan.ts";
import { stateVectorOf, trackState } from "../board/state.ts";
import type { StateDigest } from "../board/state.ts";
import type { Address } from "../env/host.ts";
import type { Env } from "../env/env.ts";
import { appendOf } from "./append.ts";
import { decodeAppendMessage, encodeAppendMessage } from "./append-message.ts";
import type { AppendMessage } from "./append-message.ts";
import { causalChunks } from "./chunks.ts";
import { decodeMessage, encodeMessage } from "./frame.ts";
import type { Frame } from "./frame.ts";
import { createHeartbeat } from "./heartbeat.ts";
import { createHeldAppends } from "./held-appends.ts";
import { inkBefore } from "./ink-before.ts";
import { createLink } from "./link.ts";
import type { Link } from "./link.ts";
import { createOutbox } from "./outbox.ts";
import { createOwnPresence } from "./presence.ts";
import type { Presence } from "./presence.ts";
import { packAppend, unpackAppend } from "./packed-append.ts";
import type { PackedAppend } from "./packed-append.ts";
import { createTrust, type Trust } from "./trust.ts";
import { createWaitingUpdates } from "./waiting.ts";

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
  /** Its session that was told what this person does. */
  welcomed?: number | undefined;
  /** The user was told so. */
  isToldNewer: boolean;
}

/** After a contact asked for what was lost, each message repeats the last update for a while. */
const TROUBLE_MS = 6000;
const REPEAT_BYTES = 1024;
/** Of so many sessions of a contact, the newest ones, a message without a name may be. */
const MAX_SPEAKERS = 4;
/** A live update above this goes as causal chunks, when the contacts ask. */
const MAX_LIVE_BYTES = 64 * 1024;

export function createReplica({ env, doc, guard, tag, remotes, flushInk, hold }: ReplicaDeps): Replica {
  const { clock, random, host, log } = env;
  const report = (error: unknown): void => log.warn("sync: a listener failed", error);
  const changed = createEmitter<void>(report);
  const newer = createEmitter<Address>(report);
  const muted = createEmitter<Address>(report);
  const tracker = trackState(doc);
  const waiting = createWaitingUpdates<Contact>(clock);
  const held = createHeldAppends<Contact>(clock);
  const sequences = { everybody: 0, direct: 0 };
  let lastOwnChange = -Infinity;
  let lastTrouble = -Infinity;
  /** The last update that was sent, if it is short and no later one was too long to be sent. */
  let recent: Uint8Array | undefined;
  let paused = false;

  const presence = createOwnPresence({
    clock,
    listeners: () => (paused ? 0 : whoIsHere().length),
    backlog: () => host.backlog(),
    // To each alone: a lost one is not missed, nor asked for.
    send(frame) {
      for (const { address } of whoIsHere()) send([frame], address);
    },
  });

  function whoIsHere(): readonly Link[] {
    return links.filter((link) => link.state() === "here");
  }

  /** A page that comes knows nothing of what this person does. */
  function welcome(contact: Contact): void {
    const session = contact.link.state() === "here" ? contact.link.session() : undefined;
    if (session === contact.welcomed) return;
    contact.welcomed = session;
    if (session !== undefined) presence.renew();
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
    const state = Y.getState(doc.store, doc.clientID);
    return { type: "digest", digest: tracker.digest(), next, clock: state, acks: acks() };
  }

  const heartbeat = createHeartbeat({
    clock,
    random,
    beat(next) {
      const also = presence.takeForBeat();
      send(also ? [ownBeat(next), also] : [ownBeat(next)]);
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

  /** One lost update holds up all that follow, so while there is trouble the last one goes along again. */
  function sendUpdate(update: Uint8Array): void {
    const again = clock.now() - lastTrouble < TROUBLE_MS ? recent : undefined;
    const whole = again ? Y.mergeUpdates([again, update]) : update;
    const repeats = again !== undefined;
    // An append has no room for anything else.
    const news = presence.takeNews();
    const packed = paused || news ? undefined : packedInk(whole);
    if (packed) post(encodeAppendMessage({ repeats, packed }));
    else send([{ type: "update", update: whole, repeats }, ...(news ? [news] : [])]);
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
      return session === undefined ? [] : [[session, Y.getState(doc.store, session)]];
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

  /** Applies what can be applied, as one change of the board; the rest waits. */
  function apply(updates: readonly Uint8Array[], sender: Contact): void {
    heartbeat.traffic();
    guard.apply(REMOTE_ORIGIN, (admit) => {
      /** Undefined: dealt with, one way or the other. Else what it builds on and is missing. */
      const settle = (update: Uint8Array, from: Contact): WriteId | undefined => {
        const verdict = admit(update);
        if (verdict.kind === "refused") offend(from, verdict.reason);
        else if (verdict.kind === "full") log.warn("sync: the board is full");
        else if (verdict.kind === "ready" && verdict.isCostly) offend(from, "more work than ink");
        return verdict.kind === "waiting" ? verdict.missing : undefined;
      };
      for (const update of updates) {
        const missing = settle(update, sender);
        if (missing) waiting.add(update, missing, sender);
      }
      const retry = (): void =>
        waiting.retry(({ client, clock: at }) => at < Y.getState(doc.store, client), settle);
      retry();
      held.retry((packed, from) => {
        const read = readAppend(packed, from);
        if (typeof read !== "object") return read === "foreign";
        settle(read.update, from);
        retry();
        return true;
      });
    });
  }

  /**
   * `early`: something before it is missing, so it cannot be told what it is; `foreign`: it is not of a
   * known session of this contact, or damaged.
   */
  function readAppend(
    packed: PackedAppend,
    { link }: Contact,
  ): { readonly session: number; readonly update: Uint8Array } | "early" | "foreign" {
    let isEarly = false;
    for (const session of link.sessions().slice(0, MAX_SPEAKERS)) {
      if (packed.clock > Y.getState(doc.store, session)) {
        isEarly = true;
        continue;
      }
      const update = unpackAppend(packed, session, inkBefore(doc, session, packed.clock));
      if (update) return { session, update };
    }
    return isEarly ? "early" : "foreign";
  }

  function receiveAppend({ repeats, packed }: AppendMessage, contact: Contact): void {
    const read = readAppend(packed, contact);
    if (typeof read === "object") {
      contact.link.receiveInk(read.session, read.update, repeats);
    } else if (read === "early") {
      held.add(packed, contact);
      contact.link.noticeGap();
    } else {
      contact.link.receiveUnknown();
    }
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
      hasWaiting: () => waiting.size() + held.size() > 0,
      chunks: (known, withDeletions) => causalChunks(doc, known, withDeletions),
      apply(updates) {
        apply(updates, contact);
        if (waiting.size() + held.size() > 0) link.noticeGap();
      },
      hold,
      send: (frames) => send(frames, address),
      backlog: () => host.backlog(),
      changed() {
        welcome(contact);
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
      presence.renew();
      for (const link of links) link.announced();
      if (tag || links.length === 0) sayHello();
      else for (const link of links) link.greet();
      heartbeat.start();
    },
    receive(sender, text) {
      const contact = contacts.find(({ link }) => link.address === sender);
      if (!contact || contact.trust.isMuted()) return;
      const append = decodeAppendMessage(text);
      if (append) return receiveAppend(append, contact);
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
    setPresence: (next) => presence.set(next),
    pause() {
      outbox.flush();
      if (paused) return;
      paused = true;
      presence.pause();
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
      presence.pause();
      heartbeat.stop();
      tracker.close();
      for (const link of links) link.close();
    },
  };
}
