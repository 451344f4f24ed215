import { expect, test } from "vitest";
import { afterFaults, idle, many, repair, standstill, whileLosing } from "./goals.ts";
import type { Goal } from "./goal.ts";

/*
 * The figures are printed by `npm run fuzz -- --goals`. All of it is simulated time with fixed seeds:
 * a test that fails here fails everywhere, and the same way.
 */
test.each<[string, () => Promise<Goal>]>([
  ["two boards are soon equal after the faults stop", () => afterFaults(24)],
  ["two boards are soon equal while 30 % are lost", () => whileLosing(18)],
  ["remote ink hardly ever stands still while 5 % are lost", () => standstill(0.05)],
  ["repairing costs no more than drawing while 5 % are lost", () => repair(0.05)],
  ["eight people converge", () => many(8, 2)],
  ["twenty people converge", () => many(20, 1)],
  ["two people who only look say next to nothing", () => idle(2)],
  ["eight people who only look say next to nothing", () => idle(8)],
])("%s", async (_, measure) => {
  const goal = await measure();
  expect(goal.met, `${goal.name}: ${goal.figures}; the goal is ${goal.limit}`).toBe(true);
});
