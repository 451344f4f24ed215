import { describe, expect, test } from "vitest";
import { createPrng } from "../../../src/base/prng.ts";
import { createDesk, tooEarly, writes } from "./asking-desk.ts";

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

  test("at once, where an update came too early, up to what it waits for", async () => {
    const desk = createDesk([5]);
    desk.waiting = [tooEarly(7, 8, desk.links[0]!)];
    desk.asking.notice();
    await desk.clock.advance(60);
    desk.here.set(7, 8);
    desk.asking.notice();
    await desk.clock.advance(20);
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
    // What only a sign of life tells of may be on its way for longer than what others have overtaken.
    await desk.clock.advance(400);
    expect(desk.asked.map(({ at }) => at)).toEqual([80, 400]);
    expect(desk.frames()).toEqual([
      writes([
        [7, 3, 6],
        [7, 11, 12],
      ]),
      writes([[7, 15, 20]]),
    ]);
    // The first came, and what waited for it; the second waits still.
    desk.here.set(7, 11);
    desk.waiting = [tooEarly(7, 11, from!, 3)];
    desk.asking.notice();
    desk.asked.length = 0;
    await desk.clock.advance(2200);
    expect(desk.frames()[0]).toEqual(writes([[7, 11, 12]]));
    expect(desk.frames()[1]).toEqual(writes([[7, 15, 20]]));
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
    expect(new Set(due(1, toldOf))).toEqual(new Set([400]));
    expect(new Set(due(1, tooEarlyFor))).toEqual(new Set([80]));
    for (const [notice, first] of [
      [toldOf, 1500],
      [tooEarlyFor, 80],
    ] as const) {
      const all = due(16, notice);
      expect(Math.min(...all)).toBeGreaterThanOrEqual(first);
      expect(Math.max(...all)).toBeLessThanOrEqual(first + 1350);
      expect(Math.max(...all)).toBeGreaterThan(first + 1200);
    }
  });

  test.each([
    [[5], 400, [800, 800, 800, 1120, 1568, 2195, 3073, 4000]],
    [[5, 6], 1500, [900, 900, 900, 1440, 2304, 3686]],
  ])(
    "again, ever slower, while nothing comes, and at the first pace when something else is lacking: %j",
    async (sessions, first, expected) => {
      const desk = createDesk(sessions);
      desk.asking.lack(7, 9, desk.links[0]!);
      await desk.clock.advance(60_000);
      const pauses = (times: readonly number[]): number[] =>
        times.slice(1).map((at, i) => Math.floor(at - times[i]!));
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
    // Six times within 5 s, then ever slower.
    expect(desk.times().length).toBeLessThanOrEqual(13);
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

  test("at the first pace again, when some of it came that has to wait for the rest", async () => {
    const desk = createDesk([5]);
    desk.asking.lack(7, 9, desk.links[0]!);
    await desk.clock.advance(17_000);
    const before = desk.asked.length;
    desk.waiting.push(tooEarly(7, 3, desk.links[0]!, 2));
    desk.asking.notice();
    await desk.clock.advance(1000);
    expect(desk.asked).toHaveLength(before + 1);
    expect(desk.frames().at(-1)).toEqual(
      writes([
        [7, 0, 4],
        [7, 6, 9],
      ]),
    );
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
    expect(desk.asked.length).toBeLessThan(22);
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
