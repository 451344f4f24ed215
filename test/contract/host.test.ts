import { createPrng } from "../../src/base/prng.ts";
import { createSimulatedClock } from "../../src/simulator/simulated-clock.ts";
import { createWorld } from "../../src/simulator/world.ts";
import { createBrowserPreview } from "../../src/spixi/browser-preview.ts";
import type { PageOptions } from "../support/phones.ts";
import { createPage } from "../support/phones.ts";
import { createTabChannels, createTextStore } from "../support/tab-channels.ts";
import type { HostFixture, HostSide } from "./host.ts";
import { hostContract } from "./host.ts";

type Three = HostFixture["sides"];

function spixi(options: PageOptions): () => HostFixture {
  return () => {
    const clock = createSimulatedClock();
    const world = createWorld({ clock, prng: createPrng(1), network: { latency: 50, jitter: 20 } });
    const everybody = ["alice", "bob", "carol"];
    const sides = everybody.map((address): HostSide => {
      const contacts = everybody.filter((other) => other !== address);
      const page = createPage(world, address, contacts, options);
      return { host: page.host, address: page.view.shown(address), warnings: () => page.warnings.length };
    });
    return {
      sides: sides as unknown as Three,
      advance: (ms) => clock.advance(ms),
      // Where the version is not understood, the second announcement comes after 3 s.
      openTime: options.decimalComma ? 3500 : 500,
    };
  };
}

hostContract("spixi on android", spixi({ platform: "android" }));
hostContract("spixi on ios", spixi({ platform: "ios" }));
hostContract("spixi where the decimal point is a comma", spixi({ platform: "windows", decimalComma: true }));
hostContract("spixi, next, in a group", spixi({ host: "next" }));
hostContract("spixi, next, in a blind group, on ios", spixi({ host: "next", platform: "ios", blind: true }));
hostContract("spixi, next, in a chat", spixi({ host: "next", kind: "chat" }));

hostContract("browser preview", () => {
  const clock = createSimulatedClock();
  const channels = createTabChannels(clock);
  const store = createTextStore();
  const sides = [1, 2, 3].map((place): HostSide => {
    let warnings = 0;
    const { host } = createBrowserPreview({
      clock,
      random: createPrng(place),
      log: { warn: () => warnings++ },
      channel: channels.open(),
      locks: undefined,
      localStorage: () => store,
    });
    return { host, address: `browser-tab-${place}`, warnings: () => warnings };
  });
  return { sides: sides as unknown as Three, advance: (ms) => clock.advance(ms), openTime: 500 };
});
