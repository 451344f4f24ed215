import { describe, expect, test } from "vitest";
import { createPrng } from "../../../src/base/prng.ts";
import type { Random } from "../../../src/env/random.ts";
import { createSimulatedClock } from "../../../src/simulator/simulated-clock.ts";
import { createAsking } from "../../../src/sync/link/asking.ts";
import type { Frame } from "../../../src/sync/wire/frame.ts";
import type { Link, LinkState } from "../../../src/sync/link/link.ts";
import type { WaitingUpdate } from "../../../src/sync/link/waiting.ts";
import { createPuller } from "../../support/puller.ts";

const NO_HASH = { hi: 0, lo: 0 };
const NO_DIGEST = { writes: NO_HASH, deletions: NO_HASH };
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

function createDesk(sessions: readonly number[], random: Random = ZERO) {
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
function tooEarly(client: number, clock: number, from: Link, length = 1): WaitingUpdate<Link> {
  return {
    missing: { client, clock },
    from,
    ranges: [{ client, from: clock + 1, to: clock + 1 + length }],
  };
}

/** Asks for writes of sessions, from a clock up to another. */
const writes = (
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

describe("[S4] what is lacking is asked for", () => {
  test("0.4 s after it was noticed, from what is here on, and of one contact without naming it", async () => {
    const { clock, links, here, asking, asked } = createDesk([5]);
    await clock.advance(1000);
    here.set(7, 3);
    asking.lack(7, 9, links[0]!);
    expect(asking.dueAt()).toBe(1400);
    await clock.advance(400);
    expect(asked).toEqual([{ at: 1400, frames: [writes([[7, 3, 9]])] }]);
  });

  test("not at all, where it came meanwhile or was never lacking", async () => {
    const { clock, links, here, asking, asked } = createDesk([5]);
    here.set(7, 3);
    asking.lack(7, 3, links[0]!);
    expect(asking.dueAt()).toBeUndefined();
    asking.lack(7, 9, links[0]!);
    await clock.advance(300);
    here.set(7, 9);
    await clock.advance(60_000);
    expect(asked).toEqual([]);
    expect(asking.dueAt()).toBeUndefined();
    expect(clock.pending()).toBe(0);
  });

  test("where an update came too early, up to what it waits for", async () => {
    const desk = createDesk([5]);
    desk.waiting = [tooEarly(7, 8, desk.links[0]!)];
    desk.asking.notice();
    await desk.clock.advance(300);
    desk.here.set(7, 8);
    await desk.clock.advance(100);
    expect(desk.frames()).toEqual([writes([[7, 8, 9]])]);
    desk.here.set(7, 9);
    desk.waiting = [];
    await desk.clock.advance(60_000);
    expect(desk.asked).toHaveLength(1);
  });

  test("hole by hole: what came too early need not come again", async () => {
    const desk = createDesk([5]);
    desk.here.set(7, 3);
    const [from] = desk.links;
    desk.waiting = [tooEarly(7, 11, from!, 3), tooEarly(7, 5, from!, 5)];
    desk.asking.notice();
    desk.asking.lack(7, 20, from!);
    await desk.clock.advance(400);
    expect(desk.frames()).toEqual([
      writes([
        [7, 3, 6],
        [7, 11, 12],
        [7, 15, 20],
      ]),
    ]);
    // The first came, and what waited for it; the second waits still.
    desk.here.set(7, 11);
    desk.waiting = [tooEarly(7, 11, from!, 3)];
    desk.asking.notice();
    await desk.clock.advance(2200);
    expect(desk.frames()[1]).toEqual(
      writes([
        [7, 11, 12],
        [7, 15, 20],
      ]),
    );
  });

  test("not where all of it waits for somebody else's writes", async () => {
    const desk = createDesk([5]);
    const [from] = desk.links;
    desk.waiting = [
      { missing: { client: 8, clock: 4 }, from: from!, ranges: [{ client: 7, from: 0, to: 9 }] },
    ];
    desk.asking.lack(7, 9, from!);
    desk.asking.notice();
    await desk.clock.advance(400);
    expect(desk.frames()).toEqual([writes([[8, 0, 5]])]);
  });

  test("in eight holes of a session at most", async () => {
    const desk = createDesk([5]);
    desk.waiting = Array.from({ length: 30 }, (_, i) => tooEarly(7, 2 * i, desk.links[0]!));
    desk.asking.notice();
    await desk.clock.advance(400);
    expect(desk.frames()).toEqual([
      writes(Array.from({ length: 8 }, (_, i) => [7, 2 * i, 2 * i + 1] as const)),
    ]);
  });

  test("of several sessions in one question, and whoever has something to say is woken", async () => {
    const desk = createDesk([5]);
    for (const client of [7, 8, 9]) desk.asking.lack(client, 1, desk.links[0]!);
    expect(desk.woken).toBeGreaterThan(0);
    await desk.clock.advance(400);
    expect(desk.frames()).toEqual([
      writes([
        [7, 0, 1],
        [8, 0, 1],
        [9, 0, 1],
      ]),
    ]);
  });

  test("later among many, so that one is heard before the others ask, and what is on its way comes", () => {
    type Notice = (desk: ReturnType<typeof createDesk>) => void;
    const toldOf: Notice = ({ asking, links }) => asking.lack(7, 9, links[0]!);
    const tooEarlyFor: Notice = (desk) => {
      desk.waiting = [tooEarly(7, 8, desk.links[0]!)];
      desk.asking.notice();
    };
    const due = (count: number, notice: Notice): number[] =>
      Array.from({ length: 200 }, (_, seed) => {
        const sessions = Array.from({ length: count }, (__, i) => 100 + i);
        const desk = createDesk(sessions, createPrng(seed));
        notice(desk);
        return desk.asking.dueAt()!;
      });
    for (const notice of [toldOf, tooEarlyFor]) expect(new Set(due(1, notice))).toEqual(new Set([400]));
    for (const [notice, first] of [
      [toldOf, 1500],
      [tooEarlyFor, 400],
    ] as const) {
      const all = due(16, notice);
      expect(Math.min(...all)).toBeGreaterThanOrEqual(first);
      expect(Math.max(...all)).toBeLessThanOrEqual(first + 1000);
      expect(Math.max(...all)).toBeGreaterThan(first + 900);
    }
  });

  test.each([
    [[5], 400, [1400, 2800, 4000, 4000, 4000, 4000]],
    [[5, 6], 1500, [1600, 3200, 6400, 10_000, 10_000, 10_000]],
  ])(
    "again, ever slower, while nothing comes, and at the first pace when something else is lacking: %j",
    async (sessions, first, expected) => {
      const desk = createDesk(sessions);
      desk.asking.lack(7, 9, desk.links[0]!);
      await desk.clock.advance(60_000);
      const pauses = (times: readonly number[]): number[] => times.slice(1).map((at, i) => at - times[i]!);
      expect(desk.times()[0]).toBe(first);
      expect(pauses(desk.times()).slice(0, expected.length)).toEqual(
        expected.slice(0, desk.times().length - 1),
      );
      desk.here.set(7, 9);
      await desk.clock.advance(10_000);
      expect(desk.asking.dueAt()).toBeUndefined();
      desk.asked.length = 0;
      desk.asking.lack(8, 1, desk.links[0]!);
      await desk.clock.advance(first + expected[0]! + 100);
      expect(pauses(desk.times())).toEqual([expected[0]]);
    },
  );

  test.each<[string, (desk: ReturnType<typeof createDesk>, i: number) => void]>([
    ["a session's writes", ({ asking, links }) => asking.lack(7, 9, links[0]!)],
    ["ever more of them", ({ asking, links }, i) => asking.lack(7, 9 + i, links[0]!)],
    ["what only a whole comparison can tell", ({ lackAll, links }) => lackAll(links[0]!)],
  ])("as slowly, however often it is noticed again that it is lacking: %s", async (_, lack) => {
    const desk = createDesk([5]);
    for (let i = 0; i < 1000; i++) {
      lack(desk, i);
      desk.asking.notice();
      await desk.clock.advance(20);
    }
    // After 0.4, 1.8, 4.6, 8.6, 12.6 and 16.6 s.
    expect(desk.times().length).toBeLessThanOrEqual(6);
  });

  test("at the first pace again, when some of it has come", async () => {
    const desk = createDesk([5]);
    desk.asking.lack(7, 9, desk.links[0]!);
    await desk.clock.advance(17_000);
    const before = desk.asked.length;
    desk.here.set(7, 5);
    desk.asking.notice();
    await desk.clock.advance(1000);
    expect(desk.asked).toHaveLength(before + 1);
    expect(desk.frames().at(-1)).toEqual(writes([[7, 5, 9]]));
  });

  test("soon again, where something new is lacking besides what does not come", async () => {
    const desk = createDesk([5]);
    desk.asking.lack(7, 9, desk.links[0]!);
    await desk.clock.advance(17_000);
    const asked = desk.asked.length;
    desk.asking.lack(8, 1, desk.links[0]!);
    await desk.clock.advance(400);
    expect(desk.asked).toHaveLength(asked + 1);
  });

  test("of nobody while nobody is here, and of who comes", async () => {
    const desk = createDesk([5, 6]);
    for (const link of desk.links) link.now = "away";
    desk.asking.lack(7, 9, desk.links[0]!);
    await desk.clock.advance(60_000);
    expect(desk.asked).toEqual([]);
    expect(desk.clock.pending()).toBe(0);
    desk.links[1]!.now = "here";
    desk.asking.lack(7, 9, desk.links[1]!);
    await desk.clock.advance(1500);
    expect(desk.targets()).toEqual([6]);
  });

  test("no matter who claims how much: in few questions, and where much is lacking as a whole", async () => {
    const desk = createDesk(Array.from({ length: 10 }, (_, i) => 100 + i));
    for (let client = 0; client < 5000; client++)
      desk.asking.lack(client, 2 ** 31 - 1, desk.links[client % 10]!);
    await desk.clock.advance(1500);
    expect(desk.frames()).toMatchObject([{ type: "request", what: "all" }]);
    await desk.clock.advance(120_000);
    expect(desk.asked.length).toBeLessThan(16);
    for (const { frames } of desk.asked) expect(frames.length).toBe(1);
  });

  test("as a whole where more sessions lack something than there are contacts and two more", async () => {
    for (const [count, what] of [
      [3, "writes"],
      [4, "all"],
    ] as const) {
      const desk = createDesk([5]);
      for (let client = 10; client < 10 + count; client++) desk.asking.lack(client, 9, desk.links[0]!);
      await desk.clock.advance(400);
      expect(desk.frames()).toMatchObject([{ type: "request", what }]);
    }
  });
});

describe("[S4] whom it asks, of several", () => {
  test("is who wrote it, also where another one told of it, and anybody after three questions", async () => {
    const seen = new Set<number | undefined>();
    for (let seed = 1; seed <= 40; seed++) {
      const desk = createDesk([5, 6, 7, 8], createPrng(seed));
      desk.asking.lack(7, 9, desk.links[0]!);
      await desk.clock.advance(30_000);
      const targets = desk.targets();
      expect(targets.slice(0, 3)).toEqual([7, 7, 7]);
      seen.add(targets[3]);
    }
    // Who does not answer may be gone.
    expect(seen).toEqual(new Set([5, 6, 7, 8]));
  });

  test("is who told of it, where the one who wrote it is not here, and whoever is here else", async () => {
    const desk = createDesk([5, 6, 7]);
    desk.links[2]!.now = "away";
    desk.asking.lack(7, 9, desk.links[1]!);
    await desk.clock.advance(1500);
    expect(desk.targets()).toEqual([6]);
    const other = createDesk([5, 6, 7]);
    for (const i of [1, 2]) other.links[i]!.now = "away";
    other.asking.lack(7, 9, other.links[1]!);
    await other.clock.advance(1500);
    expect(other.targets()).toEqual([5]);
  });

  test("is each author for its own, eight at most in one message, and the others right after", async () => {
    const sessions = [11, 12, 13, 14, 15, 16, 17, 18, 19, 20];
    const desk = createDesk(sessions);
    for (const [i, session] of sessions.entries()) desk.asking.lack(session, 9, desk.links[9 - i]!);
    await desk.clock.advance(1500);
    expect(desk.asked[0]!.frames).toEqual(
      sessions.slice(0, 8).map((session) => writes([[session, 0, 9]], session)),
    );
    for (const session of sessions.slice(0, 8)) desk.here.set(session, 9);
    await desk.clock.advance(2200);
    expect(desk.asked[1]!.frames).toEqual([19, 20].map((session) => writes([[session, 0, 9]], session)));
  });

  test("is asked for everything, where a session's writes did not come after three questions, among many eight", async () => {
    for (const [sessions, tries] of [
      [[5], 3],
      [[5, 6], 8],
    ] as const) {
      const desk = createDesk(sessions);
      desk.here.set(8, 4);
      desk.asking.lack(7, 9, desk.links[0]!);
      await desk.clock.runUntil(() => desk.asked.length > tries, 200_000);
      const questions = desk.frames();
      expect(questions.slice(0, tries)).toEqual(
        questions.slice(0, tries).map(({ to }) => writes([[7, 0, 9]], to)),
      );
      expect(questions[tries]).toMatchObject({
        what: "all",
        state: new Map([[8, 4]]),
        digest: NO_DIGEST,
      });
      for (const to of desk.targets()) expect(to === undefined).toBe(sessions.length === 1);
    }
  });

  test("is one that has something else, where only a whole comparison can tell", async () => {
    const desk = createDesk([5, 6, 8]);
    desk.lackAll(desk.links[1]!);
    await desk.clock.advance(400);
    expect(desk.frames()).toEqual([
      { type: "request", what: "all", state: desk.here, digest: NO_DIGEST, to: 6 },
    ]);
    // It is explained meanwhile.
    desk.differing.clear();
    await desk.clock.advance(60_000);
    expect(desk.asked).toHaveLength(1);
    expect(desk.clock.pending()).toBe(0);
  });

  test("is asked for everything without being named, where it is the only one", async () => {
    const desk = createDesk([5]);
    desk.lackAll(desk.links[0]!);
    await desk.clock.advance(400);
    expect(desk.frames()).toEqual([{ type: "request", what: "all", state: desk.here, digest: NO_DIGEST }]);
  });
});

describe("[S4] what somebody else asked for", () => {
  test("is not asked for again, unless the answer does not come", async () => {
    const desk = createDesk([5, 6]);
    desk.here.set(7, 3);
    desk.asking.lack(7, 9, desk.links[0]!);
    await desk.clock.advance(300);
    desk.asking.heardWrites([{ client: 7, from: 2, to: 9 }]);
    await desk.clock.advance(1400);
    expect(desk.asked).toEqual([]);
    desk.here.set(7, 9);
    await desk.clock.advance(60_000);
    expect(desk.asked).toEqual([]);

    const lost = createDesk([5, 6]);
    lost.asking.lack(7, 9, lost.links[0]!);
    await lost.clock.advance(300);
    lost.asking.heardWrites([{ client: 7, from: 0, to: 20 }]);
    await lost.clock.advance(60_000);
    expect(lost.times()[0]).toBe(1800);
  });

  test("covers what it covers only: not other sessions, nor a part of what is lacking", async () => {
    const desk = createDesk([5, 6]);
    desk.here.set(7, 3);
    desk.asking.lack(7, 9, desk.links[0]!);
    desk.asking.lack(8, 9, desk.links[0]!);
    await desk.clock.advance(1000);
    desk.asking.heardWrites([
      { client: 7, from: 4, to: 9 },
      { client: 8, from: 0, to: 8 },
    ]);
    await desk.clock.advance(500);
    expect(desk.frames()).toEqual([
      writes(
        [
          [7, 3, 9],
          [8, 0, 9],
        ],
        5,
      ),
    ]);
    const other = createDesk([5, 6]);
    other.asking.lack(7, 9, other.links[0]!);
    other.asking.lack(8, 9, other.links[0]!);
    await other.clock.advance(1000);
    other.asking.heardWrites([{ client: 7, from: 0, to: 9 }]);
    await other.clock.advance(500);
    expect(other.frames()).toEqual([writes([[8, 0, 9]], 5)]);
  });

  test("covers everything, where somebody who has no more asked for everything", async () => {
    for (const isLess of [true, false]) {
      const desk = createDesk([5, 6]);
      desk.here.set(7, 3);
      desk.here.set(8, 3);
      desk.asking.lack(7, 9, desk.links[0]!);
      desk.lackAll(desk.links[0]!);
      await desk.clock.advance(300);
      desk.asking.heardAll(new Map([[7, isLess ? 3 : 4]]));
      await desk.clock.advance(1400);
      expect(desk.asked.length > 0).toBe(!isLess);
      desk.here.set(7, 9);
      desk.differing.clear();
      await desk.clock.advance(60_000);
      expect(desk.asked.length > 0).toBe(!isLess);
    }
  });
});

describe("[S5] an answer that comes chunk by chunk", () => {
  test("is waited for, and when it is over what is still lacking is asked for soon", async () => {
    const desk = createDesk([5]);
    desk.asking.lack(7, 9, desk.links[0]!);
    await desk.clock.advance(400);
    for (let i = 0; i < 20; i++) {
      desk.asking.answered(false);
      await desk.clock.advance(1000);
    }
    expect(desk.asked).toHaveLength(1);
    const end = desk.clock.now();
    desk.asking.answered(true);
    await desk.clock.advance(1000);
    expect(desk.times()).toHaveLength(2);
    expect(desk.times()[1]).toBeGreaterThanOrEqual(end);
    expect(desk.times()[1]).toBeLessThanOrEqual(end + 400);
  });

  test("that stops in its middle is asked for again 1.4 s after its last chunk", async () => {
    const desk = createDesk([5]);
    desk.lackAll(desk.links[0]!);
    await desk.clock.advance(400);
    await desk.clock.advance(1000);
    desk.asking.answered(false);
    await desk.clock.advance(60_000);
    expect(desk.times().slice(0, 2)).toEqual([400, 2800]);
  });
});
