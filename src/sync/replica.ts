/*
 * This page among the contacts: who speaks to whom about which document, and in what order things leave.
 * Everything goes to everybody; a frame says whom it is for. Rules: PROTOCOL.md.
 *
 *   document --changes--\
 *   person ---presence, previews--> scheduler --one message at a time--> host
 *   hellos, questions, signs of life--/
 *   answers----------------------/
 */
import type * as Y from "yjs";
import { equalBytes } from "../base/bytes.ts";
import { createEmitter } from "../base/emitter.ts";
import type { Guard } from "../board/guard/guard.ts";
import type { Preview } from "../board/previews/preview.ts";
import { stateVectorOf } from "../board/document/state.ts";
import type { Address } from "../env/host.ts";
import type { Env } from "../env/env.ts";
import { updateOf } from "./wire/append.ts";
import { openAppend, readAppend } from "./wire/append-message.ts";
import type { OpenedAppend } from "./wire/append-message.ts";
import { createAwareness } from "./presence/awareness.ts";
import { createDocumentReplica } from "./link/document-replica.ts";
import type { ReplicatedDocument } from "./link/document-parts.ts";
import type { DocumentReplica, Outgoing } from "./link/document-replica.ts";
import { encodeMessage, FIRST_DOCUMENT, MAX_FRAMES, openMessage, readFrames, slotOf } from "./wire/frame.ts";
import type { Frame, OpenedMessage } from "./wire/frame.ts";
import { createHeartbeat } from "./sending/heartbeat.ts";
import { createHellos } from "./link/hellos.ts";
import type { HelloDue } from "./link/hellos.ts";
import { createLink, FIRST_BEAT_S } from "./link/link.ts";
import type { HelloFrame, Link, OpenLink } from "./link/link.ts";
import type { Presence } from "./wire/presence-frame.ts";
import { createScheduler } from "./sending/scheduler.ts";
import type { Lane } from "./sending/scheduler.ts";
import { createTrust, type Trust } from "./link/trust.ts";

export interface ReplicaDeps {
  readonly env: Env;
  readonly doc: Y.Doc;
  readonly guard: Guard;
  /** The last bytes of the board's id; undefined where this person's own address is not known. */
  readonly tag: Uint8Array | undefined;
  readonly remotes: readonly Address[];
  readonly flushInk: ReplicatedDocument["flushInk"];
  readonly hold: ReplicatedDocument["hold"];
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
  /** The first document, as the contacts have it. */
  first(): Pick<DocumentReplica, "digest" | "has" | "preview">;
  /**
   * Keeps one more document in step, under a number that all contacts use for it (1 .. 2^32 - 1).
   * Returns the function that stops.
   */
  addDocument(number: number, document: ReplicatedDocument): () => void;
  /** A link's state or session, or what a contact has or shows, changed. */
  onChange(listener: () => void): () => void;
  /** A contact speaks a newer, or an older, major version of the protocol: whose app must be updated. */
  onOtherVersion(listener: (sender: Address, whose: "own" | "theirs") => void): () => void;
  /** A contact kept sending what no honest app sends, and is not listened to any more. */
  onMuted(listener: (sender: Address) => void): () => void;
  close(): void;
}

/** A contact as this side sees it. */
interface Contact {
  readonly link: OpenLink;
  readonly trust: Trust;
  /** Its last message was of a newer minor version. */
  isNewer: boolean;
  /** Its last message was of an older major version. */
  isOlder: boolean;
  /** What the user was told of its version. */
  readonly told: Set<"own" | "theirs">;
}

/** Frames of one message, with room for the bye of a page that nobody looks at. */
const CONTROL_FRAMES = MAX_FRAMES - 1;
/** What waits for the bridge leaves this many navigations of its budget for ink. */
const LEFT_BY_ANSWERS = 40;

