import type { Board, Item, ItemId } from "../../board/document/board.ts";
import { nearestColor } from "../choices/colors.ts";
import { graphemesOf } from "../words/graphemes.ts";
import type { Strings } from "../words/strings.ts";

/** More than this many things are not told one by one. */
const MAX_TOLD = 3;
/** Of the words of a text this much is told: it is to be known again, not read. */
const MAX_WORDS = 80;

/**
 * What is selected, in words, for who does not see it: how many, each one's kind, colour and words, and of
 * a single one its place from the bottom. `ids`: in the order of the board; without any, nothing is said.
 */
export function selectionText(
  board: Pick<Board, "item" | "items" | "firstPieces">,
  ids: readonly ItemId[],
  strings: Strings,
): string {
  const things = board.firstPieces(ids);
  if (things.length === 0) return "";
  const told = things
    .slice(0, MAX_TOLD)
    .map((id) => board.item(id))
    .filter((item) => item !== undefined)
    .map((item) => itemText(item, strings));
  const rest = things.length - MAX_TOLD;
  if (rest > 0) told.push(`+${rest}`);
  const list = new Intl.ListFormat(strings.language, { type: "unit" }).format(told);
  const text = strings.selectedItems(strings.selected(things.length), list);
  if (things.length > 1) return text;
  const all = board.firstPieces(board.items().map(({ id }) => id));
  return strings.itemPlace(text, all.indexOf(things[0]!) + 1, all.length);
}

function itemText(item: Item, strings: Strings): string {
  if (item.kind === "picture") return strings.picture.title;
  const { tool, color } = item.header;
  const kind = strings.tools[tool];
  const colorName = strings.colors[nearestColor(tool, color)];
  const words = item.kind === "text" ? shortened(item.text) : "";
  return words === "" ? strings.item(kind, colorName) : strings.itemWithWords(kind, colorName, words);
}

/** On one line, and cut between two letters as a person counts them. */
function shortened(text: string): string {
  const line = text.trim().replace(/\s+/gu, " ");
  const letters = graphemesOf(line);
  return letters.length <= MAX_WORDS ? line : `${letters.slice(0, MAX_WORDS).join("")}…`;
}
