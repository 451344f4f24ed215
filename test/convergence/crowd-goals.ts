/*
 * What a board must be good at when many are on it, and while much is being sent: goals like those of
 * goals.ts, in simulated time and with fixed seeds.
 */
import * as Y from "yjs";
import { createPrng } from "../../src/base/prng.ts";
import { translation } from "../../src/base/matrix.ts";
import type { HostVersion } from "../../src/simulator/chat.ts";
import type { NetworkSettings } from "../../src/simulator/network.ts";
import type { Presence } from "../../src/sync/wire/presence-frame.ts";
import { framesOf } from "../support/messages.ts";
import { createSimplifier } from "../../src/ink/simplify.ts";
import { generateStrokes } from "../support/strokes.ts";
import { createRoom, HEADER } from "../support/room.ts";
import type { Room } from "../support/room.ts";
import { drawByHand, longStroke } from "./handwriting.ts";
import type { Goal } from "./goal.ts";
import { namesOf } from "./run-options.ts";
import { percentile } from "./tally.ts";
import { addTraffic, createTrafficMeter, NO_TRAFFIC, repairOf } from "./traffic.ts";
import type { Traffic } from "./traffic.ts";

const TYPICAL: Partial<NetworkSettings> = { latency: 120, jitter: 60 };

/** A room of so many, who all know of one another. */
export async function crowd(
  peers: number,
  host: HostVersion,
  network: Partial<NetworkSettings> = TYPICAL,
  seed = 1,
): Promise<Room> {
  const names = namesOf({ seed, peers, durationMs: 0, network });
  const room = createRoom({ seed, names, network, host });
  for (const name of names) room.open(name);
  await room.ready();
  await room.clock.runUntil(
    () =>
      names.every((name) =>
        room
          .at(name)
          .session.contacts()
          .every(({ state }) => state === "here"),
      ),
    120_000,
  );
  await room.clock.advance(5000);
  return room;
}

const LOSS = 0.2;
/** Before it counts: they have begun, and lost, all at the same moment. */
const WARMING_MS = 15_000;
const WRITING_MS = 30_000;
const CROWDS = 3;

/** All of `peers` write at the same time, with pauses, and lose a fifth of everything. */
async function trafficOf(peers: number, host: HostVersion, seed: number): Promise<Traffic> {
  const room = await crowd(peers, host, { ...TYPICAL, loss: LOSS }, seed);
  const meter = createTrafficMeter(room.world);
  const prng = createPrng(seed);
  const write = (who: string): void => {
    const { clock } = room.at(who).page.env;
    const ms = drawByHand(room, who, longStroke(prng.uint32(), 1));
    clock.after(ms + 100 + prng.below(prng.chance(0.1) ? 10_000 : 500), () => write(who));
  };
  for (const who of room.names) write(who);
  await room.clock.advance(WARMING_MS);
  const before = meter.total();
  await room.clock.advance(WRITING_MS * (20 / peers));
  const { live, repeated, asked, answered, other } = meter.total();
  return {
    live: live - before.live,
    repeated: repeated - before.repeated,
    asked: asked - before.asked,
    answered: answered - before.answered,
    other: other - before.other,
  };
}

/** Repair is what all pages together hand to their messengers. */
export async function crowdRepair(host: HostVersion): Promise<Goal> {
  // As long for two as makes up for their number.
  let two = NO_TRAFFIC;
  let twenty = NO_TRAFFIC;
  for (let seed = 1; seed <= CROWDS; seed++) {
    two = addTraffic(two, await trafficOf(2, host, seed));
    twenty = addTraffic(twenty, await trafficOf(20, host, seed));
  }
  const ratio = repairOf(twenty) / repairOf(two);
  const kB = (characters: number): string => `${(characters / 1000).toFixed(0)} kB`;
  const describe = (traffic: Traffic): string =>
    `${kB(repairOf(traffic))}: repeated ${kB(traffic.repeated)}, asked ${kB(traffic.asked)}, answered ${kB(traffic.answered)}; live ${kB(traffic.live)}`;
  return {
    name: `repair among 20 people who lose ${100 * LOSS} %`,
    limit: "twice that of 2 people times ten",
    figures: `${ratio.toFixed(2)} times (${describe(twenty)}; of 2 people times ten ${describe(two)})`,
    met: ratio <= 2,
  };
}

const STEP_MS = 50;
const MOVING_MS = 30_000;

/**
 * Many people: a quarter draw, a quarter move something, all others point at things. The figure is how
 * old what one sees of another is, over all pairs and all moments. Their places tell the time: x is when.
 */
export async function crowdAwareness(host: HostVersion, people = 20): Promise<Goal[]> {
  const room = await crowd(people, host);
  const prng = createPrng(20);
  const some = Math.floor(people / 4);
  const [drawing, dragging] = [room.names.slice(0, some), room.names.slice(some, 2 * some)];
  const pointing = room.names.slice(some);
  for (const who of drawing) {
    const write = (): void => {
      const ms = drawByHand(room, who, longStroke(prng.uint32(), 1));
      room.clock.after(ms + 300, write);
    };
    write();
  }
  const pointers: number[] = [];
  const previews: number[] = [];
  const end = room.clock.now() + MOVING_MS;
  const from = room.clock.now() + 3000;
  while (room.clock.now() < end) {
    const now = room.clock.now();
    for (const who of pointing) room.at(who).session.setPresence(presenceAt(now));
    for (const who of dragging) {
      room.at(who).session.setPreview({ kind: "transform", ids: ["7.1"], matrix: translation(now, 0) });
    }
    await room.clock.advance(STEP_MS);
    if (room.clock.now() < from) continue;
    for (const name of room.names) {
      for (const { address, presence, preview } of room.at(name).session.contacts()) {
        const age = (x: number | undefined): number => room.clock.now() - (x ?? 0);
        if (pointing.includes(address)) pointers.push(age(presence?.cursor?.x));
        if (dragging.includes(address))
          previews.push(age(preview?.kind === "transform" ? preview.matrix.e : undefined));
      }
    }
  }
  return [
    ageGoal(`${people} people, age of the pointers that one sees`, pointers, 2000),
    ageGoal(`${people} people, age of the previews that one sees`, previews, 1000),
  ];
}

