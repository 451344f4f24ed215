import { createPrng } from "../../src/base/prng.ts";
import type { SimulatorEvent } from "../../src/simulator/events.ts";
import type { NetworkSettings } from "../../src/simulator/network.ts";
import { createSimulatedClock } from "../../src/simulator/simulated-clock.ts";
import type { World } from "../../src/simulator/world.ts";
import { createWorld } from "../../src/simulator/world.ts";
import { record } from "../contract/host.ts";
import type { PageOptions } from "../support/phones.ts";
import { createPage } from "../support/phones.ts";

/** A world with a network of steady 50 ms, on a clock of its own; `ofType` gives what happened in it so far. */
export function createPhoneWorld(network: Partial<NetworkSettings> = {}) {
  const clock = createSimulatedClock();
  const world = createWorld({ clock, prng: createPrng(1), network: { latency: 50, jitter: 0, ...network } });
  const events: SimulatorEvent[] = [];
  world.onEvent((event) => events.push(event));
  const ofType = <T extends SimulatorEvent["type"]>(type: T) =>
    events.filter((event): event is Extract<SimulatorEvent, { type: T }> => event.type === type);
  return { clock, world, ofType };
}

/** A page of the app on the phone of `address`, and what its host tells it. */
export function openPage(
  world: World,
  address: string,
  contacts: readonly string[],
  options: PageOptions = {},
) {
  const page = createPage(world, address, contacts, options);
  return { ...page, heard: record(page.host) };
}
