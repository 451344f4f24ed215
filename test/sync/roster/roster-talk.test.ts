/*
 * What is said of the further documents, and when: for who has two lists to compare and a clock.
 */
import { describe, expect, test } from "vitest";
import type { Random } from "../../../src/env/random.ts";
import type { StateDigest } from "../../../src/board/document/state.ts";
import { createSimulatedClock } from "../../../src/simulator/simulated-clock.ts";
import type { Link, LinkState } from "../../../src/sync/link/link.ts";
import { createRosterTalk } from "../../../src/sync/roster/roster-talk.ts";
import { sumOfEntries } from "../../../src/sync/roster/roster.ts";
import type { Frame } from "../../../src/sync/wire/frame.ts";
import { createPuller } from "../../support/puller.ts";

type Entries = ReadonlyMap<number, StateDigest>;
const ZERO: Random = { uint32: () => 0 };
const digestOf = (n: number): StateDigest => ({ writes: { hi: n, lo: n }, deletions: { hi: 0, lo: 0 } });
const having = (...pairs: (readonly [number, number])[]): Map<number, StateDigest> =>
  new Map(pairs.map(([number, n]) => [number, digestOf(n)]));

/** `sessions`: of the contacts, all here. */
function createDesk(...sessions: number[]) {
  const clock = createSimulatedClock();
  const states = new Map<Link, LinkState>();
  const links = sessions.map((session): Link => {
    const link: Link = {
      address: `contact of ${session}`,
      state: () => states.get(link) ?? "here",
      session: () => session,
      knows: (client) => client === session,
      presence: () => undefined,
    };
    return link;
  });
  const asked: { readonly at: number; readonly to: number | undefined }[] = [];
  const listed: { readonly at: number; readonly frame: Frame }[] = [];
  const differing: { readonly address: string; readonly numbers: readonly number[] }[] = [];
  const desk = { clock, links, states, asked, listed, differing, here: having(), isInFlight: false };
  const talk = createRosterTalk({
    clock,
    random: ZERO,
    links,
    own: 1,
    entries: () => desk.here,
    isInFlight: () => desk.isInFlight,
    differ: ({ address }, numbers) => void differing.push({ address, numbers }),
    wake: () => {
      pullQuestions();
      pullAnswers();
    },
  });
  const pullQuestions = createPuller({
    clock,
    dueAt: () => talk.questionsDueAt(),
    take: () => asked.push(...talk.takeQuestions().map(({ to }) => ({ at: clock.now(), to }))),
  });
  const pullAnswers = createPuller({
    clock,
    dueAt: () => talk.answersDueAt(),
    take() {
      for (let frame = talk.takeAnswer(); frame; frame = talk.takeAnswer())
        listed.push({ at: clock.now(), frame });
    },
  });
  return Object.assign(desk, {
    talk,
    /** The contact's sign of life. */
    sum: (entries: Entries, from = 0) =>
      talk.receive(links[from]!, { type: "roster-sum", sum: sumOfEntries(entries) }, undefined),
    list: (entries: Entries, from = 0, isFirst = true) =>
      talk.receive(links[from]!, { type: "roster", isFirst, entries: [...entries] }, undefined),
    ask: (to?: number) => talk.receive(links[0]!, { type: "roster-request" }, to),
    times: () => asked.map(({ at }) => at),
  });
}

describe("[S19] a sign of life", () => {
  test("says a sum of all further documents, or nothing where there are none", () => {
    const desk = createDesk(7);
    expect(desk.talk.sum()).toEqual([]);
    desk.here = having([5, 1], [6, 2]);
    expect(desk.talk.sum()).toEqual([{ type: "roster-sum", sum: sumOfEntries(having([6, 2], [5, 1])) }]);
    expect(desk.talk.sum()).not.toEqual([{ type: "roster-sum", sum: sumOfEntries(having([5, 2], [6, 1])) }]);
  });

  test("with the own sum asks for nothing", async () => {
    const desk = createDesk(7);
    desk.here = having([5, 1], [6, 2]);
    desk.sum(desk.here);
    await desk.clock.advance(60_000);
    expect(desk.asked).toEqual([]);
    expect(desk.talk.toldBy(desk.links[0]!, 6)).toEqual(digestOf(2));
  });

  test("with another sum makes it ask after 0.4 s, and ever more rarely while nothing comes", async () => {
    const desk = createDesk(7);
    desk.sum(having([5, 1]));
    await desk.clock.advance(300_000);
    expect(desk.times().slice(0, 3)).toEqual([400, 1800, 3760]);
    expect(desk.asked.length).toBeLessThan(18);
    expect(desk.asked[0]!.to).toBeUndefined();
  });

  test("says nothing of what is on its way", async () => {
    const desk = createDesk(7);
    desk.isInFlight = true;
    desk.sum(having([5, 1]));
    await desk.clock.advance(60_000);
    expect(desk.asked).toEqual([]);
  });

  test("is not asked about when its page has gone", async () => {
    const desk = createDesk(7);
    desk.sum(having([5, 1]));
    desk.states.set(desk.links[0]!, "away");
    await desk.clock.advance(60_000);
    expect(desk.asked).toEqual([]);
  });

  test("whose sum is explained by what was told of each document asks for no list", async () => {
    const desk = createDesk(7);
    desk.here = having([5, 1], [6, 2]);
    desk.sum(desk.here);
    desk.talk.receiveDigest(desk.links[0]!, 6, digestOf(3));
    desk.sum(having([5, 1], [6, 3]));
    await desk.clock.advance(60_000);
    expect(desk.asked).toEqual([]);
    expect(desk.differing.map(({ numbers }) => numbers)).toEqual([[6], [6]]);
  });

  test("of another session is compared with nothing that the one before told", async () => {
    const desk = createDesk(7);
    desk.list(having([5, 1]));
    desk.talk.renewed(desk.links[0]!);
    expect(desk.talk.toldBy(desk.links[0]!, 5)).toBeUndefined();
    desk.sum(having([5, 1]));
    await desk.clock.advance(1000);
    expect(desk.times()).toEqual([400]);
  });
});

