import { visibleLine } from "../../base/visible-line.ts";
import { LIMITS } from "../../board/document/limits.ts";

/** Characters (code points) of a name. */
export const MAX_NAME_CHARS = LIMITS.nameChars.takes;

/** A person's name as it may be shown, whoever chose it: one line; empty where nothing can be seen. */
export function cleanName(text: string): string {
  return visibleLine(text, MAX_NAME_CHARS);
}
