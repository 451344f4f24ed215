/*
 * npm run fuzz:guard -- [--seed N] [--cases C] [--large L] [--large-ms M] [--direct D]
 *
 * Hostile and damaged messages, one after the other, at pages that must live on (see guard-run.ts). Then L cases
 * that are large and legal, on boards of 10,000 items (see large-run.ts); default: one for 500 of the others. Each may
 * take M milliseconds of the processor, 50 unless told; a slower machine needs more. Then D pages whose contact says
 * anything of direct connections (see direct-run.ts); default: one for 100 cases.
 * Prints what came of it; of a case that failed, everything needed to repeat it.
 */
import { parseArgs } from "node:util";
import { runDirectFuzz } from "./direct-run.ts";
import { runFuzz } from "./guard-run.ts";
import { runLarge } from "./large-run.ts";

const MAX_MS = 250;
/** Of a case that is large and legal, and of what is honest after it. */
const MAX_LARGE_MS = "50";
const CASES_PER_LARGE = 500;
const CASES_PER_DIRECT = 100;
const MAX_GROWTH_MB = 16;
/** Until everything is compiled and every cache is filled, growth says nothing. */
const WARM_UP_CASES = 2000;
const WARM_UP_LARGE = 40;

/** True where all cases went well. */
export async function main(args: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: "string", default: "1" },
      cases: { type: "string", default: "20000" },
      large: { type: "string" },
      "large-ms": { type: "string", default: MAX_LARGE_MS },
      direct: { type: "string" },
    },
  });
  const seed = Number(values.seed);
  const cases = Number(values.cases);
  runFuzz({ seed: seed + 1_000_000, cases: Math.min(cases, WARM_UP_CASES), maxMs: Infinity });
  const heapBefore = heapMb();
  const from = performance.now();
  const { kinds, refusals, slowest, messages, failure, ...result } = runFuzz({
    seed,
    cases,
    maxMs: MAX_MS,
    onProgress: (done) =>
      console.log(`${done} cases, ${((performance.now() - from) / 1000).toFixed(0)} s, ${heapMb()} MB`),
  });
  const seconds = (performance.now() - from) / 1000;
  const growth = heapMb() - heapBefore;

  console.log(`\nseed ${seed}: ${result.cases} cases, ${messages} messages, ${seconds.toFixed(0)} s,`);
  console.log(`${(result.cases / seconds).toFixed(0)} cases a second`);
  console.log(`slowest message: ${slowest.ms.toFixed(1)} ms (case ${slowest.case})`);
  console.log(`heap: ${growth >= 0 ? "+" : ""}${growth.toFixed(1)} MB\n`);
  for (const [kind, { cases: count, applied }] of kinds)
    console.log(`${String(count).padStart(8)} ${kind}, ${applied} of them changed the board`);
  console.log();
  for (const [reason, count] of [...refusals].sort(([, a], [, b]) => b - a))
    console.log(`${String(count).padStart(8)} ${reason}`);
  if (failure) {
    console.log(`\nFAILED: seed ${seed}, case ${failure.case}: ${failure.error}`);
    for (const text of failure.texts) console.log(text);
  }
  const largeCases = Number(values.large ?? cases / CASES_PER_LARGE);
  const isLargeWell = tryLarge(seed, largeCases, Number(values["large-ms"]));
  const isDirectWell = await tryDirect(seed, Number(values.direct ?? cases / CASES_PER_DIRECT));
  if (growth > MAX_GROWTH_MB) console.log(`\nFAILED: the heap grew by ${growth.toFixed(1)} MB`);
  return failure === undefined && growth <= MAX_GROWTH_MB && isLargeWell && isDirectWell;
}

/** True where all went well. */
async function tryDirect(seed: number, pages: number): Promise<boolean> {
  const { runs, begun, described, connected, failure } = await runDirectFuzz({ seed, runs: pages });
  console.log(
    `\n${runs} pages began ${begun} direct connections, and were told ${described} ends by the contact;`,
  );
  console.log(`${connected} were connected afterwards, the others had had enough of the contact`);
  if (failure) console.log(`\nFAILED: seed ${seed}, page ${failure.run}: ${failure.error}`);
  return failure === undefined;
}

/** True where all went well. */
function tryLarge(seed: number, cases: number, maxMs: number): boolean {
  if (cases < 1) return true;
  runLarge({ seed: seed + 1_000_000, cases: Math.min(cases, WARM_UP_LARGE), maxMs: Infinity });
  const from = performance.now();
  const { cases: done, dearest, failure } = runLarge({ seed, cases, maxMs });
  const seconds = (performance.now() - from) / 1000;
  console.log(`\n${done} cases that are large and legal, ${seconds.toFixed(0)} s, ${heapMb()} MB`);
  console.log(`dearest: ${dearest.ms.toFixed(1)} ms (case ${dearest.case}: ${dearest.name})`);
  if (failure) console.log(`\nFAILED: seed ${seed}, large case ${failure.case}: ${failure.error}`);
  return failure === undefined;
}

function heapMb(): number {
  if (!globalThis.gc) throw new Error("Run with node --expose-gc.");
  globalThis.gc();
  return Math.round((process.memoryUsage().heapUsed / 2 ** 20) * 10) / 10;
}
