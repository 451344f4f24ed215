/*
 * npm run fuzz -- [--seed N] [--minutes M] [--runs R] [--peers P] [--host old|0.9.19|next] [--goals]
 *
 * Runs after runs of people who draw together while everything goes wrong (see test/convergence), each
 * with its own seed, counted up from N. Prints what it took, and, of a run that failed, everything
 * needed to repeat it, shrunk to the fewest operations that still fail.
 */
import { parseArgs } from "node:util";
import type { HostVersion } from "../../src/simulator/chat.ts";
import { measureGoals } from "../convergence/goals.ts";
import { formatOperation } from "../convergence/operation.ts";
import type { Operation } from "../convergence/operation.ts";
import { planOperations } from "../convergence/plan.ts";
import { describeFailure, randomRun } from "../convergence/random-run.ts";
import { anyOptions } from "../convergence/run-options.ts";
import type { RunOptions } from "../convergence/run-options.ts";
import { shrinkList } from "../convergence/shrink.ts";
import { createTally } from "../convergence/tally.ts";
import { RUN_OPTIONS, runLimits } from "./run-limits.ts";
import type { RunLimits } from "./run-limits.ts";

/** Shrinking stops after this long, with the shortest list found so far. */
const SHRINK_MS = 60_000;
const REPORT_MS = 30_000;
/** After so many failures more of them say little. */
const MAX_FAILURES = 5;
const HOSTS: readonly HostVersion[] = ["old", "0.9.19", "next"];

/** True where all runs went well. */
export async function main(args: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...RUN_OPTIONS,
      peers: { type: "string" },
      host: { type: "string" },
      goals: { type: "boolean", default: false },
    },
  });
  const peers = values.peers === undefined ? undefined : Number(values.peers);
  const host = HOSTS.find((each) => each === values.host);
  if (values.host !== undefined && !host) throw new Error(`--host takes one of ${HOSTS.join(", ")}.`);
  if (values.goals) return printGoals(host ?? "0.9.19");
  return runMany({ peers, host, ...runLimits(values) });
}

interface Limits extends RunLimits {
  readonly peers: number | undefined;
  readonly host: HostVersion | undefined;
}

async function runMany({ peers, host, seed: firstSeed, runs, endsAt }: Limits): Promise<boolean> {
  const tally = createTally();
  let failures = 0;
  let reportAt = Date.now() + REPORT_MS;
  for (let i = 0; i < runs && Date.now() < endsAt && failures < MAX_FAILURES; i++) {
    const seed = firstSeed + i;
    // In every second run, so that the others are what they were before there were pictures.
    const pictures = seed % 2 === 1;
    const options = { ...anyOptions(seed, peers), pictures, ...(host ? { host } : {}) };
    const result = await randomRun(options);
    tally.add(options, result);
    if (result.failures.length > 0) {
      failures++;
      await reportFailure(options);
    }
    if (Date.now() < reportAt) continue;
    reportAt = Date.now() + REPORT_MS;
    console.log(`seed ${firstSeed + i}\n${tally.report()}\n`);
  }
  console.log(tally.report());
  return failures === 0;
}

async function reportFailure(options: RunOptions): Promise<void> {
  console.log(`\nFAILED: seed ${options.seed}, ${JSON.stringify(options)}`);
  const endsAt = Date.now() + SHRINK_MS;
  const fails = async (shorter: readonly Operation[]): Promise<boolean> =>
    (await randomRun(options, shorter)).failures.length > 0;
  const operations = await shrinkList(planOperations(options), fails, () => Date.now() < endsAt);
  const result = await randomRun(options, operations);
  console.log(describeFailure(options, result));
  console.log(`as a named seed:\n${JSON.stringify(operations.map(formatOperation), undefined, 2)}\n`);
}

async function printGoals(host: HostVersion): Promise<boolean> {
  let met = true;
  for (const goal of await measureGoals(host)) {
    met &&= goal.met;
    console.log(`${goal.met ? "met    " : "NOT MET"} ${goal.name}: ${goal.figures} (goal: ${goal.limit})`);
  }
  return met;
}
