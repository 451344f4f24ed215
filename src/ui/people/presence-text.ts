/*
 * The two lines of the strip: who is here, and whether they have everything that was drawn.
 */
import type { Address } from "../../env/host.ts";
import type { Contact } from "../../session.ts";
import type { Strings } from "../words/strings.ts";
import type { ElsewhereOf } from "./whose-page.ts";
import { nowhereElse } from "./whose-page.ts";

/** What a person is called here. */
export type NameOf = (address: Address) => string;

/** Who is here, in one line; of a single contact who looks at another page, at which. */
export function presenceText(
  contacts: readonly Contact[],
  nameOf: NameOf,
  strings: Strings,
  elsewhere: ElsewhereOf = nowhereElse,
): string {
  const [first, ...others] = contacts;
  if (!first) return strings.privateBoard;
  const number = others.length === 0 ? elsewhere(first) : undefined;
  if (number !== undefined) return strings.pages.isOn(nameOf(first.address), number);
  const drawing = contacts.filter((contact) => contact.drawing && contact.state === "here");
  if (drawing.length > 1) return strings.areDrawing(drawing.length);
  if (drawing[0]) return strings.isDrawing(nameOf(drawing[0].address));
  if (others.length > 0) return presenceSum(contacts, strings);
  switch (first.state) {
    case "waiting":
      return strings.waitingFor(nameOf(first.address));
    case "here":
      return strings.isHere(nameOf(first.address));
    case "away":
      return strings.isAway(nameOf(first.address));
  }
}

/** How many of several contacts are here; empty where there are not several. */
export function presenceSum(contacts: readonly Contact[], strings: Strings): string {
  if (contacts.length < 2) return "";
  return strings.someHere(contacts.filter(({ state }) => state === "here").length, contacts.length);
}

export interface BoardState {
  /** Something is on the board. */
  readonly hasInk: boolean;
  /** False while the storage takes nothing. */
  readonly isSaved: boolean;
}

/** Where the drawing is: with the contacts, or here. In one line; undefined for a private board that is well. */
export function deliveryText(
  contacts: readonly Contact[],
  { hasInk, isSaved }: BoardState,
  nameOf: NameOf,
  strings: Strings,
): string | undefined {
  const [first, ...others] = contacts;
  const here = contacts.filter(({ state }) => state === "here");
  if (here.length === 0 && !isSaved) return strings.notSaved;
  if (!first) return undefined;
  if (here.length === 0) return hasInk ? strings.savedHere : strings.startDrawing;
  const lacking = here.filter(({ hasEverything }) => !hasEverything);
  // What a contact has no room for is not on its way.
  if (lacking[0] && lacking.every(({ isFull }) => isFull))
    return strings.room.isFull(nameOf(lacking[0].address));
  if (lacking.length > 0) {
    const strokes = Math.max(...lacking.map((contact) => contact.missingStrokes));
    // Where all of it was cleared, the number of strokes says nothing.
    return hasInk && strokes > 0 ? strings.sendingStrokes(strokes) : strings.sending;
  }
  if (!hasInk) return strings.boardEmpty;
  return others.length === 0 ? strings.hasEverything(nameOf(first.address)) : strings.allHaveEverything;
}

/** The longest texts that `presenceText` and `deliveryText` often have for these contacts. */
export function longestTexts(
  contacts: readonly Contact[],
  nameOf: NameOf,
  strings: Strings,
): { readonly first: readonly string[]; readonly second: readonly string[] } {
  const [first, ...others] = contacts;
  if (!first) return { first: [], second: [] };
  const name = nameOf(first.address);
  const common = [strings.savedHere, strings.sendingStrokes(10)];
  return others.length === 0
    ? {
        first: [strings.waitingFor(name), strings.isDrawing(name), strings.pages.isOn(name, 10)],
        second: [strings.hasEverything(name), ...common],
      }
    : {
        first: [strings.someHere(contacts.length, contacts.length), strings.isDrawing(name)],
        second: [strings.allHaveEverything, ...common],
      };
}
