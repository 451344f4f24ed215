import { expect, it } from "vitest";
import { typedLines, watchWriting, writtenLines } from "../browser/words-seen.ts";
import { inkOf } from "../browser/state.ts";
import { useWebKitTab } from "./fixture.ts";

/* Lines of words, by WebKit's own rules: the painting has those of the field. */
const tab = useWebKitTab();

it.each([
  [
    "Latin",
    "Well-known words (in brackets), and/or 3.5 % of them; «quoted» — isn't it? Donaudampfschifffahrt!",
  ],
  ["Japanese", "「日本語」の文章は、句読点や閉じ括弧（かっこ）で行を始めません。ちょっと待ってください！"],
  ["Thai", "การทดสอบภาษาไทยเป็นเรื่องยาก (จริงๆ) ครับ เพราะไม่มีช่องว่างระหว่างคำ"],
  ["Arabic, and tabs", "هذه جملة طويلة (بين قوسين) تنتهي\tفي سطر آخر، مع 123 و abc."],
])("of a note break where the field breaks them: %s", async (_, text) => {
  await tab.press("n");
  await tab.tap([300, 300]);
  await tab.untilSeen("#text-field");
  await tab.evaluate((words) => {
    const area = document.querySelector<HTMLTextAreaElement>("#text-field")!;
    area.setRangeText(words, 0, area.value.length, "end");
    area.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }, text);
  const typed = await tab.evaluate(typedLines);
  expect(typed.length).toBeGreaterThan(1);
  for (const line of typed) expect(line.text).not.toMatch(/^[）」、。，？！)\]]/u);
  await tab.evaluate(watchWriting);
  await tab.press("Escape");
  await inkOf(tab);
  const bare = (line: string): string => line.replaceAll("\t", "").trimEnd();
  expect(await tab.evaluate(writtenLines)).toEqual(typed.map((line) => bare(line.text)));
});