describe("[S19] a list", () => {
  test("tells what differs, and ends the questions", async () => {
    const desk = createDesk(7);
    desk.here = having([5, 1], [6, 2], [9, 9]);
    const theirs = having([5, 1], [6, 3], [7, 4]);
    desk.sum(theirs);
    await desk.clock.advance(500);
    desk.list(theirs);
    expect(desk.differing).toEqual([{ address: "contact of 7", numbers: [6, 7] }]);
    await desk.clock.advance(60_000);
    expect(desk.asked).toHaveLength(1);
    // What is told again is known.
    desk.sum(theirs);
    await desk.clock.advance(60_000);
    expect(desk.asked).toHaveLength(1);
    expect(desk.differing).toHaveLength(2);
  });

  test("that does not make the sum is asked for again, ever more rarely, whatever comes", async () => {
    const desk = createDesk(7);
    for (let i = 0; i < 300; i++) {
      desk.sum(having([5, i]));
      desk.list(having([6, i]));
      await desk.clock.advance(1000);
    }
    expect(desk.asked.length).toBeLessThan(18);
  });

  test("of several parts is all of them, and a new first one is all there is", () => {
    const desk = createDesk(7);
    desk.list(having([5, 1]));
    desk.list(having([6, 1]), 0, false);
    const told = (): unknown[] => [5, 6].map((number) => desk.talk.toldBy(desk.links[0]!, number));
    expect(told()).toEqual([digestOf(1), digestOf(1)]);
    desk.list(having([6, 2]));
    expect(told()).toEqual([undefined, digestOf(2)]);
  });

  test("is told whole, in parts, also where there is nothing", async () => {
    const desk = createDesk(7);
    desk.ask();
    await desk.clock.advance(10);
    expect(desk.listed.map(({ frame }) => frame)).toEqual([{ type: "roster", isFirst: true, entries: [] }]);
    desk.here = having(...Array.from({ length: 1000 }, (_, i) => [3000 - i, i + 1] as const));
    await desk.clock.advance(5000);
    desk.ask();
    await desk.clock.advance(10);
    const parts = desk.listed.slice(1).map(({ frame }) => frame as Frame & { type: "roster" });
    expect(parts.map(({ isFirst, entries }) => [isFirst, entries.length])).toEqual([
      [true, 512],
      [false, 488],
    ]);
    const numbers = parts.flatMap(({ entries }) => entries.map(([number]) => number));
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  });

  test("is told every 1.5 s at most, whoever asks for it without end", async () => {
    const desk = createDesk(7);
    desk.here = having([5, 1]);
    for (let i = 0; i < 1000; i++) {
      desk.ask();
      await desk.clock.advance(10);
    }
    expect(desk.listed.length).toBeLessThanOrEqual(7);
  });
});

describe("[S19] in a group", () => {
  test("one asks for all: a list that somebody else asked for is waited for", async () => {
    const desk = createDesk(7, 8, 9);
    desk.sum(having([5, 1]), 1);
    await desk.clock.advance(1000);
    desk.ask(8);
    await desk.clock.advance(1400);
    expect(desk.asked).toEqual([]);
    desk.list(having([5, 1]), 1);
    await desk.clock.advance(60_000);
    expect(desk.asked).toEqual([]);
  });

  test("who is asked is named, and who is not answers nothing", async () => {
    const desk = createDesk(7, 8, 9);
    desk.sum(having([5, 1]), 2);
    await desk.clock.advance(1600);
    expect(desk.asked).toEqual([{ at: 1500, to: 9 }]);
    desk.ask(8);
    await desk.clock.advance(1000);
    expect(desk.listed).toEqual([]);
    desk.ask(1);
    desk.ask(1);
    await desk.clock.advance(1000);
    expect(desk.listed).toHaveLength(1);
  });
});
