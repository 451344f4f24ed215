import { multiply, translation } from "../../base/matrix.ts";
import type { CopiedItem, TextItem } from "../../board/document/board.ts";
import { copiedAttributes } from "../../board/document/field-values.ts";
import { MAX_WORDS } from "../../board/document/labels.ts";
import type { Words } from "../../render/shapes/words.ts";
import { wholeCharacters } from "./whole-characters.ts";

/** Between a text and the one that goes on below it, in sizes of the type. */
const GAP = 0.5;

/** Further texts that look as one does, below it, with what it had no room for. */
export function textsBelow(
  item: TextItem,
  rest: string,
  words: Pick<Words, "layoutOf">,
): readonly CopiedItem[] {
  const texts: CopiedItem[] = [];
  let above = item;
  for (let from = 0; from < rest.length;) {
    const piece = pieceAt(rest, from);
    from += piece.length;
    const { height } = words.layoutOf(above);
    const matrix = multiply(above.matrix, translation(0, height + GAP * item.header.width));
    above = { ...item, matrix, text: piece };
    const { header, size } = item;
    const attributes = copiedAttributes(item.attributes);
    texts.push({ kind: "text", header, size, matrix, attributes, text: piece });
  }
  return texts;
}

/** As many whole characters as a text has room for. */
export function pieceAt(text: string, from: number): string {
  return wholeCharacters(text, from, MAX_WORDS);
}
