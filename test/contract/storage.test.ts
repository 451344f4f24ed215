import { createPrng } from "../../src/base/prng.ts";
import type { SimulatedClock } from "../../src/simulator/simulated-clock.ts";
import { createSimulatedClock } from "../../src/simulator/simulated-clock.ts";
import { createWorld } from "../../src/simulator/world.ts";
import { createBrowserPreview } from "../../src/spixi/browser-preview.ts";
import { createIsolatedPorts } from "../../src/spixi/isolated-ports.ts";
import type { TextStore } from "../../src/spixi/text-storage.ts";
import { createPage } from "../support/phones.ts";
import { createTabChannels, createTextStore } from "../support/tab-channels.ts";
import type { StorageFixture } from "./storage.ts";
import { storageContract } from "./storage.ts";

const quiet = { opened: () => undefined, data: () => undefined, ended: () => undefined };

function finisher(clock: SimulatedClock): StorageFixture["finish"] {
  return async (promise) => {
    let isSettled = false;
    const settled = promise.finally(() => {
      isSettled = true;
    });
    await clock.runUntil(() => isSettled, 60_000);
    return settled;
  };
}

for (const platform of ["android", "ios"] as const) {
  storageContract(`spixi on ${platform}`, async () => {
    const clock = createSimulatedClock();
    const world = createWorld({ clock, prng: createPrng(1) });
    const { host, storage } = createPage(world, "alice", ["bob"], { platform });
    host.open(quiet);
    await clock.advance(100);
    return { storage, finish: finisher(clock) };
  });
}

function preview(localStorage: () => TextStore | null): () => Promise<StorageFixture> {
  return async () => {
    const clock = createSimulatedClock();
    const { host, storage } = createBrowserPreview({
      clock,
      random: createPrng(1),
      log: { warn: () => undefined },
      channel: createTabChannels(clock).open(),
      locks: undefined,
      localStorage,
    });
    host.open(quiet);
    await clock.advance(500);
    return { storage, finish: finisher(clock) };
  };
}

const store = createTextStore();
storageContract("preview with localStorage", () => {
  store.values.clear();
  return preview(() => store)();
});
storageContract(
  "preview where localStorage is null",
  preview(() => null),
);
storageContract(
  "preview where localStorage throws",
  preview(() => {
    throw new Error("denied");
  }),
);

storageContract("a page that keeps to itself", async () => {
  const clock = createSimulatedClock();
  const { storage } = createIsolatedPorts({ clock, leave: () => undefined });
  return { storage, finish: finisher(clock) };
});
