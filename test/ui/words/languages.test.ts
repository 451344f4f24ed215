import { readdir, readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { bestLanguage, LANGUAGES, stringsOf } from "../../../src/ui/words/languages.ts";
import { placesOf } from "../../../src/ui/words/messages.ts";
import { ENGLISH, TEXTS } from "../../../src/ui/words/strings.ts";
import { TABLES } from "../../../src/ui/words/translations.ts";

const UI = new URL("../../../src/ui/", import.meta.url);

type Entry = string | { readonly [key: string]: Entry };

/** The texts of a table by their paths; the forms of a plural are one text. */
function textsOf(table: Entry, path = ""): Map<string, Readonly<Record<string, string>>> {
  if (typeof table === "string") return new Map([[path, { other: table }]]);
  if (typeof table["other"] === "string") return new Map([[path, table as Record<string, string>]]);
  return new Map(
    Object.entries(table).flatMap(([key, entry]) => [...textsOf(entry, path ? `${path}.${key}` : key)]),
  );
}

const english = textsOf(TEXTS);
const translated = LANGUAGES.filter(({ code }) => code !== "en");
const tables = new Map(translated.map(({ code }) => [code, TABLES[code] as Entry] as const));
const sorted = (places: readonly string[]): string => [...places].sort().join(" ");

describe("English", () => {
  it("names each place of a text once, in every form", () => {
    for (const [path, forms] of english) {
      const places = placesOf(forms["other"]!);
      expect(new Set(places).size, path).toBe(places.length);
      for (const form of Object.values(forms)) expect(sorted(placesOf(form)), path).toBe(sorted(places));
    }
  });

  it("has no text that the page does not use", async () => {
    const files = (await readdir(UI, { recursive: true })).filter(
      (name) => name.endsWith(".ts") && !/^words[\\/](strings\.ts$|languages[\\/])/u.test(name),
    );
    const source = (await Promise.all(files.map((name) => readFile(new URL(name, UI), "utf8")))).join("\n");
    const unused = Object.keys(TEXTS).filter((key) => !new RegExp(`\\.${key}\\b`, "u").test(source));
    expect(unused).toEqual([]);
  });
});

describe.each(translated)("$name", ({ code }) => {
  const own = textsOf(tables.get(code)!);

  it("has every text", () => {
    expect([...english.keys()].filter((path) => !own.has(path))).toEqual([]);
  });

  it("has no empty text, and no other text than English", () => {
    expect([...own.keys()].filter((path) => !english.has(path))).toEqual([]);
    for (const [path, forms] of own)
      for (const form of Object.values(forms)) {
        expect(form.trim(), path).toBe(form);
        expect(form, path).not.toBe("");
      }
  });

  it("has the plural forms that the language has for numbers that one meets", () => {
    const rules = new Intl.PluralRules(code);
    const needed = new Set(["other", ...Array.from({ length: 1000 }, (_, i) => rules.select(i + 1))]);
    for (const [path, forms] of own) {
      const isPlural = Object.keys(english.get(path)!).length > 1;
      // "Strokes: 3" is the same for every number.
      const isCounted = Object.keys(forms).length === 1 && forms["other"]?.endsWith(": {count}");
      expect(sorted(Object.keys(forms)), path).toBe(isPlural && !isCounted ? sorted([...needed]) : "other");
    }
  });

  it("has the same places as English", () => {
    for (const [path, forms] of own) {
      const places = placesOf(english.get(path)!["other"]!);
      for (const [form, text] of Object.entries(forms)) {
        // "One person", "two strokes": such a form may say its number in words.
        const isWord = !placesOf(text).includes("count") && (form === "one" || form === "two");
        const wanted = isWord ? places.filter((place) => place !== "count") : places;
        expect(sorted(placesOf(text)), `${path} ${form}`).toBe(sorted(wanted));
      }
    }
  });
});

describe("the language", () => {
  it.each([
    [["de-AT", "en"], "de"],
    [["nl", "fr-CA"], "fr"],
    [["zh-CN"], "zh-Hans"],
    [["zh-Hans-SG"], "zh-Hans"],
    [["zh-TW"], "zh-Hans"],
    [["sr"], "sr-Latn"],
    [["sr-Latn-RS"], "sr-Latn"],
    [["sr-Cyrl"], "sr-Latn"],
    [["pt-BR"], "pt"],
    [["in"], "id"],
    [["in_ID"], "id"],
    [["ar-EG"], "ar"],
    [["EN-us"], "en"],
    [["tlh", ""], "en"],
    [[], "en"],
  ])("for %j is %s", (wanted, code) => {
    expect(bestLanguage(wanted)).toBe(code);
  });

  it("is written as the page needs it", () => {
    expect(stringsOf("ar")).toMatchObject({ language: "ar", direction: "rtl" });
    expect(stringsOf("de")).toMatchObject({ language: "de", direction: "ltr", undo: "Rückgängig" });
    expect(stringsOf("tlh")).toBe(ENGLISH);
    expect(new Set(LANGUAGES.map(({ name }) => name)).size).toBe(LANGUAGES.length);
  });
});
