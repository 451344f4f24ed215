import { expect, it } from "vitest";
import { rowOf } from "../../src/package/text-rows.ts";
import { LANGUAGES } from "../../src/ui/words/languages.ts";
import { createStrings, TEXTS } from "../../src/ui/words/strings.ts";
import { TABLES } from "../../src/ui/words/translations.ts";

/** Everything that a page can say, with the same in all places. */
function allSaid(strings: unknown): unknown {
  if (typeof strings === "function") {
    const say = strings as (...values: (string | number)[]) => string;
    return [1, 2, 5, 21].map((count) => say(count, count, count, count));
  }
  if (typeof strings !== "object" || strings === null) return strings;
  return Object.fromEntries(Object.entries(strings).map(([key, each]) => [key, allSaid(each)]));
}

it.each(LANGUAGES.filter(({ code }) => code !== "en"))("without keys, $name says the same", (language) => {
  const table = TABLES[language.code]!;
  const row = rowOf(TEXTS, table);
  expect(JSON.stringify(row)).not.toContain("showAll");
  expect(allSaid(createStrings(language, row))).toEqual(allSaid(createStrings(language, table)));
});

it("what a language lacks is said in English", () => {
  const row = rowOf(TEXTS, { undo: "Zurück" });
  const [language] = LANGUAGES.filter(({ code }) => code === "de");
  const { undo, redo, people } = createStrings(language!, row);
  expect([undo, redo, people.title]).toEqual(["Zurück", "Redo", "People"]);
});
