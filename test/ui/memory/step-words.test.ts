import { describe, expect, it } from "vitest";
import type { PastDeed, PastStep } from "../../../src/board/document/past.ts";
import { createMomentWords, createStepWords } from "../../../src/ui/memory/step-words.ts";
import { LANGUAGES, stringsOf } from "../../../src/ui/words/languages.ts";

const DEEDS: readonly PastDeed[] = ["drew", "wrote", "erased", "broughtBack", "changed"];
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A Wednesday, at noon of wherever this runs. */
const NOW = new Date(2030, 0, 2, 12, 2).getTime();

const OWN = 8;

const step = (deed: PastDeed, moment: number | undefined, isOwn = false): PastStep => ({
  by: isOwn ? OWN : 7,
  isOwn: false,
  deed,
  moment,
});

const authorOf = (by: number) => ({ isOwn: by === OWN, name: "Ann" });

describe("a step of the past, in words", () => {
  it("says who did what when", () => {
    const words = createStepWords(stringsOf("en"), NOW, authorOf);
    expect(words(step("drew", NOW - DAY))).toMatch(/^Ann drew, Tuesday 12:02/u);
    expect(words(step("drew", undefined))).toBe("Ann drew");
    expect(DEEDS.map((deed) => words(step(deed, undefined)))).toEqual([
      "Ann drew",
      "Ann wrote",
      "Ann erased something",
      "Ann brought something back",
      "Ann changed something",
    ]);
    expect(words(step("erased", undefined, true))).toBe("You erased something");
  });

  it.each(LANGUAGES.map(({ code }) => code))("is whole in every language: %s", (code) => {
    const words = createStepWords(stringsOf(code), NOW, authorOf);
    for (const deed of DEEDS) {
      expect(words(step(deed, NOW))).toContain("Ann");
      expect(words(step(deed, NOW))).toMatch(/12.02/u);
      expect(words(step(deed, NOW, true))).not.toContain("Ann");
    }
    expect(new Set(DEEDS.map((deed) => words(step(deed, NOW, true)))).size).toBe(DEEDS.length);
  });
});

describe("a moment, in words", () => {
  const words = createMomentWords("en", NOW);
  it("is a day of the week for some days, then a date, and of another year with that", () => {
    expect(words(NOW - 2 * HOUR)).toMatch(/^Wednesday 10:02/u);
    expect(words(NOW - 5 * DAY)).toMatch(/^Friday /u);
    expect(words(NOW - 6 * DAY)).toMatch(/^December 27, 2029/u);
    expect(createMomentWords("en", NOW + 60 * DAY)(NOW)).toMatch(/^January 2 at 12:02/u);
  });

  it("is told as it is where a calendar was wrong by years", () => {
    expect(words(NOW + 9 * 365 * DAY)).toMatch(/2038/u);
    expect(words(0)).toMatch(/19(69|70)/u);
    expect(words(NOW + HOUR)).toMatch(/^Wednesday/u);
  });
});
