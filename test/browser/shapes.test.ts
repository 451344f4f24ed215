import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { SimulatorServer } from "../../src/package/server.ts";
import { launchBrowser } from "./browser.ts";
import { countInked, type Place } from "./picture.ts";
import { circle } from "./places.ts";
import { serveBuilt } from "./simulator.ts";
import { untilIdle, untilReady } from "./state.ts";
import { createTouch, type Touch } from "./touch.ts";
import { watchPage } from "./watch.ts";

let browser: Browser;
let server: SimulatorServer;
let page: Page;
let touch: Touch;
let problems: () => readonly string[];

beforeAll(async () => {
  browser = await launchBrowser();
  server = await serveBuilt();
});

afterAll(async () => {
  await server.close();
  await browser.close();
});

beforeEach(async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true });
  page = await context.newPage();
  ({ problems } = watchPage(page, server.url));
  await page.addInitScript(() => {
    const felt: unknown[] = [];
    Object.assign(window, { felt });
    navigator.vibrate = (pattern) => felt.push(pattern) > 0;
  });
  await page.goto(`${server.url}app/index.html`);
  await untilReady(page);
  touch = await createTouch(page);
});

afterEach(async () => {
  expect(problems()).toEqual([]);
  await page.context().close();
});

const inked = async (...places: Place[]): Promise<number> => {
  await untilIdle(page);
  return page.evaluate(countInked, places);
};
const ticks = (): Promise<number> =>
  page.evaluate(() => (window as unknown as { readonly felt: readonly unknown[] }).felt.length);

describe("a shape under a finger", () => {
  it("is a square as long as a second finger lies beside it; the board does not move", async () => {
    await page.keyboard.press("r");
    await touch.down([80, 200]);
    await touch.moveTo([[220, 260]]);
    expect(await inked([150, 260])).toBe(1);
    await touch.down([300, 600]);
    expect(await inked([150, 340])).toBe(1);
    await touch.moveTo([
      [240, 260],
      [330, 700],
    ]);
    expect(await inked([150, 360], [240, 300])).toBe(2);
    await touch.up();
    expect(await inked([150, 360], [80, 200])).toBe(2);
    expect(await inked([150, 260])).toBe(0);
    expect(await page.locator("#show-all-button").isVisible()).toBe(false);
  });

  it("that became a pinch was none", async () => {
    await page.keyboard.press("r");
    await touch.down([80, 200]);
    await touch.moveTo([[84, 203]], 2);
    await touch.down([220, 260]);
    await touch.moveTo([
      [80, 260],
      [220, 320],
    ]);
    await touch.up(200);
    expect(await page.locator("#undo-button").getAttribute("aria-disabled")).toBe("true");
  });
});

describe("a shape under a mouse", () => {
  it("is none when Escape breaks it off, however the pointer goes on", async () => {
    await page.keyboard.press("r");
    await page.mouse.move(80, 200);
    await page.mouse.down();
    await page.mouse.move(220, 260, { steps: 4 });
    expect(await inked([150, 260])).toBe(1);
    await page.keyboard.press("Escape");
    expect(await inked([150, 260])).toBe(0);
    await page.mouse.move(240, 400, { steps: 4 });
    await page.mouse.up();
    expect(await inked([150, 400])).toBe(0);
    expect(await page.locator("#undo-button").getAttribute("aria-disabled")).toBe("true");
  });
});

describe("a rough shape", () => {
  it("drawn by hand and held still becomes an even one, which is felt; one step takes it back", async () => {
    const rough = circle([195, 400], 90, 40).map(([x, y], i): Place => [x + (i % 3) * 2, y - (i % 2) * 3]);
    await page.mouse.move(...rough[0]!);
    await page.mouse.down();
    for (const place of rough) await page.mouse.move(...place);
    const before = await ticks();
    await expect.poll(ticks).toBe(before + 1);
    await page.mouse.move(300, 600, { steps: 4 });
    await page.mouse.up();
    const around = circle([196, 399], 90, 12).filter((_, i) => i > 0);
    expect(await inked(...around)).toBeGreaterThan(8);
    expect(await inked([300, 600])).toBe(0);
    await page.locator("#undo-button").click();
    expect(await inked(...around)).toBe(0);
    expect(await page.locator("#undo-button").getAttribute("aria-disabled")).toBe("true");
  });
});
