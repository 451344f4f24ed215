import type { Language } from "./messages.ts";
import type { Strings } from "./strings.ts";
import { createStrings, ENGLISH } from "./strings.ts";
import { TABLES } from "#translations";

const ltr = (code: string, name: string): Language => ({ code, name, direction: "ltr" });

/** The languages on offer. */
export const LANGUAGES: readonly Language[] = [
  ltr("en", "English"),
  ltr("de", "Deutsch"),
  ltr("es", "Español"),
  ltr("fr", "Français"),
  ltr("id", "Bahasa Indonesia"),
  ltr("it", "Italiano"),
  ltr("lt", "Lietuvių"),
  ltr("pt", "Português"),
  ltr("sl", "Slovenščina"),
  ltr("sr-Latn", "Srpski"),
  ltr("ru", "Русский"),
  { code: "ar", name: "العربية", direction: "rtl" },
  ltr("ja", "日本語"),
  ltr("zh-Hans", "简体中文"),
];

const made = new Map([["en", ENGLISH]]);

/** The words of one of the languages on offer; English for another one. */
export function stringsOf(code: string): Strings {
  const known = made.get(code);
  if (known) return known;
  const language = LANGUAGES.find((each) => each.code === code);
  const strings = language ? createStrings(language, TABLES[code] ?? {}) : ENGLISH;
  made.set(code, strings);
  return strings;
}

/** Codes that mean one of the languages on offer by another name. */
const SAME: Readonly<Record<string, string>> = { in: "id", sh: "sr" };

/**
 * The code of the language on offer that a person understands best.
 *
 * @param wanted language tags, the best first, as `navigator.languages` has them
 */
export function bestLanguage(wanted: readonly string[]): string {
  for (const tag of wanted) {
    const base = baseOf(tag);
    const found = LANGUAGES.find(({ code }) => baseOf(code) === (SAME[base] ?? base));
    if (found) return found.code;
  }
  return ENGLISH.language;
}

function baseOf(tag: string): string {
  return tag.toLowerCase().split(/[-_]/u)[0] ?? "";
}
