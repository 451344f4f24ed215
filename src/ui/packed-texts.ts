import type { Texts } from "./messages.ts";
import type { TranslatedTexts } from "./strings.ts";
import { TEXTS } from "./strings.ts";

/** The texts of a language as the build packs them: see src/package/pack-languages.ts. */
export function unpackTexts(packed: string): TranslatedTexts {
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
