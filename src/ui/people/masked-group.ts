import type { Address } from "../../env/host.ts";

/** Real addresses are longer. */
const MASKED_LENGTH = 32;

/** A group in which the messenger masks everybody's address: nobody is called by what stands there. */
export function isMaskedGroup(own: Address | undefined, others: readonly Address[]): boolean {
  return own?.length === MASKED_LENGTH && others.every((address) => address.length === MASKED_LENGTH);
}
