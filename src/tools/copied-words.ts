import { centreOf, type Box } from "../base/geometry.ts";
import type { CopiedItem, CopiedText } from "../board/document/board.ts";

interface Placed {
  readonly text: string;
  readonly box: Box;
}

/** The first letter that has a direction has one to the left: Hebrew, Arabic and their kin. */
const FROM_THE_RIGHT = /^\P{L}*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/u;

/**
 * The words of copied texts and notes, as one reads them: row by row from the top, in a row from the left, or
 * from the right where its words are written so. Each text begins a line of its own; empty where there are none.
 *
 * @param boxOf around a text where it lies, in world units
 */
export function copiedWords(items: readonly CopiedItem[], boxOf: (text: CopiedText) => Box): string {
  const placed: Placed[] = [];
  for (const item of items) {
    const text = item.kind === "text" ? item.text.trim() : "";
    if (item.kind === "text" && text !== "") placed.push({ text, box: boxOf(item) });
  }
  return rowsOf(placed)
    .flatMap(inReadingOrder)
    .map(({ text }) => text)
    .join("\n");
}

/** A row goes on with what has its middle beside the topmost text of it. */
function rowsOf(placed: readonly Placed[]): readonly Placed[][] {
  const rows: Placed[][] = [];
  for (const each of [...placed].sort((a, b) => centreOf(a.box).y - centreOf(b.box).y)) {
    const row = rows.at(-1);
    if (row?.[0] && centreOf(each.box).y < row[0].box.maxY) row.push(each);
    else rows.push([each]);
  }
  return rows;
}

function inReadingOrder(row: readonly Placed[]): readonly Placed[] {
  const fromRight = row.filter(({ text }) => FROM_THE_RIGHT.test(text)).length * 2 > row.length;
  return [...row].sort((a, b) => (fromRight ? b.box.maxX - a.box.maxX : a.box.minX - b.box.minX));
}
