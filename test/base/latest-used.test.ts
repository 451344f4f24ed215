import { expect, test } from "vitest";
import { createLatestUsed, type LatestUsed } from "../../src/base/latest-used.ts";

const LIMIT = 40;

function filled(weight: number): LatestUsed<number, string> {
  const kept = createLatestUsed<number, string>(LIMIT, ({ length }) => length);
  for (let i = 0; i < 100; i++) kept.set(i, "x".repeat(weight));
  return kept;
}

test.each([1, 3, 7, 13, 20, 30, 100])("keeps the latest of weight %i, as many as were allowed", (weight) => {
  // Looking for one may make another go, so each is looked for among all.
  const found = Array.from({ length: 100 }, (_, key) => key).filter((key) => filled(weight).get(key));
  expect(found.at(-1)).toBe(99);
  expect(found).toEqual(found.map((_, i) => 100 - found.length + i));
  expect(found.length).toBeGreaterThanOrEqual(Math.max(Math.floor(LIMIT / 2 / weight), 1));
  expect(found.length).toBeLessThanOrEqual(Math.max(LIMIT / weight, 2));
});

test("what is used again and again stays, whatever else comes", () => {
  const kept = filled(5);
  kept.set(0, "used");
  for (let i = 1; i < 1000; i++) {
    kept.set(i, "other");
    expect(kept.get(0)).toBe("used");
  }
  expect(kept.get(500)).toBeUndefined();
});

test("gives what was set last, and counts only that", () => {
  const kept = createLatestUsed<string, string>(LIMIT, ({ length }) => length);
  kept.set("other", "another");
  for (let i = 0; i < 100; i++) kept.set("same", `value ${i}`);
  expect([kept.get("same"), kept.get("other")]).toEqual(["value 99", "another"]);
});
