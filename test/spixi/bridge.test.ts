import { describe, expect, test } from "vitest";
import { createPrng } from "../../src/base/prng.ts";
import { createSimulatedClock } from "../../src/simulator/simulated-clock.ts";
import type { Lane } from "../../src/spixi/lanes.ts";
import { createBridge } from "../../src/spixi/bridge.ts";

interface Navigation {
  readonly at: number;
  readonly url: string;
}

function setUp() {
  const clock = createSimulatedClock();
  const navigations: Navigation[] = [];
  const warnings: string[] = [];
  const bridge = createBridge({
    clock,
    log: { warn: (message) => warnings.push(message) },
    navigate: (url) => navigations.push({ at: clock.now(), url }),
  });
  const fill = (lane: Lane, count: number): void => {
    for (let i = 0; i < count; i++) bridge.enqueue(lane, `${lane} ${i}`);
  };
  return { clock, bridge, navigations, warnings, fill };
}

/** The most navigations in any window of `width` milliseconds, both ends included. */
function densest(navigations: readonly Navigation[], width: number): number {
  let most = 0;
  let start = 0;
  navigations.forEach(({ at }, i) => {
    while (navigations[start]!.at < at - width) start++;
    most = Math.max(most, i - start + 1);
  });
  return most;
}

const gaps = (navigations: readonly Navigation[]): number[] =>
  navigations.slice(1).map(({ at }, i) => at - navigations[i]!.at);

describe("bridge", () => {
  test("a single request leaves at once, in a task of its own", async () => {
    const { clock, bridge, navigations } = setUp();
    await clock.advance(1000);
    bridge.enqueue("data", "x");
    expect(navigations).toEqual([]);
    await clock.advance(0);
    expect(navigations).toEqual([{ at: 1000, url: "x" }]);
  });

  test("navigations are at least 60 ms apart and never more than 150 in 10 s", async () => {
    const { clock, navigations, fill } = setUp();
    fill("data", 1000);
    fill("storage", 100);
    await clock.advance(90_000);
    expect(navigations).toHaveLength(1100);
    expect(Math.min(...gaps(navigations))).toBeGreaterThanOrEqual(60);
    expect(densest(navigations, 10_000)).toBeLessThanOrEqual(150);
  });

  test("requests and flushes at random moments stay within the budget, one navigation a task", async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const prng = createPrng(seed);
      const { clock, bridge, navigations } = setUp();
      for (let step = 0; step < 300; step++) {
        const before = navigations.length;
        if (prng.chance(0.2)) bridge.flush();
        for (let i = prng.below(8); i > 0; i--) bridge.enqueue("data", `${step} ${i}`);
        if (prng.chance(0.1)) bridge.flush();
        expect(navigations.length - before, `seed ${seed}`).toBeLessThanOrEqual(1);
        await clock.advance(prng.below(200));
      }
      expect(densest(navigations, 10_000), `seed ${seed}`).toBeLessThanOrEqual(150);
      expect(Math.min(...gaps(navigations)), `seed ${seed}`).toBeGreaterThanOrEqual(2);
    }
  });

  test("data and storage take turns, control goes first", async () => {
    const { clock, bridge, navigations, fill } = setUp();
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
    const { clock, bridge, navigations, fill } = setUp();
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
    const { clock, bridge, navigations, fill } = setUp();
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
    const { clock, bridge, navigations, fill } = setUp();
    fill("data", 400);
    bridge.flush();
    await clock.advance(5000);
    expect(navigations.length).toBeLessThan(150);
    await clock.advance(40_000);
    expect(navigations).toHaveLength(400);
    expect(densest(navigations, 10_000)).toBeLessThanOrEqual(150);
  });

  test("on the way out what is to be stored leaves first, also where the budget is nearly spent", async () => {
    const { clock, bridge, navigations, fill } = setUp();
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
    const { clock, bridge, navigations, fill } = setUp();
    fill("data", 5);
    bridge.leave("back");
    expect(bridge.enqueue("data", "late")).toBe("closed");
    await clock.advance(60_000);
    expect(navigations.map(({ url }) => url)).toEqual([...[0, 1, 2, 3, 4].map((i) => `data ${i}`), "back"]);
  });

  test("leaving works within half a second even where the budget is used up", async () => {
    const { clock, bridge, navigations, fill } = setUp();
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
    const { clock, bridge, navigations } = setUp();
    expect(bridge.enqueue("data", "x".repeat(1_900_001))).toBe("too-large");
    expect(bridge.enqueue("data", "x".repeat(1_900_000))).toBe("queued");
    await clock.advance(100);
    expect(navigations.map(({ url }) => url.length)).toEqual([1_900_000]);
  });

  test("says when a request was handed over", async () => {
    const { clock, bridge, fill } = setUp();
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
    const { clock, bridge, navigations, fill } = setUp();
    fill("data", 3);
    bridge.close();
    expect(bridge.enqueue("data", "x")).toBe("closed");
    bridge.flush();
    await clock.advance(1000);
    expect(navigations).toEqual([]);
    expect(clock.pending()).toBe(0);
  });
});

describe("bridge: whenFree", () => {
  /** Asks again and again for so long; each time one request is queued. */
  function keepAsking({ clock, bridge }: ReturnType<typeof setUp>, until = Infinity) {
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
    const desk = setUp();
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
    const { clock, bridge, navigations, fill } = setUp();
    bridge.whenFree(() => bridge.enqueue("data", "never"));
    bridge.whenFree(() => bridge.enqueue("data", "last"));
    fill("data", 3);
    fill("control", 1);
    await clock.advance(1000);
    expect(navigations.map(({ url }) => url)).toEqual(["control 0", "data 0", "data 1", "data 2", "last"]);
  });

  test("keeps the gap and the budget, whatever is pulled", async () => {
    const desk = setUp();
    const calls = keepAsking(desk);
    await desk.clock.advance(60_000);
    expect(desk.navigations.map(({ url }) => url)).toEqual(calls.map((_, i) => `pulled ${i}`));
    expect(desk.navigations.map(({ at }) => at)).toEqual(calls.map(({ at }) => at));
    expect(Math.min(...gaps(desk.navigations))).toBeGreaterThanOrEqual(60);
    expect(densest(desk.navigations, 10_000)).toBeLessThanOrEqual(146);
    expect(desk.navigations.length).toBeGreaterThan(700);
  });

  test("says how much of the budget is left: less with each use, never too much, all of it after a rest", async () => {
    const desk = setUp();
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
    const desk = setUp();
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
    const silent = setUp();
    silent.fill("storage", 3);
    let calls = 0;
    silent.bridge.whenFree(() => calls++);
    await silent.clock.advance(2 * 60);
    expect(silent.navigations).toEqual([0, 1, 2].map((i) => ({ at: i * 60, url: `storage ${i}` })));
    expect(calls).toBe(1);
    // Nothing left by it, so nothing of the gap is used up.
    const idle = setUp();
    await idle.clock.advance(1000);
    idle.bridge.whenFree(() => undefined);
    await idle.clock.advance(0);
    idle.bridge.enqueue("data", "x");
    await idle.clock.advance(0);
    expect(idle.navigations).toEqual([{ at: 1000, url: "x" }]);
  });

  test("a flush pulls too: once within the call, and then every 2 ms", async () => {
    const desk = setUp();
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
    const { clock, bridge, navigations, fill } = setUp();
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
    const { clock, bridge, navigations, warnings, fill } = setUp();
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
    const { clock, bridge } = setUp();
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
