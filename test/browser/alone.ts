import type { BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { sharedBrowser } from "./shared-browser.ts";
import { mouseOf } from "./mouse.ts";
import { serveBuilt } from "./simulator.ts";
import { untilReady } from "./state.ts";
import { watchPage } from "./watch.ts";
import type { Place } from "./picture.ts";

/** The built app without a messenger: tabs of one context are each other's contacts. */
export interface AloneApp {
  readonly context: BrowserContext;
  /** Opens one more tab and waits for its board. */
  open(): Promise<Page>;
  /** Errors, and requests to elsewhere. */
  problems(): readonly string[];
  close(): Promise<void>;
}

export async function openAlone(options: BrowserContextOptions): Promise<AloneApp> {
  const server = await serveBuilt();
  const browser = await sharedBrowser();
  const context = await browser.newContext({ colorScheme: "light", ...options });
  const watches: (() => readonly string[])[] = [];
  return {
    context,
    async open() {
      const page = await context.newPage();
      watches.push(watchPage(page, server.url).problems);
      await page.goto(`${server.url}app/index.html`);
      await untilReady(page);
      return page;
    },
    problems: () => watches.flatMap((problems) => problems()),
    async close() {
      await context.close();
      await server.close();
    },
  };
}

/** Draws a stroke with the mouse, as fast as the browser takes it. */
export async function drawOn(page: Page, places: readonly Place[]): Promise<void> {
  await page.bringToFront();
  await (await mouseOf(page)).drag(...places);
}
