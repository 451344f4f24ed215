/*
 * npm run fuzz:painting -- [--seed N] [--minutes M] [--runs R]
 *
 * Many hands change a board while it is painted, step by step; in the end it must look as if somebody had opened it then
 * (see test/render). Of a run that failed it prints the fewest steps that still fail, as far as there is time to find them.
 */
import { parseArgs } from "node:util";
import * as fc from "fast-check";
import { problemAfter, steps, type Step } from "../render/any-order-run.ts";
import { stubPath2D } from "../render/fake-path.ts";
import { RUN_OPTIONS, runLimits } from "./run-limits.ts";

/** True where all runs went well. It ends with the first that did not. */
export async function main(args: readonly string[]): Promise<boolean> {
  const { seed, runs, endsAt } = runLimits(parseArgs({ args: [...args], options: RUN_OPTIONS }).values);
  stubPath2D();
  const holds = fc.property(steps, (list) => problemAfter(list) === undefined);
  // It stops whatever the runs are made of, which its type does not say.
  const untilEnd = fc.interruptAfterTimeLimit(endsAt - Date.now(), { failOnInterrupt: false });
  const { failed, numRuns, counterexample } = fc.check(holds, {
    seed,
    numRuns: Math.min(runs, Number.MAX_SAFE_INTEGER),
    plugins: endsAt < Infinity ? [untilEnd as fc.Plugin<[Step[]]>] : [],
  });
  if (counterexample)
    console.log(`FAILED: ${problemAfter(counterexample[0])}\n${JSON.stringify(counterexample[0])}`);
  console.log(`${numRuns} runs from seed ${seed}, ${failed ? "the last one failed" : "none failed"}`);
  return !failed;
}
