/*
 * What a replica says: of everything that is due, the next message. The lanes are in order of priority; what
 * is in none of them waits inside of its part. Rules: PROTOCOL.md, S2, S6, S8, S16.
 */
import { equalBytes } from "../base/bytes.ts";
import { INDEX_DOCUMENT } from "../board/document/document-number.ts";
import { equalDigest, stateVectorOf } from "../board/document/state.ts";
import { documentsOf, toldDocuments } from "./documents.ts";
import type { DocumentReplica, Outgoing } from "./link/document-replica.ts";
import type { HelloDue } from "./link/hellos.ts";
import { FIRST_BEAT_S } from "./link/link.ts";
import type { ReplicaParts } from "./replica-parts.ts";
import { EMPTY_DIGEST } from "./roster/roster.ts";
import { earliest } from "../base/earliest.ts";
import type { Lane } from "./sending/scheduler.ts";
import { encodeMessage, MAX_FRAMES } from "./wire/frame.ts";
import { slotOf } from "../board/document/slot.ts";
import type { Frame } from "./wire/frame.ts";

/** Frames of one message, with room for a hello, and for the bye of a page that nobody looks at. */
const CONTROL_FRAMES = MAX_FRAMES - 2;
/** Of speech, with a change of a document: what else goes along has room in the rest. */
const FRAMES_ALONG = MAX_FRAMES / 2;
/** What waits for the bridge leaves this many navigations of its budget for ink. */
const LEFT_BY_ANSWERS = 40;
const LEFT_BY_VOICE = 25;
/** A few writes that a contact lacks hold up all that it is sent of that session: they wait for less. */
const LEFT_BY_FEW_WRITES = 12;

/** What can be due, the first goes first. */
export function lanesOf(parts: ReplicaParts): readonly Lane[] {
  const { saying } = parts;
  const earliestOf = (dueAt: (each: DocumentReplica) => number | undefined): number | undefined =>
    earliest(documentsOf(parts).map(dueAt));
  return [
    {
      dueAt: () => earliestOf((each) => each.changesDueAt()),
      take: () => takeChanges(parts),
    },
    {
      leaves: LEFT_BY_VOICE,
      dueAt: () => parts.voice.dueAt(),
      take() {
        const frames = parts.voice.take();
        return frames.length > 0 ? messageOf(parts, withHello(parts, frames)) : undefined;
      },
    },
    {
      dueAt: () => saying.awareness.dueAt(),
      take() {
        const frames = saying.awareness.takeDue();
        return frames.length > 0 ? messageWithSpeech(parts, frames) : undefined;
      },
    },
    {
      dueAt: () =>
        saying.beatDue === undefined && saying.control.length === 0
          ? earliest([saying.hellos.dueAt(), questionsDueAt(parts)])
          : -Infinity,
      take: () => takeControl(parts),
    },
    {
      leaves: LEFT_BY_FEW_WRITES,
      dueAt: () => earliestOf((each) => each.fewWritesDueAt()),
      take: () => takeFewWrites(parts),
    },
    {
      leaves: LEFT_BY_ANSWERS,
      dueAt: () => earliest([earliestOf((each) => each.answersDueAt()), parts.further.talk.answersDueAt()]),
      take: () => takeAnswer(parts),
    },
    {
      leaves: LEFT_BY_ANSWERS,
      dueAt: () => parts.further.repairs.dueAt(),
      take() {
        const frames = parts.further.repairs.take();
        return frames.length > 0 ? messageWithSpeech(parts, withHello(parts, frames)) : undefined;
      },
    },
    {
      leaves: LEFT_BY_ANSWERS,
      dueAt: () => parts.blobs.dueAt(),
      take() {
        const frames = parts.blobs.take();
        return frames.length > 0 ? messageWithSpeech(parts, withHello(parts, frames)) : undefined;
      },
    },
  ];
}

