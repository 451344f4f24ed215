/*
 * npm run bench:guard [-- WORD]
 *
 * What the guard costs, against what Yjs needs to apply the same: medians of several rounds, the same
 * bytes on both sides. Then, of each kind of messages that are large and legal, what the dearest costs a page
 * with 10,000 items, and what is small and honest after them: the least of several rounds. WORD: only of kinds with
 * that in their names.
 */
import * as Y from "yjs";
import { createPrng } from "../../src/base/prng.ts";
import { createDocument } from "../../src/board/document/document.ts";
import { createGuard } from "../../src/board/guard/guard.ts";
import { STORED_LIMITS, WIRE_LIMITS } from "../../src/board/guard/scan.ts";
import type { ScanLimits } from "../../src/board/guard/scan.ts";
import { createSimplifier } from "../../src/ink/simplify.ts";
import type { InkSample } from "../../src/ink/stroke.ts";
import { causalChunks } from "../../src/board/document/chunks.ts";
import { bring, createDevice, HEADER } from "../board/guard/lab.ts";
import type { Device } from "../board/guard/lab.ts";
import { generateStrokes } from "../support/strokes.ts";
import { LARGE_KINDS, leastCost } from "./large-costs.ts";
import type { LargeKind } from "./large-kind.ts";

const ROUNDS = 9;
const STATE_BYTES = 1_000_000;
const LIVE_STROKES = 60;
const SAMPLES_PER_FLUSH = 18;

interface Costs {
  readonly what: string;
  readonly bytes: number;
  readonly updates: number;
  /** Milliseconds for all of them. */
  readonly judge: number;
  readonly apply: number;
}

/** A message of a contact may cost a page with 10,000 items so many milliseconds of the processor... */
const GOAL_MS = 50;
/** ...and so many where that is four times as slow. Not measured: four times the figure. */
const SLOW_GOAL_MS = 250;
const SLOWER = 4;
/** Until everything is compiled, messages cost more than they do from then on. */
const LARGE_ROUNDS = 5;

export function main([word]: readonly string[] = []): boolean {
  if (word === undefined) printGuardCosts();
  return printLargeCosts(LARGE_KINDS.filter(({ name }) => name.includes(word ?? "")));
}

/** True where all are within the goals. */
function printLargeCosts(kinds: readonly LargeKind[]): boolean {
  let dearest = 0;
  console.log("\nms of the processor on 10,000 items: dearest message, a contact's dot after it, own acts");
  for (const kind of kinds) {
    const { message, honest } = leastCost([{ kind, size: 1 }], LARGE_ROUNDS, 0);
    const costs = [message, honest.update, honest.own];
    dearest = Math.max(dearest, ...costs);
    console.log(`${costs.map((ms) => ms.toFixed(1).padStart(6)).join(" ")}  ${kind.name}`);
  }
  console.log(`dearest: ${dearest.toFixed(1)} ms (goal ${GOAL_MS}), ${(dearest * SLOWER).toFixed(0)} ms`);
  console.log(`with the processor four times as slow (goal ${SLOW_GOAL_MS}; four times the figure)`);
  return dearest <= GOAL_MS && dearest * SLOWER <= SLOW_GOAL_MS;
}

function printGuardCosts(): void {
  const board = createBoard();
  const state = Y.encodeStateAsUpdate(board.doc);
  const live = liveUpdates(board);
  const results = [
    measure("live updates, at a board of 1 MB", state, live, WIRE_LIMITS),
    measure("a state of 1 MB, as one update", undefined, [state], STORED_LIMITS),
    measure("a state of 1 MB, as chunks", undefined, causalChunks(board.doc, new Map(), false), WIRE_LIMITS),
  ];
  for (const { what, bytes, updates, judge, apply } of results) {
    const each = (ms: number): string => `${((ms * 1000) / updates).toFixed(1)} us`;
    console.log(`${what}: ${updates} of ${bytes} bytes together`);
    console.log(`  guard ${judge.toFixed(1)} ms (${each(judge)} each)`);
    console.log(`  apply ${apply.toFixed(1)} ms (${each(apply)} each)`);
    console.log(`  guard and apply: ${((judge + apply) / apply).toFixed(2)} times apply`);
  }
}

/** Applies to a fresh document each round what the guard has judged there. */
function measure(
  what: string,
  start: Uint8Array | undefined,
  updates: readonly Uint8Array[],
  limits: ScanLimits,
): Costs {
  const judged: number[] = [];
  const applied: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const doc = createDocument();
    if (start) Y.applyUpdate(doc, start);
    const guard = createGuard({ doc, onWedged: () => {} });
    guard.setOwnClient(1);
    let judge = 0;
    let apply = 0;
    for (const update of updates) {
      const from = performance.now();
      const verdict = guard.judge(update, limits);
      const between = performance.now();
      Y.applyUpdate(doc, update);
      apply += performance.now() - between;
      judge += between - from;
      if (verdict.kind !== "ready") throw new Error(`honest bytes are ${JSON.stringify(verdict)}`);
    }
    judged.push(judge);
    applied.push(apply);
    doc.destroy();
  }
  const bytes = updates.reduce((sum, { length }) => sum + length, 0);
  return { what, bytes, updates: updates.length, judge: median(judged), apply: median(applied) };
}

/** Five sessions that draw by turns, until the whole takes the bytes. */
function createBoard(): Device {
  const devices = [500, 400, 300, 200, 100].map((client) => createDevice(client));
  const prng = createPrng(1);
  const strokes = generateStrokes(2, 20_000);
  const [first] = devices;
  for (let i = 0; i < strokes.length; i++) {
    drawStroke(devices[prng.below(devices.length)]!, strokes[i]!);
    if (i % 50 !== 0) continue;
    for (const each of devices) if (each !== first) bring(each, first!);
    for (const each of devices) if (each !== first) bring(first!, each);
    if (Y.encodeStateAsUpdate(first!.doc).length > STATE_BYTES) break;
  }
  return first!;
}

function liveUpdates(board: Device): Uint8Array[] {
  const writer = createDevice(600);
  bring(board, writer);
  const updates: Uint8Array[] = [];
  writer.doc.on("update", (update: Uint8Array) => updates.push(update));
  for (const stroke of generateStrokes(3, LIVE_STROKES)) drawStroke(writer, stroke);
  return updates;
}

/** As a pen draws it: simplified, and flushed every 150 ms or so of its 120 samples a second. */
function drawStroke({ board }: Device, samples: readonly InkSample[]): void {
  const simplifier = createSimplifier(HEADER);
  const writer = board.board.startStroke(HEADER);
  samples.forEach((sample, i) => {
    writer.add(simplifier.push(sample));
    if (i % SAMPLES_PER_FLUSH === SAMPLES_PER_FLUSH - 1) board.flush();
  });
  writer.add(simplifier.end());
  writer.end();
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1]!;
}
