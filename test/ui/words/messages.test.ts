import { describe, expect, it } from "vitest";
import { LANGUAGES } from "../../../src/ui/words/languages.ts";
import { createMessages } from "../../../src/ui/words/messages.ts";

const TEXTS = {
  undo: "Undo",
  isHere: "{name} is here",
  someOf: "{here} of {total}",
  strokes: { one: "{count} stroke by {name}", other: "{count} strokes by {name}" },
  tools: { pen: "Pen", marker: "Marker" },
} as const;

const english = createMessages(TEXTS, {}, { code: "en", direction: "ltr" });

describe("messages", () => {
  it("are strings, functions of what goes into the places, and groups", () => {
    expect(english.undo).toBe("Undo");
    expect(english.isHere("Bo")).toBe("Bo is here");
    expect(english.someOf(1, 2)).toBe("1 of 2");
    expect(english.tools.marker).toBe("Marker");
  });
  it("take the form that the number asks for", () => {
    expect([0, 1, 2].map((count) => english.strokes(count, "Bo"))).toEqual([
      "0 strokes by Bo",
      "1 stroke by Bo",
      "2 strokes by Bo",
    ]);
    const slovenian = createMessages(
      TEXTS,
      {
        strokes: {
          one: "{count} poteza",
          two: "{count} potezi",
          few: "{count} poteze",
          other: "{count} potez",
        },
      },
      { code: "sl", direction: "ltr" },
    );
    expect([1, 2, 3, 5, 101].map((count) => slovenian.strokes(count, "Bo"))).toEqual([
      "1 poteza",
      "2 potezi",
      "3 poteze",
      "5 potez",
      "101 poteza",
    ]);
  });
  it("may name the places in another order", () => {
    const chinese = createMessages(
      TEXTS,
      { someOf: "{total} 人中有 {here} 人", strokes: { other: "{name}的 {count} 笔" } },
      { code: "zh-Hans", direction: "ltr" },
    );
    expect(chinese.someOf(1, 2)).toBe("2 人中有 1 人");
    expect(chinese.strokes(3, "Bo")).toBe("Bo的 3 笔");
  });
  it("fall back on English, also within a group", () => {
    const german = createMessages(TEXTS, { tools: { pen: "Stift" } }, { code: "de", direction: "ltr" });
    expect(german.undo).toBe("Undo");
    expect(german.strokes(1, "Bo")).toBe("1 stroke by Bo");
    expect(german.tools).toEqual({ pen: "Stift", marker: "Marker" });
  });
  it("show numbers as the language does, in the digits of the rest of the page", () => {
    const german = createMessages(TEXTS, {}, { code: "de", direction: "ltr" });
    expect(german.someOf(1.5, 12345)).toBe("1,5 of 12345");
    const arabic = createMessages(TEXTS, {}, { code: "ar", direction: "rtl" });
    expect(arabic.someOf(1, 2)).toBe("1 of 2");
  });
  it.each(LANGUAGES)("show every number as $name has it", ({ code, direction }) => {
    const { someOf } = createMessages(TEXTS, {}, { code, direction });
    const { format } = new Intl.NumberFormat(`${code}-u-nu-latn`, {
      useGrouping: false,
      maximumFractionDigits: 2,
    });
    for (const number of [0, 1, 9, 10, 1000, 12_345_678, 2 ** 53 - 1, 2 ** 53, 1e21, -1, -4000, 0.5, 2.345])
      expect(someOf(number, 1)).toBe(`${format(number)} of 1`);
  });
  it("keep a name that runs the other way from turning the words around it", () => {
    const arabic = createMessages(TEXTS, { isHere: "{name} هنا" }, { code: "ar", direction: "rtl" });
    expect(arabic.isHere("Bo")).toBe("\u2068Bo\u2069 هنا");
    expect(english.isHere("ليلى")).toBe("\u2068ليلى\u2069 is here");
    expect(english.isHere("𞤀𞤣𞤤𞤢𞤥")).toBe("\u2068𞤀𞤣𞤤𞤢𞤥\u2069 is here");
    expect(english.isHere("𐤀")).toBe("\u2068𐤀\u2069 is here");
  });
  it("leave alone what looks like a place in a name", () => {
    expect(english.isHere("{name} $& {total}")).toBe("{name} $& {total} is here");
  });
});