function ageGoal(name: string, ages: readonly number[], limit: number): Goal {
  const at = (share: number): string => `${(percentile(ages, share) / 1000).toFixed(2)} s`;
  return {
    name,
    limit: `95th percentile ${limit / 1000} s`,
    figures: `median ${at(0.5)}, 95th percentile ${at(0.95)}`,
    met: percentile(ages, 0.95) <= limit,
  };
}

function presenceAt(x: number): Presence {
  return {
    document: 0,
    name: "",
    color: 1,
    tool: "select",
    view: { minX: 0, minY: 0, maxX: 400, maxY: 800 },
    penDown: false,
    cursor: { x, y: 0 },
  };
}

const BOARD_POINTS = 40;
const LATE_MS = 3000;
const DOTS = 20;
const DOT_MS = 230;

/** How long ink takes to the contact's page while a whole board of so many strokes is sent there, and while nothing is. */
export async function inkWhileDiffsFlow(host: HostVersion, strokes: number): Promise<Goal> {
  const quiet = await inkLatencies(host, 0);
  const busy = await inkLatencies(host, strokes);
  const ratio = mean(busy.ages) / mean(quiet.ages);
  return {
    name: "ink's way while a board is being sent",
    limit: "1.3 times that without",
    figures: `${ratio.toFixed(2)} times (mean ${mean(quiet.ages).toFixed(0)} ms and ${mean(busy.ages).toFixed(0)} ms, 95th percentile ${percentile(quiet.ages, 0.95)} ms and ${percentile(busy.ages, 0.95)} ms, beside ${busy.chunks} chunks)`,
    met: ratio <= 1.3 && busy.chunks > 10,
  };
}

/** Ann draws dots, on a board of so many strokes, all of which bo lacks. */
async function inkLatencies(
  host: HostVersion,
  strokes: number,
): Promise<{ readonly ages: readonly number[]; readonly chunks: number }> {
  const room = createRoom({ seed: 2, names: ["ann", "bo"], network: TYPICAL, host });
  room.open("ann");
  await room.ready();
  if (strokes > 0) {
    drawAtOnce(room, "ann", strokes, BOARD_POINTS);
    await room.clock.advance(60_000);
  }
  const drawn: { readonly at: number; readonly end: number }[] = [];
  const ages: number[] = [];
  let chunks = 0;
  room.world.onEvent((event) => {
    if (event.type !== "delivered" || event.kind !== "data" || event.from !== "ann") return;
    for (const frame of framesOf(event.text)) {
      if (frame.type === "diff") chunks++;
      if (frame.type !== "update") continue;
      const last = Y.decodeUpdate(frame.update).structs.at(-1)!;
      while (drawn.length > 0 && drawn[0]!.end <= last.id.clock + last.length) {
        ages.push(room.clock.now() - drawn.shift()!.at);
      }
    }
  });
  room.open("bo");
  await room.ready();
  await room.clock.runUntil(() => chunks > 0 || strokes === 0, 10_000);
  const clockOf = (): number => {
    const state = Y.encodeStateVectorFromUpdate(room.at("ann").session.exportUpdate()!);
    return Math.max(...Y.decodeStateVector(state).values());
  };
  for (let i = 0; i < DOTS; i++) {
    room.dot("ann", i);
    const at = room.clock.now();
    await room.clock.advance(0);
    drawn.push({ at, end: clockOf() });
    await room.clock.advance(DOT_MS);
  }
  await room.clock.advance(5000);
  return { ages, chunks };
}

/** How long a page that has nothing takes, from its opening on, to have a board of so many strokes as a hand draws them. */
export async function lateJoiner(host: HostVersion, strokes: number): Promise<Goal> {
  const room = createRoom({ seed: 3, names: ["ann", "bo"], network: TYPICAL, host });
  room.open("ann");
  await room.ready();
  const { board } = room.at("ann").session;
  for (const samples of generateStrokes(3, strokes)) {
    const simplifier = createSimplifier(HEADER);
    const writer = board()!.startStroke(HEADER);
    for (const sample of samples) writer.add(simplifier.push(sample));
    writer.add(simplifier.end());
    writer.end();
  }
  await room.clock.advance(60_000);
  const from = room.clock.now();
  room.open("bo");
  const hasAll = (): boolean => room.at("bo").session.board()?.items().length === strokes;
  const met = await room.clock.runUntil(hasAll, LATE_MS);
  return {
    name: `${strokes} strokes, until somebody who comes later has them`,
    limit: `${LATE_MS / 1000} s`,
    figures: met ? `${((room.clock.now() - from) / 1000).toFixed(1)} s` : "longer",
    met,
  };
}

function drawAtOnce(room: Room, who: string, strokes: number, points: number): void {
  const prng = createPrng(strokes);
  for (let i = 0; i < strokes; i++) {
    const writer = room.at(who).session.board()!.startStroke(HEADER);
    let [x, y] = [prng.below(10_000), prng.below(10_000)];
    for (let k = 0; k < points; k++) {
      x += prng.below(41) - 20;
      y += prng.below(41) - 20;
      writer.add([{ x, y, pressure: 0.5 }]);
    }
    writer.end();
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
