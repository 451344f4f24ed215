/*
 * Which of the documents that are not shown asks, and when each may be let go: for who has documents that lack
 * something, or do not, and a clock.
 */
import { describe, expect, test } from "vitest";
import { createSimulatedClock } from "../../../src/simulator/simulated-clock.ts";
import { createRepairs } from "../../../src/sync/roster/repairs.ts";
import { createPuller } from "../../support/puller.ts";

/** So often an unanswered question is said again. */
const AGAIN_MS = 1400;

function createDesk() {
  const clock = createSimulatedClock();
  const asked: number[] = [];
  const settled: (readonly [number: number, isNews: boolean, at: number])[] = [];
  const desk = { clock, asked, settled, isAskedForOthers: false, areOthersLacking: false };
  const repairs = createRepairs({
    clock,
    random: { uint32: () => 0 },
    isPair: true,
    isAskedForOthers: () => desk.isAskedForOthers,
    areOthersLacking: () => desk.areOthersLacking,
    settled: (number, isNews) => void settled.push([number, isNews, clock.now()]),
    wake: () => pull(),
  });
  const pull = createPuller({ clock, dueAt: () => repairs.dueAt(), take: () => void repairs.take() });

  /** Its state, for a test to change; each question says its number. */
  function add(number: number, isLacking: boolean) {
    const state = { isLacking, isRefusing: false, isAnswering: false, writes: 1, askAt: clock.now() + 400 };
    repairs.add(number, {
      digest: () => ({ writes: { hi: 0, lo: state.writes }, deletions: { hi: 0, lo: 0 } }),
      isLacking: () => state.isLacking,
      isRefusing: () => state.isRefusing,
      changesDueAt: () => undefined,
      answersDueAt: () => (state.isAnswering ? -Infinity : undefined),
      questionsDueAt: () => (state.isLacking ? state.askAt : undefined),
      takeQuestions() {
        asked.push(number);
        state.askAt = clock.now() + AGAIN_MS;
        return [{ type: "bye" }];
      },
    });
    pull();
    return state;
  }

  /** Something came that made it whole. */
  function mend(number: number, state: { isLacking: boolean }): void {
    state.isLacking = false;
    repairs.heard(number);
    pull();
  }

  return Object.assign(desk, { repairs, add, mend, pull });
}

describe("[S19] documents that are not shown", () => {
  test("ask one after the other, and each is settled when nothing is lacking", async () => {
    const { clock, asked, settled, add, mend } = createDesk();
    const [five, six] = [add(5, true), add(6, true)];
    await clock.advance(2000);
    expect(asked).toEqual([5, 5]);
    mend(5, five);
    await clock.advance(500);
    expect(settled).toEqual([[5, true, 2000]]);
    expect(asked).toEqual([5, 5, 6]);
    mend(6, six);
    await clock.advance(60_000);
    expect(settled).toHaveLength(2);
    expect(clock.pending()).toBe(0);
  });

  test("that lack nothing are settled after a while, and again after each word about them", async () => {
    const { clock, settled, repairs, add } = createDesk();
    add(5, false);
    await clock.advance(1500);
    expect(settled).toEqual([]);
    await clock.advance(5000);
    expect(settled).toEqual([[5, false, 2000]]);
    repairs.heard(5);
    await clock.advance(5000);
    expect(settled.map(([number, isNews]) => [number, isNews])).toEqual([
      [5, false],
      [5, false],
    ]);
  });

  test("that lack nothing make place soon for the only contact's question", async () => {
    const desk = createDesk();
    desk.add(5, false);
    await desk.clock.advance(10);
    desk.isAskedForOthers = true;
    for (let i = 0; i < 5; i++) {
      desk.repairs.makePlace();
      await desk.clock.advance(100);
    }
    expect(desk.settled).toEqual([[5, false, 310]]);
  });

  test("are not settled while an answer is to be given, nor while somebody draws on them", async () => {
    const { clock, settled, repairs, add } = createDesk();
    const five = add(5, false);
    five.isAnswering = true;
    await clock.advance(10_000);
    expect(settled).toEqual([]);
    five.isAnswering = false;
    for (let i = 0; i < 10; i++) {
      repairs.heard(5, true);
      await clock.advance(3000);
    }
    expect(settled).toEqual([]);
    await clock.advance(2000);
    expect(settled).toHaveLength(1);
  });

  test("make place after 8 s where others wait, also while somebody draws on them", async () => {
    const desk = createDesk();
    desk.areOthersLacking = true;
    desk.add(5, false);
    for (let i = 0; i < 40; i++) {
      desk.repairs.heard(5, true);
      await desk.clock.advance(100);
    }
    expect(desk.settled).toEqual([]);
    for (let i = 0; i < 100; i++) {
      if (desk.settled.length === 0) desk.repairs.heard(5, true);
      await desk.clock.advance(100);
    }
    expect(desk.settled).toHaveLength(1);
  });

  test("make place for somebody else's question when theirs has no answer, and are not given up for that", async () => {
    const desk = createDesk();
    desk.add(5, true);
    await desk.clock.advance(1000);
    desk.isAskedForOthers = true;
    await desk.clock.advance(600);
    expect(desk.settled).toEqual([]);
    await desk.clock.advance(1000);
    expect(desk.settled.map(([number, isNews]) => [number, isNews])).toEqual([[5, false]]);
    expect(desk.repairs.mayAsk(5)).toBe(true);
  });

  test("are given up after six questions in vain, for 30 s and then ever longer", async () => {
    const { clock, asked, settled, repairs, add, pull } = createDesk();
    const five = add(5, true);
    await clock.advance(15_000);
    expect(asked).toHaveLength(6);
    expect(settled.map(([number, isNews]) => [number, isNews])).toEqual([[5, false]]);
    expect(repairs.mayAsk(5)).toBe(false);
    await clock.advance(25_000);
    expect(repairs.mayAsk(5)).toBe(true);
    five.askAt = clock.now();
    repairs.heard(5);
    pull();
    await clock.advance(15_000);
    expect(asked).toHaveLength(12);
    await clock.advance(35_000);
    expect(repairs.mayAsk(5)).toBe(false);
    await clock.advance(20_000);
    expect(repairs.mayAsk(5)).toBe(true);
  });

  test("of which more and more comes are asked about further, but not for ever", async () => {
    const { clock, asked, settled, add } = createDesk();
    const five = add(5, true);
    for (let i = 0; i < 60; i++) {
      five.writes++;
      await clock.advance(AGAIN_MS);
    }
    expect(asked).toHaveLength(40);
    expect(settled).toHaveLength(1);
  });

  test("[S18] of which somebody takes no more are asked about twice in vain", async () => {
    const { clock, asked, settled, add } = createDesk();
    add(5, true).isRefusing = true;
    await clock.advance(15_000);
    expect(asked).toHaveLength(2);
    expect(settled).toHaveLength(1);
  });

  test("do not have to wait for one that was given up", async () => {
    const { clock, asked, add } = createDesk();
    add(5, true);
    add(6, true);
    await clock.advance(20_000);
    expect(asked.slice(0, 7)).toEqual([5, 5, 5, 5, 5, 5, 6]);
  });

  test("are no affair of these when they are shown, and are when they are not any more", async () => {
    const { clock, asked, settled, repairs, add, pull } = createDesk();
    add(5, true);
    repairs.setShown(5);
    pull();
    await clock.advance(60_000);
    expect([asked, settled]).toEqual([[], []]);
    repairs.setShown(6);
    pull();
    await clock.advance(1000);
    expect(asked).toEqual([5]);
  });
});
