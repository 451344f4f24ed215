import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawsSomething, visibleLine } from "../../src/base/visible-line.ts";

const MAX = 40;

/** Nothing of these can be seen. */
const UNSEEN = {
  "a braille blank": "\u2800",
  "Hangul fillers": "\u115f\u1160\u3164\uffa0",
  spaces: "\t\u0020\u00a0\u1680\u2000\u2003\u200a\u202f\u205f\u3000\ufeff",
  "ends of lines": "\n\r\u2028\u2029\u0085",
  controls: "\u0000\u0007\u001b\u007f\u009f",
  "zero widths": "\u200b\u2060\u2061\u2064\u00ad\u034f\u180e",
  joiners: "\u200c\u200d",
  "what turns the text": "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
  "variants of nothing": "\u180b\ufe00\ufe0e\ufe0f\u{e0100}\u{e01ef}",
  "letters of flags": "\u{e0001}\u{e0041}\u{e007f}",
  "halves of characters": "\ud83d \ude00",
  "blank signs": "\u{1d159}\u{13441}\u{13442}\ufffc",
  "a filler of Khmer": "\u17b4\u17b5",
};

/** What is seen is not a person's to choose. */
const NO_NAMES = {
  "lone accents": "\u0301\u0300 \u0323",
  "a lone vowel": "\u093e",
  "private characters": "\ue000\uf8ff\u{f0000}",
  "unknown characters": "\u0378\u{1fffe}\uffff",
};

describe("what nobody can see", () => {
  test.each(Object.entries({ ...UNSEEN, ...NO_NAMES }))("is no name: %s", (_, text) => {
    expect(visibleLine(text, MAX)).toBe("");
    for (const each of text) expect(visibleLine(each, MAX)).toBe("");
    expect(visibleLine(`${text} A ${text} B ${text}`, MAX)).toBe("A B");
  });

  test.each(Object.entries(UNSEEN))("are no words: %s", (_, text) => {
    expect(drawsSomething(text)).toBe(false);
    expect(drawsSomething(`${text}.`)).toBe(true);
  });

  test.each(Object.entries(NO_NAMES))("but words may be what draws only a box: %s", (_, text) => {
    expect(drawsSomething(text)).toBe(true);
  });
});

describe("a name stays whole", () => {
  test.each([
    ["Thai", "ที่รัก น้ำผึ้ง"],
    ["Lao", "ນ້ຳເຜິ້ງ"],
    ["Vietnamese, composed", "Nguyễn Thị Hường"],
    ["Vietnamese, decomposed", "Nguyễn Thị Hường".normalize("NFD")],
    ["Greek of old", "ᾧδε Ἀχιλλεύς"],
    ["Greek of old, decomposed", "ᾧδε".normalize("NFD")],
    ["Hebrew with points", "שִׁמְשׁוֹן שָּׁלוֹם"],
    ["Arabic with vowels", "مُحَمَّدٌ عَلِيّ"],
    ["Persian with joiners", "علی‌رضا"],
    ["Devanagari", "श्री क्ष्मां हिन्दी"],
    ["Devanagari with a joiner", "र्‍क क्‍ष"],
    ["Tamil", "நிவேதிதா ஸ்ரீ"],
    ["Malayalam with a joiner at the end", "അവന്‍ രാധ"],
    ["Sinhala", "ශ්‍රී ලංකා"],
    ["Tibetan", "བསྒྲུབས་ རྒྱུད"],
    ["Burmese", "မြန်မာ ကျွန်ုပ်"],
    ["Khmer", "ស្រីមុំ"],
    ["Japanese with a variant", "葛\u{e0100}城 辻\u{e0101}"],
    ["Korean", "김민준"],
    ["Mongolian", "ᠮᠣᠩᠭᠣᠯ"],
    ["Adlam", "𞤀𞤣𞤤𞤢𞤥"],
    ["a family", "👨‍👩‍👧‍👦 Mum"],
    ["skin and hair", "👩🏽‍🦰 👍🏿"],
    ["two who kiss", "👩🏽‍❤️‍💋‍👨🏿"],
    ["flags", "🇱🇹🇯🇵 🏴󠁧󠁢󠁳󠁣󠁴󠁿"],
    ["keycaps", "1️⃣ #️⃣"],
    ["a heart as a picture and as a letter", "❤️ ❤︎"],
    ["punctuation", "O’Brien-Smith, J. (Jr.)"],
    ["braille", "⠁⠝⠝"],
  ])("%s", (_, name) => {
    expect(visibleLine(name, MAX)).toBe(name);
  });
});

