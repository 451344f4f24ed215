import type { TextItem } from "../../board/document/board.ts";
import type { InkTheme } from "../../render/canvas/theme.ts";
import { toolColor, wordsOn } from "../../render/canvas/theme.ts";
import { LINE_HEIGHT, TYPE_FAMILY, type Words } from "../../render/shapes/words.ts";
import type { TextLook } from "./text-field.ts";

/** How a text is painted, for a field in its place. */
export function textLook(item: TextItem, words: Words, theme: InkTheme): TextLook {
  const { size: type, padding } = words.layoutOf(item);
  const { header, size } = item;
  return {
    family: TYPE_FAMILY,
    type,
    lineHeight: LINE_HEIGHT * type,
    color: size ? wordsOn(header.color, theme.dark) : toolColor(header.tool, header.color, theme.dark),
    padding,
    size,
  };
}
