/*
 * What one document lacks, and whom to ask for it. Everybody hears a question and its answer, so nobody
 * asks for what somebody else has just asked for. Rules: PROTOCOL.md, S4.
 *
 *     (whole) --lack--> (waiting: it may only be late) --ask--> (asked: again later, ever slower)
 *        ^                          ^                                    |
 *        |                          +---- somebody else asked for it ----+
 *        +------------------------ it is here ---------------------------+
 */
import type { StateDigest, StateVector } from "../board/state.ts";
import type { WriteId } from "../board/guard/scan.ts";
import type { Clock } from "../env/clock.ts";
import type { Random } from "../env/random.ts";
import type { Frame, Pairs } from "./frame.ts";
import type { Link } from "./link.ts";

export interface Asking {
  /** `from` has shown that a session wrote up to `end`, and not all of it is here. */
  lack(client: number, end: number, from: Link): void;
  /** What `from` has differs from what is here, in what nothing but a whole comparison can tell. */
  lackAll(from: Link): void;
  /** An update came too early. */
  notice(): void;
  /** Somebody asked, whose answer everybody hears: for these writes. */
  heardWrites(from: Pairs): void;
  /** Somebody who has no more than `state` asked for everything. */
  heardAll(state: StateVector): void;
  /** A chunk of an answer to this page came; `last`: nothing follows. */
  answered(last: boolean): void;
  /** When it is time to ask; undefined: nothing is lacking. */
  dueAt(): number | undefined;
  /** The questions that are due. They count as asked. */
  take(): Frame[];
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
  /** What updates wait for that came too early. */
  missing(): readonly { readonly id: WriteId; readonly from: Link }[];
  /** Whether what the contact said last still cannot be explained. */
  differs(link: Link): boolean;
  /** `dueAt` is earlier than it was. */
  wake(): void;
}

interface Lack {
  readonly end: number;
  readonly from: Link;
  tries: number;
  /** Until then the answer to somebody else's question may bring it. */
  coveredUntil: number;
}

/** What is only late may come meanwhile. */
const FIRST_MS = 400;
const AGAIN_MS = 2200;
const SLOWEST_MS = 10_000;
/** Among many, questions are spread out, so that one is heard before the others are asked. */
const SPREAD_MS = 200;
/** So long an answer to somebody else's question is waited for. */
const COVER_MS = 1500;
/**
 * A session's writes that did not come after so many questions are asked for with everything else. Among
 * many that is an answer to much that is only on its way.
 */
const MAX_TRIES = 3;
const MAX_TRIES_OF_GROUP = 8;
/** A contact may claim anything. */
const MAX_LACKS = 64;
/** Of one message. */
const MAX_QUESTIONS = 4;

