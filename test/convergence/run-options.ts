import { createPrng } from "../../src/base/prng.ts";
import type { Prng } from "../../src/base/prng.ts";
import type { ChatOptions, HostVersion } from "../../src/simulator/chat.ts";
import type { NetworkSettings } from "../../src/simulator/network.ts";
import type { PageOptions } from "../support/phones.ts";

/** Everything that decides a run, besides its operations. */
export interface RunOptions {
  readonly seed: number;
  /** 2 .. 20. */
  readonly peers: number;
  /** Simulated time during which people draw and things go wrong. */
  readonly durationMs: number;
  readonly network: Partial<NetworkSettings>;
  /** The network stays as it is when people stop; otherwise it is healed first. */
  readonly faultsGoOn?: boolean;
  /** Everybody's messenger. Default: by the seed, see `hostOf`. */
  readonly host?: HostVersion;
  /** People put pictures on the board, too. */
  readonly pictures?: boolean;
}

/** The share of runs on the next host, of those that do not say which. */
const NEXT_HOST_SHARE = 0.5;
/** Dice of their own: the rest of a run stays what its seed made it. */
const HOST_SALT = 0x4057;
const CHAT_SALT = 0xc4a7;

const NAMES = "ann bo cem dee eli fay gus hal ida jon kim leo mia ned ola pia quin rut sam tia".split(" ");

export function namesOf({ peers }: RunOptions): readonly string[] {
  return NAMES.slice(0, peers);
}

/** The messenger of everybody in a run. */
export function hostOf({ seed, host }: RunOptions): HostVersion {
  return host ?? (createPrng(seed ^ HOST_SALT).chance(NEXT_HOST_SHARE) ? "next" : "0.9.19");
}

/** The chat of a run: on the next host some groups are blind, and in some a few are nobody's contacts. */
export function chatOf(options: RunOptions): ChatOptions {
  if (hostOf(options) !== "next" || options.peers === 2) return {};
  const prng = createPrng(options.seed ^ CHAT_SALT);
  const isBlind = prng.chance(0.3);
  const hasStrangers = prng.chance(0.4);
  return {
    blind: isBlind,
    strangers: hasStrangers ? namesOf(options).filter(() => prng.chance(0.3)) : [],
  };
}

/** The phones of a run: both engines, both ways of calling the page, locales with a decimal comma. */
export function phoneOf({ seed }: RunOptions, name: string): PageOptions {
  const prng = createPrng(seed + 7919 * (1 + NAMES.indexOf(name)));
  return {
    platform: oneOf(prng, ["android", "ios", "windows", "macos"] as const),
    decimalComma: prng.chance(0.3),
  };
}

/** Any run: mostly two people for half a minute, over anything from a clean network to 40 % loss. */
export function anyOptions(seed: number, peers?: number): RunOptions {
  const prng = createPrng(seed);
  const usual = prng.chance(0.7) ? 2 : prng.chance(0.8) ? 3 + prng.below(3) : 6 + prng.below(15);
  const count = peers ?? usual;
  return {
    seed,
    peers: count,
    durationMs: count > 8 ? 10_000 : 5000 + prng.below(prng.chance(0.1) ? 120_000 : 35_000),
    network: {
      latency: 20 + prng.below(prng.chance(0.2) ? 1500 : 250),
      jitter: prng.below(300),
      loss: oneOf(prng, [0, 0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4]),
      duplication: oneOf(prng, [0, 0.1]),
      reordering: oneOf(prng, [0, 0.1, 0.3]),
      reorderingDelay: 2000,
    },
    // With more loss than this, and everybody asking everybody, the end of it is a matter of luck.
    faultsGoOn: count <= 3 && prng.chance(0.2),
  };
}

export function oneOf<T>(prng: Prng, values: readonly T[]): T {
  return values[prng.below(values.length)]!;
}
