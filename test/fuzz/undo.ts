/*
 * npm run fuzz:undo -- [--seed N] [--minutes M] [--runs R]
 *
 * Two people who do anything to a board, take it back and do it again, in any order and hearing of one another
 * at any time, while their pages leave the memory and are read again (see test/board/writing): that must change nothing. Each run has its own seed, counted up from N. Of a run that failed it prints
 * the fewest moves that still fail.
 */
import { parseArgs } from "node:util";
import { createPrng } from "../../src/base/prng.ts";
import { anyMoves, withLeaving } from "../board/writing/undo-moves.ts";
import { runMoves } from "../board/writing/undo-run.ts";
import type { Move } from "../board/writing/undo-run.ts";
import { shrinkList } from "../convergence/shrink.ts";
import { RUN_OPTIONS, runLimits } from "./run-limits.ts";

const SHRINK_MS = 20_000;
/** After so many failures more of them say little. */
const MAX_FAILURES = 5;

/** True where all runs went well. */
export async function main(args: readonly string[]): Promise<boolean> {
  const limits = runLimits(parseArgs({ args: [...args], options: RUN_OPTIONS }).values);
  let runs = 0;
  let failures = 0;
  for (; runs < limits.runs && Date.now() < limits.endsAt && failures < MAX_FAILURES; runs++) {
    const seed = limits.seed + runs;
    const prng = createPrng(seed);
    const moves = withLeaving(anyMoves(prng), prng);
    if (failureOf(moves) === undefined) continue;
    failures++;
    const shrinkEndsAt = Date.now() + SHRINK_MS;
    const fewest = await shrinkList(
      moves,
      async (shorter) => failureOf(shorter) !== undefined,
      () => Date.now() < shrinkEndsAt,
    );
    console.log(`FAILED: seed ${seed}: ${failureOf(fewest)}`);
  }
  console.log(`${runs} runs, ${failures} failed`);
  return failures === 0;
}

/** What went wrong, in words. */
function failureOf(moves: readonly Move[]): string | undefined {
  try {
    const told = runMoves(moves);
    const staying = runMoves(moves.filter((move) => move === "sync" || move.does !== "leave"));
    const other = told.findIndex((line, i) => line !== staying[i]);
    return other < 0 ? undefined : `otherwise where no page leaves: ${told[other]}\n${staying[other]}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
