/*
 * What one document lacks, and whom to ask for it. Everybody hears a question and its answer, so nobody
 * asks for what somebody else has just asked for. Rules: PROTOCOL.md, S4.
 *
 *     (whole) --lack--> (waiting: it may only be late) --ask--> (asked: again later, ever slower)
 *        ^                          ^                                    |
 *        |                          +---- somebody else asked for it ----+
 *        +------------------------ it is here ---------------------------+
 */
import type { StateDigest, StateVector } from "../../board/document/state.ts";
import type { Clock } from "../../env/clock.ts";
import type { Random } from "../../env/random.ts";
import { slotOf } from "../../board/document/slot.ts";
import type { Frame } from "../wire/frame.ts";
import type { Pairs, Range } from "../wire/state-codec.ts";
import { createLacks, FIRST_MS } from "./lacks.ts";
import type { Lack, Lacks } from "./lacks.ts";
import type { Link } from "./link.ts";
import type { WaitingUpdate } from "./waiting.ts";

export interface Asking {
  /** `from` has shown that a session wrote up to `end`, and not all of it is here. */
  lack(client: number, end: number, from: Link): void;
  /** What `from` has differs from what is here, in what nothing but a whole comparison can tell. */
  lackAll(from: Link): void;
  /** An update came too early. */
  notice(): void;
  /** Somebody asked, whose answer everybody hears: for these writes. */
  heardWrites(ranges: readonly Range[]): void;
  /** Somebody who has no more than `state` asked for everything. */
  heardAll(state: StateVector): void;
  /** Whether anything is lacking, as far as is known. */
  isLacking(): boolean;
  /** A chunk of an answer to this page came; `last`: nothing follows. */
  answered(last: boolean): void;
  /** When it is time to ask; undefined: nothing is lacking. */
  dueAt(): number | undefined;
  /** The questions that are due. They count as asked. */
  take(): Frame[];
}

/** What has no room, here or there. */
export interface Refusing {
  /** No more is taken here of this session, which has written up to `end`. */
  knows(client: number, end: number): boolean;
  /** Such sessions, each with how much of it is here. */
  pairs(): Pairs;
  /** This page or a contact takes no more of something: a difference may be there to stay. */
  isAny(): boolean;
}

export interface AskingDeps {
  readonly clock: Clock;
  readonly random: Random;
  /** All contacts. */
  readonly links: readonly Link[];
  state(): StateVector;
  digest(): StateDigest;
  /** How much is here of what a session wrote. */
  written(client: number): number;
  /** Updates that came too early. */
  waiting(): readonly WaitingUpdate<Link>[];
  /** What they bring of a session. */
  waitingOf(client: number): readonly Range[];
  readonly refusing: Refusing;
  /** Whether what the contact said last still cannot be explained. */
  differs(link: Link): boolean;
  /** `dueAt` is earlier than it was. */
  wake(): void;
}

const AGAIN_MS = 1400;
const AGAIN_OF_GROUP_MS = 1600;
/** One contact that is there mostly did not hear: so many questions come at the same pace. */
const EVEN_TRIES = 4;
const SLOWING_OF_ALL = 1.2;
const SLOWEST_MS = 4000;
const SLOWEST_OF_GROUP_MS = 10_000;
/** Where a difference may be there to stay, it is asked about twice as rarely each time. */
const SLOWEST_WHILE_REFUSING_MS = 300_000;
/** Of many, somebody's sign of life comes at every moment: what it tells of is mostly on its way. */
const FIRST_OF_GROUP_MS = 1500;
/** Among many, questions are spread out, so that one is heard before the others are asked. */
const SPREAD_MS = 200;
/** So long an answer to somebody else's question is waited for. */
const COVER_MS = 1500;
/** What is due so soon goes along. */
const BATCH_MS = 150;
/**
 * A session's writes that did not come after so many questions are asked for with everything else. Among
 * many that is an answer to much that is only on its way.
 */
