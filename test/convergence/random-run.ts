import { createPrng } from "../../src/base/prng.ts";
import { formatOperation } from "./operation.ts";
import type { Operation } from "./operation.ts";
import { judgeBoards, judgeEvent, judgePages } from "./oracle.ts";
import { judgePictures } from "./pictures.ts";
import { actionOf, planOperations } from "./plan.ts";
import type { RunOptions } from "./run-options.ts";
import { createStage } from "./stage.ts";
import { createTrafficMeter } from "./traffic.ts";
import type { Traffic } from "./traffic.ts";

export interface RunResult {
  /** What was wrong; nothing where the run went well. */
  readonly failures: readonly string[];
  /**
   * From the end of the faults (or, where they go on, of all changes) until all boards were equal;
   * undefined: they never were.
   */
  readonly convergedMs: number | undefined;
  readonly strokes: number;
  /** How often somebody was seen to show what another was about to do. */
  readonly previews: number;
  /** How many operations made sense. */
  readonly operations: number;
  readonly messages: number;
  readonly bytes: number;
  readonly traffic: Traffic;
  /** What happened, a line each. */
  readonly log: readonly string[];
}

const READY_MS = 60_000;
const LIFTED_MS = 60_000;
const EQUAL_MS = 240_000;
/** After the last gesture its last news may be on the way for some seconds, and stands for four. */
const QUIET_MS = 10_000;

/**
 * One run: the same options and operations give the same run, to the byte. Faults and changes end
 * together; from then on the boards have four minutes to become equal.
 */
export async function randomRun(
  options: RunOptions,
  operations: readonly Operation[] = planOperations(options),
): Promise<RunResult> {
  const stage = createStage(options);
  const { room, ledger, previews } = stage;
  const { clock, world } = room;
  const meter = createTrafficMeter(world);
  const log: string[] = [];
  const failures: string[] = [];
  let done = 0;
  world.onEvent((event) => {
    const wrong = judgeEvent(event);
    if (wrong !== undefined) failures.push(wrong);
  });

  for (const operation of operations) {
    await clock.advance(Math.max(0, operation.at - clock.now()));
    const said = stage.names.includes(operation.who)
      ? actionOf(operation)?.run(stage, operation.who, createPrng(operation.seed))
      : undefined;
    if (said !== undefined) done++;
    log.push(`${formatOperation(operation)}  ${said ?? "-"}`.trimEnd());
  }
  await clock.advance(Math.max(0, options.durationMs - clock.now()));

  await stage.settle(options.faultsGoOn !== true);
  const faultsEnd = clock.now();
  const isReady = (): boolean => stage.names.every((who) => room.at(who).session.phase() === "ready");
  if (!(await clock.runUntil(isReady, READY_MS))) failures.push("not every page got ready");
  // Strokes that are still being drawn end by themselves, and so do other gestures.
  const isLifted = (): boolean => ledger.penDown() + previews.underWay() === 0;
  if (!(await clock.runUntil(isLifted, LIFTED_MS))) failures.push("a pen stays down");
  const from = options.faultsGoOn ? clock.now() : Math.max(faultsEnd, ledger.lastChange());
  const equal = failures.length === 0 && (await room.untilEqual(EQUAL_MS)) !== undefined;
  const convergedMs = equal ? Math.max(0, clock.now() - from) : undefined;
  if (equal) failures.push(...judgeBoards(stage));
  else failures.push(`boards differ: ${room.difference() ?? "not all of them are there"}`);
  if (equal && options.pictures) failures.push(...(await judgePictures(stage)));
  await clock.runUntil(() => previews.standing().length === 0, QUIET_MS);
  failures.push(...previews.wrongs(), ...previews.standing(), ...judgePages(stage));

  const { sent, sentBytes } = world.network.counters();
  return {
    failures,
    convergedMs,
    strokes: ledger.strokes().length,
    previews: previews.seen(),
    operations: done,
    messages: sent,
    bytes: sentBytes,
    traffic: meter.total(),
    log,
  };
}

/** Throws with everything needed to do the run again where it did not go well. */
export async function expectGoodRun(
  options: RunOptions,
  operations?: readonly Operation[],
): Promise<RunResult> {
  const result = await randomRun(options, operations);
  if (result.failures.length > 0) throw new Error(describeFailure(options, result));
  return result;
}

export function describeFailure(options: RunOptions, { failures, log }: RunResult): string {
  return [...failures, `options: ${JSON.stringify(options)}`, "operations:", ...log].join("\n");
}
