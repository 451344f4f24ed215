/*
 * The chat that an app was opened from, as the host sees it: who is in it, what the page is told of
 * them, and whom a message goes to. This is where the hosts differ.
 *
 *                        old            0.9.19              next, chat of two    next, group
 *   onInit names         the others,    oneself first,      as 0.9.19            oneself first, then all
 *                        one argument   then the others                          members, oneself included
 *   `r` to a contact     sent           sent                throws               sent
 *   `r` to somebody else rejected       rejected            throws               nothing happens
 *
 * In a blind group all addresses are masked, one's own included, and `r` with a masked one throws.
 */
import type { Address } from "../env/host.ts";
import { maskAddress } from "./mask-address.ts";

/**
 * - `old`: before SDK 0.5.
 * - `0.9.19`: today's.
 * - `next`: the development branch of 2026-05, which opens apps in group chats.
 */
export type HostVersion = "old" | "0.9.19" | "next";

/** A chat of two, a group, or a group whose members do not see each other's addresses. */
export type ChatKind = "chat" | "group" | "blind";

/** What kind of chat an app is opened from. Only the next host knows groups; the others take no notice. */
export interface ChatOptions {
  /** Default: a group where there is more than one contact. A group may also have two members. */
  readonly kind?: "chat" | "group";
  /** Of a group: every address is masked. Default: false */
  readonly blind?: boolean;
  /** Members of the group who are no contacts of this person. Default: none */
  readonly strangers?: readonly Address[];
}

/**
 * Where a message goes to, or what the host does instead.
 * - `rejected`: it takes no notice of the command.
 * - `alert`: it throws, which the person sees.
 */
export type Recipients =
  | { readonly to: readonly Address[] }
  | { readonly to: undefined; readonly as: "rejected" | "alert"; readonly why: string };

export interface Chat {
  readonly kind: ChatKind;
  /** The person with this address, as the page is told: masked in a blind group. */
  shown(address: Address): Address;
  /** The arguments of onInit after the session's id; undefined where it is called without any. */
  introduction(hasSeparateAddresses: boolean): readonly string[] | undefined;
  /** Whom a `ds` reaches that names `recipient`, or nobody. */
  recipients(recipient: string | undefined): Recipients;
}

export interface ChatDeps {
  readonly host: HostVersion;
  readonly own: Address;
  readonly contacts: readonly Address[];
  readonly options: ChatOptions;
}

function kindOf({ host, contacts, options }: ChatDeps): ChatKind {
  if (host !== "next") return "chat";
  if ((options.kind ?? (contacts.length > 1 ? "group" : "chat")) === "chat") return "chat";
  return options.blind ? "blind" : "group";
}

export function createChat(deps: ChatDeps): Chat {
  const { host, own, contacts } = deps;
  const kind = kindOf(deps);
  const strangers = new Set(deps.options.strangers);
  const shown = (address: Address): Address => (kind === "blind" ? maskAddress(address) : address);
  // A group has one list of its members, whoever looks at it.
  const listed = (kind === "chat" ? contacts : [own, ...contacts].sort()).map(shown);
  const masks = new Set(kind === "blind" ? listed : []);

  const toOne = (recipient: Address): Recipients => {
    const refuse = (as: "rejected" | "alert", why: string): Recipients => ({ to: undefined, as, why });
    const isContact = contacts.includes(recipient);
    if (host !== "next")
      return isContact ? { to: [recipient] } : refuse("rejected", "recipient is no contact");
    if (kind === "chat") return refuse("alert", "ds with a recipient in a chat of two");
    if (masks.has(recipient)) return refuse("alert", "ds with a masked recipient");
    return { to: isContact && !strangers.has(recipient) ? [recipient] : [] };
  };

  return {
    kind,
    shown,
    introduction(hasSeparateAddresses) {
      if (host !== "old" && hasSeparateAddresses) return [shown(own), ...listed];
      return listed.length > 0 ? [listed.join(",")] : undefined;
    },
    recipients: (recipient) => (recipient === undefined ? { to: contacts } : toOne(recipient)),
  };
}
