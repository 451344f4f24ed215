import type { Address } from "../env/host.ts";

/** Who is online, and who is kept from reaching whom. */
export interface Connectivity {
  isOnline(address: Address): boolean;
  setOnline(address: Address, online: boolean): void;
  /** One way only. */
  block(from: Address, to: Address): void;
  unblock(from: Address, to: Address): void;
  /** Everybody is online and reaches everybody. */
  restore(): void;
  /** Why nothing gets from one to the other; undefined: it does. */
  obstacle(from: Address, to: Address): "offline" | "blocked" | undefined;
}

export function createConnectivity(): Connectivity {
  const offline = new Set<Address>();
  const blocked = new Map<Address, Set<Address>>();
  return {
    isOnline: (address) => !offline.has(address),
    setOnline(address, online) {
      if (online) offline.delete(address);
      else offline.add(address);
    },
    block(from, to) {
      let targets = blocked.get(from);
      if (!targets) blocked.set(from, (targets = new Set()));
      targets.add(to);
    },
    unblock: (from, to) => void blocked.get(from)?.delete(to),
    restore() {
      offline.clear();
      blocked.clear();
    },
    obstacle(from, to) {
      if (blocked.get(from)?.has(to)) return "blocked";
      return offline.has(from) || offline.has(to) ? "offline" : undefined;
    },
  };
}
