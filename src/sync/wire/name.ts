import { LIMITS } from "../../board/document/limits.ts";

/** Characters (code points) of a name. */
export const MAX_NAME_CHARS = LIMITS.nameChars.takes;
/** Of a text that is longer than a name can be, the rest is not even looked at. */
const MAX_LOOKED_AT = 1000;

/**
 * What cannot be seen, breaks the line or turns the text around it: controls, format characters (the
 * bidirectional ones among them), halves of characters, private ones. The joiners and the sign for a
 * coloured picture stay: writings and emoji need them.
 */
const UNSEEN =
  /(?!\s|\u200c|\u200d|\ufe0f)[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
const SOMETHING_TO_SEE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** A person's name as it may be shown, whoever chose it: one line; empty where nothing can be seen. */
export function cleanName(text: string): string {
  const seen = text.slice(0, MAX_LOOKED_AT).replace(UNSEEN, "").replace(/\s+/gu, " ").trim();
  const name = Array.from(seen).slice(0, MAX_NAME_CHARS).join("").trim();
  return SOMETHING_TO_SEE.test(name) ? name : "";
}
