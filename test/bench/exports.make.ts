import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { expect, it } from "vitest";
import { openMiniApp } from "../../src/package/files.ts";
import { serveSimulator } from "../../src/package/server.ts";
import { sharedBrowser } from "../browser/shared-browser.ts";
import { SCREEN, storeBoard, threadWorkOf } from "./app-page.ts";
import { loadTimes } from "./in-page.ts";
import { storedBoard } from "./stored-board.ts";

/*
 * npm run bench:exports
 *
 * What it takes to export boards of several sizes from the built app, in a real Chromium: how long a person waits,
 * and the longest task meanwhile, at this machine's own speed.
 */

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SIZES = [1000, 10_000, 50_000];
const FORMATS = ["png", "svg", "inkmesh"] as const;
/** The goal, in milliseconds. */
const LONGEST_TASK = 50;

it("measures", { timeout: 1_200_000 }, async () => {
  const server = await serveSimulator({ page: ROOT, app: await openMiniApp(ROOT), isOwnApp: true, port: 0 });
  const lines: string[] = [];
  try {
    for (const count of SIZES) lines.push(...(await measure(await sharedBrowser(), server.url, count)));
  } finally {
    await server.close();
  }
  console.log(lines.join("\n"));
  expect(lines).toHaveLength(SIZES.length * FORMATS.length);
});

async function measure(browser: Browser, url: string, count: number): Promise<string[]> {
  const context = await browser.newContext(SCREEN);
  const lines: string[] = [];
  try {
    const page = await storeBoard(context, url, storedBoard(count));
    await page.goto(`${url}app/index.html`);
    await page.evaluate(loadTimes);
    for (const format of FORMATS) {
      await page.keyboard.press("Control+s");
      await page.locator("#export-format").selectOption(format);
      const { result, longestTask, total } = await threadWorkOf(page, async () => {
        const start = performance.now();
        const [download] = await Promise.all([
          page.waitForEvent("download", { timeout: 600_000 }),
          page.locator("#export-save").click(),
        ]);
        let bytes = 0;
        const ms = performance.now() - start;
        for await (const chunk of await download.createReadStream()) bytes += (chunk as Buffer).length;
        return { ms, bytes };
      });
      lines.push(
        `${count} strokes, ${format}: ${(result.ms / 1000).toFixed(2)} s, ${(result.bytes / 1e6).toFixed(2)} MB, ` +
          `work ${total.toFixed(0)} ms, longest task ${longestTask.toFixed(1)} ms` +
          (longestTask > LONGEST_TASK ? `: NOT below ${LONGEST_TASK}` : ""),
      );
    }
  } finally {
    await context.close();
  }
  return lines;
}
