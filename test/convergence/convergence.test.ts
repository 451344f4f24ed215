import { describe, expect, test } from "vitest";
import type { NetworkSettings } from "../../src/simulator/network.ts";
import { createRoom } from "../support/room.ts";
import { expectGoodRun, randomRun } from "./random-run.ts";
import { anyOptions } from "./run-options.ts";

const CLEAN: Partial<NetworkSettings> = { latency: 80, jitter: 40 };
const LOSSY: Partial<NetworkSettings> = {
  latency: 120,
  jitter: 200,
  loss: 0.2,
  duplication: 0.1,
  reordering: 0.1,
  reorderingDelay: 2000,
};

function seeds(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => from + i);
}

/** A few of each kind; `npm run fuzz` goes on with as many as there is time for. */
describe("whatever happens, boards end equal and nothing that was drawn is lost", () => {
  describe.each([
    { peers: 2, runs: 12 },
    { peers: 3, runs: 3 },
    { peers: 8, runs: 1 },
  ])("$peers people", ({ peers, runs }) => {
    test.each(seeds(1000 * peers, runs))("seed %i", async (seed) => {
      const { operations } = await expectGoodRun({ ...anyOptions(seed, peers), durationMs: 20_000 });
      expect(operations).toBeGreaterThan(0);
    });
  });
});

describe("with pictures, boards end equal and everybody has their bytes", () => {
  test.each(seeds(400, 5))("seed %i", async (seed) => {
    const options = { ...anyOptions(seed, seed % 5 === 0 ? 3 : 2), durationMs: 20_000, pictures: true };
    const { operations } = await expectGoodRun(options);
    expect(operations).toBeGreaterThan(0);
  });

  test.each(seeds(9400, 2))("while 30 % of the messages go on being lost (seed %i)", async (seed) => {
    const network = { ...LOSSY, loss: 0.3 };
    const options = { seed, peers: 2, durationMs: 15_000, network, faultsGoOn: true, pictures: true };
    const { operations } = await expectGoodRun(options);
    expect(operations).toBeGreaterThan(0);
  });
});

describe("while 30 % of the messages go on being lost", () => {
  test.each(seeds(9100, 3))("two boards end equal (seed %i)", async (seed) => {
    const { strokes } = await expectGoodRun({
      seed,
      peers: 2,
      durationMs: 20_000,
      network: { ...LOSSY, loss: 0.3 },
      faultsGoOn: true,
    });
    expect(strokes).toBeGreaterThan(0);
  });
});

test("a run repeats to the byte", async () => {
  const options = { seed: 77, peers: 3, durationMs: 15_000, network: LOSSY };
  expect(await randomRun(options)).toEqual(await randomRun(options));
});

describe("[S5] a large board reaches who joins", () => {
  test.each([0, 0.3])("with a loss of %f", async (loss) => {
    const room = createRoom({ seed: 42, names: ["ann", "bo"], network: { ...CLEAN, loss } });
    room.open("ann");
    await room.ready();
    for (let i = 0; i < 3000; i++) room.dot("ann", i * 100);
    room.open("bo");
    await room.ready();
    expect(await room.untilEqual(240_000)).toBeDefined();
    expect(room.seen("bo").length).toBe(3000);
  });
});
