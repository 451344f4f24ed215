/*
 * The pages of a board in the hands of a person: the button, the gallery, keys and swipes, and contacts on other
 * pages. The board is in memory; all that is seen and pressed is the app's.
 */
import { source } from "axe-core";
import type * as AxeCore from "axe-core";
import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { stringsOf } from "../../src/ui/words/languages.ts";
import { contactOf } from "../support/contacts.ts";
import { usePages } from "./pages-app.ts";
import type { Place } from "./picture.ts";

const { open, page, touch, tell, ask, people, idle, count, openGallery, cards } = usePages();
const A = "rs.1";
const B = "rs.2";
const ANN = "AnnAddressOfSomebodyWhoHasALongOne";

const on = (id: string, view = { minX: -100, minY: -100, maxX: 100, maxY: 100 }) =>
  contactOf(ANN, { name: "Ann", view, cursor: { x: 0, y: 0 } }, { page: id });
const card = (id: string): Locator => page.locator(`.page-card[data-page="${id}"]`);
const notice = (kind: string): Locator => page.locator(`.notice[data-kind="${kind}"]`);
const counts = (): Promise<readonly number[]> => ask((pages) => pages.counts());
const current = (): Promise<string> => ask((pages) => pages.current());
/** What a screen reader says of the page. */
const news = async (): Promise<string> => (await page.locator("#news").textContent()) ?? "";
const middle = async (of: Locator): Promise<Place> => {
  const { x, y, width, height } = (await of.boundingBox())!;
  return [x + width / 2, y + height / 2];
};
const isOpen = (): Promise<boolean> => page.locator("#panel-pages").isVisible();
const options = async (id: string, option: string): Promise<void> => {
  await card(id).locator("button[aria-expanded]").click();
  await card(id).locator(`[data-option="${option}"]`).click();
};

/** How many pixels of a page's picture are not as its corner. */
const inkIn = (picture: Locator): Promise<number> =>
  picture.evaluate((canvas: HTMLCanvasElement) => {
    if (canvas.width === 0) return 0;
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", {
      willReadFrequently: true,
    })!;
    copy.drawImage(canvas, 0, 0);
    const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
    const pixels = new Uint32Array(data.buffer);
    return pixels.filter((pixel) => pixel !== pixels[0]).length;
  });
const pictureOf = (id: string): Locator => card(id).locator("canvas");

describe("the button in the strip", () => {
  it("says which page this is, and opens and closes the gallery by press and by key", async () => {
    await open();
    expect(await count()).toBe("1 / 3");
    const button = page.locator("#pages-button");
    expect(await button.getAttribute("aria-label")).toBe("Page 1 of 3");
    await tell((pages, id) => pages.rename(id, "Plans"), "");
    expect(await button.getAttribute("aria-label")).toBe("Page 1 of 3: Plans");
    await button.click();
    expect(await isOpen()).toBe(true);
    expect(await button.getAttribute("aria-expanded")).toBe("true");
    await button.click();
    expect(await isOpen()).toBe(false);
    await page.keyboard.press("k");
    expect(await isOpen()).toBe(true);
    expect(
      await card("")
        .locator(".page-open")
        .evaluate((each) => each === document.activeElement),
    ).toBe(true);
    await page.keyboard.press("Escape");
    expect(await isOpen()).toBe(false);
  });
});