/** All changes, whatever their cadence, and that nobody looks at this page from now on. */
export function lastWords(parts: ReplicaParts): readonly string[] {
  const { saying } = parts;
  const texts: string[] = [];
  for (const each of documentsOf(parts)) {
    const out = each.takeChanges(() => saying.awareness.takeNews(), mayAppend(parts));
    if (typeof out === "object") texts.push(textOf(parts, out));
  }
  if (parts.isPaused) return texts;
  parts.isPaused = true;
  saying.beatDue = undefined;
  saying.hellos.pause();
  saying.heartbeat.stop();
  if (parts.links.length === 0) return texts;
  return [...texts, messageOf(parts, [...parts.voice.leave(), ...digests(parts, 1)])];
}

function messageOf({ session, isPaused }: ReplicaParts, frames: readonly Frame[]): string {
  // While nobody is looking, answers go out, and must not be taken for a sign of life.
  return encodeMessage({ session, frames: isPaused ? [...frames, { type: "bye" }] : frames });
}

/** What leaves anyway takes along speech that waits, which would find the bridge busy and come too late to be played. */
function messageWithSpeech(parts: ReplicaParts, frames: readonly Frame[]): string {
  // And the bye.
  const room = Math.max(MAX_FRAMES - 1 - frames.length, 0);
  return messageOf(parts, [...frames, ...parts.voice.takeAlong(room)]);
}

/**
 * Not while nobody looks at this page: an append has no room for the bye. And not where all contacts have an
 * older major version, which sees its own kind of append in each, damaged, and mutes this page for it.
 */
function mayAppend({ isPaused, contacts }: ReplicaParts): boolean {
  return !isPaused && contacts.some(({ isOlder }) => !isOlder);
}

function textOf(parts: ReplicaParts, out: Outgoing): string {
  return "append" in out ? out.append : messageOf(parts, out.frames);
}

function takeChanges(parts: ReplicaParts): string | undefined {
  const { clock } = parts.deps.env;
  const { awareness, heartbeat } = parts.saying;
  for (const each of documentsOf(parts)) {
    if ((each.changesDueAt() ?? Infinity) > clock.now()) continue;
    const along = (): readonly Frame[] => [...awareness.takeNews(), ...parts.voice.takeAlong(FRAMES_ALONG)];
    const out = each.takeChanges(along, mayAppend(parts));
    if (out === "too-large") heartbeat.beatNow();
    else if (out !== "nothing") {
      if ("append" in out) parts.blobs.drawn();
      return textOf(parts, out);
    }
  }
  return undefined;
}

/** Of the documents that are not told of each by itself it is the repairs' affair when they ask. */
function questionsDueAt(parts: ReplicaParts): number | undefined {
  const ofDocuments = toldDocuments(parts).map((each) => each.questionsDueAt());
  return earliest([...ofDocuments, parts.further.talk.questionsDueAt()]);
}

/** Hellos, questions and the sign of life share a message; what has no room in it goes into the next. */
function takeControl(parts: ReplicaParts): string | undefined {
  const { saying } = parts;
  const now = parts.deps.env.clock.now();
  const { control } = saying;
  if ((saying.hellos.dueAt() ?? Infinity) <= now)
    control.push(...saying.hellos.take().flatMap((due) => helloFrames(parts, due)));
  for (const each of toldDocuments(parts))
    if ((each.questionsDueAt() ?? Infinity) <= now) control.push(...each.takeQuestions());
  if ((parts.further.talk.questionsDueAt() ?? Infinity) <= now)
    control.push(...parts.further.talk.takeQuestions());
  if (saying.beatDue !== undefined) control.push(...beats(parts, saying.beatDue));
  saying.beatDue = undefined;
  const frames = control.splice(0, CONTROL_FRAMES);
  return frames.length > 0 ? messageWithSpeech(parts, withHello(parts, frames)) : undefined;
}

function takeFewWrites(parts: ReplicaParts): string | undefined {
  const { clock } = parts.deps.env;
  for (const each of documentsOf(parts)) {
    if ((each.fewWritesDueAt() ?? Infinity) > clock.now()) continue;
    const out = each.takeFewWrites(mayAppend(parts));
    if (out) return answerOf(parts, out);
  }
  return undefined;
}

