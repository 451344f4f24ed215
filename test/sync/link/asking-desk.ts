/*
 * Somebody who asks contacts for what is lacking. A test says what is here, what each contact has and who
 * is there; every question is noted with its time.
 */
import type { Random } from "../../../src/env/random.ts";
import { createSimulatedClock } from "../../../src/simulator/simulated-clock.ts";
import { createAsking } from "../../../src/sync/link/asking.ts";
import type { Frame } from "../../../src/sync/wire/frame.ts";
import type { Link, LinkState } from "../../../src/sync/link/link.ts";
import type { WaitingUpdate } from "../../../src/sync/link/waiting.ts";
import { createPuller } from "../../support/puller.ts";

const NO_HASH = { hi: 0, lo: 0 };
export const NO_DIGEST = { writes: NO_HASH, deletions: NO_HASH };
/** No spread, and of several the first. */
const ZERO: Random = { uint32: () => 0 };

interface FakeLink extends Link {
  now: LinkState;
}

/** A contact that is here and speaks under `session`. */
function createFakeLink(session: number): FakeLink {
  const link: FakeLink = {
    address: `contact of ${session}`,
    now: "here",
    state: () => link.now,
    session: () => session,
    knows: (client) => client === session,
    presence: () => undefined,
  };
  return link;
}

export function createDesk(sessions: readonly number[], random: Random = ZERO) {
  const clock = createSimulatedClock();
  const links = sessions.map((session) => createFakeLink(session));
  /** How much is here of each session. */
  const here = new Map<number, number>();
  const differing = new Set<Link>();
  const asked: { readonly at: number; readonly frames: readonly Frame[] }[] = [];
  const desk = {
    clock,
    links,
    here,
    differing,
    asked,
    woken: 0,
    waiting: [] as WaitingUpdate<Link>[],
  };
  const asking = createAsking({
    clock,
    random,
    links,
    state: () => here,
    digest: () => NO_DIGEST,
    written: (client) => here.get(client) ?? 0,
    waiting: () => desk.waiting,
    waitingOf: (client) =>
      desk.waiting.flatMap(({ ranges }) => ranges.filter((range) => range.client === client)),
    refusing: { knows: () => false, pairs: () => [], isAny: () => false },
    differs: (link) => differing.has(link),
    wake() {
      desk.woken++;
      pull();
    },
  });
  const pull = createPuller({
    clock,
    dueAt: () => asking.dueAt(),
    take() {
      const frames = asking.take();
      if (frames.length > 0) asked.push({ at: clock.now(), frames });
    },
  });
  /** For everything: the contact is said to have what nothing but a comparison can tell. */
  const lackAll = (link: Link): void => {
    differing.add(link);
    asking.lackAll(link);
  };
  return Object.assign(desk, {
    asking,
    lackAll,
    /** When something was asked. */
    times: () => asked.map(({ at }) => at),
    frames: () => asked.flatMap(({ frames }) => frames),
    /** Whom each question was for. */
    targets: () => asked.flatMap(({ frames }) => frames.map(({ to }) => to)),
  });
}

/** An update that came too early: it brings the writes after the one that it waits for. */
export function tooEarly(client: number, clock: number, from: Link, length = 1): WaitingUpdate<Link> {
  return {
    missing: { client, clock },
    from,
    ranges: [{ client, from: clock + 1, to: clock + 1 + length }],
  };
}

/** Asks for writes of sessions, from a clock up to another. */
export const writes = (
  ranges: readonly (readonly [client: number, from: number, to: number])[],
  to?: number,
): Frame => ({
  type: "request",
  what: "writes",
  // Who is named and asked for the own writes alone.
  isOwn: to !== undefined && ranges.every(([client]) => client === to),
  ranges: ranges.map(([client, from, end]) => ({ client, from, to: end })),
  ...(to === undefined ? {} : { to }),
});
