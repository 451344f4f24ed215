import { createSimulatedClock } from "../../src/simulator/simulated-clock.ts";
import { createBridge } from "../../src/spixi/bridge.ts";
import type { Lane } from "../../src/spixi/lanes.ts";

/** One navigation of the page, and when it was. */
interface Navigation {
  readonly at: number;
  readonly url: string;
}

/** A bridge on a simulated clock, and what leaves by it. */
export function createBridgeDesk() {
  const clock = createSimulatedClock();
  const navigations: Navigation[] = [];
  const warnings: string[] = [];
  const bridge = createBridge({
    clock,
    log: { warn: (message) => warnings.push(message) },
    navigate: (url) => navigations.push({ at: clock.now(), url }),
  });
  const fill = (lane: Lane, count: number): void => {
    for (let i = 0; i < count; i++) bridge.enqueue(lane, `${lane} ${i}`);
  };
  return { clock, bridge, navigations, warnings, fill };
}

/** The most navigations in any window of `width` milliseconds, both ends included. */
export function densest(navigations: readonly Navigation[], width: number): number {
  let most = 0;
  let start = 0;
  navigations.forEach(({ at }, i) => {
    while (navigations[start]!.at < at - width) start++;
    most = Math.max(most, i - start + 1);
  });
  return most;
}

/** The milliseconds between each navigation and the next. */
export const gaps = (navigations: readonly Navigation[]): number[] =>
  navigations.slice(1).map(({ at }, i) => at - navigations[i]!.at);
