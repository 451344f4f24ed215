import { describe, expect, test } from "vitest";
import { createPrng } from "../../src/base/prng.ts";
import { createSimulatedClock } from "../../src/simulator/simulated-clock.ts";
import { createBridge } from "../../src/spixi/bridge.ts";
import { createBridgeDesk, densest, gaps } from "./bridge-desk.ts";

describe("bridge", () => {
  test("a single request leaves at once, in a task of its own", async () => {
    const { clock, bridge, navigations } = createBridgeDesk();
    await clock.advance(1000);
    bridge.enqueue("data", "x");
    expect(navigations).toEqual([]);
    await clock.advance(0);
    expect(navigations).toEqual([{ at: 1000, url: "x" }]);
  });

  test("navigations are at least 60 ms apart and never more than 150 in 10 s", async () => {
    const { clock, navigations, fill } = createBridgeDesk();
    fill("data", 1000);
    fill("storage", 100);
    await clock.advance(90_000);
    expect(navigations).toHaveLength(1100);
    expect(Math.min(...gaps(navigations))).toBeGreaterThanOrEqual(60);
    expect(densest(navigations, 10_000)).toBeLessThanOrEqual(150);
  });

  test("quick requests of the storage leave in a burst, before data, and leave the rest of the budget", async () => {
    const { clock, bridge, navigations, fill } = createBridgeDesk();
    fill("data", 3);
    for (let i = 0; i < 200; i++) bridge.enqueue("storage", `read ${i}`, undefined, true);
    await clock.advance(50);
    const burst = navigations.filter(({ url }) => url.startsWith("read"));
    expect(burst.length).toBeGreaterThan(20);
    expect(new Set(gaps(burst))).toEqual(new Set([2]));
    await clock.advance(200);
    // The others have their turns then, at the usual gap.
    const quick = navigations.filter(({ at }, i) => at - (navigations[i - 1]?.at ?? 0) === 2).length;
    expect(quick).toBeGreaterThan(80);
    expect(quick).toBeLessThan(100);
    await clock.advance(60_000);
    expect(navigations).toHaveLength(203);
    expect(densest(navigations, 10_000)).toBeLessThanOrEqual(150);
  });

  test("what is not quick does not wait longer for what is", async () => {
    const { clock, bridge, navigations } = createBridgeDesk();
    bridge.enqueue("data", "one");
    await clock.advance(58);
    bridge.enqueue("storage", "read", undefined, true);
    bridge.enqueue("data", "two");
    await clock.advance(10);
    expect(navigations).toEqual([
      { at: 0, url: "one" },
      { at: 58, url: "read" },
      { at: 60, url: "two" },
    ]);
  });

  test("requests and flushes at random moments stay within the budget, one navigation a task", async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const prng = createPrng(seed);
      const { clock, bridge, navigations } = createBridgeDesk();
      for (let step = 0; step < 300; step++) {
        const before = navigations.length;
        if (prng.chance(0.2)) bridge.flush();
        for (let i = prng.below(8); i > 0; i--) bridge.enqueue("data", `${step} ${i}`);
        if (prng.chance(0.1)) bridge.flush();
        expect(navigations.length - before, `seed ${seed}`).toBeLessThanOrEqual(1);
        await clock.advance(prng.below(200));
      }
      expect(densest(navigations, 10_000), `seed ${seed}`).toBeLessThanOrEqual(150);
      expect(navigations.length, `seed ${seed}`).toBeGreaterThan(150);
      expect(Math.min(...gaps(navigations)), `seed ${seed}`).toBeGreaterThanOrEqual(2);
    }
  });

  test("data and storage take turns, control goes first", async () => {
    const { clock, bridge, navigations, fill } = createBridgeDesk();
    fill("data", 100);
    fill("storage", 4);
    await clock.advance(30);
    bridge.enqueue("control", "now");
    await clock.advance(600);
    expect(navigations.map(({ url }) => url)).toEqual([
      "data 0",
      "now",
      "storage 0",
      "data 1",
      "storage 1",
      "data 2",
      "storage 2",
      "data 3",
      "storage 3",
      "data 4",
      "data 5",
    ]);
  });

  test("flush navigates once within the call, and then every 2 ms", async () => {
    const { clock, bridge, navigations, fill } = createBridgeDesk();
    fill("data", 20);
    bridge.flush();
    bridge.flush();
    expect(navigations).toHaveLength(1);
    await clock.advance(38);
    expect(navigations).toHaveLength(20);
    expect(new Set(gaps(navigations))).toEqual(new Set([2]));
  });

  test("two flushes in one long task navigate once, since a second navigation would replace the first", async () => {
    const simulated = createSimulatedClock();
    const navigations: string[] = [];
    let late = 0;
    const bridge = createBridge({
      clock: { now: () => simulated.now() + late, after: (delay, task) => simulated.after(delay, task) },
      log: { warn: () => undefined },
      navigate: (url) => navigations.push(url),
    });
    bridge.enqueue("data", "a");
    bridge.enqueue("data", "b");
    bridge.flush();
    late = 100;
    bridge.flush();
    expect(navigations).toEqual(["a"]);
    await simulated.advance(2);
    expect(navigations).toEqual(["a", "b"]);
  });

  test("what is queued right after a flush goes fast too; half a second later it does not", async () => {
    const { clock, bridge, navigations, fill } = createBridgeDesk();
    bridge.flush();
    await clock.advance(100);
    fill("storage", 10);
    await clock.advance(20);
    expect(navigations).toHaveLength(10);
    await clock.advance(1000);
    fill("storage", 2);
    await clock.advance(59);
    expect(navigations).toHaveLength(11);
  });

  test("a flush does not exceed the budget, and what is left follows", async () => {
    const { clock, bridge, navigations, fill } = createBridgeDesk();
    fill("data", 400);
    bridge.flush();
    await clock.advance(5000);
    expect(navigations.length).toBeLessThan(150);
    await clock.advance(40_000);
    expect(navigations).toHaveLength(400);
    expect(densest(navigations, 10_000)).toBeLessThanOrEqual(150);
  });

  test("on the way out what is to be stored leaves first, also where the budget is nearly spent", async () => {
    const { clock, bridge, navigations, fill } = createBridgeDesk();
    fill("data", 300);
    // As many as the budget gives to anything but the way out.
    await clock.runUntil(() => navigations.length === 146, 60_000);
    fill("storage", 3);
    bridge.leave("back");
    await clock.advance(500);
    expect(navigations.slice(146).map(({ url }) => url)).toEqual([
      "storage 0",
      "storage 1",
      "storage 2",
      "back",
    ]);
  });

  test("leaving takes along what waits, and is the last thing", async () => {
    const { clock, bridge, navigations, fill } = createBridgeDesk();
    fill("data", 5);
    bridge.leave("back");
    expect(bridge.enqueue("data", "late")).toBe("closed");
    await clock.advance(60_000);
    expect(navigations.map(({ url }) => url)).toEqual([...[0, 1, 2, 3, 4].map((i) => `data ${i}`), "back"]);
  });

  test("leaving works within half a second even where the budget is used up", async () => {
    const { clock, bridge, navigations, fill } = createBridgeDesk();
    fill("data", 1000);
    bridge.flush();
    await clock.advance(1000);
    bridge.leave("back");
    bridge.flush();
    await clock.advance(501);
    expect(navigations.at(-1)!.url).toBe("back");
    const count = navigations.length;
    await clock.advance(60_000);
    expect(navigations).toHaveLength(count);
  });

  test("a URL over the limit is refused and the others go on", async () => {
    const { clock, bridge, navigations } = createBridgeDesk();
    expect(bridge.enqueue("data", "x".repeat(1_900_001))).toBe("too-large");
    expect(bridge.enqueue("data", "x".repeat(1_900_000))).toBe("queued");
    await clock.advance(100);
    expect(navigations.map(({ url }) => url.length)).toEqual([1_900_000]);
  });

  test("says when a request was handed over", async () => {
    const { clock, bridge, fill } = createBridgeDesk();
    fill("data", 3);
    let sentAt: number | undefined;
    bridge.enqueue("data", "x", () => {
      sentAt = clock.now();
    });
    expect(bridge.backlog()).toBe(4);
    await clock.advance(1000);
    expect(sentAt).toBe(180);
    expect(bridge.backlog()).toBe(0);
  });

  test("a page that cannot navigate is logged and stays alive", async () => {
    const clock = createSimulatedClock();
    const warnings: string[] = [];
    let calls = 0;
    const bridge = createBridge({
      clock,
      log: { warn: (message) => warnings.push(message) },
      navigate: () => {
        calls++;
        throw new Error("denied");
      },
    });
    bridge.enqueue("data", "x");
    bridge.enqueue("data", "y");
    await clock.advance(1000);
    expect(calls).toBe(2);
    expect(warnings).toHaveLength(2);
  });

  test("closing forgets what waits", async () => {
    const { clock, bridge, navigations, fill } = createBridgeDesk();
    fill("data", 3);
    bridge.close();
    expect(bridge.enqueue("data", "x")).toBe("closed");
    bridge.flush();
    await clock.advance(1000);
    expect(navigations).toEqual([]);
    expect(clock.pending()).toBe(0);
  });
});