function takeAnswer(parts: ReplicaParts): string | undefined {
  const { clock } = parts.deps.env;
  for (const each of documentsOf(parts)) {
    if ((each.answersDueAt() ?? Infinity) > clock.now()) continue;
    const answer = each.takeAnswer(mayAppend(parts));
    if (answer) return answerOf(parts, answer.out, answer.isLast ? [each.beat(FIRST_BEAT_S)] : []);
  }
  const list = parts.further.talk.takeAnswer();
  return list && messageWithSpeech(parts, withHello(parts, [list]));
}

function answerOf(parts: ReplicaParts, out: Outgoing, end: readonly Frame[] = []): string {
  return "append" in out ? out.append : messageWithSpeech(parts, withHello(parts, [...out.frames, ...end]));
}

/** Without a hello nothing else counts: with two people it goes along as long as it may have been lost. */
function withHello(parts: ReplicaParts, frames: readonly Frame[]): readonly Frame[] {
  const { links, saying } = parts;
  const contact = links.length === 1 ? links[0]!.session() : undefined;
  const isGreeted = contact === undefined || saying.greeted.has(contact);
  if (isGreeted || frames.some(({ type }) => type === "hello")) return frames;
  return [...helloFrames(parts, { to: undefined, reply: false, isWhole: true, isNaming: false }), ...frames];
}

function beats(parts: ReplicaParts, next: number): Frame[] {
  return [...digests(parts, next), ...parts.saying.awareness.takeForBeat()];
}

/** What is here, in short: as long with many documents as with few, and of an index without writes nothing. */
function digests(parts: ReplicaParts, next: number): Frame[] {
  const index = parts.others.get(INDEX_DOCUMENT);
  const told = toldDocuments(parts).filter(
    (each) => each !== index || !equalDigest(each.digest(), EMPTY_DIGEST),
  );
  return [...told.map((each) => each.beat(next)), ...parts.further.talk.sum()];
}

/** The board's tag, also where only the contacts' hellos told it; undefined where they do not agree. */
function tagToSay({ deps, contacts, links }: ReplicaParts): Uint8Array | undefined {
  if (links.length === 0) return undefined;
  if (deps.tag) return deps.tag;
  const tags = contacts.flatMap(({ link }) => link.tag() ?? []);
  // One who lies could else speak for all.
  const isAgreed = tags.length === links.length && tags.every((each) => equalBytes(each, tags[0]!));
  return isAgreed ? tags[0] : undefined;
}

/** Where contacts told different things of the own address, each is said what it told itself. */
function helloFrames(parts: ReplicaParts, due: HelloDue): Frame[] {
  const { contacts, links } = parts;
  const frameOf = (hello: HelloDue, tag: Uint8Array | undefined): Frame => helloFrame(parts, hello, tag);
  const told = contacts.flatMap(({ link }) => {
    const [own, to] = [link.tag(), link.session()];
    return own && to !== undefined ? [{ own, to }] : [];
  });
  if (due.to !== undefined)
    return [frameOf(due, told.find(({ to }) => to === due.to)?.own ?? tagToSay(parts))];
  if (tagToSay(parts) || told.length === 0) return [frameOf(due, tagToSay(parts))];
  const each = told.map(({ own, to }) => frameOf({ ...due, to }, own));
  return told.length === links.length ? each : [...each, frameOf(due, undefined)];
}

function helloFrame(
  { deps, first, links }: ReplicaParts,
  { to, reply, isWhole, isNaming }: HelloDue,
  tag: Uint8Array | undefined,
): Frame {
  const isPair = links.length === 1;
  const refused = first.refused();
  return {
    type: "hello",
    tag,
    reply,
    // With two people what one of them lacks can be sent at once.
    state: isWhole || isPair ? stateVectorOf(deps.doc) : undefined,
    digest: first.digest(),
    ...(isNaming ? { names: deps.remotes } : {}),
    ...(refused.length > 0 ? { refused } : {}),
    ...(to === undefined || isPair ? {} : { to: slotOf(to) }),
  };
}
