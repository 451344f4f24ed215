import { describe, expect, test } from "vitest";
import type { EngineKind } from "../../src/simulator/engine.ts";
import { createEngine } from "../../src/simulator/engine.ts";
import { createSimulatedClock } from "../../src/simulator/simulated-clock.ts";

function setUp(kind: EngineKind) {
  const clock = createSimulatedClock();
  const arrived: string[] = [];
  const lost: { url: string; why: string }[] = [];
  const engine = createEngine({
    kind,
    clock,
    arrive: (url) => arrived.push(url),
    lose: (url, why) => lost.push({ url, why }),
  });
  return { clock, engine, arrived, lost };
}

describe("Chromium's navigations", () => {
  test("several of one task all arrive, in order, later", async () => {
    const { clock, engine, arrived } = setUp("chromium");
    for (const url of ["a", "b", "c"]) engine.navigate(url);
    expect(arrived).toEqual([]);
    await clock.advance(100);
    expect(arrived).toEqual(["a", "b", "c"]);
  });

  test("the 201st in 10 s is lost, and there is room again afterwards", async () => {
    const { clock, engine, arrived, lost } = setUp("chromium");
    for (let i = 0; i < 201; i++) engine.navigate(`${i}`);
    await clock.advance(9000);
    engine.navigate("too early");
    await clock.advance(2000);
    engine.navigate("in time");
    await clock.advance(100);
    expect(lost).toEqual([
      { url: "200", why: "flood" },
      { url: "too early", why: "flood" },
    ]);
    expect(arrived).toHaveLength(201);
    expect(arrived.at(-1)).toBe("in time");
  });

  test("at 60 a second over 20 s, at least half is lost", async () => {
    const { clock, engine, arrived } = setUp("chromium");
    for (let i = 0; i < 1200; i++) {
      engine.navigate(`${i}`);
      await clock.advance(1000 / 60);
    }
    expect(arrived.length).toBeLessThanOrEqual(600);
    expect(arrived.length).toBeGreaterThanOrEqual(400);
  });

  test("one that is identical to the one under way is ignored", async () => {
    const { clock, engine, arrived, lost } = setUp("chromium");
    engine.navigate("a");
    engine.navigate("a");
    engine.navigate("b");
    engine.navigate("a");
    await clock.advance(100);
    engine.navigate("a");
    await clock.advance(100);
    expect(arrived).toEqual(["a", "b", "a", "a"]);
    expect(lost).toEqual([{ url: "a", why: "identical" }]);
  });

  test("a URL over 2 MiB is the end", () => {
    const { engine, lost } = setUp("chromium");
    engine.navigate("x".repeat(2 * 1024 * 1024));
    expect(lost).toEqual([]);
    engine.navigate("x".repeat(2 * 1024 * 1024 + 1));
    expect(lost.map(({ why }) => why)).toEqual(["too-long"]);
  });
});

describe("WebKit's navigations", () => {
  test("of several in one task only the last arrives", async () => {
    const { clock, engine, arrived, lost } = setUp("webkit");
    for (let i = 0; i < 20; i++) engine.navigate(`${i}`);
    await clock.advance(100);
    expect(arrived).toEqual(["19"]);
    expect(lost).toHaveLength(19);
    expect(lost[0]).toEqual({ url: "0", why: "replaced" });
  });

  test("those of separate tasks all arrive, also equal ones and more than 200", async () => {
    const { clock, engine, arrived, lost } = setUp("webkit");
    for (let i = 0; i < 300; i++) {
      engine.navigate("same");
      await clock.advance(1);
    }
    await clock.advance(100);
    expect(arrived).toHaveLength(300);
    expect(lost).toEqual([]);
  });
});
