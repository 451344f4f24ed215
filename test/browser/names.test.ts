/*
 * Names that others chose to be blank, tall, wide or turned: as they are drawn in the lists, at the cursor, in the
 * pictures and in a notice, on a narrow phone.
 */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { cleanName } from "../../src/sync/wire/name.ts";
import { contactOf } from "../support/contacts.ts";
import { useCrowd } from "./crowd-fixture.ts";

const { open, list } = useCrowd();

const NAMES: Readonly<Record<string, string>> = {
  "accents on one letter": `a${"\u0301".repeat(39)}`,
  "accents on every letter": `e${"\u0302\u0303\u0304".repeat(3)}`.repeat(10),
  "circles around a letter": `a${"\u20dd".repeat(39)}`,
  "tones of Thai": `ที่${"\u0e48".repeat(30)}`,
  "points of Hebrew": `שּׁ${"\u05b0\u05bd".repeat(15)}`,
  "a stack of Tibetan": "བསྒྲུབས་".repeat(5),
  "a phrase in one character": "\ufdfd".repeat(40),
  "a wide sign of cuneiform": "\u{12031}\u{1242b}".repeat(20),
  dashes: "\u2e3b".repeat(40),
  "capitals without a space": "W".repeat(40),
  families: "👨‍👩‍👧‍👦".repeat(10),
  "from the right, with a mark at its end": "דנה!",
  "from the right, turned": "\u202eabc דנה\u202c",
};

/** In parts of the size of the type: a line of a list is 1.3 high, a row 46 pixels. */
const MAX_HEIGHT = 2;

const BLANK = [
  "\u2800".repeat(10),
  "\u3164\u115f",
  "\u{1d159}",
  "\u0301".repeat(20),
  "\u{e0061}\ufe0f\u200d",
];

/** How much of it is ink, and how high that is, in parts of the size of the type. */
async function inkOf(page: Page, name: string): Promise<{ pixels: number; height: number }> {
  return page.evaluate((text) => {
    const size = 40;
    const canvas = document.createElement("canvas");
    canvas.width = 4000;
    canvas.height = 12 * size;
    const context = canvas.getContext("2d")!;
    context.font = `${size}px ${getComputedStyle(document.body).fontFamily}`;
    context.fillText(text, 200, 6 * size);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    let pixels = 0;
    let [top, bottom] = [Infinity, -Infinity];
    for (let i = 3; i < data.length; i += 4) {
      if (data[i]! < 64) continue;
      const y = Math.floor(i / 4 / canvas.width);
      pixels++;
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
    return { pixels, height: (bottom - top + 1) / size };
  }, name);
}

describe("a name that is shown", () => {
  it("draws something, and is hardly higher than letters with an accent are", async () => {
    const app = await open();
    let judged = 0;
    for (const [what, given] of Object.entries(NAMES)) {
      const name = cleanName(given);
      // Not every machine that tests has letters of all writings.
      if ((await inkOf(app.page, Array.from(name)[0]!)).pixels === 0) continue;
      const { pixels, height } = await inkOf(app.page, name);
      judged++;
      expect(pixels, what).toBeGreaterThan(20);
      expect(height, what).toBeLessThan(MAX_HEIGHT);
    }
    expect(judged).toBeGreaterThanOrEqual(5);
  });

  it.each(["en", "ar"])("stays on its line and on a screen of 320 px, in %s", async (language) => {
    const app = await open({ language });
    await app.page.setViewportSize({ width: 320, height: 568 });
    const sizeOf = (): Promise<unknown> =>
      app.page.evaluate(() =>
        [".person-row", ".person-name", ".cursor-name", ".presence"].map((which) => {
          const all = [...document.querySelectorAll(which)].filter((each) => each.clientHeight > 0);
          return all.map((each) => Math.round(each.getBoundingClientRect().height));
        }),
      );
    const view = { minX: -150, minY: -200, maxX: 150, maxY: 200 };
    const show = async (name: string): Promise<void> => {
      const address = "AddressOfSomebodyWhoIsHere";
      await app.show([contactOf(address, { name, view, cursor: { x: 0, y: 0 } })]);
    };
    await app.page.keyboard.press("u");
    await list().waitFor();
    await show("Ann");
    const [usual, letters] = [await sizeOf(), await letterOverflow(app.page)];
    for (const [what, given] of Object.entries(NAMES)) {
      await show(cleanName(given));
      expect(await sizeOf(), what).toEqual(usual);
      const wide = await app.page.evaluate(
        () =>
          [...document.querySelectorAll("#strip *, #panel-people, .cursor-name, .person")]
            .filter((each) => !each.closest(".room, .hidden-text"))
            .map((each) => each.getBoundingClientRect())
            .filter(({ left, right, width }) => width > 0 && (left < -0.5 || right > 320.5)).length,
      );
      expect(wide, what).toBe(0);
      expect(await letterOverflow(app.page), what).toBe(letters);
    }
  });

  it.each([
    ["en", "דנה!"],
    ["ar", "Ann!"],
  ])("ends at its own end, and begins where other names do, in %s", async (language, name) => {
    const app = await open({ language });
    const address = "AddressOfSomebodyWhoIsHere";
    await app.page.keyboard.press("u");
    await list().waitFor();
    const placeOf = async (
      shown: string,
    ): Promise<{ first: number; last: number; left: number; right: number }> => {
      await app.show([contactOf(address, { name: shown })]);
      return list()
        .locator(".person-name")
        .last()
        .evaluate((element) => {
          const text = element.firstChild!;
          const at = (from: number, to: number): DOMRect => {
            const range = document.createRange();
            range.setStart(text, from);
            range.setEnd(text, to);
            return range.getBoundingClientRect();
          };
          const { length } = text.textContent!;
          const { left, right } = at(0, length);
          return { first: at(0, 1).left, last: at(length - 1, length).left, left, right };
        });
    };
    const usual = await placeOf(language === "en" ? "Ann" : "דנה");
    const other = await placeOf(name);
    expect(Math.sign(other.last - other.first)).toBe(language === "en" ? -1 : 1);
    const edge = language === "en" ? "left" : "right";
    expect(other[edge]).toBeCloseTo(usual[edge], 0);
  });

  it("is the address where it would be blank", async () => {
    const app = await open();
    for (const blank of BLANK) {
      await app.show([contactOf("AddressOfSomebodyWhoIsHere", { name: cleanName(blank) })]);
      expect(await app.page.locator("#presence-text").textContent()).toContain("AddressO");
    }
  });
});

/** By how many pixels the letters of a picture are larger than it is. */
async function letterOverflow(page: Page): Promise<number> {
  return page.evaluate(() =>
    Math.max(...[...document.querySelectorAll(".person")].map((each) => each.scrollWidth - each.clientWidth)),
  );
}
