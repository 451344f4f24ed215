import type { ChatKind, HostVersion } from "../chat.ts";
import { DEFAULT_NETWORK, type NetworkSettings } from "../network.ts";
import { HOSTS } from "./hosts.ts";
import { parseProfile, type Profile } from "./profiles.ts";
import { parseScreen, type Screen } from "./screens.ts";

/**
 * How the simulation starts; everything can be given in the page's address, `?phones=3&seed=7`.
 * `profile=android|iphone|windows|macos|browser` is what every phone is, `host=old|0.9.19|next` its messenger;
 * `group=open|blind` puts all into one group.
 */
export interface Settings {
  readonly phones: number;
  readonly seed: number;
  readonly screen: Screen;
  readonly ratio: number;
  /** Of the phones on the page: a factor, or as large as fits. */
  readonly scale: number | "fit";
  readonly network: NetworkSettings;
  readonly host: HostVersion;
  readonly chat: ChatKind;
  readonly platform: Profile;
}

export const MAX_PHONES = 8;
const GROUPS: ReadonlyMap<string | null, ChatKind> = new Map([
  ["open", "group"],
  ["blind", "blind"],
]);

/** Reads the part of the address after `?`; what is missing or makes no sense takes its default. */
export function parseSettings(search: string, randomSeed: number): Settings {
  const given = new URLSearchParams(search);
  const number = (name: string, fallback: number, min: number, max: number): number => {
    const value = Number(given.get(name) ?? Number.NaN);
    return value >= min && value <= max ? value : fallback;
  };
  const network = Object.fromEntries(
    Object.entries(DEFAULT_NETWORK).map(([name, fallback]: [string, number]) => [
      name,
      number(name, fallback, 0, 60_000),
    ]),
  );
  return {
    phones: Math.round(number("phones", 2, 1, MAX_PHONES)),
    seed: Math.round(number("seed", randomSeed, 0, 0xffff_ffff)),
    screen: parseScreen(given.get("screen") ?? "") ?? { width: 390, height: 844 },
    ratio: number("ratio", 2, 0.5, 4),
    scale: given.has("scale") ? number("scale", 1, 0.1, 2) : "fit",
    network: { ...DEFAULT_NETWORK, ...network },
    host: HOSTS.find(([host]) => host === given.get("host"))?.[0] ?? "0.9.19",
    platform: parseProfile(given.get("profile")) ?? "android",
    chat: GROUPS.get(given.get("group")) ?? "chat",
  };
}
