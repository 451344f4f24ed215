import type { Address } from "../env/host.ts";

export interface TrafficCounters {
  /** Messages handed to the network, one for each recipient. */
  readonly sent: number;
  /** Their UTF-8 bytes, without the messenger's envelope. */
  readonly sentBytes: number;
  readonly lost: number;
  readonly duplicated: number;
  /** Messages that a page got, copies included. */
  readonly delivered: number;
  readonly deliveredBytes: number;
  /** Messages that reached a phone without a page for them. */
  readonly dropped: number;
}

/** Counts what everybody sent, and what became of it. */
export interface Traffic {
  count(from: Address, field: keyof TrafficCounters, by?: number): void;
  /** What `address` sent, or everybody, until now. */
  counters(address?: Address): TrafficCounters;
}

type Counts = { -readonly [K in keyof TrafficCounters]: number };

const noCounts = (): Counts => ({
  sent: 0,
  sentBytes: 0,
  lost: 0,
  duplicated: 0,
  delivered: 0,
  deliveredBytes: 0,
  dropped: 0,
});

export function createTraffic(): Traffic {
  const perSender = new Map<Address, Counts>();
  const total = noCounts();
  return {
    count(from, field, by = 1) {
      total[field] += by;
      let counts = perSender.get(from);
      if (!counts) perSender.set(from, (counts = noCounts()));
      counts[field] += by;
    },
    counters: (address) => ({
      ...(address === undefined ? total : (perSender.get(address) ?? noCounts())),
    }),
  };
}