describe("a name is cut", () => {
  test("to so many accents on one letter", () => {
    expect(visibleLine(`a${"\u0301".repeat(39)}b`, MAX)).toBe(`a${"\u0301".repeat(3)}b`);
    expect(visibleLine(`\u1ec7${"\u0302".repeat(39)}`, MAX)).toBe("\u1ec7\u0302");
    expect(visibleLine(`a${"\u0301\ufe0f".repeat(39)}`, MAX)).toBe("a\u0301");
    expect(visibleLine(`ก${"\u0e48".repeat(39)}`, MAX)).toBe(`ก${"\u0e48".repeat(3)}`);
    expect(visibleLine(`ש${"\u05b8".repeat(39)}`, MAX)).toBe(`ש${"\u05b8".repeat(4)}`);
    expect(visibleLine(`a${"\u20dd".repeat(9)}`, MAX)).toBe(`a${"\u20dd".repeat(3)}`);
    expect(visibleLine(`a${"\u200d\u0301".repeat(9)}`, MAX)).toBe("a");
  });

  test("in whole letters and pictures, and not after a space", () => {
    expect(visibleLine("😀".repeat(100), MAX)).toBe("😀".repeat(MAX));
    expect(visibleLine(`${"x".repeat(39)} y`, MAX)).toBe("x".repeat(39));
    expect(visibleLine(`${"x".repeat(38)}👨‍👩‍👧`, MAX)).toBe("x".repeat(38));
    expect(visibleLine(`${"x".repeat(39)}🇱🇹`, MAX)).toBe("x".repeat(39));
    expect(visibleLine(`${"x".repeat(39)}a\u0301`, MAX)).toBe("x".repeat(39));
  });

  test("sooner where its characters are very wide", () => {
    expect(visibleLine("\ufdfd".repeat(40), MAX)).toBe("\ufdfd".repeat(5));
    expect(visibleLine("\u{12031}".repeat(40), MAX)).toBe("\u{12031}".repeat(5));
    expect(visibleLine(`Ann ${"\u2e3b".repeat(40)}`, MAX)).toBe(`Ann ${"\u2e3b".repeat(4)}`);
  });

  test("and what is left out leaves no gap, blanks but one space", () => {
    expect(visibleLine("\u2800Ann\u2800\u3000\u3164 \u200bB.\u2800", MAX)).toBe("Ann B.");
    expect(visibleLine("Ann\u202e nnA\u202c", MAX)).toBe("Ann nnA");
    expect(visibleLine("🏴\u{e0061}\u{e0041} ok", MAX)).toBe("🏴 ok");
    expect(visibleLine("x\u200d y\u200c", MAX)).toBe("x y");
  });

  test("also where it goes on for ever", () => {
    expect(visibleLine(`Ann${"\u200b".repeat(1e6)}B`, MAX)).toBe("Ann");
    expect(visibleLine("a\u200d".repeat(1e5), MAX)).toBe("");
  });
});

describe("of any text", () => {
  /** Mostly of characters that are here for a reason. */
  const hostile = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          ...Array.from(Object.values(UNSEEN).join("")),
          ...Array.from("aé\u0301\u0e48\u05b8ก👩❤\ufe0f\u{1f3f4}\u{1f1f1}\ufdfd\u{12031} -1\u20e3"),
        ),
        fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
      ),
      { maxLength: 90 },
    )
    .map((parts) => parts.join(""));

  test("doing it twice changes nothing, and what is left is one line in which something is seen", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const line = visibleLine(text, MAX);
        expect(visibleLine(line, MAX)).toBe(line);
        expect(Array.from(line).length).toBeLessThanOrEqual(MAX);
        expect(line).not.toMatch(/^\s|\s$|\s\s|[^\S ]|[\p{Cc}\p{Cs}\p{Co}\p{Cn}\u202a-\u202e\u2066-\u2069]/u);
        expect(line).not.toMatch(/(?:(?!\p{Variation_Selector})\p{Mn}){5}/u);
        expect(line === "" || (drawsSomething(line) && /[\p{L}\p{N}\p{P}\p{S}]/u.test(line))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
