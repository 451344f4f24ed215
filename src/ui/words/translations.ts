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
import type { TranslatedTexts } from "./strings.ts";

/**
 * The texts of the languages on offer; English has none besides its own. Imported as `#translations`: the package has the
 * same without keys (package/text-rows.ts). Related languages are side by side: that compresses better.
 */
export const TABLES: Readonly<Record<string, TranslatedTexts>> = {
  de: GERMAN,
  fr: FRENCH,
  it: ITALIAN,
  es: SPANISH,
  pt: PORTUGUESE,
  id: INDONESIAN,
  sl: SLOVENIAN,
  "sr-Latn": SERBIAN,
  lt: LITHUANIAN,
  ru: RUSSIAN,
  ar: ARABIC,
  "zh-Hans": CHINESE,
  ja: JAPANESE,
};
