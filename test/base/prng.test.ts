import { expect, test } from "vitest";
import { createPrng } from "../../src/base/prng.ts";

test("a seed gives the same numbers on every engine", () => {
  const prng = createPrng(1);
  expect([prng.uint32(), prng.uint32(), prng.uint32()]).toMatchInlineSnapshot(`
    [
      834741667,
      1789269187,
      3692473840,
    ]
  `);
  const other = createPrng(2);
  expect(other.uint32()).not.toBe(createPrng(1).uint32());
});

test("numbers fill their range evenly", () => {
  const prng = createPrng(3);
  const counts = Array.from({ length: 10 }, () => 0);
  for (let i = 0; i < 10_000; i++) counts[prng.below(10)]!++;
  expect(Math.min(...counts)).toBeGreaterThan(850);
  expect(Math.max(...counts)).toBeLessThan(1150);
  let hits = 0;
  for (let i = 0; i < 10_000; i++) if (prng.chance(0.2)) hits++;
  expect(hits).toBeGreaterThan(1800);
  expect(hits).toBeLessThan(2200);
});