const MAX_TRIES = 3;
const MAX_TRIES_OF_GROUP = 8;
/** Of more sessions than there are contacts much is lacking only for who was away: that is asked for as a whole. */
const FEW_MORE = 2;
/** Of one message. */
const MAX_QUESTIONS = 8;

export function createAsking(deps: AskingDeps): Asking {
  const { clock, random, links, written, refusing } = deps;
  const isPair = links.length === 1;
  const slowest = isPair ? SLOWEST_MS : SLOWEST_OF_GROUP_MS;
  const lacks = createLacks({
    clock,
    written,
    waiting: deps.waiting,
    waitingOf: deps.waitingOf,
    refuses: refusing.knows,
    firstAt,
  });
  /** Contacts that have something else, in what nothing but a whole comparison can tell. */
  const differing = new Set<Link>();
  let askAllAt = Infinity;
  let pauseOfAll = AGAIN_MS;
  let lastChunk = -Infinity;

  function firstAt(delay = FIRST_MS): number {
    return clock.now() + delay + (isPair ? 0 : random.uint32() % (SPREAD_MS * (1 + Math.log2(links.length))));
  }

  /** Takes in what came, and what explains a difference. */
  function review(): void {
    lacks.review();
    for (const link of differing) if (!deps.differs(link)) differing.delete(link);
    if (differing.size > 0) return;
    askAllAt = Infinity;
    pauseOfAll = AGAIN_MS;
  }

  function askAll(present: readonly Link[]): Frame[] {
    const able = [...differing].filter((link) => present.includes(link));
    const target = anyOf(able.length > 0 ? able : present, random);
    askAllAt = differing.size > 0 ? clock.now() + pauseOfAll : Infinity;
    pauseOfAll = refusing.isAny()
      ? Math.min(SLOWEST_WHILE_REFUSING_MS, pauseOfAll * 2)
      : Math.min(slowest, pauseOfAll * (isPair ? SLOWING_OF_ALL : 2));
    for (const lack of lacks.all.values()) {
      asked(lack);
      lack.wedgedSince = undefined;
    }
    return [addressed(questionForAll(deps), target, isPair)];
  }

  function asked(lack: Lack): void {
    lack.askAt = clock.now() + Math.min(slowest, pauseAfter(lack.tries, isPair));
    lack.tries++;
  }

  function take(): Frame[] {
    review();
    const present = links.filter((link) => link.state() === "here");
    if (present.length === 0) {
      lacks.clear();
      differing.clear();
      askAllAt = Infinity;
      return [];
    }
    const until = clock.now() + BATCH_MS;
    const due = [...lacks.all].filter(([client, lack]) => lack.askAt <= until && lacks.hasHole(client, lack));
    const most = isPair ? MAX_TRIES : MAX_TRIES_OF_GROUP;
    const isStuck = due.length > links.length + FEW_MORE || due.some(([, { tries }]) => tries >= most);
    const isWedged = due.length === 0 && [...lacks.all.values()].some(lacks.isWedged);
    if (isStuck || isWedged || askAllAt <= clock.now()) return askAll(present);
    return due.length > 0 ? askForWrites(due, present, { lacks, random, isPair, asked }) : [];
  }

  return {
    lack(client, end, from) {
      // A contact may name very many sessions at once: only what changes something is a reason to look when to ask.
      if (lacks.add(client, end, from, isPair ? FIRST_MS : FIRST_OF_GROUP_MS)) deps.wake();
    },
    lackAll(from) {
      if (!differing.has(from)) askAllAt = Math.min(askAllAt, firstAt());
      differing.add(from);
      deps.wake();
    },
    notice() {
      review();
      if (lacks.all.size > 0) deps.wake();
    },
    heardWrites(ranges) {
      review();
      for (const [client, lack] of lacks.all) {
        const isAsked = (hole: Range): boolean =>
          ranges.some((range) => range.client === client && range.from <= hole.from && range.to >= hole.to);
        if (lacks.holesOf(client, lack).every(isAsked))
          lack.askAt = Math.max(lack.askAt, clock.now() + COVER_MS);
      }
    },
    heardAll(state) {
      review();
      const later = clock.now() + COVER_MS;
      const hasLess = (client: number): boolean => (state.get(client) ?? 0) <= written(client);
      for (const [client, lack] of lacks.all) if (hasLess(client)) lack.askAt = Math.max(lack.askAt, later);
      if ([...state.keys()].every(hasLess)) askAllAt = Math.max(askAllAt, later);
    },
    isLacking() {
      review();
      return lacks.all.size > 0 || differing.size > 0;
    },
    answered(last) {
      lastChunk = last ? -Infinity : clock.now();
      if (last && !refusing.isAny()) askAllAt = differing.size > 0 ? Math.min(askAllAt, firstAt()) : Infinity;
      if (!refusing.isAny()) pauseOfAll = AGAIN_MS;
      // What the answer did not bring is lacking for another reason.
      if (last) for (const lack of lacks.all.values()) lack.askAt = Math.min(lack.askAt, firstAt());
      deps.wake();
    },
    dueAt() {
      if (lacks.all.size === 0 && differing.size === 0) return undefined;
      const due = Math.min(askAllAt, ...Array.from(lacks.all.values(), ({ askAt }) => askAt));
      // An answer is on its way, and may have it.
      return due < Infinity ? Math.max(due, lastChunk + AGAIN_MS) : undefined;
    },
    take,
  };
}

