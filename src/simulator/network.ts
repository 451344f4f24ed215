/*
 * The way of messages from one messenger to another: late, lost, doubled or out of order, as it is set.
 */
import type { Clock } from "../env/clock.ts";
import type { Address } from "../env/host.ts";
import type { Prng } from "../base/prng.ts";
import type { PacketKind, UnstampedEvent } from "./events.ts";
import { createConnectivity } from "./connectivity.ts";
import { createTraffic, type TrafficCounters } from "./traffic.ts";

/** How the network between two messengers behaves. May be changed at any time. */
export interface NetworkSettings {
  /** One way, in milliseconds. */
  readonly latency: number;
  /** Added to the latency: evenly spread between 0 and this, in milliseconds. */
  readonly jitter: number;
  /** Probability, 0 to 1, that a message is lost. */
  readonly loss: number;
  /** Probability that a message arrives twice. */
  readonly duplication: number;
  /** Probability that a message is held back, so that later ones overtake it. */
  readonly reordering: number;
  /** How long a message is held back at most, in milliseconds. */
  readonly reorderingDelay: number;
}

export interface Packet {
  readonly id: number;
  readonly kind: PacketKind;
  readonly from: Address;
  readonly to: Address;
  readonly appId: string;
  readonly protocol: string | undefined;
  readonly text: string;
  readonly bytes: number;
}

export interface Network {
  settings(): NetworkSettings;
  configure(change: Partial<NetworkSettings>): void;
  isOnline(address: Address): boolean;
  /** An offline phone loses data both ways; ends of sessions wait for it. */
  setOnline(address: Address, online: boolean): void;
  /** Loses what goes from one to the other; the way back stays open. */
  block(from: Address, to: Address): void;
  unblock(from: Address, to: Address): void;
  /** No loss, duplication, reordering or block, and everybody online. Latency and jitter stay. */
  heal(): void;
  /** Traffic that `address` sent (and what became of it), or of everybody. */
  counters(address?: Address): TrafficCounters;
}

/** What a phone uses. */
export interface Uplink {
  send(packet: Omit<Packet, "id" | "bytes">): void;
}

export interface NetworkDeps {
  readonly clock: Clock;
  readonly prng: Prng;
  readonly settings: Partial<NetworkSettings>;
  /** Hands a packet to the receiver's phone; the page that got it, or undefined. */
  readonly deliver: (packet: Packet) => number | undefined;
  readonly emit: (event: UnstampedEvent) => void;
}

export const DEFAULT_NETWORK: NetworkSettings = {
  latency: 120,
  jitter: 60,
  loss: 0,
  duplication: 0,
  reordering: 0,
  reorderingDelay: 2000,
};

/** UTF-8 length without making the bytes. */
function utf8Length(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) continue;
    // A surrogate pair is 4 bytes: 2 for each of its halves.
    length += code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 1 : 2;
  }
  return length;
}

/**
 * Fire and forget between messengers: whatever is lost is lost silently. Without `reordering`
 * messages of one sender to one receiver keep their order whatever the jitter.
 */
export function createNetwork(deps: NetworkDeps): Network & Uplink {
  const { clock, prng, deliver, emit } = deps;
  let settings: NetworkSettings = { ...DEFAULT_NETWORK, ...deps.settings };
  const connectivity = createConnectivity();
  const traffic = createTraffic();
  /** What is under way in order, by sender and receiver. */
  const paths = new Map<string, Packet[]>();
  const waitingEnds: Packet[] = [];
  let nextId = 1;

  const lose = (packet: Packet, why: "chance" | "offline" | "blocked"): void => {
    traffic.count(packet.from, "lost");
    emit({ type: "lost", why, ...eventOf(packet) });
  };

  const arrive = (packet: Packet): void => {
    const { from, to, kind, bytes } = packet;
    const obstacle = connectivity.obstacle(from, to);
    if (obstacle) {
      if (kind === "end") waitingEnds.push(packet);
      else lose(packet, obstacle);
      return;
    }
    const page = deliver(packet);
    if (page === undefined) {
      traffic.count(from, "dropped");
      emit({ type: "dropped", ...eventOf(packet) });
    } else {
      traffic.count(from, "delivered");
      traffic.count(from, "deliveredBytes", bytes);
      emit({ type: "delivered", page, ...eventOf(packet) });
    }
  };

  const dispatch = (packet: Packet): void => {
    const delay = settings.latency + Math.floor(prng.next() * settings.jitter);
    if (prng.chance(settings.reordering)) {
      clock.after(delay + Math.floor(prng.next() * settings.reorderingDelay), () => arrive(packet));
      return;
    }
    const name = `${packet.from} ${packet.to}`;
    let path = paths.get(name);
    if (!path) paths.set(name, (path = []));
    const inOrder = path;
    inOrder.push(packet);
    // Each timer takes the packet that was sent first, whose own timer it may not be.
    clock.after(delay, () => arrive(inOrder.shift()!));
  };

  const retryEnds = (): void => {
    for (const packet of waitingEnds.splice(0)) {
      if (connectivity.obstacle(packet.from, packet.to)) waitingEnds.push(packet);
      else dispatch(packet);
    }
  };

  return {
    settings: () => settings,
    configure(change) {
      settings = { ...settings, ...change };
    },
    isOnline: connectivity.isOnline,
    setOnline(address, online) {
      connectivity.setOnline(address, online);
      retryEnds();
    },
    block: connectivity.block,
    unblock(from, to) {
      connectivity.unblock(from, to);
      retryEnds();
    },
    heal() {
      settings = { ...settings, loss: 0, duplication: 0, reordering: 0 };
      connectivity.restore();
      retryEnds();
    },
    counters: traffic.counters,
    send(given) {
      const packet: Packet = { ...given, id: nextId++, bytes: utf8Length(given.text) };
      const { from, to, bytes } = packet;
      traffic.count(from, "sent");
      traffic.count(from, "sentBytes", bytes);
      emit({ type: "sent", ...eventOf(packet) });
      const obstacle = connectivity.obstacle(from, to);
      // The messenger itself repeats the end of a session until it is confirmed.
      if (packet.kind === "end") return obstacle ? void waitingEnds.push(packet) : dispatch(packet);
      if (obstacle) return lose(packet, obstacle);
      // Drawn whether or not used, so that a change of one setting leaves the other dice as they fell.
      const isLost = prng.chance(settings.loss);
      const isDoubled = prng.chance(settings.duplication);
      if (isLost) return lose(packet, "chance");
      dispatch(packet);
      if (isDoubled) {
        traffic.count(from, "duplicated");
        emit({ type: "duplicated", ...eventOf(packet) });
        dispatch(packet);
      }
    },
  };
}

function eventOf({ id, kind, from, to, bytes, text }: Packet) {
  return { packet: id, kind, from, to, bytes, text };
}
