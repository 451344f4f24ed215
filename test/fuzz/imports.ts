/*
 * npm run fuzz:imports -- [--seed N] [--minutes M] [--runs R]
 *
 * Reads damaged and forged files (import-run.ts), as many as there is time for. Each has its own seed, counted up
 * from N.
 */
import { parseArgs } from "node:util";
import { runImports } from "./import-run.ts";
import { RUN_OPTIONS, runLimits } from "./run-limits.ts";

/** No task of reading one may take longer, in milliseconds. */
const LONGEST_TASK = 250;

/** True where all went well. */
export async function main(args: readonly string[]): Promise<boolean> {
  const { seed, runs, endsAt } = runLimits(parseArgs({ args: [...args], options: RUN_OPTIONS }).values);
  const { cases, came, longest, failure } = await runImports({ seed, cases: runs, endsAt });
  console.log(`${cases} files: ${[...came].map(([kind, count]) => `${count} ${kind}`).join(", ")}`);
  console.log(`longest task ${longest.toFixed(0)} ms`);
  if (failure !== undefined) console.log(`FAILED: ${failure}`);
  return failure === undefined && longest < LONGEST_TASK;
}