function pauseAfter(tries: number, isPair: boolean): number {
  return isPair ? AGAIN_MS * 2 ** Math.max(0, tries - EVEN_TRIES) : AGAIN_OF_GROUP_MS * 2 ** tries;
}

interface Askers {
  readonly lacks: Lacks;
  readonly random: Random;
  readonly isPair: boolean;
  /** A question for it leaves. */
  asked(lack: Lack): void;
}

/** One question for each contact that is asked. What is left out is due again at once. */
function askForWrites(
  due: readonly (readonly [client: number, lack: Lack])[],
  present: readonly Link[],
  { lacks, random, isPair, asked }: Askers,
): Frame[] {
  const byTarget = new Map<Link, Range[]>();
  for (const [client, lack] of due) {
    const target = targetOf(client, lack, present, random);
    const ranges = byTarget.get(target) ?? [];
    if (ranges.length === 0 && byTarget.size >= MAX_QUESTIONS) continue;
    ranges.push(...lacks.holesOf(client, lack));
    byTarget.set(target, ranges);
    asked(lack);
  }
  return Array.from(byTarget, ([target, ranges]) => {
    const isOwn = !isPair && ranges.every(({ client }) => client === target.session());
    return addressed({ type: "request", what: "writes", isOwn, ranges }, target, isPair);
  });
}

/**
 * Who wrote it has it, and says it in the fewest characters; who does not answer may be gone, so others are
 * asked in turn.
 */
function targetOf(client: number, { from, tries }: Lack, present: readonly Link[], random: Random): Link {
  const author = present.find((link) => link.session() === client);
  if (tries < MAX_TRIES && author) return author;
  if (tries === 0 && present.includes(from)) return from;
  return anyOf(present, random);
}

function anyOf(some: readonly Link[], random: Random): Link {
  return some[random.uint32() % some.length]!;
}

/** With one contact there is nobody else whom it could be for. */
function addressed(frame: Frame, link: Link, isPair: boolean): Frame {
  const to = isPair ? undefined : link.session();
  return to === undefined ? frame : { ...frame, to: slotOf(to) };
}

function questionForAll({ state, digest, refusing }: AskingDeps): Frame {
  const refused = refusing.pairs();
  const question = { type: "request", what: "all", state: state(), digest: digest() } as const;
  return refused.length > 0 ? { ...question, refused } : question;
}
