/*
 * The simulated Spixi, without a browser: phones with a messenger each, a network between them, and
 * pages of Mini Apps on the phones. It behaves as the real host was measured to behave, bad habits
 * included, and is used by the headless tests, by the dev page and by the browser tests.
 *
 *   page --navigate(url)--> engine (loses some) --> host (decodes the URL, runs the command)
 *                                                     |-- ds ---------> network --> other phone's host
 *                                                     |-- get/setStorage --> host storage
 *   page <--evaluate(script)-------------------------- host
 *
 * How to use it:
 *   const world = createWorld({ clock, prng, network: { latency: 80 } });
 *   const phone = world.phone("alice", { platform: "android" });
 *   const view = phone.openApp({ appId, contacts: ["bob"], evaluate: (script) => frame.eval(script) });
 *   view.navigate(url);      // whatever the page assigns to location.href
 *   view.back(); view.kill(); phone.kill(); phone.setOnline(false);
 *   world.network.configure({ loss: 0.1 });
 *   world.onEvent((event) => ...);   // every navigation, message, storage access, alert
 *
 * Which messenger, and what kind of chat (see chat.ts for what differs):
 *   world.phone("alice", { host: "next" });               // or "0.9.19", the default, or "old"
 *   phone.openApp({ ..., contacts: ["bob"] });            // a chat of two
 *   phone.openApp({ ..., contacts: ["bob", "carol"] });   // a group, on the next host
 *   phone.openApp({ ..., contacts: ["bob"], kind: "group", blind: true });
 *   phone.openApp({ ..., contacts: ["bob", "carol"], strangers: ["carol"] });   // a member, no contact
 *   phone.openApp({ ..., host: "next" });                 // the messenger was updated meanwhile
 *
 * All time comes from `clock` (a simulated one, or the browser's) and all chance from `prng`: the
 * same seed and the same calls give the same run.
 */
import { createEmitter } from "../base/emitter.ts";
import type { Prng } from "../base/prng.ts";
import type { Clock } from "../env/clock.ts";
import type { Address } from "../env/host.ts";
import type { SimulatorEvent, UnstampedEvent } from "./events.ts";
import type { Network, NetworkSettings } from "./network.ts";
import { createNetwork } from "./network.ts";
import type { HostedPhone, Phone, PhoneOptions } from "./phone.ts";
import { createPhone } from "./phone.ts";

export interface WorldOptions {
  readonly clock: Clock;
  readonly prng: Prng;
  readonly network?: Partial<NetworkSettings>;
}

export interface World {
  readonly clock: Clock;
  /** The chance of this world: whoever needs more seeds takes them here. */
  readonly prng: Prng;
  readonly network: Network;
  /** The phone of `address`; the first call makes it, and only that call's options count. */
  phone(address: Address, options?: PhoneOptions): Phone;
  phones(): readonly Phone[];
  /** Listeners are called synchronously, in the order of what happens. */
  onEvent(listener: (event: SimulatorEvent) => void): () => void;
}

export function createWorld(options: WorldOptions): World {
  const { clock, prng } = options;
  const phones = new Map<Address, HostedPhone>();
  const events = createEmitter<SimulatorEvent>((error) => {
    throw error;
  });
  const emit = (event: UnstampedEvent): void => events.emit({ ...event, at: clock.now() });
  let pageCount = 0;

  const network = createNetwork({
    clock,
    prng,
    settings: options.network ?? {},
    deliver: (packet) => phones.get(packet.to)?.deliver(packet),
    emit,
  });

  return {
    clock,
    prng,
    network,
    phone(address, phoneOptions = {}) {
      let phone = phones.get(address);
      if (!phone) {
        phone = createPhone({
          address,
          options: phoneOptions,
          clock,
          prng,
          network,
          emit,
          nextPageId: () => ++pageCount,
        });
        phones.set(address, phone);
      }
      return phone;
    },
    phones: () => [...phones.values()],
    onEvent: (listener) => events.on(listener),
  };
}
