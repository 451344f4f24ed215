import type { Address } from "../../env/host.ts";
import type { Contact } from "../../session.ts";

/** More pictures than this become a number. */
const MAX_FACES = 3;

const RANKS: Readonly<Record<Contact["state"], number>> = { here: 1, away: 2, waiting: 3 };

/**
 * Whose pictures the strip shows: of a few everybody, in their own order; of many whom this person follows,
 * and then who is here. What somebody does changes nothing: a picture must not jump while it is tapped.
 */
export function facesOf(contacts: readonly Contact[], followed: Address | undefined): readonly Contact[] {
  if (contacts.length <= MAX_FACES) return contacts;
  return byState(contacts, followed).slice(0, MAX_FACES);
}

/** Those who are here first, then those who were, then those who were not seen yet; each in their own order. */
export function byState(contacts: readonly Contact[], first?: Address): readonly Contact[] {
  const rank = ({ address, state }: Contact): number => (address === first ? 0 : RANKS[state]);
  return [...contacts].sort((a, b) => rank(a) - rank(b));
}
