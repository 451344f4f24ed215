/*
 * What the list of everybody says about each person, as data.
 */
import type { Address } from "../../env/host.ts";
import type { Contact } from "../../session.ts";
import type { PresenceTool } from "../../sync/wire/presence-frame.ts";
import type { PaletteName } from "../choices/colors.ts";
import { nearestColor } from "../choices/colors.ts";
import { byState } from "./faces.ts";
import type { NameOf } from "./presence-text.ts";
import type { ElsewhereOf } from "./whose-page.ts";
import type { Strings } from "../words/strings.ts";
import { hasColor, type ColoredTool } from "../choices/tool-names.ts";

/** One person in the list of everybody. */
export interface PersonRow {
  /** Empty where the own one is not known. */
  readonly address: Address;
  readonly name: string;
  readonly state: Contact["state"] | "drawing" | "you";
  /** "Drawing · Pen · Page 3": where the person is and what is in its hand. */
  readonly words: string;
  /** The colour that this tool draws in; undefined where it draws nothing. */
  readonly color: RowColor | undefined;
  /** It is known what the person sees. */
  readonly canBeSeen: boolean;
  readonly followed: boolean;
}

interface RowColor {
  readonly tool: ColoredTool;
  readonly rgb: number;
  readonly name: PaletteName;
}

interface Holding {
  readonly tool: PresenceTool | undefined;
  readonly color: number;
}

export interface RowsOptions {
  readonly own: Address | undefined;
  /** What this person has in the hand. */
  readonly holding: Holding;
  readonly contacts: readonly Contact[];
  readonly followed: Address | undefined;
  readonly nameOf: NameOf;
  readonly elsewhere: ElsewhereOf;
  readonly strings: Strings;
}

/** Everybody: this person, then who is here, who was, who was not seen yet. */
export function peopleRows({
  own,
  holding,
  contacts,
  followed,
  nameOf,
  elsewhere,
  strings,
}: RowsOptions): readonly PersonRow[] {
  const words = (...parts: readonly (string | undefined)[]): string =>
    parts.filter((part) => part !== undefined).join(" · ");
  const toolText = (tool: PresenceTool | undefined): string | undefined => tool && strings.tools[tool];

  const rowOf = (contact: Contact): PersonRow => {
    const { address, state, drawing, presence } = contact;
    const page = elsewhere(contact);
    const isHere = state === "here";
    const doing = isHere && drawing ? "drawing" : state;
    return {
      address,
      name: nameOf(address),
      state: doing,
      words: words(
        strings.people.states[doing],
        isHere ? toolText(presence?.tool) : undefined,
        page === undefined ? undefined : strings.pages.pageAt(page),
      ),
      color: isHere && presence ? colorOf(presence) : undefined,
      canBeSeen: isHere && presence !== undefined,
      followed: address === followed,
    };
  };
  return [
    {
      address: own ?? "",
      name: strings.you,
      state: "you",
      words: words(toolText(holding.tool)),
      color: colorOf(holding),
      canBeSeen: false,
      followed: false,
    },
    ...byState(contacts).map(rowOf),
  ];
}

function colorOf({ tool, color }: Holding): RowColor | undefined {
  return tool !== undefined && hasColor(tool)
    ? { tool, rgb: color, name: nearestColor(tool, color) }
    : undefined;
}
