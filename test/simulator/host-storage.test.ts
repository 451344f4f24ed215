import { describe, expect, test } from "vitest";
import { createPrng } from "../../src/base/prng.ts";
import type { HostStorage } from "../../src/simulator/host-storage.ts";
import { createHostStorage } from "../../src/simulator/host-storage.ts";
import { createSimulatedClock } from "../../src/simulator/simulated-clock.ts";

function setUp(seed = 1) {
  const clock = createSimulatedClock();
  const storage = createHostStorage(clock, createPrng(seed));
  return { clock, storage };
}

const value = (...bytes: number[]): Uint8Array => Uint8Array.from(bytes);

function content(storage: HostStorage, table: string): Record<string, number[]> {
  return Object.fromEntries(storage.keys(table).map((key) => [key, [...storage.get(table, key)!]]));
}

describe("host storage", () => {
  test("a value is there at once, and in its file within 2.1 s, not before 0.2 s", async () => {
    for (let seed = 1; seed <= 10; seed++) {
      const { clock, storage } = setUp(seed);
      storage.set("t", "k", value(1));
      expect(storage.get("t", "k")).toEqual(value(1));
      await clock.advance(200);
      expect(storage.isDirty()).toBe(true);
      await clock.advance(1900);
      expect(storage.isDirty()).toBe(false);
      storage.kill("lost");
      expect(content(storage, "t")).toEqual({ k: [1] });
    }
  });

  test("a kill loses what is not in the file", async () => {
    const { clock, storage } = setUp();
    storage.set("t", "k", value(1));
    await clock.advance(3000);
    storage.set("t", "k", value(2));
    storage.set("t", "l", value(3));
    storage.set("u", "k", value(4));
    storage.kill("none");
    expect(content(storage, "t")).toEqual({ k: [1] });
    expect(content(storage, "u")).toEqual({});
  });

  test("changes during a rewrite reach the file with the next one", async () => {
    for (let pause = 100; pause <= 2100; pause += 20) {
      const { clock, storage } = setUp();
      storage.set("t", "k", value(1));
      await clock.advance(pause);
      storage.set("t", "k", value(2));
      await clock.advance(4200);
      storage.kill("lost");
      expect(content(storage, "t")).toEqual({ k: [2] });
    }
  });

  test("a torn table is empty, or only its beginning is there; other tables are whole", async () => {
    const tear = async (mode: "lost" | "truncated") => {
      const { clock, storage } = setUp();
      storage.set("whole", "k", value(9));
      storage.set("t", "a", value(1, 2, 3));
      storage.set("t", "b", value(4, 5, 6, 7));
      storage.set("t", "c", value(8));
      await clock.advance(3000);
      storage.set("t", "c", value(9));
      storage.kill(mode);
      expect(content(storage, "whole")).toEqual({ k: [9] });
      return content(storage, "t");
    };
    expect(await tear("lost")).toEqual({});
    expect(await tear("truncated")).toEqual({ a: [1, 2, 3], b: [4] });
  });

  test("by chance, a kill tears only a table that is being rewritten at that moment", async () => {
    const outcomes = new Set<string>();
    for (let seed = 1; seed <= 200; seed++) {
      const { clock, storage } = setUp(seed);
      storage.set("t", "a", value(1, 1));
      await clock.advance(3000);
      storage.set("t", "a", value(2, 2));
      await clock.advance(200 + seed * 10);
      storage.kill("chance");
      outcomes.add(JSON.stringify(content(storage, "t")));
    }
    expect([...outcomes].sort()).toEqual(['{"a":[1,1]}', '{"a":[2,2]}', '{"a":[2]}', "{}"].sort());
  });

  test("after a kill it works again", async () => {
    const { clock, storage } = setUp();
    storage.set("t", "k", value(1));
    storage.kill("none");
    storage.set("t", "k", value(2));
    await clock.advance(3000);
    storage.kill("lost");
    expect(content(storage, "t")).toEqual({ k: [2] });
  });

  test("a rollback puts memory and files back", async () => {
    const { clock, storage } = setUp();
    storage.set("t", "k", value(1));
    await clock.advance(5000);
    storage.set("t", "k", value(2));
    storage.set("t", "new", value(3));
    await clock.advance(1000);
    storage.set("t", "k", value(4));
    storage.rollback(2000);
    expect(content(storage, "t")).toEqual({ k: [1] });
    await clock.advance(5000);
    storage.kill("none");
    expect(content(storage, "t")).toEqual({ k: [1] });
  });

  test("damage leaves a table as it is of which nothing was in its file", () => {
    const { storage } = setUp();
    storage.set("t", "k", value(1));
    storage.kill("none");
    storage.damage();
    expect(content(storage, "t")).toEqual({});
  });

  test("damage changes one byte of each table's last value, for good", async () => {
    const { clock, storage } = setUp();
    storage.set("t", "a", value(1, 2, 3));
    storage.set("t", "b", value(4, 5, 6));
    storage.set("u", "k", value(0));
    storage.damage();
    const damaged = { t: { a: [1, 2, 3], b: [4, 250, 6] }, u: { k: [255] } };
    expect({ t: content(storage, "t"), u: content(storage, "u") }).toEqual(damaged);
    await clock.advance(3000);
    storage.kill("none");
    expect({ t: content(storage, "t"), u: content(storage, "u") }).toEqual(damaged);
  });
});
