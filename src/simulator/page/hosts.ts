import type { HostVersion } from "../chat.ts";

/** The messengers that can be chosen, and what the page calls them. */
export const HOSTS: readonly (readonly [HostVersion, string])[] = [
  ["0.9.19", "0.9.19"],
  ["next", "next (groups)"],
  ["old", "before SDK 0.5"],
];
