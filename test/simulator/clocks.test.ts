import { describe, expect, test } from "vitest";
import { createPrng } from "../../src/base/prng.ts";
import { createPageClock } from "../../src/simulator/page-clock.ts";
import { createSimulatedClock } from "../../src/simulator/simulated-clock.ts";

describe("simulated clock", () => {
  test("promises settle between two tasks, however long their chain", async () => {
    const clock = createSimulatedClock();
    const order: string[] = [];
    clock.after(10, () => {
      void (async () => {
        for (let i = 0; i < 200; i++) await Promise.resolve();
        order.push("promise");
      })();
    });
    clock.after(10, () => order.push("task"));
    await clock.advance(10);
    expect(order).toEqual(["promise", "task"]);
  });

  test("runUntil stops soon after the condition holds, or at the limit", async () => {
    const clock = createSimulatedClock();
    let isDone = false;
    clock.after(500, () => {
      isDone = true;
    });
    expect(await clock.runUntil(() => isDone, 400)).toBe(false);
    expect(clock.now()).toBe(400);
    expect(await clock.runUntil(() => isDone, 10_000)).toBe(true);
    expect(clock.now()).toBe(500);
  });

  test("thousands of tasks run by time, then by the order of planning; cancelled ones never", async () => {
    const prng = createPrng(1);
    const clock = createSimulatedClock();
    const ran: { at: number; order: number }[] = [];
    const cancelled = new Set<number>();
    for (let order = 0; order < 5000; order++) {
      const cancel = clock.after(prng.below(300), () => ran.push({ at: clock.now(), order }));
      if (prng.chance(0.3)) {
        cancel();
        cancelled.add(order);
      }
    }
    expect(clock.pending()).toBe(5000 - cancelled.size);
    await clock.advance(300);
    const sorted = [...ran].sort((a, b) => a.at - b.at || a.order - b.order);
    expect(ran).toEqual(sorted);
    expect(ran).toHaveLength(5000 - cancelled.size);
    expect(ran.some(({ order }) => cancelled.has(order))).toBe(false);
    expect(clock.pending()).toBe(0);
  });
});

describe("page clock", () => {
  const setUp = () => {
    const world = createSimulatedClock();
    const page = createPageClock(world);
    const moments: number[] = [];
    const tick = (): void => {
      moments.push(page.now());
      page.after(100, tick);
    };
    page.after(100, tick);
    return { world, page, moments };
  };

  test("slow timers fire on whole seconds", async () => {
    const { world, page, moments } = setUp();
    await world.advance(250);
    page.setTimers("slow");
    await world.advance(2000);
    page.setTimers("normal");
    await world.advance(900);
    expect(moments).toEqual([100, 200, 1000, 2000, 3000, 3100]);
  });

  test("stopped timers wait, in their order, and run on", async () => {
    const { world, page, moments } = setUp();
    const order: string[] = [];
    page.setTimers("stopped");
    page.after(50, () => order.push("first"));
    page.after(60, () => order.push("second"));
    await world.advance(10_000);
    expect([moments, order]).toEqual([[], []]);
    page.setTimers("normal");
    await world.advance(150);
    expect([moments, order]).toEqual([
      [10_000, 10_100],
      ["first", "second"],
    ]);
  });

  test("nothing runs in a page that is gone", async () => {
    const { world, page, moments } = setUp();
    page.setTimers("stopped");
    await world.advance(500);
    page.close();
    page.setTimers("normal");
    await world.advance(1000);
    expect(moments).toEqual([]);
  });
});
