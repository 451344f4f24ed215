import { ARABIC } from "./languages/ar.ts";
import { GERMAN } from "./languages/de.ts";
import { SPANISH } from "./languages/es.ts";
import { FRENCH } from "./languages/fr.ts";
import { INDONESIAN } from "./languages/id.ts";
import { ITALIAN } from "./languages/it.ts";
import { JAPANESE } from "./languages/ja.ts";
import { LITHUANIAN } from "./languages/lt.ts";
import { PORTUGUESE } from "./languages/pt.ts";
import { RUSSIAN } from "./languages/ru.ts";
import { SLOVENIAN } from "./languages/sl.ts";
import { SERBIAN } from "./languages/sr.ts";
import { CHINESE } from "./languages/zh.ts";
import type { Language } from "./messages.ts";
import type { Strings, TranslatedTexts } from "./strings.ts";
import { createStrings, ENGLISH } from "./strings.ts";

interface Translated extends Language {
  readonly texts: TranslatedTexts;
}

const ltr = (code: string, name: string, texts: TranslatedTexts): Translated => ({
  code,
  name,
  direction: "ltr",
  texts,
});

/** The languages on offer. */
export const LANGUAGES: readonly Translated[] = [
  ltr("en", "English", {}),
  ltr("de", "Deutsch", GERMAN),
  ltr("es", "Español", SPANISH),
  ltr("fr", "Français", FRENCH),
  ltr("id", "Bahasa Indonesia", INDONESIAN),
  ltr("it", "Italiano", ITALIAN),
  ltr("lt", "Lietuvių", LITHUANIAN),
  ltr("pt", "Português", PORTUGUESE),
  ltr("sl", "Slovenščina", SLOVENIAN),
  ltr("sr-Latn", "Srpski", SERBIAN),
  ltr("ru", "Русский", RUSSIAN),
  { code: "ar", name: "العربية", direction: "rtl", texts: ARABIC },
  ltr("ja", "日本語", JAPANESE),
  ltr("zh-Hans", "简体中文", CHINESE),
];

const made = new Map([["en", ENGLISH]]);

/** The words of one of the languages on offer; English for another one. */
export function stringsOf(code: string): Strings {
  const known = made.get(code);
  if (known) return known;
  const language = LANGUAGES.find((each) => each.code === code);
  const strings = language ? createStrings(language, language.texts) : ENGLISH;
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
