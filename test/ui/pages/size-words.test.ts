import { describe, expect, it } from "vitest";
import { sizeWords } from "../../../src/ui/pages/size-words.ts";
import { LANGUAGES, stringsOf } from "../../../src/ui/words/languages.ts";
import { ENGLISH } from "../../../src/ui/words/strings.ts";

describe("how much something takes, in words", () => {
  it.each([
    [0, "0 kB"],
    [180, "0.2 kB"],
    [9400, "9.4 kB"],
    [45_600, "46 kB"],
    [1_260_000, "1.3 MB"],
    [25_000_000, "25 MB"],
  ])("%i bytes are %s", (bytes, text) => {
    expect(sizeWords(bytes, ENGLISH)).toBe(text);
  });

  it.each(LANGUAGES)("has words in $name, with the same digits", ({ code }) => {
    expect(sizeWords(45_600, stringsOf(code))).toContain("46");
  });
});
