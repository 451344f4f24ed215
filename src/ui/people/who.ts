import type { Address } from "../../env/host.ts";
import type { Contact } from "../../session.ts";
import type { NameOf } from "./presence-text.ts";
import type { Strings } from "../words/strings.ts";

/** Who did something, for a sentence about it. */
export interface Who {
  /** "Ann", "Ann and Bo", "Ann and 4 others". */
  readonly names: string;
  /** Another form of the verb. */
  readonly areSeveral: boolean;
}

/** People in one phrase; undefined: there is nobody. */
export function whoOf(addresses: readonly Address[], nameOf: NameOf, strings: Strings): Who | undefined {
  const [first, second, ...more] = addresses;
  if (first === undefined) return undefined;
  if (second === undefined) return { names: nameOf(first), areSeveral: false };
  const others = more.length === 0 ? nameOf(second) : strings.people.others(more.length + 1);
  return { names: strings.people.pair(nameOf(first), others), areSeveral: true };
}

/** Who wrote in these sessions. Where nobody is known it is the only contact, or else "somebody". */
export function whoWrote(
  sessions: readonly number[],
  whoIs: (session: number) => Address | undefined,
  contacts: readonly Contact[],
  nameOf: NameOf,
  strings: Strings,
): Who {
  const known = new Set(sessions.map(whoIs).filter((address) => address !== undefined));
  const only = contacts.length === 1 ? [contacts[0]!.address] : [];
  const addresses = known.size > 0 ? [...known] : only;
  return whoOf(addresses, nameOf, strings) ?? { names: strings.somebody, areSeveral: false };
}
