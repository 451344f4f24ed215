/*
 * npm run bench:voice
 *
 * What talking costs behind the simulated messenger, in both engines' limits: from mouth to ear, characters a second,
 * and how late ink comes while both talk, against without. All time is simulated; the microphones say 40 bytes each
 * 20 ms, which is 16 kbit/s, without a pause.
 */
import type { EngineKind } from "../../src/simulator/engine.ts";
import { callAll, createCallRoom } from "../support/callers.ts";
import type { CallRoom } from "../support/callers.ts";
import { inkLatency } from "./ink-latency.ts";
import type { InkLatency } from "./ink-latency.ts";

const LATENCY_MS = 80;
const MOST_LATER = 2;
const SECONDS = 20;

/** True where all goals are met. */
export async function main(): Promise<boolean> {
  let areMet = true;
  console.log(`one way takes ${LATENCY_MS} ms`);
  for (const engine of ["chromium", "webkit"] as const) {
    const even = await heardIn(engine, 0, 0);
    const hard = await heardIn(engine, 0.2, 300);
    console.log(`${engine}: ${textOf(even)}; at 20 % loss and 300 ms of jitter ${textOf(hard)}`);
    const quiet = await inkLatencyOf(engine, false);
    const talking = await inkLatencyOf(engine, true);
    const times = talking.mean / quiet.mean;
    const isMet = times <= MOST_LATER;
    areMet &&= isMet;
    console.log(
      `${engine}: ink after ${quiet.mean.toFixed(0)} ms (95 %: ${quiet.late} ms), while both talk after ` +
        `${talking.mean.toFixed(0)} ms (95 %: ${talking.late} ms), and what was said meanwhile came to ` +
        `${percent(talking.heard)}: ${times.toFixed(2)} times, at most ${MOST_LATER}: ${isMet ? "met" : "NOT MET"}`,
    );
  }
  return areMet;
}

interface Hearing {
  /** Milliseconds. */
  readonly late: number;
  /** Of what was said, 0 .. 1. */
  readonly heard: number;
  /** Characters a second. */
  readonly cost: number;
}

const percent = (part: number): string => `${(part * 100).toFixed(0)} %`;
const textOf = ({ late, heard, cost }: Hearing): string =>
  `${late} ms from mouth to ear, ${percent(heard)} heard, ${cost} characters a second`;

async function openRoom(engine: EngineKind): Promise<CallRoom> {
  const room = createCallRoom({
    seed: 1,
    names: ["ann", "bo"],
    network: { latency: LATENCY_MS, jitter: 0 },
    engine,
  });
  await callAll(room);
  await room.clock.advance(20_000);
  return room;
}

async function heardIn(engine: EngineKind, loss: number, jitter: number): Promise<Hearing> {
  const room = await openRoom(engine);
  room.world.network.configure({ loss, jitter });
  room.caller("ann").talks = true;
  await room.clock.advance(SECONDS * 1000);
  const real = room.caller("bo").heard.filter(({ saidAt }) => saidAt !== undefined);
  const late = real.map(({ at, saidAt }) => at - saidAt!).sort((a, b) => a - b);
  return {
    late: Math.round(late[Math.floor(late.length / 2)]!),
    heard: real.length / (SECONDS * 50),
    cost: room.voice("ann").cost(),
  };
}

async function inkLatencyOf(
  engine: EngineKind,
  isTalking: boolean,
): Promise<InkLatency & { readonly heard: number }> {
  const room = await openRoom(engine);
  for (const name of room.names) room.caller(name).talks = isTalking;
  const from = room.clock.now();
  const latency = await inkLatency(room);
  const said = (latency.drawnUntil - from) / 20;
  const heard = room.caller("bo").heard.filter(({ saidAt }) => saidAt !== undefined).length;
  return { ...latency, heard: heard / said };
}
