/*
 * Much to read: words from elsewhere get lines that fit the screen, a side handle sets where lines break,
 * and a text that is full or worn out loses nothing.
 */
import type { Locator } from "playwright-core";
import { beforeEach, describe, expect, it } from "vitest";
import { useApp } from "./fixture.ts";
import { canStep } from "./hands.ts";
import { useKeptMeeting } from "./kept-meeting.ts";
import type { SimulatedPhone } from "./simulator.ts";
import { inkOf } from "./state.ts";
import { columnsOfInk, shownCaret } from "./words-seen.ts";

const FIELD = "#text-field";
const PARAGRAPH = "words from elsewhere that have no breaks of their own ".repeat(28).trim();

describe("on a phone", () => {
  const { open, page } = useApp();
  beforeEach(() => open());

  const begin = async (at: readonly [number, number]): Promise<void> => {
    await page.keyboard.press("t");
    await page.mouse.click(...at);
    await page.locator(FIELD).waitFor();
  };
  const pasteIntoField = (text: string): Promise<void> =>
    page.evaluate((words) => {
      const area = document.querySelector<HTMLTextAreaElement>("#text-field")!;
      area.setRangeText(words, area.selectionStart, area.selectionEnd, "end");
      area.dispatchEvent(new InputEvent("input", { inputType: "insertFromPaste", bubbles: true }));
    }, text);
  const notice = (): Promise<string> => page.locator('.notice[data-kind="canvas"]').innerText();
  const inView = async (): Promise<void> => {
    await inkOf(page);
    const { left, right } = await page.evaluate(columnsOfInk);
    expect(left).toBeGreaterThan(2);
    expect(right).toBeLessThan(388);
    // What is high is seen whole from further off.
    expect(right - left).toBeGreaterThan(120);
  };

  it("a pasted paragraph gets lines that fit the screen, as one step", async () => {
    await page.evaluate((text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      document.body.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
      );
    }, PARAGRAPH);
    await page.locator("#selection-menu").waitFor();
    await inView();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+z");
    expect(await inkOf(page)).toBe(0);
  });

  it("a paragraph pasted into the field does so too, within the step of the typing", async () => {
    await begin([30, 200]);
    await page.keyboard.type("Look: ");
    await pasteIntoField(PARAGRAPH);
    expect((await page.locator(FIELD).boundingBox())!.width).toBeLessThan(390);
    expect(await page.locator(FIELD).inputValue()).toBe(`Look: ${PARAGRAPH}`);
    await expect.poll(() => page.evaluate(shownCaret)).toBe("in sight");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+z");
    expect(await inkOf(page)).toBe(0);
    expect(await canStep(page.mainFrame(), "undo")).toBe(false);
  });

  it("says that a text is nearly full, keeps what has no room, and puts it into another text", async () => {
    await begin([30, 200]);
    await page.keyboard.insertText("a".repeat(8400));
    expect(await page.locator('.notice[data-kind="canvas"]').count()).toBe(0);
    await page.keyboard.insertText("b".repeat(200));
    expect(await notice()).toContain("nearly full");
    await page.keyboard.insertText("c".repeat(500));
    expect(await notice()).toContain("is full");
    const typed = `${"a".repeat(8400)}${"b".repeat(200)}${"c".repeat(500)}`;
    expect(await page.locator(FIELD).inputValue()).toBe(typed);
    await page.keyboard.press("Escape");
    await page.keyboard.press("v");
    await page.keyboard.press("Control+a");
    await expect
      .poll(async () => (await page.locator("#canvas-overlay [role=status]").innerText()).split(":")[0])
      .toBe("2 things selected");
  });

  it("takes 3,000 letters as often as they are replaced", async () => {
    await begin([30, 200]);
    for (const letter of "abcdef") {
      await page.keyboard.press("Control+a");
      await page.keyboard.insertText(letter.repeat(3000));
      expect(await page.locator(FIELD).inputValue()).toBe(letter.repeat(3000));
    }
    await page.keyboard.press("Escape");
    expect(await inkOf(page)).toBeGreaterThan(100);
    await page.keyboard.press("Control+z");
    expect(await inkOf(page)).toBe(0);
    expect(await canStep(page.mainFrame(), "undo")).toBe(false);
  });

  it("the caret of a text that is turned and zoomed is in sight", async () => {
    await begin([120, 300]);
    await page.keyboard.type("turned words");
    await page.keyboard.press("Escape");
    await page.keyboard.press("v");
    await page.mouse.click(150, 300);
    const handle = page.locator('[data-handle="rotate"]');
    await handle.waitFor();
    const { x, y, width, height } = (await handle.boundingBox())!;
    const [fromX, fromY] = [x + width / 2, y + height / 2];
    await page.mouse.move(fromX, fromY);
    await page.mouse.down();
    await page.mouse.move(fromX + 40, fromY + 30, { steps: 4 });
    await page.mouse.move(fromX + 60, fromY + 60, { steps: 4 });
    await page.mouse.up();
    // The keys belong to the handle as long as it has the focus.
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press("Enter");
    await page.locator(FIELD).waitFor();
    for (const text of [
      " that go on",
      " beyond the edge",
      " and further than that",
      " مرحبا بالعالم",
      " نهاية",
    ]) {
      await page.keyboard.insertText(text);
      await expect.poll(() => page.evaluate(shownCaret)).toBe("in sight");
    }
  });
});

