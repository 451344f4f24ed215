import type { Address } from "../env/host.ts";
import type { Contact } from "../session.ts";
import { shortAddress } from "./colors.ts";
import type { NameOf } from "./presence-text.ts";

/** What the contacts are called: as they want to be, or by their addresses. */
export interface ContactNames {
  readonly nameOf: NameOf;
  update(contacts: readonly Contact[]): void;
}

/** `unnamed`: what somebody without a name is called; the short address where not given. */
export function createContactNames(unnamed: NameOf = shortAddress): ContactNames {
  const names = new Map<Address, string>();
  return {
    nameOf(address) {
      const name = names.get(address) ?? "";
      return name === "" ? unnamed(address) : name;
    },
    update(contacts) {
      // Who went away keeps its name.
      for (const { address, presence } of contacts) if (presence) names.set(address, presence.name);
    },
  };
}

/** Who must have been it, where there is only one who could. */
export function onlyName(contacts: readonly Contact[], nameOf: NameOf, somebody: string): string {
  const [first, ...others] = contacts;
  return first && others.length === 0 ? nameOf(first.address) : somebody;
}
