import * as fc from "fast-check";
import { expect, test } from "vitest";
import { cleanName, MAX_NAME_CHARS } from "../../../src/sync/wire/name.ts";

test.each([
  ["  Ann\t B. ", "Ann B."],
  ["\u202egnirts\u202c", "gnirts"],
  ["a\u2066b\u2069c\u200fd\u061ce", "abcde"],
  ["a\u0000b\u0007\u009bc", "abc"],
  ["two\r\nlines\u2028and\u2029more", "two lines and more"],
  ["\u200b\u2060\u00ad\u{e0041}", ""],
  ["\u3164 \u115f", ""],
  ["\u0301", ""],
  ["\ud83d", ""],
  ["\ue000A", "A"],
  ["👩‍👩‍👧 ❤️", "👩‍👩‍👧 ❤️"],
  ["علی‌رضا", "علی‌رضا"],
  ["さくら", "さくら"],
])("%j is shown as %j", (given, shown) => {
  expect(cleanName(given)).toBe(shown);
});

test("a long name ends after a whole character, and never with a space", () => {
  expect(cleanName("😀".repeat(100))).toBe("😀".repeat(MAX_NAME_CHARS));
  expect(cleanName(`${"x".repeat(39)} y`)).toBe("x".repeat(39));
});

test("of any text, cleaning once is enough", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 100 }), (text) => {
      const name = cleanName(text);
      expect(Array.from(name).length).toBeLessThanOrEqual(MAX_NAME_CHARS);
      expect(cleanName(name)).toBe(name);
    }),
    { numRuns: 1000 },
  );
});
