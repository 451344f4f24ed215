/*
 * Words in a real engine: the field in which they are typed has the same lines, tabs and places as the
 * painting that takes its place, and its caret is in sight.
 */
import { beforeEach, describe, expect, it } from "vitest";
import { useApp } from "./fixture.ts";
import { inkOf, untilReady, untilStored } from "./state.ts";
import { inkLines, shownCaret, typedLines, watchWriting, writtenLines } from "./words-seen.ts";

const { open, page } = useApp();
const FIELD = "#text-field";

const begin = async (key: "t" | "n", at: readonly [number, number]): Promise<void> => {
  await page.keyboard.press(key);
  await page.mouse.click(...at);
  await page.locator(FIELD).waitFor();
};

describe("lines", () => {
  beforeEach(() => open());

  it.each([
    [
      "Latin",
      "Well-known words (in brackets), and/or 3.5 % of them; «quoted» — isn't it? Donaudampfschifffahrt!",
    ],
    ["Japanese", "「日本語」の文章は、句読点や閉じ括弧（かっこ）で行を始めません。ちょっと待ってください！"],
    ["Thai", "การทดสอบภาษาไทยเป็นเรื่องยาก (จริงๆ) ครับ เพราะไม่มีช่องว่างระหว่างคำ"],
    ["Arabic", "هذه جملة طويلة (بين قوسين) تنتهي في سطر آخر، مع 123 و abc."],
    ["Korean", "한국어 문장은 (괄호) 어디에서 줄이 바뀝니까? 그렇습니다."],
    ["Chinese", "中文（括号）的句子，在哪里换行？“引号”也一样。"],
    ["emoji and tabs", "👨‍👩‍👧 family\tand 🇸🇮🇱🇹🇯🇵 flags\tin a row 👋🏽👋🏽👋🏽 one by one"],
  ])("of a note break where the field breaks them: %s", async (_, text) => {
    await begin("n", [195, 300]);
    await page.keyboard.insertText(text);
    const typed = await page.evaluate(typedLines);
    expect(typed.length).toBeGreaterThan(1);
    for (const line of typed) expect(line.text).not.toMatch(/^[）」、。，？！)\]]/u);
    await page.evaluate(watchWriting);
    await page.keyboard.press("Escape");
    await inkOf(page);
    const bare = (line: string): string => line.replaceAll("\t", "").trimEnd();
    expect(await page.evaluate(writtenLines)).toEqual(typed.map((line) => bare(line.text)));
  });

  it("of a note reach as far in the painting as in the field", async () => {
    await begin("n", [195, 300]);
    await page.keyboard.insertText(
      "Some words\tand WAVES of letters, fi ffl\nهذه جملة طويلة (بين قوسين) تنتهي",
    );
    const typed = await page.evaluate(typedLines);
    await page.keyboard.press("Escape");
    await inkOf(page);
    const painted = await page.evaluate(inkLines, typed);
    expect(painted.map(({ reach }) => reach)).toEqual(typed.map(() => "alike"));
  });

  it("of a text have tabs as wide in the painting as in the field", async () => {
    await begin("t", [60, 300]);
    await page.keyboard.insertText("a\tb\tlonger\tc\n\tx");
    const typed = await page.evaluate(typedLines);
    await page.keyboard.press("Escape");
    await inkOf(page);
    const painted = await page.evaluate(inkLines, typed);
    expect(painted.map(({ reach }) => reach)).toEqual(["alike", "alike"]);
    const [first] = typed;
    expect(first!.width).toBeGreaterThan(100);
  });
});

describe("a note with more words than fit", () => {
  beforeEach(() => open());

  it.each([
    ["many words", "many words that do not fit ".repeat(120)],
    ["many marks", `Z${"\u0300\u0301\u0302\u0308".repeat(30)} and\na${"\u0316\u0323".repeat(40)}`],
  ])("is the same after a reload, and leaves nothing when it goes: %s", async (_, text) => {
    await begin("n", [195, 300]);
    await page.keyboard.insertText(text);
    await page.keyboard.press("Escape");
    const before = await inkOf(page);
    expect(before).toBeGreaterThan(5000);
    await untilStored(page);
    await page.reload();
    await untilReady(page);
    expect(await inkOf(page)).toBe(before);
    await page.keyboard.press("v");
    await page.keyboard.press("Control+a");
    await page.locator("#selection-menu").waitFor();
    await page.keyboard.press("Delete");
    expect(await inkOf(page)).toBe(0);
  });
});

describe("the caret is in sight", () => {
  beforeEach(() => open());

  it.each([
    ["Arabic", "مرحبا بالعالم هذا نص طويل يكتب من اليمين إلى اليسار على شاشة صغيرة جدا"],
    ["Latin", "a long line that is typed from left to right on a very small screen, and on"],
    ["both", "abc مرحبا بالعالم def هذا نص طويل ghi من اليمين إلى اليسار jkl على شاشة"],
    ["both, from right to left", "هذا نص طويل ghi من اليمين إلى اليسار jkl على شاشة abc صغيرة def"],
  ])("after each letter: %s", async (_, text) => {
    await begin("t", [195, 300]);
    for (const word of text.split(/(?<= )/u)) {
      for (const letter of word) await page.keyboard.insertText(letter);
      await expect.poll(() => page.evaluate(shownCaret)).toBe("in sight");
    }
    await page.keyboard.press("Home");
    await expect.poll(() => page.evaluate(shownCaret)).toBe("in sight");
    await page.keyboard.press("End");
    await expect.poll(() => page.evaluate(shownCaret)).toBe("in sight");
  });

  it("above the keyboard of the screen, zoomed, in a note that grows", async () => {
    await begin("n", [195, 420]);
    await page.evaluate(() => {
      Object.defineProperty(window.visualViewport, "height", { get: () => innerHeight - 380 });
      window.visualViewport!.dispatchEvent(new Event("resize"));
    });
    await page.keyboard.insertText("many words ".repeat(150));
    await expect.poll(() => page.evaluate(shownCaret)).toBe("in sight");
    for (let i = 0; i < 6; i++) await page.keyboard.press("Enter");
    await page.keyboard.insertText("نهاية");
    await expect.poll(() => page.evaluate(shownCaret)).toBe("in sight");
    await page.keyboard.press("Control+Home");
    await expect.poll(() => page.evaluate(shownCaret)).toBe("in sight");
  });
});
