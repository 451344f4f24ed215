import { decodeBase64 } from "../base/bytes.ts";
import { createBitDecoder, LISTENER } from "../base/range-coder.ts";
import { createTextModel } from "../base/text-model.ts";
import type { Texts } from "./messages.ts";
import type { TranslatedTexts } from "./strings.ts";
import { TEXTS } from "./strings.ts";

/** A language as the build packs it: see src/package/pack-languages.ts. */
export interface PackedLanguage {
  /** A related language, whose texts the model reads before. */
  readonly after: string | undefined;
  /** Base64: how many bytes the texts have, high byte first, and then their bits. */
  readonly data: string;
}

/** The texts of one of the packed languages; none for another one. */
export function unpackTexts(
  languages: Readonly<Record<string, PackedLanguage>>,
  code: string,
): TranslatedTexts {
  const model = createTextModel();
  model.write(LISTENER, new TextEncoder().encode(wordsOf(TEXTS)));
  const read = (language: PackedLanguage): Uint8Array => {
    if (language.after !== undefined) read(languages[language.after]!);
    const [high, low, ...bits] = decodeBase64(language.data)!;
    return model.read(createBitDecoder(Uint8Array.from(bits)), high! * 256 + low!);
  };
  const language = languages[code];
  return language ? tableOf(new TextDecoder().decode(read(language))) : {};
}

/** All texts of a table, one a line: what the model of a language starts from. */
export function wordsOf(texts: string | Texts): string {
  return typeof texts === "string" ? texts : Object.values(texts).map(wordsOf).join("\n");
}

/** The table of texts without their keys, in the order of the English ones. */
function tableOf(packed: string): TranslatedTexts {
  const lines = packed.split("\n").values();
  const read = (entry: string | Texts): unknown => {
    if (typeof entry === "string") return nextOf(lines) || undefined;
    if (typeof entry["other"] === "string") return formsOf(nextOf(lines));
    return Object.fromEntries(Object.entries(entry).map(([key, each]) => [key, read(each)]));
  };
  return read(TEXTS) as TranslatedTexts;
}

const nextOf = (lines: Iterator<string>): string => String(lines.next().value ?? "");

function formsOf(line: string): Readonly<Record<string, string>> | undefined {
  if (line === "") return undefined;
  const parts = line.split("\t");
  return Object.fromEntries(parts.flatMap((part, i) => (i % 2 === 0 ? [[part, parts[i + 1]!]] : [])));
}