export function createReplica(deps: ReplicaDeps): Replica {
  const { env, doc, tag, remotes } = deps;
  const { clock, random, host, log } = env;
  const report = (error: unknown): void => log.warn("sync: a listener failed", error);
  const changed = createEmitter<void>(report);
  const otherVersion = createEmitter<{ sender: Address; whose: "own" | "theirs" }>(report);
  const muted = createEmitter<Address>(report);
  const session = doc.clientID;
  let paused = false;
  /** A sign of life is due, which says that the next one comes within so many seconds. */
  let beatDue: number | undefined;
  /** Frames that wait for the next message of their lane. */
  const control: Frame[] = [];

  const heartbeat = createHeartbeat({
    clock,
    random,
    crowd: remotes.length,
    beat(next) {
      beatDue = next;
      scheduler.wake();
    },
  });
  const hellos = createHellos(clock, () => scheduler.wake());
  const awareness = createAwareness({
    clock,
    listeners: () => (paused ? 0 : whoIsHere().length),
    written: () => first.written(session),
    updateDueAt: () => earliest(documents().map((each) => each.changesDueAt())),
    wake: () => scheduler.wake(),
  });

  const contacts: readonly Contact[] = remotes.map((address) => {
    const link = createLink({
      address,
      tag,
      remotes,
      own: session,
      clock,
      isTaken: (taken) => links.some((other) => other !== link && other.knows(taken)),
      renewed: (state) => {
        for (const each of documents()) each.renewed(link, each === first ? state : undefined);
      },
      compared: (state, digest, isNew) => first.compared(link, state, digest, isNew),
      say: (hello) => hellos.say(hello),
      changed() {
        if (link.state() !== "here") for (const each of documents()) each.gone(link);
        awareness.welcome(link);
        changed.emit();
      },
    });
    return { link, trust: createTrust(clock), isNewer: false, isOlder: false, told: new Set() };
  });
  const links = contacts.map(({ link }) => link);
  const isPair = links.length === 1;

  const first = replicate(FIRST_DOCUMENT, deps);
  const others = new Map<number, DocumentReplica>();

  /** The first document goes first. */
  function documents(): readonly DocumentReplica[] {
    return [first, ...others.values()];
  }

  function documentOf(number = FIRST_DOCUMENT): DocumentReplica | undefined {
    return number === FIRST_DOCUMENT ? first : others.get(number);
  }

  function replicate(number: number, document: ReplicatedDocument): DocumentReplica {
    return createDocumentReplica(document, {
      number,
      clock,
      random,
      links,
      offend: (link, reason) =>
        offend(
          contacts.find((contact) => contact.link === link)!,
          reason,
        ),
      warn: (text) => log.warn(text),
      traffic: () => heartbeat.traffic(),
      troubled: () => heartbeat.hurry(),
      changed: () => changed.emit(),
      wake: () => scheduler.wake(),
    });
  }

  function whoIsHere(): readonly Link[] {
    return links.filter((link) => link.state() === "here");
  }

  function messageOf(frames: readonly Frame[]): string {
    // While nobody is looking, answers go out, and must not be taken for a sign of life.
    return encodeMessage({ session, frames: paused ? [...frames, { type: "bye" }] : frames });
  }

  /** An older major version sees its own kind of append in each of these, damaged, and mutes this page for it. */
  function mayAppend(): boolean {
    return !paused && contacts.some(({ isOlder }) => !isOlder);
  }

  function textOf(out: Outgoing): string {
    return "append" in out ? out.append : messageOf(out.frames);
  }

  function takeChanges(): string | undefined {
    for (const each of documents()) {
      if ((each.changesDueAt() ?? Infinity) > clock.now()) continue;
      const out = each.takeChanges(() => awareness.takeNews(), mayAppend());
      if (out === "too-large") heartbeat.beatNow();
      else if (out !== "nothing") return textOf(out);
    }
    return undefined;
  }

  /** The board's tag, also where only the contacts' hellos told it; undefined where they do not agree. */
  function tagToSay(): Uint8Array | undefined {
    if (links.length === 0) return undefined;
    const tags = contacts.flatMap(({ link }) => link.tag() ?? []);
    if (tag) return tag;
    // One who lies could else speak for all.
    const isAgreed = tags.length === links.length && tags.every((each) => equalBytes(each, tags[0]!));
    return isAgreed ? tags[0] : undefined;
  }

  /** Where contacts told different things of the own address, each is said what it told itself. */
  function helloFrames(due: HelloDue): Frame[] {
    const told = contacts.flatMap(({ link }) => {
      const [own, to] = [link.tag(), link.session()];
      return own && to !== undefined ? [{ own, to }] : [];
    });
    if (due.to !== undefined)
      return [helloFrame(due, told.find(({ to }) => to === due.to)?.own ?? tagToSay())];
    if (tagToSay() || told.length === 0) return [helloFrame(due, tagToSay())];
    const each = told.map(({ own, to }) => helloFrame({ ...due, to }, own));
    return told.length === links.length ? each : [...each, helloFrame(due, undefined)];
  }

  function helloFrame({ to, reply, isWhole, isNaming }: HelloDue, own: Uint8Array | undefined): Frame {
    return {
      type: "hello",
      tag: own,
      reply,
      // With two people what one of them lacks can be sent at once.
      state: isWhole || isPair ? stateVectorOf(doc) : undefined,
      digest: first.digest(),
      ...(isNaming ? { names: remotes } : {}),
      ...(to === undefined || isPair ? {} : { to: slotOf(to) }),
    };
  }

  function beats(next: number): Frame[] {
    return [...documents().map((each) => each.beat(next)), ...awareness.takeForBeat()];
  }

  /** Hellos, questions and the sign of life share a message; what has no room in it goes into the next. */
  function takeControl(): string | undefined {
    const now = clock.now();
    if ((hellos.dueAt() ?? Infinity) <= now) control.push(...hellos.take().flatMap(helloFrames));
    for (const each of documents())
      if ((each.questionsDueAt() ?? Infinity) <= now) control.push(...each.takeQuestions());
    if (beatDue !== undefined) control.push(...beats(beatDue));
    beatDue = undefined;
    const frames = control.splice(0, CONTROL_FRAMES);
    return frames.length > 0 ? messageOf(frames) : undefined;
  }

  function takeAnswer(): string | undefined {
    for (const each of documents()) {
      if ((each.answersDueAt() ?? Infinity) > clock.now()) continue;
      const answer = each.takeAnswer(mayAppend());
      if (!answer) continue;
      if (!answer.isLast || "append" in answer.out) return textOf(answer.out);
      return messageOf([...answer.out.frames, each.beat(FIRST_BEAT_S)]);
    }
    return undefined;
  }

  const lanes: readonly Lane[] = [
    {
      dueAt: () => earliest(documents().map((each) => each.changesDueAt())),
      take: takeChanges,
    },
    {
      dueAt: () => awareness.dueAt(),
      take() {
        const frames = awareness.takeDue();
        return frames.length > 0 ? messageOf(frames) : undefined;
      },
    },
    {
      dueAt: () =>
        beatDue === undefined && control.length === 0
          ? earliest([hellos.dueAt(), ...documents().map((each) => each.questionsDueAt())])
          : -Infinity,
      take: takeControl,
    },
    {
      leaves: LEFT_BY_ANSWERS,
      dueAt: () => earliest(documents().map((each) => each.answersDueAt())),
      take: takeAnswer,
    },
  ];
  const scheduler = createScheduler({
    clock,
    host,
    lanes,
    tooLarge: () => log.warn("sync: a message is over the host's limit"),
  });

  /** A contact whose app is newer may mean well with what this one cannot read. */
  function offend(contact: Contact, reason: string): void {
    log.warn(`sync: refused: ${reason}`);
    if (contact.isNewer) tellVersion(contact, "own");
    if (contact.trust.offend(contact.isNewer)) muted.emit(contact.link.address);
  }

  function tellVersion({ link, told }: Contact, whose: "own" | "theirs"): void {
    if (told.has(whose)) return;
    told.add(whose);
    otherVersion.emit({ sender: link.address, whose });
  }

  function receiveAppend(contact: Contact, append: OpenedAppend): void {
    const { link } = contact;
    const from = link.sessionOf(append.slot);
    if (from === "unknown" && isPair) {
      hellos.say({ to: undefined, reply: true, isWhole: false, isNaming: false });
    }
    const document = documentOf(append.document);
    if (typeof from !== "number" || !document) return;
    // Whose ink it is has one spelling.
    const read = append.author === from ? undefined : readAppend(append, append.author ?? from);
    if (!read) return offend(contact, "a malformed append");
    link.heard(from);
    document.receiveInk(link, from, updateOf(read));
  }

  function receiveMessage(contact: Contact, message: OpenedMessage & { readonly ok: true }): void {
    const { link } = contact;
    const from = message.session;
    contact.isNewer = message.isNewer;
    contact.isOlder = false;
    const frames = readFrames(message.body);
    const isHello = (frame: Frame): frame is HelloFrame => frame.type === "hello";
    // What a page on another board says counts for nothing, whatever is wrong with it.
    if (link.isForeign(from)) return link.receiveForeignHellos(frames?.filter(isHello) ?? []);
    if (!frames) return offend(contact, "a malformed message");
    const isLeaving = frames.some(({ type }) => type === "bye");
    if (!link.receiveHellos(from, frames.filter(isHello), isLeaving)) return;
    for (const frame of frames) receiveFrame(link, from, frame, isLeaving);
  }

  function receiveFrame(link: OpenLink, from: number, frame: Frame, isLeaving: boolean): void {
    if (!isLeaving && !isHearsay(frame)) link.heard(from, frame.type === "digest" ? frame.next : undefined);
    const isForOthers = frame.to !== undefined && frame.to !== slotOf(session);
    if (frame.type === "hello") return;
    if (frame.type === "presence") link.receivePresence(from, frame);
    else if (frame.type === "bye") link.receiveBye(from);
    else documentOf(frame.document)?.receive(link, from, frame, isForOthers);
  }

  return {
    announce() {
      paused = false;
      awareness.renew();
      for (const each of documents()) each.announced();
      // Without contacts too: the host may not have named the one whom it lets hear this.
      hellos.announce(
        { to: undefined, reply: true, isWhole: true, isNaming: tag === undefined },
        () => links.length === 0 || whoIsHere().length > 0,
      );
      heartbeat.start();
    },
    receive(sender, text) {
      const contact = contacts.find(({ link }) => link.address === sender);
      if (!contact || contact.trust.isMuted()) return;
      const append = openAppend(text);
      if (append) return receiveAppend(contact, append);
      const message = openMessage(text);
      if (message.ok) receiveMessage(contact, message);
      else if (message.error === "malformed") offend(contact, "a malformed message");
      else if (message.error === "newer-major") tellVersion(contact, "own");
      else if (message.error === "older-major") {
        contact.isOlder = true;
        tellVersion(contact, "theirs");
      }
    },
    ended: (sender) => links.find(({ address }) => address === sender)?.ended(),
    wake: (urgency) => first.wakeInk(urgency),
    setPresence: (next) => awareness.setPresence(next),
    setPreview: (next) => awareness.setPreview(next),
    pause() {
      for (const each of documents()) {
        const out = each.takeChanges(() => awareness.takeNews(), mayAppend());
        if (typeof out === "object") host.send(textOf(out));
      }
      if (paused) return;
      paused = true;
      beatDue = undefined;
      hellos.pause();
      heartbeat.stop();
      if (links.length > 0) host.send(messageOf(documents().map((each) => each.beat(1))));
    },
    links: () => links,
    first: () => first,
    addDocument(number, document) {
      const replica = replicate(number, document);
      others.set(number, replica);
      replica.announced();
      heartbeat.beatNow();
      return () => {
        others.delete(number);
        replica.close();
      };
    },
    onChange: (listener) => changed.on(listener),
    onOtherVersion: (listener) => otherVersion.on(({ sender, whose }) => listener(sender, whose)),
    onMuted: (listener) => muted.on(listener),
    close() {
      scheduler.close();
      hellos.pause();
      heartbeat.stop();
      for (const each of documents()) each.close();
      for (const link of links) link.close();
    },
  };
}

/** Frames that say nothing about whether somebody looks at the page that sends them. */
function isHearsay({ type }: Frame): boolean {
  return type === "hello" || type === "request" || type === "diff" || type === "bye";
}

function earliest(moments: readonly (number | undefined)[]): number | undefined {
  const first = Math.min(...moments.map((at) => at ?? Infinity));
  return first < Infinity ? first : undefined;
}