export function createAsking(deps: AskingDeps): Asking {
  const { clock, random, links, written } = deps;
  const isPair = links.length === 1;
  const lacks = new Map<number, Lack>();
  const differing = new Set<Link>();
  let allCoveredUntil = -Infinity;
  let lastChunk = -Infinity;
  let pause = AGAIN_MS;
  let nextAt: number | undefined;

  function planIn(delay: number): void {
    const at = clock.now() + delay;
    if (nextAt !== undefined && nextAt <= at) return;
    nextAt = at;
    deps.wake();
  }

  function planFirst(): void {
    planIn(FIRST_MS + (random.uint32() % (SPREAD_MS * (1 + Math.log2(links.length)))));
  }

  function add(client: number, end: number, from: Link): void {
    const known = lacks.get(client);
    if (known && known.end >= end) return;
    if (!known && lacks.size >= MAX_LACKS) return;
    const { tries, coveredUntil } = known ?? { tries: 0, coveredUntil: -Infinity };
    lacks.set(client, { end, from, tries, coveredUntil });
  }

  /** Takes in what waits, and forgets what has come. */
  function review(): void {
    for (const { id, from } of deps.missing()) add(id.client, id.clock + 1, from);
    for (const [client, { end }] of lacks) if (written(client) >= end) lacks.delete(client);
    for (const link of differing) if (!deps.differs(link)) differing.delete(link);
  }

  function here(): Link[] {
    return links.filter((link) => link.state() === "here");
  }

  /** Who wrote it has it; who does not answer may be gone, so the others are asked in turn. */
  function targetOf(client: number, { from, tries }: Lack, present: readonly Link[]): Link {
    const author = present.find((link) => link.session() === client);
    if (tries === 0 && author) return author;
    if (tries === 0 && present.includes(from)) return from;
    return anyOf(present);
  }

  function anyOf(some: readonly Link[]): Link {
    return some[random.uint32() % some.length]!;
  }

  /** With one contact there is nobody else whom it could be for. */
  function addressed(frame: Frame, link: Link): Frame {
    const to = isPair ? undefined : link.session();
    return to === undefined ? frame : { ...frame, to };
  }

  function askAll(present: readonly Link[]): Frame[] {
    const able = [...differing].filter((link) => present.includes(link));
    const target = anyOf(able.length > 0 ? able : present);
    return [addressed({ type: "request", what: "all", state: deps.state(), digest: deps.digest() }, target)];
  }

  function askWrites(due: readonly (readonly [number, Lack])[], present: readonly Link[]): Frame[] {
    const byTarget = new Map<Link, [number, number][]>();
    for (const [client, lack] of due) {
      const target = targetOf(client, lack, present);
      const pairs = byTarget.get(target);
      if (!pairs && byTarget.size >= MAX_QUESTIONS) continue;
      if (pairs) pairs.push([client, written(client)]);
      else byTarget.set(target, [[client, written(client)]]);
      lack.tries++;
    }
    return Array.from(byTarget, ([target, from]) =>
      addressed({ type: "request", what: "writes", from }, target),
    );
  }

  function take(): Frame[] {
    nextAt = undefined;
    review();
    const present = here();
    if (present.length === 0 || (lacks.size === 0 && differing.size === 0)) {
      lacks.clear();
      pause = AGAIN_MS;
      return [];
    }
    const now = clock.now();
    if (now - lastChunk < AGAIN_MS) {
      nextAt = lastChunk + AGAIN_MS;
      return [];
    }
    const due = [...lacks].filter(([, { coveredUntil }]) => coveredUntil <= now);
    const isAllDue = differing.size > 0 && allCoveredUntil <= now;
    if (due.length === 0 && !isAllDue) {
      const ends = [...lacks.values()].map(({ coveredUntil }) => coveredUntil);
      nextAt = Math.min(...ends, differing.size > 0 ? allCoveredUntil : Infinity);
      return [];
    }
    nextAt = now + pause;
    pause = Math.min(SLOWEST_MS, pause * 2);
    const isStuck = due.some(([, { tries }]) => tries >= (isPair ? MAX_TRIES : MAX_TRIES_OF_GROUP));
    return isAllDue || isStuck ? askAll(present) : askWrites(due, present);
  }

  return {
    lack(client, end, from) {
      if (written(client) >= end) return;
      add(client, end, from);
      planFirst();
    },
    lackAll(from) {
      differing.add(from);
      planFirst();
    },
    notice() {
      review();
      if (lacks.size > 0) planFirst();
    },
    heardWrites(from) {
      review();
      for (const [client, clockFrom] of from) {
        const lack = lacks.get(client);
        if (lack && clockFrom <= written(client)) lack.coveredUntil = clock.now() + COVER_MS;
      }
    },
    heardAll(state) {
      review();
      const hasLess = (client: number): boolean => (state.get(client) ?? 0) <= written(client);
      for (const [client, lack] of lacks) if (hasLess(client)) lack.coveredUntil = clock.now() + COVER_MS;
      if ([...state.keys()].every(hasLess)) allCoveredUntil = clock.now() + COVER_MS;
    },
    answered(last) {
      lastChunk = last ? -Infinity : clock.now();
      pause = AGAIN_MS;
      if (last) planFirst();
    },
    dueAt: () => nextAt,
    take,
  };
}
