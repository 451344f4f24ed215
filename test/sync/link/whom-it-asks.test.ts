/*
 * Whom a page asks of several contacts, and what it need not ask for because somebody else did.
 */
import { describe, expect, test } from "vitest";
import { createPrng } from "../../../src/base/prng.ts";
import { NO_DIGEST, createDesk, writes } from "./asking-desk.ts";

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

  test("is asked for everything, where a session's writes did not come after five questions, among many eight", async () => {
    for (const [sessions, tries] of [
      [[5], 5],
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
    await desk.clock.advance(700);
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
