/*
 * Asking for the bytes of pictures: one after the other, each of one contact at a time, the one who put it on the
 * board first. Rules: PROTOCOL.md, S20.
 *
 *     (lacking) --want--> (asked) --chunk--> (asked, heard) --the last one--> whole
 *         ^                  |                    |
 *         +--- no answer, "none", or a wrong hash, after an ever longer pause: somebody else
 */
import { allChunks, blobKey, chunkCount, countChunks } from "../../board/blobs/chunks.ts";
import type { BlobName } from "../../board/blobs/chunks.ts";
import { slotOf } from "../../board/document/slot.ts";
import type { Clock } from "../../env/clock.ts";
import type { OpenLink } from "../link/link.ts";
import type { Frame } from "../wire/frame.ts";
import type { BlobDepot, LackingBlob } from "./blob-depot.ts";
import { createQuestion, lacksIt } from "./blob-question.ts";
import type { Question } from "./blob-question.ts";

export interface BlobAskingDeps {
  readonly clock: Clock;
  readonly random: () => number;
  readonly links: readonly OpenLink[];
  readonly depot: BlobDepot;
  /** No honest app sends this. */
  offend(link: OpenLink, reason: string): void;
}

export interface BlobAsking {
  /** When the next question is due; undefined: none is before something happens. */
  dueAt(): number | undefined;
  take(): Frame | undefined;
  /** `isForOthers`: what somebody else asked for. Says whether that was the last of it. */
  receiveChunk(link: OpenLink, frame: Frame & { readonly type: "chunk" }, isForOthers: boolean): boolean;
  /** What a contact has of it. `isForOthers`: somebody else had asked. */
  receiveHave(link: OpenLink, frame: Frame & { readonly type: "have" }, isForOthers: boolean): void;
  /** Somebody else asks for it. */
  overhear(name: BlobName): void;
  /** Other things are lacking, or others are here. */
  changed(): void;
  /** What is on its way here: how much of it came, 0 .. 1. */
  coming(): readonly (LackingBlob & { readonly part: number })[];
  /** What is lacking, and everybody who is here has said that they lack it, or nobody is here. */
  nowhere(): readonly LackingBlob[];
}

interface State extends BlobAskingDeps {
  readonly questions: Map<string, Question>;
  /** What was asked for in this page's life. */
  readonly everAsked: Set<string>;
  /** What is being asked for, and until when it is waited for. */
  asked: { readonly key: string; readonly at: number; until: number; isHeard: boolean } | undefined;
  /** From a question to the first chunk that comes of it, as it was lately. */
  answerMs: number;
  /** When the next question is due; undefined: to be found out anew. */
  planned: { readonly at: number | undefined } | undefined;
  /** The sessions that were here when it was looked last. */
  present: ReadonlySet<number>;
}

/** From a question to its first chunk, as long as that is not known. */
const USUAL_ANSWER_MS = 1200;
/** So many times as long is waited for the first chunk, and for each further one; and so long in any case, and at most. */
const PATIENCE = 2;
const LEAST_PATIENCE_MS = 600;
const MOST_PATIENCE_MS = 6000;
/** With so few chunks to come the next picture is asked for. */
const NEARLY_ALL = 2;
/** After a question in vain, and twice as long after each further one. */
const PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;
const MOST_DOUBLED = 6;
/** In a group, so that not everybody asks at once. */
const SPREAD_MS = 800;

export function createBlobAsking(deps: BlobAskingDeps): BlobAsking {
  const { clock, links, depot } = deps;
  const state: State = {
    ...deps,
    questions: new Map(),
    everAsked: new Set(),
    asked: undefined,
    answerMs: USUAL_ANSWER_MS,
    planned: undefined,
    present: new Set(),
  };
  const { questions } = state;

  return {
    dueAt: () => dueAt(state),
    take() {
      if ((dueAt(state) ?? Infinity) > clock.now() || state.asked) return undefined;
      const due = next(state);
      state.planned = undefined;
      if (!due || due.at > clock.now()) return undefined;
      const { hash, bytes, missing } = due.blob;
      const link = ask(state, due.blob);
      const to = links.length > 1 ? link.session() : undefined;
      return { type: "want", hash, bytes, chunks: missing, ...(to === undefined ? {} : { to: slotOf(to) }) };
    },
    receiveChunk: (link, frame, isForOthers) => receiveChunk(state, link, frame, isForOthers),
    receiveHave(link, { hash, bytes, chunks }, isForOthers) {
      const key = blobKey({ hash, bytes });
      const question = questions.get(key);
      if (chunks > 0) {
        if (question?.nones.delete(link.address) === true) hasten(state, question);
        return;
      }
      question?.nones.set(link.address, link.session());
      if (!isForOthers && state.asked?.key === key) giveUp(state);
    },
    overhear(name) {
      const question = questions.get(blobKey(name));
      if (!question || state.asked?.key === blobKey(name)) return;
      question.at = Math.max(question.at, clock.now() + patienceOf(state));
      state.planned = undefined;
    },
    changed() {
      const { asked } = state;
      state.planned = undefined;
      noteWhoIsHere(state);
      if (asked && ![...depot.lacking()].some((blob) => blobKey(blob) === asked.key)) state.asked = undefined;
    },
    coming() {
      return [...depot.lacking()].flatMap((blob) => {
        const part = 1 - countChunks(blob.missing) / chunkCount(blob.bytes);
        return part > 0 || state.asked?.key === blobKey(blob) ? [{ ...blob, part }] : [];
      });
    },
    nowhere: () => [...depot.lacking()].filter((blob) => isNowhere(state, blob)),
  };
}

