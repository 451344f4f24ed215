/*
 * npm run fuzz:pages -- [--seed N] [--minutes M] [--runs R]
 *
 * Boards with pages in any weather (test/convergence/pages-run.ts). Each run has its own seed, counted up from N; of
 * one that failed it prints what happened.
 */
import { parseArgs } from "node:util";
import { pagesRun } from "../convergence/pages-run.ts";
import { RUN_OPTIONS, runLimits } from "./run-limits.ts";

const STEPS = 80;
/** After so many failures more of them say little. */
const MAX_FAILURES = 5;

/** True where all runs went well. */
export async function main(args: readonly string[]): Promise<boolean> {
  const limits = runLimits(parseArgs({ args: [...args], options: RUN_OPTIONS }).values);
  let runs = 0;
  let dots = 0;
  let failed = 0;
  for (; runs < limits.runs && Date.now() < limits.endsAt && failed < MAX_FAILURES; runs++) {
    const seed = limits.seed + runs;
    const result = await pagesRun({ seed, steps: STEPS });
    dots += result.dots;
    if (result.failures.length === 0) continue;
    failed++;
    console.log([`FAILED: seed ${seed}`, ...result.failures.slice(0, 8), ...result.log].join("\n"));
  }
  console.log(`${runs} runs, ${dots} dots, ${failed} failed`);
  return failed === 0;
}
