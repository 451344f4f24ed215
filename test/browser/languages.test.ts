import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { LANGUAGES, stringsOf } from "../../src/ui/words/languages.ts";
import { drawOn, openAlone, type AloneApp } from "./alone.ts";
import { closeClean } from "./closing.ts";
import { readPicture } from "./picture.ts";
import { circle } from "./places.ts";
import { countInked, untilIdle } from "./state.ts";

const PHONE = { width: 390, height: 844 };

/** The system's language changes while the page is open. */
async function setLanguage(page: Page, code: string): Promise<void> {
  await page.evaluate((language) => {
    Object.defineProperty(navigator, "languages", { value: [language], configurable: true });
    window.dispatchEvent(new Event("languagechange"));
  }, code);
}

/** Runs in the page: words that have no room where they are or leave the screen, in any of the panels. */
function cramped(): { readonly panels: readonly string[]; readonly found: readonly string[] } {
  const panels: string[] = [];
  const found: string[] = [];
  const look = (where: string): void => {
    panels.push(where);
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const box = text.parentElement!;
      if (!text.nodeValue?.trim() || box.closest(".room, .hidden-text, [hidden], noscript, select")) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      const words = range.getBoundingClientRect();
      const around = box.getBoundingClientRect();
      if (around.width === 0 || getComputedStyle(box).visibility !== "visible") continue;
      const told = `${where}: “${text.nodeValue}”`;
      if (words.width > around.width + 0.5) found.push(`${told} has no room`);
      if (words.left < -0.5 || words.right > innerWidth + 0.5) found.push(`${told} leaves the screen`);
    }
    for (const panel of document.querySelectorAll<HTMLElement>(".panel"))
      if (panel.scrollWidth > panel.clientWidth) found.push(`${where}: scrolls sideways`);
  };
  look("no panel");
  for (const opener of document.querySelectorAll<HTMLElement>("#bar button[aria-haspopup]")) {
    const open = (): void => {
      // The first press may only put the tool into the hand.
      for (let press = 0; press < 3 && opener.ariaExpanded !== "true"; press++) opener.click();
    };
    open();
    look(opener.id);
    const rows = [...document.querySelectorAll<HTMLElement>(".panel:not([hidden]) .menu-row")];
    for (const row of rows.filter(({ id }) => id !== "clear-button")) {
      open();
      row.click();
      look(row.id);
      opener.click();
    }
  }
  return { panels, found };
}

describe("a phone", () => {
  let app: AloneApp;
  let page: Page;

  beforeAll(async () => {
    app = await openAlone({ viewport: PHONE, locale: "en" });
    page = await app.open();
    // Somebody else is there, who is spoken of.
    await app.open();
    await page.bringToFront();
  });

  afterAll(() => closeClean(app));

  it.each(LANGUAGES)("has room for $name in every panel", async ({ code, direction }) => {
    const root = page.locator("html");
    await setLanguage(page, code);
    await expect.poll(() => root.getAttribute("lang")).toBe(code);
    expect(await root.getAttribute("dir")).toBe(direction);
    const { panels, found } = await page.evaluate(cramped);
    expect(new Set(panels).size).toBeGreaterThan(8);
    expect(found).toEqual([]);
  });
});

describe("a page from right to left", () => {
  let app: AloneApp;
  let page: Page;

  beforeAll(async () => {
    app = await openAlone({ viewport: PHONE, locale: "ar-EG" });
    page = await app.open();
  });
  afterAll(() => closeClean(app));

  it("has its controls mirrored", async () => {
    const middle = async (selector: string): Promise<number> => {
      const box = (await page.locator(selector).boundingBox())!;
      return box.x + box.width / 2;
    };
    const bar = await page
      .locator("#bar > .button")
      .evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().x));
    expect(bar).toEqual([...bar].sort((a, b) => b - a));
    expect(await middle("#presence")).toBeGreaterThan(PHONE.width / 2);
    expect(await middle(".people")).toBeGreaterThan(await middle("#presence-text"));
  });

  it("has its paper as it is: ink is where the pen was, here and with a contact who reads the other way", async () => {
    const places = circle([110, 360], 70);
    await drawOn(page, places);
    await expect.poll(() => countInked(page, places)).toBe(places.length);
    const other = await app.open();
    await expect.poll(() => countInked(other, places)).toBe(places.length);
    await other.evaluate(() => {
      document.documentElement.dir = "ltr";
    });
    await untilIdle(other);
    expect(await countInked(other, places)).toBe(places.length);
    await other.close();
  });
});

it("another language takes nothing: the ink, the line under the pen, the view, the brush and undo stay", async () => {
  const app = await openAlone({ viewport: PHONE, locale: "en" });
  onTestFinished(() => closeClean(app));
  const page = await app.open();
  await drawOn(page, circle([195, 400], 80));
  await page.locator("#stage").press("+");
  await untilIdle(page);
  const zoom = await page.locator("#zoom-button").textContent();
  const before = await page.evaluate(readPicture);

  const line = circle([195, 400], 30);
  await page.mouse.move(...line[0]!);
  await page.mouse.down();
  for (const place of line) await page.mouse.move(...place);
  await setLanguage(page, "de-DE");
  await page.mouse.up();
  const german = stringsOf("de");
  await expect.poll(() => page.locator("html").getAttribute("lang")).toBe("de");
  expect(await page.locator("#undo-button").getAttribute("aria-label")).toBe(german.undo);
  expect(await page.locator("#zoom-button").textContent()).toBe(zoom);
  await expect.poll(() => countInked(page, line)).toBe(line.length);
  expect((await page.evaluate(readPicture)).inked).toBeGreaterThan(before.inked);

  await page.locator("#undo-button").click();
  await expect.poll(() => page.evaluate(readPicture)).toEqual(before);
});
