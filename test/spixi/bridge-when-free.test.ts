import { describe, expect, test } from "vitest";
import { createBridgeDesk, densest, gaps } from "./bridge-desk.ts";

describe("bridge: whenFree", () => {
  /** Asks again and again for so long; each time one request is queued. */
  function keepAsking({ clock, bridge }: ReturnType<typeof createBridgeDesk>, until = Infinity) {
    const calls: { readonly at: number; readonly spare: number }[] = [];
    const next = (spare: number): void => {
      calls.push({ at: clock.now(), spare });
      bridge.enqueue("data", `pulled ${calls.length - 1}`);
      if (clock.now() < until) bridge.whenFree(next);
    };
    bridge.whenFree(next);
    return calls;
  }

  test("calls in a task of its own, and what is queued then leaves in that task", async () => {
    const desk = createBridgeDesk();
    const { clock, bridge, navigations } = desk;
    await clock.advance(1000);
    let calls = 0;
    bridge.whenFree(() => {
      calls++;
      bridge.enqueue("data", "x");
      expect(navigations).toEqual([]);
    });
    expect(calls).toBe(0);
    await clock.advance(0);
    expect(navigations).toEqual([{ at: 1000, url: "x" }]);
    await clock.advance(60_000);
    expect(calls).toBe(1);
    expect(clock.pending()).toBe(0);
  });

  test("waits for what is queued already, and one waits at most", async () => {
    const { clock, bridge, navigations, fill } = createBridgeDesk();
    bridge.whenFree(() => bridge.enqueue("data", "never"));
    bridge.whenFree(() => bridge.enqueue("data", "last"));
    fill("data", 3);
    fill("control", 1);
    await clock.advance(1000);
    expect(navigations.map(({ url }) => url)).toEqual(["control 0", "data 0", "data 1", "data 2", "last"]);
  });

  test("keeps the gap and the budget, whatever is pulled", async () => {
    const desk = createBridgeDesk();
    const calls = keepAsking(desk);
    await desk.clock.advance(60_000);
    expect(desk.navigations.map(({ url }) => url)).toEqual(calls.map((_, i) => `pulled ${i}`));
    expect(desk.navigations.map(({ at }) => at)).toEqual(calls.map(({ at }) => at));
    expect(Math.min(...gaps(desk.navigations))).toBeGreaterThanOrEqual(60);
    expect(densest(desk.navigations, 10_000)).toBeLessThanOrEqual(146);
    expect(desk.navigations.length).toBeGreaterThan(700);
  });

  test("says how much of the budget is left: less with each use, never too much, all of it after a rest", async () => {
    const desk = createBridgeDesk();
    const calls = keepAsking(desk, 30_000);
    await desk.clock.advance(8700);
    expect(calls[0]!.spare).toBe(146);
    expect(calls.map(({ spare }) => spare)).toEqual(calls.map((_, i) => 146 - i));
    expect(calls.at(-1)!.spare).toBe(1);
    await desk.clock.advance(51_300);
    for (const { at, spare } of calls) {
      const used = desk.navigations.filter((each) => each.at < at && each.at > at - 10_000).length;
      expect(used + spare).toBeLessThanOrEqual(146);
      // It is only asked for what may leave.
      expect(spare).toBeGreaterThan(0);
    }
    let rested = 0;
    desk.bridge.whenFree((spare) => (rested = spare));
    await desk.clock.advance(0);
    expect(rested).toBe(146);
  });

  test("takes turns with storage, and leaves its turn to it where it has nothing to say", async () => {
    const desk = createBridgeDesk();
    desk.fill("storage", 3);
    keepAsking(desk);
    await desk.clock.advance(5 * 60);
    expect(desk.navigations.map(({ url }) => url)).toEqual([
      "pulled 0",
      "storage 0",
      "pulled 1",
      "storage 1",
      "pulled 2",
      "storage 2",
    ]);
    const silent = createBridgeDesk();
    silent.fill("storage", 3);
    let calls = 0;
    silent.bridge.whenFree(() => calls++);
    await silent.clock.advance(2 * 60);
    expect(silent.navigations).toEqual([0, 1, 2].map((i) => ({ at: i * 60, url: `storage ${i}` })));
    expect(calls).toBe(1);
    // Nothing left by it, so nothing of the gap is used up.
    const idle = createBridgeDesk();
    await idle.clock.advance(1000);
    idle.bridge.whenFree(() => undefined);
    await idle.clock.advance(0);
    idle.bridge.enqueue("data", "x");
    await idle.clock.advance(0);
    expect(idle.navigations).toEqual([{ at: 1000, url: "x" }]);
  });

  test("a flush pulls too: once within the call, and then every 2 ms", async () => {
    const desk = createBridgeDesk();
    await desk.clock.advance(1000);
    let left = 20;
    const next = (): void => {
      if (left-- === 0) return;
      desk.bridge.enqueue("data", `${left}`);
      desk.bridge.whenFree(next);
    };
    desk.bridge.whenFree(next);
    desk.bridge.flush();
    expect(desk.navigations).toHaveLength(1);
    await desk.clock.advance(38);
    expect(desk.navigations).toHaveLength(20);
    expect(new Set(gaps(desk.navigations))).toEqual(new Set([2]));
  });

  test("on the way out storage goes first, and nobody is asked when only the way back is left", async () => {
    const { clock, bridge, navigations, fill } = createBridgeDesk();
    fill("storage", 2);
    let calls = 0;
    bridge.whenFree(() => {
      calls++;
      bridge.enqueue("data", "pulled");
    });
    bridge.leave("back");
    bridge.whenFree(() => calls++);
    await clock.advance(60_000);
    expect(navigations.map(({ url }) => url)).toEqual(["storage 0", "storage 1", "back"]);
    expect(calls).toBe(0);
  });

  test("a task that throws is logged, and the others go on", async () => {
    const { clock, bridge, navigations, warnings, fill } = createBridgeDesk();
    bridge.whenFree(() => {
      throw new Error("task");
    });
    fill("storage", 1);
    await clock.advance(1000);
    expect(warnings).toHaveLength(1);
    bridge.whenFree(() => bridge.enqueue("data", "x"));
    await clock.advance(1000);
    expect(navigations.map(({ url }) => url)).toEqual(["storage 0", "x"]);
  });

  test("closing forgets who asked, and nobody is asked later", async () => {
    const { clock, bridge } = createBridgeDesk();
    let calls = 0;
    bridge.whenFree(() => calls++);
    bridge.close();
    bridge.whenFree(() => calls++);
    bridge.flush();
    await clock.advance(1000);
    expect(calls).toBe(0);
    expect(clock.pending()).toBe(0);
  });
});
