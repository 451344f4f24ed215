import { vi } from "vitest";
import { createPageClock } from "../../src/simulator/page-clock.ts";
import { createSimulatedClock } from "../../src/simulator/simulated-clock.ts";
import { createBrowserClock } from "../../src/spixi/browser-clock.ts";
import { clockContract } from "./clock.ts";

clockContract("simulated", () => {
  const clock = createSimulatedClock();
  return { clock, advance: (ms) => clock.advance(ms) };
});

clockContract("simulated page", () => {
  const world = createSimulatedClock();
  return { clock: createPageClock(world), advance: (ms) => world.advance(ms) };
});

clockContract("browser", () => {
  vi.useFakeTimers({ toFake: ["performance", "setTimeout", "clearTimeout"] });
  return {
    clock: createBrowserClock(globalThis),
    advance: async (ms) => void (await vi.advanceTimersByTimeAsync(ms)),
    close: () => vi.useRealTimers(),
  };
});
