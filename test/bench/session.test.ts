import { expect, test } from "vitest";
import { measureSession } from "./session-cost.ts";

test("the measured session hears everybody, is told once a frame and has nothing to complain of", async () => {
  const cost = await measureSession({ people: 5, items: 60, rate: 6, seconds: 3 });
  // Four who draw, and their signs of life.
  expect(cost.heard).toBeGreaterThanOrEqual(4 * 6);
  expect(cost.told).toBeGreaterThan(20);
  expect(cost.told).toBeLessThanOrEqual(63);
  expect(cost.missing).toBeGreaterThan(0);
  expect(cost.share).toBeGreaterThan(0);
});