describe("the gallery", () => {
  it("begins a page, which is shown and drawn on", async () => {
    await open({ strokes: 2 });
    await openGallery();
    await page.locator("#add-page").click();
    await expect.poll(count).toBe("4 / 4");
    expect(await isOpen()).toBe(false);
    await page.mouse.move(100, 300);
    await page.mouse.down();
    await page.mouse.move(200, 400, { steps: 6 });
    await page.mouse.up();
    await expect.poll(counts).toEqual([2, 2, 2, 1]);
    await page.keyboard.press("Control+PageUp");
    await expect.poll(count).toBe("3 / 4");
    await page.keyboard.press("Control+z");
    expect(await counts()).toEqual([2, 2, 2, 1]);
  });

  it("opens a page by a press on its picture, and names one from the keyboard", async () => {
    await open();
    await openGallery();
    await card(B).locator(".page-open").click();
    await expect.poll(count).toBe("3 / 3");
    await openGallery();
    await card(A).locator(".page-name").click();
    await page.keyboard.type("Garden  plans");
    await page.keyboard.press("Enter");
    await expect
      .poll(() => ask((pages) => pages.list().map(([, name]) => name)))
      .toEqual(["", "Garden plans", ""]);
    expect(await card(A).locator(".page-name").inputValue()).toBe("Garden plans");
    expect(await card(A).locator(".page-open").getAttribute("aria-label")).toContain(
      "Page 2 of 3: Garden plans",
    );
    await page.keyboard.press("F2");
    await page.keyboard.type("Third");
    await page.keyboard.press("Enter");
    await expect.poll(() => card(B).locator(".page-name").inputValue()).toBe("Third");
  });

  it("says when a page was made and changed, and who is there", async () => {
    await open({ strokes: 1 });
    await people(on(B));
    await tell(
      (pages, id) =>
        pages.draw(id, [
          [0, 0],
          [50, 50],
        ]),
      A,
    );
    await openGallery();
    expect(await card(A).locator(".page-times").innerText()).toBe("Changed now\nMade yesterday");
    expect(await card(B).locator(".page-people").getAttribute("aria-label")).toBe("Ann is here");
    expect(await card(B).locator(".page-person").count()).toBe(1);
    expect(await card(B).locator(".page-open").getAttribute("aria-label")).toContain("Ann is here");
    expect(await card(A).locator(".page-people").isVisible()).toBe(false);
    expect(await card("").locator(".page-open").getAttribute("aria-current")).toBe("page");
  });

  it("copies a page, and takes one away with a notice that brings it back", async () => {
    await open({ strokes: 4 });
    await openGallery();
    await options(A, "duplicate");
    await expect.poll(cards).toEqual(["", A, "rs.3", B]);
    expect(await counts()).toEqual([4, 4, 4, 4]);
    await options(A, "delete");
    await expect.poll(cards).toEqual(["", "rs.3", B]);
    await notice("page-removed").locator("button").click();
    await expect.poll(cards).toContain(A);
  });

  it("keeps removed pages in a list: each comes back, all are gone for good after a question", async () => {
    await open({ more: 3 });
    await openGallery();
    await options(A, "delete");
    await options(B, "delete");
    const list = page.locator("#removed-button");
    expect(await list.innerText()).toBe("2 removed pages");
    await list.click();
    await page.locator('.removed-row[data-page="rs.1"] .removed-restore').click();
    await expect.poll(cards).toContain(A);
    await expect.poll(() => inkIn(page.locator('.removed-row[data-page="rs.2"] canvas'))).toBeGreaterThan(5);
    await page.locator("#empty-removed").click();
    await notice("pages-empty").getByText("Keep").click();
    expect(await page.locator(".removed-row").count()).toBe(1);
    await page.locator("#empty-removed").click();
    await notice("pages-empty").getByText("Delete for good").click();
    await expect.poll(() => list.isVisible()).toBe(false);
  });

  it("refuses what there is no room for, and the last page stays", async () => {
    await open({ more: 0, room: 1 });
    await openGallery();
    expect(await page.locator("#add-page").getAttribute("aria-disabled")).toBe("true");
    await card("").locator("button[aria-expanded]").click();
    for (const option of ["duplicate", "earlier", "later", "delete"])
      expect(await card("").locator(`[data-option="${option}"]`).getAttribute("aria-disabled")).toBe("true");
    await page.locator("#add-page").dispatchEvent("click");
    expect(await cards()).toEqual([""]);
  });

  it("stays open beside the board on a wide screen, where one draws on", async () => {
    await open({ strokes: 0 }, { viewport: { width: 1280, height: 800 } });
    await openGallery();
    await card(A).locator(".page-open").click();
    await expect.poll(count).toBe("2 / 3");
    expect(await isOpen()).toBe(true);
    await page.mouse.move(200, 300);
    await page.mouse.down();
    await page.mouse.move(400, 500, { steps: 6 });
    await page.mouse.up();
    await expect.poll(counts).toEqual([0, 1, 0]);
    expect(await isOpen()).toBe(true);
    await expect.poll(() => inkIn(pictureOf(A))).toBeGreaterThan(50);
  });
});

