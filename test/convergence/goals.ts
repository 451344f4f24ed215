import { createPrng } from "../../src/base/prng.ts";
import type { HostVersion } from "../../src/simulator/chat.ts";
import type { NetworkSettings } from "../../src/simulator/network.ts";
import { createRoom } from "../support/room.ts";
import type { Room } from "../support/room.ts";
import { drawByHand, longStroke } from "./handwriting.ts";
import { crowdAwareness, crowdRepair, inkWhileDiffsFlow, lateJoiner } from "./crowd-goals.ts";
import type { Goal } from "./goal.ts";
import { randomRun } from "./random-run.ts";
import { anyOptions } from "./run-options.ts";
import type { RunOptions } from "./run-options.ts";
import { describeTimes, describeTraffic, percentile } from "./tally.ts";
import { addTraffic, createTrafficMeter, NO_TRAFFIC, repairOf } from "./traffic.ts";
import { inkOn } from "../support/ink.ts";

/** All in simulated time and with fixed seeds: the same code gives the same figures. */
export async function measureGoals(host: HostVersion): Promise<Goal[]> {
  return [
    await afterFaults(150, host),
    await whileLosing(0.3, 10, 200, host),
    await whileLosing(0.4, 20, 200, host),
    await standstill(0.05, 5, host),
    await repair(0.05, 1, 5, host),
    await repair(0.2, 1, 5, host),
    await repair(0.4, 3.2, 5, host),
    await crowdRepair(host),
    await many(8, 4, host),
    await many(20, 1, host),
    ...(await crowdAwareness(host)),
    await inkWhileDiffsFlow(host, 12_000),
    await lateJoiner(host, 5000),
    await idle(2, host),
    await idle(8, host),
  ];
}

/** The messenger of a goal that does not say which. */
const DEFAULT_HOST: HostVersion = "0.9.19";
const TYPICAL: Partial<NetworkSettings> = { latency: 120, jitter: 60 };

function seeds(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => from + i);
}

/** How long runs take to become equal; one that never does takes for ever. */
async function convergenceTimes(runs: readonly RunOptions[]): Promise<number[]> {
  const times: number[] = [];
  for (const options of runs) times.push((await randomRun(options)).convergedMs ?? Infinity);
  return times;
}

/** Two people through everything that can go wrong, and then nothing goes wrong any more. */
export async function afterFaults(runs: number, host: HostVersion = DEFAULT_HOST): Promise<Goal> {
  const times = await convergenceTimes(
    seeds(1, runs).map((seed) => ({ ...anyOptions(seed, 2), durationMs: 20_000, faultsGoOn: false, host })),
  );
  return {
    name: "2 people, time to converge after the faults stop",
    limit: "median 3 s, 99th percentile 10 s",
    figures: describeTimes(times),
    met: percentile(times, 0.5) <= 3000 && percentile(times, 0.99) <= 10_000,
  };
}

/** Two people stop drawing, and much of what is sent goes on being lost; `limit`: of the 99th percentile, in seconds. */
export async function whileLosing(
  loss: number,
  limit: number,
  runs: number,
  host: HostVersion = DEFAULT_HOST,
): Promise<Goal> {
  const network = { ...TYPICAL, loss, duplication: 0.1, reordering: 0.1, reorderingDelay: 2000 };
  const times = await convergenceTimes(
    seeds(1, runs).map((seed) => ({ seed, peers: 2, durationMs: 20_000, network, faultsGoOn: true, host })),
  );
  return {
    name: `2 people, time to converge while ${percent(loss)} are lost`,
    limit: `99th percentile ${String(limit)} s`,
    figures: describeTimes(times),
    met: percentile(times, 0.99) <= limit * 1000,
  };
}

/** Ink that has not grown for this long while its author draws is seen to stand still. */
const STILL_MS = 500;
const SAMPLE_MS = 20;

/**
 * One person draws strokes of one to eight seconds, with short pauses, for two minutes; the other
 * watches. The figure is the share of the time with the pen down in which the watcher's copy had not
 * grown for over 500 ms, counted from the moment the pen came down or from the latest growth.
 */
