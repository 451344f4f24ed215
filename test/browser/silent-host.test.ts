import { fileURLToPath, pathToFileURL } from "node:url";
import type { BrowserContext, Page } from "playwright-core";
import { expect, it, onTestFinished } from "vitest";
import { ENGLISH } from "../../src/ui/words/strings.ts";
import { circle } from "./places.ts";
import { sharedBrowser } from "./shared-browser.ts";
import { countInked, inkOf, untilIdle, untilReady } from "./state.ts";
import { watchPage } from "./watch.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const ADDRESS = pathToFileURL(`${ROOT}app/index.html`).href;
const PLACES = circle([195, 320], 90);

declare global {
  interface Window {
    /** The names by which the messenger calls the app. */
    readonly SpixiAppSdk: Readonly<Record<string, unknown>>;
    executeUiCommand(handler: unknown, ...args: string[]): void;
  }
}

const problems: (() => readonly string[])[] = [];

/** A page in a messenger that says nothing, after its patience is over; and what it told the messenger. */
async function openInSilence(context: BrowserContext): Promise<{ page: Page; told: string[] }> {
  const page = await context.newPage();
  problems.push(watchPage(page, pathToFileURL(ROOT).href).problems);
  const told: string[] = [];
  await page.exposeFunction("simulatedHost", (url: string) => told.push(url));
  await page.addInitScript(() => {
    window.navigation.addEventListener("navigate", (event) => {
      if (!/^(xa|ixian):/.test(event.destination.url)) return;
      event.preventDefault();
      window.simulatedHost(event.destination.url);
    });
    // Everything that any page says where other pages hear it.
    new BroadcastChannel("inkmesh").addEventListener("message", ({ data }) => {
      document.title += JSON.stringify(data);
    });
  });
  await page.clock.install();
  await page.goto(ADDRESS);
  await page.clock.fastForward(9000);
  await untilReady(page);
  return { page, told };
}

async function drawCircle(page: Page): Promise<void> {
  await page.bringToFront();
  await page.mouse.move(...PLACES[0]!);
  await page.mouse.down();
  for (const place of PLACES) await page.mouse.move(...place);
  await page.mouse.up();
  await expect.poll(() => countInked(page, PLACES)).toBe(PLACES.length);
}

it("what is drawn while the messenger is silent reaches no other contact's page, and is not stored", async () => {
  const browser = await sharedBrowser();
  const context = await browser.newContext({ viewport: { width: 390, height: 700 } });
  onTestFinished(() => context.close());
  const withBob = await openInSilence(context);
  const withCarol = await openInSilence(context);
  const title = await withCarol.page.title();
  await expect.poll(() => withBob.page.locator("#remark").textContent()).toBe(ENGLISH.hostIsSilent);
  await drawCircle(withBob.page);
  // Long enough for an update and a save, had there been any.
  await withBob.page.clock.fastForward(10_000);
  await withCarol.page.clock.fastForward(10_000);
  await untilIdle(withBob.page);
  for (const { page } of [withBob, withCarol]) {
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    expect(await page.title()).toBe(title);
  }
  expect(await inkOf(withCarol.page)).toBe(0);

  await withBob.page.locator("#back-button").click();
  await expect.poll(() => withBob.told.at(-1)).toBe("ixian:back");
  await withBob.page.close();
  const later = await openInSilence(context);
  expect(await inkOf(later.page)).toBe(0);

  expect(later.told.filter((url) => !url.startsWith("ixian:onload:"))).toEqual([]);
  expect(problems.flatMap((found) => found())).toEqual([]);
});

it("when the messenger speaks at last, the ink is on the board that it names", async () => {
  const browser = await sharedBrowser();
  const context = await browser.newContext({ viewport: { width: 390, height: 700 } });
  onTestFinished(() => context.close());
  const { page, told } = await openInSilence(context);
  await drawCircle(page);
  const answers = new Set<string>();
  const answer = async (): Promise<void> => {
    for (const url of told.filter((each) => each.startsWith("xa:") && !answers.has(each))) {
      answers.add(url);
      const { c, id, v } = JSON.parse(atob(url.slice(3))) as Record<string, string>;
      if (c === "ds") continue;
      const json = JSON.stringify({ id, r: c === "getStorage" ? "null" : v });
      await page.evaluate((text) => window.executeUiCommand(window.SpixiAppSdk["ar"], btoa(text)), json);
    }
  };
  await page.evaluate(() =>
    window.executeUiCommand(
      window.SpixiAppSdk["onInit"],
      ...["session", "alice", "bob"].map((text) => btoa(text)),
    ),
  );
  await expect
    .poll(async () => {
      await answer();
      return page.evaluate(() => document.getElementById("remark") === null);
    })
    .toBe(true);
  await expect.poll(() => countInked(page, PLACES)).toBe(PLACES.length);
  // Once more as a line of the real board: it is written where the messenger keeps it.
  await expect
    .poll(async () => {
      await answer();
      return told.some((url) => url.startsWith("xa:") && atob(url.slice(3)).includes('"setStorage"'));
    })
    .toBe(true);
  expect(await page.locator("#presence-text").textContent()).toContain("bob");
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
  expect(problems.flatMap((found) => found())).toEqual([]);
});
