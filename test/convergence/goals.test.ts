import { expect, test } from "vitest";
import { crowdAwareness, inkWhileDiffsFlow, lateJoiner } from "./crowd-goals.ts";
import { afterFaults, idle, many, repair, standstill, whileLosing } from "./goals.ts";
import type { Goal } from "./goal.ts";

/*
 * The figures are printed by `npm run fuzz -- --goals`, of many more runs and of a larger board. All of it is simulated time with fixed seeds:
 * a test that fails here fails everywhere, and the same way.
 */
test.each<[string, () => Promise<Goal>]>([
  ["two boards are soon equal after the faults stop", () => afterFaults(6)],
  ["two boards are soon equal while 30 % are lost", () => whileLosing(0.3, 10, 4)],
  ["two boards are soon equal while 40 % are lost", () => whileLosing(0.4, 20, 4)],
  ["repairing costs at most 2.5 times the drawing while 40 % are lost", () => repair(0.4, 2.5, 2)],
  // From seed to seed 1.5 to 6 %.
  ["remote ink hardly ever stands still while 5 % are lost", () => standstill(0.05, 8, undefined, 0.06)],
  ["repairing costs less than drawing while 5 % are lost", () => repair(0.05, 0.7, 2)],
  ["repairing costs no more than drawing while 20 % are lost", () => repair(0.2, 1, 4)],
  ["eight people converge", () => many(8, 1)],
  ["twenty people converge", () => many(20, 1)],
  ["ink is hardly slower while a whole board is being sent", () => inkWhileDiffsFlow("next", 4000)],
  ["who comes later soon has a board of 5,000 strokes", () => lateJoiner("0.9.19", 5000)],
  ["two people who only look say next to nothing", () => idle(2)],
  ["eight people who only look say next to nothing", () => idle(8)],
])("%s", async (_, measure) => {
  const goal = await measure();
  expect(goal.met, `${goal.name}: ${goal.figures}; the goal is ${goal.limit}`).toBe(true);
});

test("eight people see in time where the others point and what they move", async () => {
  for (const { met, name, figures, limit } of await crowdAwareness("next", 8))
    expect(met, `${name}: ${figures}; the goal is ${limit}`).toBe(true);
});
