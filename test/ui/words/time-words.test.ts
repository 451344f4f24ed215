import { describe, expect, it } from "vitest";
import { timeWords } from "../../../src/ui/words/time-words.ts";
import { LANGUAGES, stringsOf } from "../../../src/ui/words/languages.ts";
import { ENGLISH } from "../../../src/ui/words/strings.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** At noon, in any time zone that tests run in. */
const NOW = Date.UTC(2026, 10, 29, 12);

const words = (ago: number): string => timeWords(NOW - ago, NOW, ENGLISH);

describe("when something was, in words", () => {
  it.each([
    [0, "now"],
    [59_000, "now"],
    [-2 * MINUTE, "now"],
    [MINUTE, "1 minute ago"],
    [59 * MINUTE, "59 minutes ago"],
    [2 * HOUR, "2 hours ago"],
    [DAY, "yesterday"],
    [3 * DAY, "3 days ago"],
    [20 * DAY, "Nov 9"],
    [400 * DAY, "Oct 25, 2025"],
  ])("%i ms ago is %s", (ago, text) => {
    expect(words(ago)).toBe(text);
  });

  it("tells the day of what is to come, as another device's calendar may have it, and survives any number", () => {
    expect(words(-400 * DAY)).toBe("Jan 3, 2028");
    expect(timeWords(Number.NaN, NOW, ENGLISH)).toBe("");
    expect(timeWords(Infinity, NOW, ENGLISH)).toBe("");
    expect(timeWords(8e15, NOW, ENGLISH)).toMatch(/\d{6}/u);
    expect(timeWords(0, NOW, ENGLISH)).toBe("Jan 1, 1970");
  });

  it.each(LANGUAGES)("has words in $name, with the digits of all other numbers", ({ code }) => {
    for (const ago of [0, 5 * MINUTE, 3 * HOUR, DAY, 5 * DAY, 30 * DAY, 900 * DAY]) {
      const text = timeWords(NOW - ago, NOW, stringsOf(code));
      expect(text).not.toBe("");
      expect(text).not.toMatch(/[٠-٩]/u);
    }
    expect(
      new Set([0, 5 * MINUTE, 3 * HOUR, DAY].map((ago) => timeWords(NOW - ago, NOW, stringsOf(code)))).size,
    ).toBe(4);
  });
});
