import type { Address } from "../env/host.ts";
import type { Contact } from "../session.ts";
import type { Strings } from "./strings.ts";

/** What a person is called here. */
export type NameOf = (address: Address) => string;

/** Who is here, in one line. */
export function presenceText(contacts: readonly Contact[], nameOf: NameOf, strings: Strings): string {
  const [first, ...others] = contacts;
  if (!first) return strings.privateBoard;
  const drawing = contacts.filter((contact) => contact.drawing && contact.state === "here");
  if (drawing.length > 1) return strings.areDrawing(drawing.length);
  if (drawing[0]) return strings.isDrawing(nameOf(drawing[0].address));
  if (others.length > 0) {
    const here = contacts.filter((contact) => contact.state === "here").length;
    return strings.someHere(here, contacts.length);
  }
  switch (first.state) {
    case "waiting":
      return strings.waitingFor(nameOf(first.address));
    case "here":
      return strings.isHere(nameOf(first.address));
    case "away":
      return strings.isAway(nameOf(first.address));
  }
}

/**
 * Whether the contacts have what is on the board, in one line; undefined where there is nothing to
 * say: nothing drawn yet, or nobody to have it.
 */
export function deliveryText(
  contacts: readonly Contact[],
  hasInk: boolean,
  nameOf: NameOf,
  strings: Strings,
): string | undefined {
  const [first, ...others] = contacts;
  if (!first || !hasInk) return undefined;
  const here = contacts.filter(({ state }) => state === "here");
  if (here.length === 0) return strings.savedHere;
  const lacking = here.filter(({ hasEverything }) => !hasEverything);
  if (lacking.length > 0)
    return strings.sending(Math.max(...lacking.map((contact) => contact.missingStrokes)));
  return others.length === 0 ? strings.hasEverything(nameOf(first.address)) : strings.allHaveEverything;
}

/** What is worth telling somebody who does not see the strip: who came and who went. */
export function presenceNews(
  before: readonly Contact[],
  after: readonly Contact[],
  nameOf: NameOf,
  strings: Strings,
): readonly string[] {
  return after.flatMap((contact) => {
    const old = before.find(({ address }) => address === contact.address);
    if (!old || old.state === contact.state) return [];
    if (contact.state === "here") return [strings.isHere(nameOf(contact.address))];
    return contact.state === "away" ? [strings.isAway(nameOf(contact.address))] : [];
  });
}
