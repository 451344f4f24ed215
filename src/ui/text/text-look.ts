import type { TextItem } from "../../board/document/board.ts";
import type { InkTheme } from "../../render/canvas/theme.ts";
import { toolColor, wordsOn } from "../../render/canvas/theme.ts";
import { LINE_HEIGHT } from "../../render/shapes/line-breaks.ts";
import type { Words } from "../../render/shapes/words.ts";
import type { TextLook } from "./text-field.ts";

/** How a text is painted, for a field in its place. */
export function textLook(item: TextItem, words: Words, theme: InkTheme): TextLook {
  const { size: type, padding, breaksAt, height } = words.layoutOf(item);
  const { header, size } = item;
  return {
    type,
    lineHeight: LINE_HEIGHT * type,
    color: size ? wordsOn(header.color, theme.dark) : toolColor(header.tool, header.color, theme.dark),
    padding,
    breaksAt,
    height: size ? height : 0,
  };
}
