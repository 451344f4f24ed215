import { expect, it } from "vitest";
import { inkOf } from "../browser/state.ts";
import { useWebKitTab } from "./fixture.ts";

/* Words from the keyboard, into the field that lies over the canvas. */
const tab = useWebKitTab();

const FIELD = "#text-field";
const typed = (): Promise<string | undefined> =>
  tab.evaluate((field) => document.querySelector<HTMLTextAreaElement>(field)?.value, FIELD);

it("a text of two lines is typed, corrected, taken back in one step, and found again by a press", async () => {
  await tab.press("t");
  await tab.tap([200, 250]);
  await tab.untilSeen(FIELD);
  await tab.type("Helo\nboard");
  await tab.press("Home", "ArrowUp", "End", "Backspace");
  await tab.type("lo");
  expect(await typed()).toBe("Hello\nboard");
  await tab.press("Escape");
  await tab.untilSeen(FIELD, false);
  const ink = await inkOf(tab);
  expect(ink).toBeGreaterThan(200);
  await tab.press("Control+z");
  await expect.poll(() => inkOf(tab)).toBe(0);
  await tab.press("Control+y");
  await expect.poll(() => inkOf(tab)).toBe(ink);
  await tab.press("t");
  await tab.tap([210, 250]);
  await tab.untilSeen(FIELD);
  expect(await typed()).toBe("Hello\nboard");
  await tab.press("Escape");
  expect(await inkOf(tab)).toBe(ink);
});

it("a tap on another text goes on in the same field", async () => {
  await tab.press("t");
  await tab.tap([200, 250]);
  await tab.untilSeen(FIELD);
  await tab.type("first");
  await tab.press("Escape");
  await tab.tap([200, 350]);
  await tab.untilSeen(FIELD);
  await tab.type("second");
  await tab.evaluate((field) => {
    const area = document.querySelector<HTMLElement>(field)!;
    area.addEventListener("blur", () => (area.dataset["left"] = "true"));
  }, FIELD);
  await tab.tap([210, 250]);
  await expect.poll(typed).toBe("first");
  await tab.type("!");
  expect(await typed()).toBe("first!");
  expect(
    await tab.evaluate((field) => document.querySelector<HTMLElement>(field)!.dataset["left"], FIELD),
  ).toBeFalsy();
  await tab.press("Escape");
  await tab.untilSeen(FIELD, false);
});

it("a note has letters from right to left, emoji, and what an input method composes", async () => {
  await tab.press("n");
  await tab.tap([300, 300]);
  await tab.untilSeen(FIELD);
  await tab.type("שלום ");
  expect(
    await tab.evaluate((field) => getComputedStyle(document.querySelector(field)!).direction, FIELD),
  ).toBe("rtl");
  // Neither the driver's keys nor the display's have these.
  await tab.evaluate((field) => {
    const area = document.querySelector<HTMLTextAreaElement>(field)!;
    for (const [type, data] of [
      ["compositionstart", ""],
      ["compositionupdate", "👋🏽"],
    ] as const) {
      area.dispatchEvent(new CompositionEvent(type, { data, bubbles: true }));
    }
    area.setRangeText("👋🏽", area.value.length, area.value.length, "end");
    area.dispatchEvent(new InputEvent("input", { bubbles: true, isComposing: true }));
    area.dispatchEvent(new CompositionEvent("compositionend", { data: "👋🏽", bubbles: true }));
    // In WebKit's order the key that ended it comes now, and is no command of ours.
    const key = { key: "Escape", bubbles: true, cancelable: true };
    for (const type of ["keydown", "keyup"]) area.dispatchEvent(new KeyboardEvent(type, key));
  }, FIELD);
  await tab.press("Escape");
  await tab.press("n");
  await tab.tap([300, 300]);
  await tab.untilSeen(FIELD);
  expect(await typed()).toBe("שלום 👋🏽");
  await tab.press("Escape");
  expect(await inkOf(tab)).toBeGreaterThan(0);
});
