import { expect, it } from "vitest";
import { useWebKitTab } from "./fixture.ts";

/* Pages, and looking back at one. */
const tab = useWebKitTab();

const textOf = (selector: string): Promise<string> =>
  tab.evaluate((wanted) => document.querySelector(wanted)?.textContent ?? "", selector);
const shownPage = (): Promise<string> =>
  tab.evaluate(() => document.querySelector("#pages-button")?.getAttribute("aria-label") ?? "");
const LINE = [
  [300, 240],
  [340, 240],
  [380, 240],
] as const;

async function drawLine(): Promise<void> {
  await tab.press("p");
  await tab.drag("mouse", [280, 240], [400, 240]);
  await tab.shows(LINE);
}

it("each page has its own ink, and the gallery and keys lead from one to the other", async () => {
  await drawLine();
  await tab.click("#pages-button");
  await tab.untilSeen("#panel-pages");
  await tab.click("#add-page");
  await expect.poll(shownPage).toMatch(/^Page 2 of 2/u);
  await tab.press("Escape");
  await tab.untilSeen("#panel-pages", false);
  await tab.shows([], LINE);
  await tab.press("Control+PageUp");
  await expect.poll(shownPage).toMatch(/^Page 1 of 2/u);
  await tab.shows(LINE);
});

it("what was erased is seen by looking back, comes back, and is taken away by one undo", async () => {
  await drawLine();
  await tab.press("e");
  await tab.drag("mouse", [340, 210], [340, 270]);
  await tab.shows([], LINE);
  await tab.press("y");
  await tab.untilSeen("#look-back");
  await tab.press("ArrowLeft");
  await expect.poll(() => textOf("#look-back-words")).toMatch(/^You drew, /u);
  // It is looked for when the slider rests.
  await expect.poll(() => textOf("#look-back-bring-back")).toMatch(/1/u);
  await tab.click("#look-back-bring-back");
  await tab.untilSeen("#look-back", false);
  await tab.shows(LINE);
  await tab.press("Control+z");
  await tab.shows([], LINE);
});

it("the storage panel says what the board takes, and leads to a page", async () => {
  await drawLine();
  await tab.press("i");
  // Behind those of the tests before.
  await expect.poll(shownPage).toMatch(/^Page (\d) of \1/u);
  await tab.press("j");
  await tab.untilSeen("#panel-storage");
  await expect.poll(() => textOf("#storage-total")).toMatch(/^This board takes [\d.]+ kB on this device\.$/u);
  await tab.click("#storage-pages li button");
  await tab.untilSeen("#panel-storage", false);
  await expect.poll(shownPage).toMatch(/^Page 1 of/u);
  await tab.shows(LINE);
});