describe("two contacts", () => {
  const { simulator, alice, bob, alices, bobs } = useKeptMeeting();
  const field = async (phone: SimulatedPhone): Promise<Locator> => (await phone.frame()).locator(FIELD);
  const typedAt = async (phone: SimulatedPhone): Promise<string> => (await field(phone)).inputValue();

  it("see lines break elsewhere while a side handle is dragged, and after", async () => {
    await bobs.press("t");
    await bobs.tap([60, 250]);
    await simulator.page.keyboard.type("one two three four");
    await simulator.page.keyboard.press("Escape");
    const before = await simulator.samePixels(alice, bob);
    await bobs.press("v");
    await bobs.tap([80, 250]);
    const frame = await bob.frame();
    const handle = frame.locator('[data-handle="e"]');
    await handle.waitFor();
    const { x, y, width, height } = (await handle.boundingBox())!;
    const [fromX, fromY] = [x + width / 2, y + height / 2];
    const { mouse } = simulator.page;
    await mouse.move(fromX, fromY);
    await mouse.down();
    await mouse.move(fromX - 60, fromY, { steps: 4 });
    await mouse.move(fromX - 90, fromY, { steps: 4 });
    await expect.poll(async () => (await bob.picture()).hash).not.toBe(before.hash);
    const during = await bob.picture();
    // She sees steps on the way as well, and in the end what he sees.
    await expect.poll(async () => (await alice.picture()).hash).toBe(during.hash);
    await mouse.up();
    await bobs.press("Escape");
    const after = await simulator.samePixels(alice, bob);
    expect(after.hash).toBe(during.hash);
    await bobs.press("Control+z");
    await expect.poll(async () => (await alice.picture()).hash).toBe(before.hash);
  });

  it("go on together in a text that one of them wears out", async () => {
    const { keyboard } = simulator.page;
    await bobs.press("t");
    await bobs.tap([60, 250]);
    await keyboard.type("both");
    await expect.poll(async () => (await alice.picture()).inked).toBeGreaterThan(20);
    await alices.press("t");
    await alices.tap([70, 250]);
    await expect.poll(() => typedAt(alice)).toBe("both");
    await (await field(bob)).focus();
    for (const letter of "abcde") {
      await keyboard.press("Control+a");
      await keyboard.insertText(letter.repeat(3000));
    }
    await expect.poll(() => typedAt(alice)).toBe("e".repeat(3000));
    await (await field(alice)).focus();
    await keyboard.press("Control+End");
    await keyboard.type("!");
    await expect.poll(() => typedAt(bob)).toBe(`${"e".repeat(3000)}!`);
    await keyboard.press("Escape");
    await (await field(bob)).press("Escape");
    await simulator.samePixels(alice, bob);
  });
});