function isNowhere({ links, questions }: State, blob: LackingBlob): boolean {
  const question = questions.get(blobKey(blob));
  return links.filter((link) => link.state() === "here").every((link) => question && lacksIt(question, link));
}

/** Somebody has it now: it is asked for soon, however often that was in vain. */
function hasten(state: State, question: Question): void {
  question.at = Math.min(question.at, soon(state));
  question.vain = 0;
  state.planned = undefined;
}

/** Who comes may have what nobody had. */
function noteWhoIsHere(state: State): void {
  const here = state.links.filter((link) => link.state() === "here").map((link) => link.session() ?? 0);
  const isSomebodyNew = here.some((session) => !state.present.has(session));
  state.present = new Set(here);
  if (isSomebodyNew) for (const question of state.questions.values()) hasten(state, question);
}

/** Now, but not all of a group at once. */
function soon({ links, clock, random }: State): number {
  return clock.now() + (links.length > 1 ? random() * SPREAD_MS : 0);
}

function questionOf(state: State, key: string): Question {
  const { questions } = state;
  let question = questions.get(key);
  if (!question) {
    question = createQuestion(soon(state));
    questions.set(key, question);
  }
  return question;
}

/** Whom it can be asked of, its maker first. */
function holders({ links }: State, { maker }: LackingBlob, { liars }: Question): readonly OpenLink[] {
  const here = links.filter((link) => link.state() === "here" && !liars.has(link.address));
  const isMaker = (link: OpenLink): boolean => maker !== undefined && link.knows(maker);
  return [...here.filter(isMaker), ...here.filter((link) => !isMaker(link))];
}

/** The first that may be asked for by now, else the one that may be first. */
function next(state: State): { readonly blob: LackingBlob; readonly at: number } | undefined {
  let first: { readonly blob: LackingBlob; readonly at: number } | undefined;
  const now = state.clock.now();
  for (const blob of state.depot.lacking()) {
    const question = questionOf(state, blobKey(blob));
    if (holders(state, blob, question).length === 0) continue;
    if (question.at <= now) return { blob, at: question.at };
    if (!first || question.at < first.at) first = { blob, at: question.at };
  }
  return first;
}

function dueAt(state: State): number | undefined {
  if (state.asked && state.clock.now() >= state.asked.until) giveUp(state);
  state.planned ??= { at: next(state)?.at };
  const { asked, planned } = state;
  if (planned.at === undefined) return asked?.until;
  return asked ? Math.max(planned.at, asked.until) : planned.at;
}

/** Says whom. */
function ask(state: State, blob: LackingBlob): OpenLink {
  const key = blobKey(blob);
  const question = questionOf(state, key);
  const all = holders(state, blob, question);
  const link = all[question.turn % all.length]!;
  question.only = question.isStrict ? link.address : undefined;
  const now = state.clock.now();
  state.asked = { key, at: now, until: now + patienceOf(state), isHeard: false };
  state.everAsked.add(key);
  return link;
}

/** Nothing more came. */
function giveUp(state: State): void {
  const question = state.asked && state.questions.get(state.asked.key);
  state.asked = undefined;
  state.planned = undefined;
  if (!question) return;
  const pause = PAUSE_MS * (2 ** Math.min(question.vain, MOST_DOUBLED) - 1);
  question.turn++;
  question.at = state.clock.now() + Math.min(pause, LONGEST_PAUSE_MS);
  question.vain++;
}

function receiveChunk(
  state: State,
  link: OpenLink,
  { hash, bytes, index, content }: Frame & { readonly type: "chunk" },
  isForOthers: boolean,
): boolean {
  const { clock, depot, questions, everAsked } = state;
  const key = blobKey({ hash, bytes });
  if (!isForOthers && !everAsked.has(key)) {
    state.offend(link, "a chunk that nobody asked for");
    return false;
  }
  const question = questions.get(key);
  const isRefused = question?.only !== undefined && question.only !== link.address;
  if (isRefused || question?.liars.has(link.address)) return false;
  noteAnswer(state, key);
  const came = depot.take({ hash, bytes }, index, content);
  if (came === "useless") return false;
  state.planned = undefined;
  if (came === "wrong") {
    takeWrong(state, link, key);
    return false;
  }
  if (came === "whole") {
    questions.delete(key);
    if (state.asked?.key === key) state.asked = undefined;
    return true;
  }
  const known = questionOf(state, key);
  known.sources.add(link.address);
  known.vain = 0;
  const until = clock.now() + patienceOf(state);
  if (state.asked?.key !== key || countChunks(allChunks(bytes) - depot.held({ hash, bytes })) <= NEARLY_ALL) {
    known.at = Math.max(known.at, until);
    if (state.asked?.key === key) state.asked = undefined;
  } else state.asked.until = until;
  return false;
}

function patienceOf({ answerMs }: State): number {
  return Math.min(Math.max(PATIENCE * answerMs, LEAST_PATIENCE_MS), MOST_PATIENCE_MS);
}

/** The first chunk of what was asked for came. */
function noteAnswer(state: State, key: string): void {
  const { asked, clock } = state;
  if (asked?.key !== key || asked.isHeard) return;
  asked.isHeard = true;
  state.answerMs = (state.answerMs + clock.now() - asked.at) / 2;
}

/** All chunks are here, the last one from this contact, and their hash is another one. */
function takeWrong(state: State, link: OpenLink, key: string): void {
  const question = questionOf(state, key);
  const { sources, liars } = question;
  sources.add(link.address);
  if (sources.size === 1) {
    liars.add(link.address);
    state.offend(link, "other bytes than a picture has");
  }
  // Whose they were cannot be told: from now on all are of the one who is asked.
  question.isStrict = true;
  sources.clear();
  question.vain = Math.max(question.vain, 1);
  if (state.asked?.key === key) giveUp(state);
}
