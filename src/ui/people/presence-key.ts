import type { Address } from "../../env/host.ts";
import type { Contact, Phase } from "../../session.ts";
import type { BoardState, NameOf } from "./presence-text.ts";
import type { ElsewhereOf } from "./whose-page.ts";
import { nowhereElse } from "./whose-page.ts";

export interface PresenceState extends BoardState {
  readonly phase: Phase;
  readonly own: Address | undefined;
  readonly contacts: readonly Contact[];
}

/**
 * Equal where the strip shows the same. Of a contact, only what the strip tells counts: where it points and
 * what its gesture will do are new with almost every frame, and can be as long as what it draws.
 */
export function presenceKey(
  state: PresenceState,
  followed: Address | undefined,
  nameOf: NameOf,
  elsewhere: ElsewhereOf = nowhereElse,
): string {
  const { phase, own, contacts, hasInk, isSaved } = state;
  const told = contacts.map((contact) => [
    contact.address,
    contact.state,
    contact.drawing,
    contact.hasEverything,
    contact.missingStrokes,
    contact.isFull,
    nameOf(contact.address),
    elsewhere(contact),
  ]);
  return JSON.stringify([phase, own, told, hasInk, isSaved, followed]);
}