describe("the order of the pages", () => {
  it("is changed by a mouse that drags a card, and Escape puts it back", async () => {
    await open({ more: 4 });
    await openGallery();
    const [from, to] = [
      await middle(card("").locator(".page-open")),
      await middle(card(B).locator(".page-open")),
    ];
    await page.mouse.move(...from);
    await page.mouse.down();
    await page.mouse.move(...to, { steps: 8 });
    await page.mouse.up();
    await expect.poll(cards).toEqual([A, B, "", "rs.3", "rs.4"]);
    expect(await current()).toBe("");
    expect(await isOpen()).toBe(true);
    await page.mouse.move(...from);
    await page.mouse.down();
    await page.mouse.move(...to, { steps: 8 });
    await page.keyboard.press("Escape");
    await page.mouse.up();
    expect(await cards()).toEqual([A, B, "", "rs.3", "rs.4"]);
    expect(await isOpen()).toBe(true);
    expect(await current()).toBe("");
  });

  it("is changed by a finger that is held, and a finger that moves at once scrolls", async () => {
    await open({ more: 9 });
    await openGallery();
    const body = page.locator("#panel-pages .panel-body");
    const [from, to] = [
      await middle(card("").locator(".page-open")),
      await middle(card(A).locator(".page-open")),
    ];
    await touch.down([from[0], from[1] + 200]);
    await touch.moveTo([[from[0], from[1] - 100]]);
    // It rests before it is lifted, or the list would go on scrolling for a while.
    await touch.up(500);
    await expect.poll(() => body.evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(100);
    expect((await cards())[0]).toBe("");
    await body.evaluate((each) => each.scrollTo(0, 0));
    await expect.poll(() => middle(card("").locator(".page-open"))).toEqual(from);
    await touch.down(from);
    await page.locator(".page-card[data-dragged]").waitFor();
    await touch.moveTo([to]);
    await touch.up();
    await expect.poll(async () => (await cards()).slice(0, 3)).toEqual([A, "", B]);
    expect(await current()).toBe("");
  });

  it("scrolls under a card that is dragged to the edge", async () => {
    await open({ more: 19 });
    await openGallery();
    const body = page.locator("#panel-pages .panel-body");
    const { y, height } = (await body.boundingBox())!;
    const from = await middle(card("").locator(".page-open"));
    await page.mouse.move(...from);
    await page.mouse.down();
    await page.mouse.move(from[0], y + height - 60, { steps: 6 });
    const end = await body.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight);
    await page.mouse.move(from[0], y + height - 4, { steps: 2 });
    await expect.poll(() => body.evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(end - 4);
    await page.mouse.up();
    await expect.poll(async () => (await cards()).indexOf("")).toBeGreaterThan(14);
  });

  it("is changed by keys, with the focus on the card", async () => {
    await open({ more: 4 });
    await page.keyboard.press("k");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Alt+ArrowRight");
    await expect.poll(cards).toEqual(["", B, A, "rs.3", "rs.4"]);
    await expect.poll(news).toContain("Page 2 is now number 3 of 5");
    await page.keyboard.press("Alt+ArrowDown");
    await expect.poll(cards).toEqual(["", B, "rs.3", "rs.4", A]);
    await page.keyboard.press("Alt+ArrowUp");
    await page.keyboard.press("Home");
    await page.keyboard.press("Alt+ArrowLeft");
    await expect.poll(cards).toEqual(["", B, A, "rs.3", "rs.4"]);
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await expect.poll(count).toBe("5 / 5");
    await page.keyboard.press("Control+Shift+PageUp");
    await expect.poll(count).toBe("4 / 5");
    await page.keyboard.press("k");
    await page.keyboard.press("Delete");
    await expect.poll(count).toBe("4 / 4");
    expect(await notice("page-removed").innerText()).toContain("Page 4 is removed");
  });
});

describe("turning the page", () => {
  it("by Ctrl with PageUp and PageDown, and says which page it is", async () => {
    await open();
    await tell((pages, id) => pages.rename(id, "Plans"), A);
    await page.keyboard.press("Control+PageDown");
    await expect.poll(count).toBe("2 / 3");
    await expect.poll(news).toBe("Page 2 of 3: Plans");
    await page.keyboard.press("Control+PageDown");
    await page.keyboard.press("Control+PageDown");
    await expect.poll(count).toBe("3 / 3");
    await page.keyboard.press("i");
    await expect.poll(count).toBe("4 / 4");
  });

  it("by three fingers that swipe, which leave no ink", async () => {
    await open({ strokes: 0 });
    const swipe = async (by: number): Promise<void> => {
      const from: readonly Place[] = [
        [130, 300],
        [200, 260],
        [270, 300],
      ];
      await touch.down(...from);
      await touch.moveTo(from.map(([x, y]): Place => [x + by, y + 4]));
      await touch.up();
    };
    await swipe(-90);
    await expect.poll(count).toBe("2 / 3");
    await swipe(-90);
    await expect.poll(count).toBe("3 / 3");
    await swipe(90);
    await expect.poll(count).toBe("2 / 3");
    await idle();
    expect(await counts()).toEqual([0, 0, 0]);
    expect(await page.locator("#undo-button").getAttribute("aria-disabled")).toBe("true");
  });

  it("ends a stroke and a text on the page where they were begun, and keeps where one looked", async () => {
    await open({ strokes: 0 });
    await page.keyboard.press("+");
    await page.keyboard.press("+");
    await idle();
    const zoom = await page.locator("#zoom-button").textContent();
    await page.mouse.move(100, 300);
    await page.mouse.down();
    await page.mouse.move(200, 400, { steps: 6 });
    await page.keyboard.press("Control+PageDown");
    await expect.poll(count).toBe("2 / 3");
    await page.mouse.move(300, 500, { steps: 6 });
    await page.mouse.up();
    await expect.poll(counts).toEqual([1, 0, 0]);
    expect(await page.locator("#zoom-button").isVisible()).toBe(false);
    await page.keyboard.press("t");
    await page.mouse.click(100, 300);
    await page.locator("#text-field").waitFor();
    await page.keyboard.type("Words");
    await touch.down([120, 500], [200, 460], [270, 500]);
    await touch.moveTo([
      [220, 500],
      [300, 460],
      [370, 500],
    ]);
    await touch.up();
    await expect.poll(count).toBe("1 / 3");
    await expect.poll(counts).toEqual([1, 1, 0]);
    expect(await page.locator("#text-field").count()).toBe(0);
    expect(await page.locator("#zoom-button").textContent()).toBe(zoom);
    expect(await page.evaluate(() => document.documentElement.dataset["tool"])).toBe("text");
  });

  it("is a matter of each page's own background and history", async () => {
    await open({ strokes: 0 });
    await tell((pages, id) => pages.setBackground(id, "grid"), A);
    await page.mouse.move(100, 300);
    await page.mouse.down();
    await page.mouse.move(200, 400, { steps: 4 });
    await page.mouse.up();
    const canUndo = (): Promise<string | null> => page.locator("#undo-button").getAttribute("aria-disabled");
    await expect.poll(canUndo).toBe("false");
    await page.keyboard.press("Control+PageDown");
    await expect.poll(canUndo).toBe("true");
    await page.keyboard.press("b");
    expect(await page.locator('input[value="grid"]').isChecked()).toBe(true);
  });
});

describe("contacts", () => {
  const faces = (): Locator => page.locator(".people .person[data-address]");

  it("on another page are told with one tap that goes there; only those on this page have a cursor", async () => {
    await open();
    await people(on(""));
    await page.locator(".cursor").waitFor({ state: "attached" });
    await people(on(B));
    expect(await notice("elsewhere").innerText()).toContain("Ann is on page 3");
    expect(await page.locator(".cursor").count()).toBe(0);
    expect(await page.locator("#presence-text").textContent()).toBe("Ann is on page 3");
    expect(await faces().first().getAttribute("data-page")).toBe("3");
    await notice("elsewhere").locator("button").click();
    await expect.poll(count).toBe("3 / 3");
    await page.locator(".cursor").waitFor({ state: "attached" });
    expect(await notice("elsewhere").count()).toBe(0);
    expect(await page.locator("#presence-text").textContent()).toBe("Ann is here");
  });

  it("are gone to from the list of people, on their page and to their place", async () => {
    await open({ strokes: 0 });
    await people(on(A, { minX: 5000, minY: 5000, maxX: 5200, maxY: 5200 }));
    await page.keyboard.press("u");
    expect(await page.locator(".person-row").nth(1).innerText()).toContain("Page 2");
    await page.locator(".person-row").nth(1).locator("button").first().click();
    await expect.poll(count).toBe("2 / 3");
    await expect.poll(() => page.locator("#show-all-button").isVisible()).toBe(true);
  });

  it("are followed across pages, until one turns the page oneself", async () => {
    await open();
    await people(on(""));
    await page.locator(".people .person-button").first().click();
    await people(on(B));
    await expect.poll(count).toBe("3 / 3");
    expect(await notice("elsewhere").count()).toBe(0);
    await people(on(A));
    await expect.poll(count).toBe("2 / 3");
    await page.keyboard.press("Control+PageUp");
    await expect.poll(count).toBe("1 / 3");
    await people(on(B));
    await idle();
    expect(await count()).toBe("1 / 3");
  });

  it("who make a page are told of, with one tap that goes there", async () => {
    await open();
    await people(on(""));
    await tell((pages, address) => {
      pages.add(1);
      pages.notify({ kind: "page-added", address, page: "rs.3" });
    }, ANN);
    expect(await notice("page-added").innerText()).toContain("Ann added page 4");
    await notice("page-added").locator("button").click();
    await expect.poll(count).toBe("4 / 4");
  });

  it("who take away the page that one looks at leave it there, with a notice that brings it back", async () => {
    await open({ strokes: 2 });
    await page.keyboard.press("Control+PageDown");
    await expect.poll(count).toBe("2 / 3");
    await tell((pages, id) => pages.remove(id), A);
    await expect.poll(count).toBe("– / 2");
    expect(await page.locator("#pages-button").getAttribute("aria-label")).toBe("This page was removed");
    await page.mouse.move(100, 300);
    await page.mouse.down();
    await page.mouse.move(200, 400, { steps: 4 });
    await page.mouse.up();
    await notice("page-gone").getByText("Restore").click();
    await expect.poll(count).toBe("3 / 3");
    await expect.poll(counts).toEqual([2, 2, 3]);
    expect(await notice("page-gone").count()).toBe(0);
  });
});

it("a clear offers a new page instead, behind this one, which keeps what was on it", async () => {
  await open({ strokes: 5 });
  await page.locator("#menu-button").click();
  await page.locator("#clear-button").click();
  await expect.poll(counts).toEqual([0, 5, 5]);
  await notice("clear").getByText("New page instead").click();
  await expect.poll(count).toBe("2 / 4");
  expect(await counts()).toEqual([5, 0, 5, 5]);
  await page.locator("#menu-button").click();
  await page.locator("#clear-button").click();
  await page.keyboard.press("Control+PageUp");
  await expect.poll(count).toBe("1 / 4");
});

it("a page that is full offers a new one", async () => {
  await open();
  await tell((pages) => pages.notify({ kind: "room-full", of: "content" }), 0);
  await notice("room").getByRole("button", { name: "New page" }).click();
  await expect.poll(count).toBe("2 / 4");
});

describe("pictures of pages", () => {
  it("show the ink, where it is and in its colour, and follow what is drawn here and elsewhere", async () => {
    await open({ strokes: 0 });
    await tell(
      (pages, id) =>
        pages.draw(id, [
          [-250, -250],
          [250, -250],
          [250, 250],
        ]),
      "",
    );
    await openGallery();
    const look = (id: string) =>
      pictureOf(id).evaluate((canvas: HTMLCanvasElement) => {
        const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", {
          willReadFrequently: true,
        })!;
        copy.drawImage(canvas, 0, 0);
        const at = (x: number, y: number): number => {
          const { data } = copy.getImageData(x * canvas.width - 3, y * canvas.height - 3, 6, 6);
          let most = 0;
          for (let i = 0; i < data.length; i += 4) most = Math.max(most, data[i + 2]! - data[i]!);
          return most;
        };
        // The middle of the top edge, of the right one, and below the middle, where there is nothing.
        return [at(0.5, 0.5 - 250 / 600), at(0.5 + 250 / 600, 0.5), at(0.5, 0.6)].map((much) => much > 60);
      });
    await expect.poll(() => look("")).toEqual([true, true, false]);
    expect(await inkIn(pictureOf(A))).toBe(0);
    await tell(
      (pages, id) =>
        pages.draw(id, [
          [-200, 0],
          [200, 0],
        ]),
      A,
    );
    await expect.poll(() => inkIn(pictureOf(A))).toBeGreaterThan(50);
    const before = await inkIn(pictureOf(""));
    await tell(
      (pages, id) =>
        pages.draw(id, [
          [-200, 0],
          [200, 60],
        ]),
      "",
    );
    await expect.poll(() => inkIn(pictureOf(""))).toBeGreaterThan(before + 20);
    await tell((pages, id) => pages.setBackground(id, "grid"), B);
    await expect.poll(() => inkIn(pictureOf(B))).toBeGreaterThan(500);
  });

  it("are as dark as the board", async () => {
    await open({ strokes: 3 }, { colorScheme: "dark" });
    await openGallery();
    const corner = (): Promise<number> =>
      pictureOf(A).evaluate((canvas: HTMLCanvasElement) => {
        const copy = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true })!;
        copy.drawImage(canvas, 0, 0);
        return copy.getImageData(0, 0, 1, 1).data[0]!;
      });
    await expect.poll(() => inkIn(pictureOf(A))).toBeGreaterThan(20);
    expect(await corner()).toBeLessThan(40);
    await page.emulateMedia({ colorScheme: "light" });
    await expect.poll(corner).toBeGreaterThan(240);
  });

  it("of a hundred pages are made for those in sight only, and none while the gallery is shut", async () => {
    await open({ more: 99, strokes: 20 });
    expect(await ask((pages) => pages.glances())).toEqual([]);
    await page.locator("#pages-button").click();
    await expect.poll(() => inkIn(pictureOf("rs.3"))).toBeGreaterThan(50);
    const seen = await ask((pages) => pages.glances());
    expect(seen.length).toBeLessThan(14);
    expect(new Set(seen).size).toBe(seen.length);
    const idOf = (number: number): string => `rs.${(number - 1).toString(36)}`;
    await card(idOf(100)).scrollIntoViewIfNeeded();
    await expect.poll(() => inkIn(pictureOf(idOf(100)))).toBeGreaterThan(50);
    expect((await ask((pages) => pages.glances())).length).toBeLessThan(40);
    await card(idOf(51)).locator(".page-open").click();
    await expect.poll(count).toBe("51 / 100");
    await openGallery();
    const { y } = (await card(idOf(51)).boundingBox())!;
    expect(y).toBeGreaterThan(0);
    expect(y).toBeLessThan(844);
  });
});

