import type { EngineKind } from "../../src/simulator/engine.ts";
import type { NetworkSettings } from "../../src/simulator/network.ts";
import type { Page } from "../support/phones.ts";
import { createRoom } from "../support/room.ts";
import type { Room } from "../support/room.ts";

export interface RunOptions {
  readonly seed: number;
  readonly peers: number;
  /** Simulated time during which people draw and things go wrong. */
  readonly durationMs: number;
  readonly network: Partial<NetworkSettings>;
  /** The network stays as it is when people stop; otherwise it is healed first. */
  readonly faultsGoOn?: boolean;
}

export interface RunResult {
  /** From the end of the faults until all boards were equal and still; undefined: they never were. */
  readonly convergedMs: number | undefined;
  readonly difference: string | undefined;
  readonly strokes: number;
  readonly messages: number;
  /** What the pages complained of; honest pages must never refuse one another's updates. */
  readonly refusals: readonly string[];
  /** What happened, for the report of a failure. */
  readonly operations: readonly string[];
}

const NAMES = ["ann", "bo", "cem", "dee", "eli", "fay", "gus", "hal"];
const ENGINES: readonly EngineKind[] = ["chromium", "webkit"];
const LIMIT_MS = 180_000;
const LONGEST_STROKE_MS = 1500;

interface Action {
  readonly weight: number;
  run(room: Room, name: string): void;
}

/** What people do, and what happens to them. */
const WHEN_OPEN: Readonly<Record<string, Action>> = {
  draw: { weight: 40, run: (room, name) => room.draw(name, 2 + room.prng.below(40)) },
  tap: {
    weight: 10,
    run(room, name) {
      if (room.at(name).session.board()) room.dot(name, room.prng.below(500));
    },
  },
  clear: { weight: 3, run: (room, name) => void room.at(name).session.board()?.clear() },
  undo: { weight: 6, run: (room, name) => void room.at(name).session.board()?.history.undo() },
  redo: { weight: 4, run: (room, name) => void room.at(name).session.board()?.history.redo() },
  leave: { weight: 2, run: (room, name) => room.leave(name) },
  kill: { weight: 2, run: (room, name) => room.kill(name) },
  "kill messenger": { weight: 1, run: (room, name) => room.killMessenger(name) },
  hide: { weight: 2, run: (room, name) => room.at(name).session.hide() },
  show: { weight: 2, run: (room, name) => room.at(name).session.show() },
  offline: { weight: 2, run: (room, name) => room.world.phone(name).setOnline(false) },
  online: { weight: 4, run: (room, name) => room.world.phone(name).setOnline(true) },
};

const WHEN_CLOSED: Readonly<Record<string, Action>> = {
  open: { weight: 1, run: (room, name) => void room.open(name) },
  stay: { weight: 1, run: () => {} },
};

function pick(room: Room, actions: Readonly<Record<string, Action>>): [string, Action] {
  const entries = Object.entries(actions);
  let rest = room.prng.below(entries.reduce((sum, [, { weight }]) => sum + weight, 0));
  for (const entry of entries) {
    rest -= entry[1].weight;
    if (rest < 0) return entry;
  }
  throw new Error("weights do not add up");
}

/** One seeded run: the same options give the same run, to the byte. */
export async function randomRun(options: RunOptions): Promise<RunResult> {
  const { seed, peers, durationMs, network, faultsGoOn = false } = options;
  const names = NAMES.slice(0, peers);
  const room = createRoom({
    seed,
    names,
    network,
    page: (name) => ({ engine: ENGINES[(seed + names.indexOf(name)) % 2]! }),
  });
  const operations: string[] = [];
  const hidden = new Set<Page>();
  let strokes = 0;
  const act = (name: string): void => {
    const [what, action] = pick(room, room.isOpen(name) ? WHEN_OPEN : WHEN_CLOSED);
    if (what === "draw" || what === "tap") strokes++;
    if (what === "hide") hidden.add(room.at(name).page);
    if (what === "show") hidden.delete(room.at(name).page);
    operations.push(`${Math.round(room.clock.now())} ${name} ${what}`);
    action.run(room, name);
  };

  // Some join late.
  for (const name of names) if (room.prng.chance(0.7)) room.open(name);
  const end = room.clock.now() + durationMs;
  while (room.clock.now() < end) {
    await room.clock.advance(room.prng.below(Math.ceil(2400 / peers)));
    act(names[room.prng.below(names.length)]!);
  }

  for (const name of names) {
    // Only who had put it away takes the phone up again: a hello from everybody would repair too much.
    if (!room.isOpen(name)) room.open(name);
    else if (hidden.has(room.at(name).page)) room.at(name).session.show();
    room.world.phone(name).setOnline(true);
  }
  if (!faultsGoOn) room.world.network.heal();
  const from = room.clock.now();
  await room.ready();
  // Strokes that are still being drawn end by themselves.
  await room.clock.advance(LONGEST_STROKE_MS);
  const equal = (await room.untilEqual(LIMIT_MS)) !== undefined;
  const convergedMs = equal ? room.clock.now() - from : undefined;
  const messages = names.reduce((sum, name) => sum + room.world.network.counters(name).sent, 0);
  const refusals = room.warnings().filter((warning) => warning.startsWith("sync: refused"));
  return { convergedMs, difference: room.difference(), strokes, messages, refusals, operations };
}

/** Runs, and throws with everything needed to do it again where the boards do not end equal. */
export async function expectConvergence(options: RunOptions): Promise<RunResult> {
  const result = await randomRun(options);
  const failure =
    result.convergedMs === undefined ? `boards differ: ${result.difference}` : result.refusals[0];
  if (failure !== undefined) {
    throw new Error(`${failure}\nrun: ${JSON.stringify(options)}\n${result.operations.join("\n")}`);
  }
  return result;
}
