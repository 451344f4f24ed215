/*
 * Messages that are large and legal, counted in steps, where a clock would say how busy the machine is: none, nor
 * what is small and honest after them, costs a page with 10,000 items more than going through all a few times.
 * `npm run bench:guard` tells the same in milliseconds, `npm run fuzz:guard` tries them by chance.
 */
import { describe, expect, test } from "vitest";
import { MAX_STEPS } from "../board/guard/costs.ts";
import { useStepCounter } from "../board/guard/steps.ts";
import { LARGE_KINDS } from "./large-costs.ts";
import { MARK_KINDS } from "./large-marks.ts";
import { createLargeStage } from "./large-stage.ts";
import { runLarge } from "./large-run.ts";

const stepsSoFar = useStepCounter();

function startSteps(): () => number {
  const from = stepsSoFar();
  return () => stepsSoFar() - from;
}

/** A message may go on to cost something in tasks that come after it, which others come between. */
const MAX_STEPS_OF_ALL_TASKS = 5 * MAX_STEPS;

/** Of marks a third of what may be: their steps grow with their bytes, in each message alike. */
const SIZE_OF_MARKS = 1 / 3;

describe("on 10,000 items none of these costs much, nor what is honest after it", () => {
  test.each(LARGE_KINDS)("$name", (kind) => {
    const on = createLargeStage(startSteps);
    on.stage.honest();
    let most = 0;
    let whole = 0;
    for (const frames of kind.messages(on, MARK_KINDS.includes(kind) ? SIZE_OF_MARKS : 1)) {
      const from = stepsSoFar();
      most = Math.max(most, on.tell(frames));
      whole = Math.max(whole, stepsSoFar() - from);
    }
    const { update, own } = on.stage.honest();
    on.stage.close();
    expect(Math.max(most, update, own)).toBeLessThan(MAX_STEPS);
    expect(whole).toBeLessThan(MAX_STEPS_OF_ALL_TASKS);
  });
});

test("cases are the same for the same seed, and leave a page that lives", () => {
  const { cases, failure } = runLarge({ seed: 2, cases: 2, maxMs: Infinity });
  expect([cases, failure]).toEqual([2, undefined]);
});