export async function standstill(
  loss: number,
  runs: number,
  host: HostVersion = DEFAULT_HOST,
  limit = 0.1,
): Promise<Goal> {
  const shares: number[] = [];
  for (const seed of seeds(1, runs)) {
    const room = await twoPeople(seed, host, { ...TYPICAL, loss });
    const prng = createPrng(seed);
    let drawing = 0;
    let still = 0;
    const end = room.clock.now() + 120_000;
    while (room.clock.now() < end) {
      const penUp = room.clock.now() + drawByHand(room, "ann", longStroke(prng.uint32(), 2 + prng.below(6)));
      let seen = inkOf(room, "bo");
      let grownAt = room.clock.now();
      while (room.clock.now() < penUp) {
        await room.clock.advance(SAMPLE_MS);
        const now = inkOf(room, "bo");
        if (now > seen) grownAt = room.clock.now();
        seen = now;
        drawing += SAMPLE_MS;
        if (room.clock.now() - grownAt > STILL_MS) still += SAMPLE_MS;
      }
      await room.clock.advance(300);
    }
    shares.push(still / drawing);
  }
  const share = shares.reduce((sum, each) => sum + each, 0) / shares.length;
  return {
    name: `remote ink stands still while ${percent(loss)} are lost`,
    limit: `${percent(limit)} of the time`,
    figures: `${percent(share)} (by seed: ${shares.map(percent).join(", ")})`,
    met: share <= limit,
  };
}

/** Two people write at the same time, for two minutes, with pauses; `limit`: as a multiple of the live traffic. */
export async function repair(
  loss: number,
  limit: number,
  runs: number,
  host: HostVersion = DEFAULT_HOST,
): Promise<Goal> {
  let sum = NO_TRAFFIC;
  for (const seed of seeds(1, runs)) {
    const room = await twoPeople(seed, host, { ...TYPICAL, loss });
    const meter = createTrafficMeter(room.world);
    const prng = createPrng(seed);
    const write = (who: string): void => {
      const { clock } = room.at(who).page.env;
      const ms = drawByHand(room, who, longStroke(prng.uint32(), 1));
      clock.after(ms + 100 + prng.below(prng.chance(0.1) ? 10_000 : 500), () => write(who));
    };
    for (const who of room.names) write(who);
    await room.clock.advance(120_000);
    sum = addTraffic(sum, meter.total());
  }
  return {
    name: `2 people, repair traffic while ${percent(loss)} are lost`,
    limit: `${limit.toFixed(1)} times the live traffic`,
    figures: describeTraffic(sum),
    met: repairOf(sum) <= limit * sum.live,
  };
}

/** Many people through everything that can go wrong. */
export async function many(peers: number, runs: number, host: HostVersion = DEFAULT_HOST): Promise<Goal> {
  const times = await convergenceTimes(
    seeds(1, runs).map((seed) => ({
      ...anyOptions(seed, peers),
      durationMs: 15_000,
      network: { ...TYPICAL, loss: 0.1, duplication: 0.1, reordering: 0.1, reorderingDelay: 2000 },
      faultsGoOn: false,
      host,
    })),
  );
  return {
    name: `${peers} people converge`,
    limit: "always",
    figures: describeTimes(times),
    met: times.every((time) => time < Infinity),
  };
}

/** Everybody has drawn a little and looks at the board, for ten minutes after the first two. */
export async function idle(peers: number, host: HostVersion = DEFAULT_HOST): Promise<Goal> {
  const names = "ann bo cem dee eli fay gus hal".split(" ").slice(0, peers);
  const room = createRoom({ seed: 1, names, network: TYPICAL, host });
  for (const name of names) room.open(name);
  await room.ready();
  for (const name of names) room.draw(name, 20);
  await room.clock.advance(120_000);
  const sent = new Map(names.map((name) => [name, 0]));
  room.world.onEvent((event) => {
    // One navigation is one message, whomever it goes to.
    if (event.type === "navigation") sent.set(event.phone, sent.get(event.phone)! + 1);
  });
  await room.clock.advance(600_000);
  const perMinute = [...sent.values()].map((count) => count / 10);
  return {
    name: `idle board of ${peers}`,
    limit: "3 messages a minute and person",
    figures: `${Math.max(...perMinute).toFixed(1)} a minute at most`,
    met: Math.max(...perMinute) <= 3,
  };
}

async function twoPeople(seed: number, host: HostVersion, network: Partial<NetworkSettings>): Promise<Room> {
  const room = createRoom({ seed, names: ["ann", "bo"], network, host });
  for (const name of room.names) room.open(name);
  await room.ready();
  // Greetings may be lost too; from here on both know each other.
  await room.clock.runUntil(
    () => room.names.every((name) => room.at(name).session.contacts()[0]!.state === "here"),
    60_000,
  );
  await room.clock.advance(5000);
  return room;
}

function inkOf(room: Room, name: string): number {
  return inkOn(room.at(name).session.board()).reduce((sum, { points }) => sum + points.length, 0);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
