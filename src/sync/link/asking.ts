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
import type { Frame } from "../wire/frame.ts";
import type { Pairs, Range } from "../wire/state-codec.ts";
import { putOff } from "./holes.ts";
import type { Hole } from "./holes.ts";
import { createLacks } from "./lacks.ts";
import type { Lack } from "./lacks.ts";
import type { Link } from "./link.ts";
import { addressed, anyOf, askForWrites } from "./questions.ts";
import { createWaits } from "./waits.ts";
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

/** What a hello or a digest tells of may be in an answer that is on its way. */
const FIRST_MS = 400;
/** For everything. */
const AGAIN_MS = 1400;
const SLOWING_OF_ALL = 1.2;
/** For writes: as long as an answer takes, after some questions in vain longer by so much each time. */
const EVEN_TRIES = 2;
const SLOWING = 1.4;
const SLOWING_OF_GROUP = 1.6;
const AGAIN_OF_GROUP_MS = 900;
const SLOWEST_MS = 4000;
const SLOWEST_OF_GROUP_MS = 10_000;
/** Where a difference may be there to stay, it is asked about twice as rarely each time. */
const SLOWEST_WHILE_REFUSING_MS = 300_000;
/** Of many, somebody's sign of life comes at every moment: what it tells of is mostly on its way. */
const FIRST_OF_GROUP_MS = 1500;
/** Among many, questions are spread out, so that one is heard before the others are asked. */
const SPREAD_MS = 270;
/** So long an answer to somebody else's question is waited for. */
const COVER_MS = 1500;
/** What is due so soon goes along. */
const BATCH_MS = 150;
/**
 * A session's writes that did not come after so many questions are asked for with everything else. Among
 * many that is an answer to much that is only on its way.
 */
const MAX_TRIES = 5;
const MAX_TRIES_OF_GROUP = 8;
/** Of more sessions than there are contacts much is lacking only for who was away: that is asked for as a whole. */
const FEW_MORE = 2;

export function createAsking(deps: AskingDeps): Asking {
  const { clock, random, links, written, refusing } = deps;
  const isPair = links.length === 1;
  const slowest = isPair ? SLOWEST_MS : SLOWEST_OF_GROUP_MS;
  const waits = createWaits();
  const lacks = createLacks({
    clock,
    waits,
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

  function firstAt(delay: number): number {
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
    lacks.askedForAll(asked);
    return [addressed(questionForAll(deps), target, isPair)];
  }

  function asked(hole: Hole): void {
    if (hole.askedAt === undefined) waits.wasLost();
    hole.askedAt ??= clock.now();
    hole.askAt = clock.now() + pauseAfter(hole.tries, isPair ? waits.answer() : undefined);
    hole.tries++;
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
    const isDue = ({ holes }: Lack): boolean => holes.some(({ askAt }) => askAt <= until);
    const due = [...lacks.all].filter(([, lack]) => isDue(lack));
    const most = isPair ? MAX_TRIES : MAX_TRIES_OF_GROUP;
    const isStuck = due.length > links.length + FEW_MORE || due.some(([, { tries }]) => tries >= most);
    const isWedged = lacks.wedgedAt() <= clock.now();
    if (isStuck || isWedged || askAllAt <= clock.now()) return askAll(present);
    return due.length > 0 ? askForWrites(due, present, { until, random, isPair, asked }) : [];
  }

  return {
    lack(client, end, from) {
      // A contact may name very many sessions at once: only what changes something is a reason to look when to ask.
      if (lacks.add(client, end, from, isPair ? FIRST_MS : FIRST_OF_GROUP_MS)) deps.wake();
    },
    lackAll(from) {
      if (!differing.has(from)) askAllAt = Math.min(askAllAt, firstAt(FIRST_MS));
      differing.add(from);
      deps.wake();
    },
    notice() {
      review();
      if (lacks.all.size > 0) deps.wake();
    },
    heardWrites(ranges) {
      review();
      lacks.cover(ranges, clock.now() + COVER_MS);
    },
    heardAll(state) {
      review();
      const later = clock.now() + COVER_MS;
      const hasLess = (client: number): boolean => (state.get(client) ?? 0) <= written(client);
      for (const [client, { holes }] of lacks.all) if (hasLess(client)) putOff(holes, later);
      if ([...state.keys()].every(hasLess)) askAllAt = Math.max(askAllAt, later);
    },
    isLacking() {
      review();
      return lacks.all.size > 0 || differing.size > 0;
    },
    answered(last) {
      lastChunk = last ? -Infinity : clock.now();
      if (last && !refusing.isAny())
        askAllAt = differing.size > 0 ? Math.min(askAllAt, firstAt(FIRST_MS)) : Infinity;
      if (!refusing.isAny()) pauseOfAll = AGAIN_MS;
      // What the answer did not bring is lacking for another reason.
      const soon = firstAt(FIRST_MS);
      for (const { holes } of last ? lacks.all.values() : [])
        for (const hole of holes) hole.askAt = Math.min(hole.askAt, soon);
      deps.wake();
    },
    dueAt() {
      if (lacks.all.size === 0 && differing.size === 0) return undefined;
      const due = Math.min(askAllAt, lacks.askAt());
      // An answer is on its way, and may have it.
      return due < Infinity ? Math.max(due, lastChunk + AGAIN_MS) : undefined;
    },
    take,
  };
}

/** `answer`: so long the only contact's answers take; undefined in a group. */
function pauseAfter(tries: number, answer: number | undefined): number {
  const more = Math.max(0, tries - EVEN_TRIES);
  if (answer !== undefined) return Math.min(SLOWEST_MS, answer * SLOWING ** more);
  return Math.min(SLOWEST_OF_GROUP_MS, AGAIN_OF_GROUP_MS * SLOWING_OF_GROUP ** more);
}

function questionForAll({ state, digest, refusing }: AskingDeps): Frame {
  const refused = refusing.pairs();
  const question = { type: "request", what: "all", state: state(), digest: digest() } as const;
  return refused.length > 0 ? { ...question, refused } : question;
}