describe("from right to left", () => {
  it("order, arrows and swipes are mirrored, and names have a direction of their own", async () => {
    await open({ language: "ar", more: 3 }, { locale: "ar" });
    await openGallery();
    const [first, second] = [await middle(card("")), await middle(card(A))];
    expect(first[0]).toBeGreaterThan(second[0]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("k");
    await page.keyboard.press("Alt+ArrowLeft");
    await expect.poll(cards).toEqual([A, "", B, "rs.3"]);
    await page.keyboard.press("Escape");
    await touch.down([130, 300], [200, 260], [270, 300]);
    await touch.moveTo([
      [230, 300],
      [300, 260],
      [370, 300],
    ]);
    await touch.up();
    await expect.poll(current).toBe(B);
    await tell((pages, id) => pages.rename(id, "Plan (1)"), B);
    const label = await page.locator("#pages-button").getAttribute("aria-label");
    expect(label).toBe(stringsOf("ar").pages.placeNamed(3, 4, "Plan (1)"));
    expect(label).toContain("\u2068Plan (1)\u2069");
  });
});

describe("axe-core finds nothing", () => {
  it.each([
    ["en", 390, "light"],
    ["en", 1280, "dark"],
    ["ar", 390, "dark"],
  ] as const)("in %s at %i px, %s", async (language, width, colorScheme) => {
    await open({ language, more: 4 }, { viewport: { width, height: 844 }, colorScheme });
    await tell((pages, id) => pages.remove(id), "rs.4");
    await people(on(B));
    await page.evaluate(source);
    const look = (): Promise<readonly string[]> =>
      page.evaluate(async () => {
        const { axe } = window as unknown as { axe: typeof AxeCore };
        const { violations } = await axe.run({ resultTypes: ["violations"] });
        return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
      });
    expect(await look()).toEqual([]);
    await openGallery();
    await card(A).locator("button[aria-expanded]").click();
    await page.locator("#removed-button").click();
    expect(await look()).toEqual([]);
    await options(B, "delete");
    expect(await look()).toEqual([]);
  });
});
