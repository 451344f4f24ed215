import { hashBytes, hashText } from "../base/hash.ts";
import type { Address } from "../env/host.ts";

const utf8 = new TextEncoder();

/**
 * What the pages of a blind group get instead of an address: 32 characters, the same for everybody
 * who sees that person, and nothing that the address could be read from.
 */
export function maskAddress(address: Address): Address {
  const half = (prefix: string): string => hashText(hashBytes(utf8.encode(prefix + address)));
  return half("blind") + half("group");
}
