import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Browser, Page } from "playwright-core";
import { openMiniApp } from "../../src/package/files.ts";
import { serveSimulator, type SimulatorServer } from "../../src/package/server.ts";
import { ENGLISH } from "../../src/ui/strings.ts";
import { launchBrowser } from "./browser.ts";
import { countInked, readPicture } from "./picture.ts";
import type { Place } from "./picture.ts";
import { circle } from "./places.ts";
import { untilReady } from "./state.ts";
import { watchPage } from "./watch.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

let browser: Browser;
let server: SimulatorServer;

beforeAll(async () => {
  browser = await launchBrowser();
  server = await serveSimulator({ page: ROOT, app: await openMiniApp(ROOT), isOwnApp: true, port: 0 });
});

afterAll(async () => {
  await browser.close();
  await server.close();
});

it("the hand that the space bar holds open is gone when the window loses the keyboard", async () => {
  const page = await browser.newPage();
  await page.goto(`${server.url}app/index.html`);
  await untilReady(page);
  const hand = (): Promise<string | null> => page.locator("#stage").getAttribute("data-hand");
  await page.keyboard.down("Space");
  expect(await hand()).toBe("open");
  await page.evaluate(() => window.dispatchEvent(new Event("blur")));
  expect(await hand()).toBe("none");
  await page.context().close();
});

it("without a messenger the app says so, two tabs share a board, and a reload keeps it", async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 700 } });
  const found: (() => readonly string[])[] = [];
  const openTab = async (): Promise<Page> => {
    const tab = await context.newPage();
    found.push(watchPage(tab, server.url).problems);
    await tab.goto(`${server.url}app/index.html`);
    await untilReady(tab);
    return tab;
  };
  const [one, two] = [await openTab(), await openTab()];
  await expect.poll(() => one.locator("body").textContent()).toContain(ENGLISH.noHost);

  const draw = async (tab: Page, places: readonly Place[]): Promise<void> => {
    await tab.bringToFront();
    await tab.mouse.move(...places[0]!);
    await tab.mouse.down();
    for (const place of places) await tab.mouse.move(...place);
    await tab.mouse.up();
  };
  const first = circle([195, 320], 90);
  await draw(one, first);
  await two.bringToFront();
  await expect.poll(() => two.evaluate(countInked, first)).toBe(first.length);
  expect((await two.evaluate(readPicture)).inked).toBeGreaterThan(0);

  await one.close();
  const second = circle([195, 320], 40);
  await draw(two, second);
  await two.reload();
  const both = [...first, ...second];
  await expect.poll(() => two.evaluate(countInked, both)).toBe(both.length);
  await two.close();
  const three = await openTab();
  await expect.poll(() => three.evaluate(countInked, both)).toBe(both.length);
  expect(found.flatMap((problems) => problems())).toEqual([]);
  await context.close();
});
