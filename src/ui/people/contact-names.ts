/*
 * What everybody is called: by their own name, by the address, or by a number where addresses are masked.
 */
import type { Address } from "../../env/host.ts";
import type { Contact } from "../../session.ts";
import type { Choices } from "../choices/choices.ts";
import { shortAddress } from "../choices/colors.ts";
import { isMaskedGroup } from "./masked-group.ts";
import type { NameOf } from "./presence-text.ts";
import type { Strings } from "../words/strings.ts";

/** What this page has learnt about the people of one board; it outlives the words of one language. */
export interface KnownPeople {
  /** As they want to be called; also those who went away since. */
  readonly names: Map<Address, string>;
  /** Everybody who was here at some time, in the order in which they came. */
  readonly joined: Address[];
}

export function createKnownPeople(): KnownPeople {
  return { names: new Map(), joined: [] };
}

/** What people are called. */
export interface ContactNames {
  readonly nameOf: NameOf;
  update(own: Address | undefined, contacts: readonly Contact[]): void;
}

/**
 * People are called by the name that they set, also where they did so at another time. A person without a
 * name is called by the beginning of the address; where the messenger masks addresses, these mean nothing
 * to anybody, and the order of joining makes the name.
 *
 * `unnamed`: what somebody without a name is called instead.
 */
export function createContactNames({
  known,
  strings,
  unnamed,
  choices,
}: {
  readonly known: KnownPeople;
  readonly strings: Strings;
  readonly unnamed?: NameOf | undefined;
  readonly choices: Pick<Choices, "contactName" | "setContactName">;
}): ContactNames {
  const { names, joined } = known;
  let own: Address | undefined;
  let isMasked = false;
  /** Contacts who were never here. */
  let expected: readonly Address[] = [];
  /** Who is none of the contacts, and was asked for: people of another board. */
  const elsewhere: Address[] = [];

  const guestNumber = (address: Address): number => {
    const all = [...joined, ...expected];
    if (all.includes(address)) return 1 + all.indexOf(address);
    if (!elsewhere.includes(address)) elsewhere.push(address);
    return 1 + all.length + elsewhere.indexOf(address);
  };
  const nameless = (address: Address): string => {
    if (unnamed) return unnamed(address);
    return isMasked ? strings.people.guest(guestNumber(address)) : shortAddress(address);
  };

  return {
    nameOf(address) {
      if (address === own) return strings.you;
      const name = names.get(address) ?? (isMasked ? "" : choices.contactName(address));
      return name === "" ? nameless(address) : name;
    },
    update(nextOwn, contacts) {
      own = nextOwn;
      isMasked = isMaskedGroup(
        own,
        contacts.map(({ address }) => address),
      );
      for (const { address, state, presence } of contacts) {
        if (presence && presence.name !== names.get(address)) {
          names.set(address, presence.name);
          // What is masked means somebody else in another group.
          if (!isMasked && !unnamed) choices.setContactName(address, presence.name);
        }
        if (state === "here" && !joined.includes(address)) joined.push(address);
      }
      expected = contacts.map(({ address }) => address).filter((address) => !joined.includes(address));
    },
  };
}
