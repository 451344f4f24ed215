import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { expect, it } from "vitest";
import { openMiniApp } from "../../src/package/files.ts";
import { serveSimulator } from "../../src/package/server.ts";
import { sharedBrowser } from "../browser/shared-browser.ts";
import { boardText } from "../../src/session/board-file.ts";
import { SCREEN, storeBoard, threadWorkOf, type ThreadWork } from "./app-page.ts";
import { loadTimes } from "./in-page.ts";
import { storedBoard } from "./stored-board.ts";

/*
 * npm run bench:exports [-- -t 10000]
 *
 * What it takes to export boards of several sizes from the built app, in a real Chromium, and to bring the board's
 * file and its text back: how long a person waits, and the longest task meanwhile, at this machine's own speed.
 */

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SIZES = [1000, 10_000, 50_000];
const FORMATS = ["png", "svg", "inkmesh"] as const;
/** A page has room for so many twice. */
const FITS_TWICE = 20_000;
/** The goal, in milliseconds. */
const LONGEST_TASK = 50;

it.each(SIZES)("measures %i", { timeout: 900_000 }, async (count) => {
  const server = await serveSimulator({ page: ROOT, app: await openMiniApp(ROOT), isOwnApp: true, port: 0 });
  let lines: readonly string[] = [];
  try {
    lines = await measure(await sharedBrowser(), server.url, count);
  } finally {
    await server.close();
  }
  console.log(lines.join("\n"));
  expect(lines).toHaveLength(FORMATS.length + (count > FITS_TWICE ? 0 : 2));
});

async function measure(browser: Browser, url: string, count: number): Promise<string[]> {
  const context = await browser.newContext(SCREEN);
  const lines: string[] = [];
  let file: Buffer = Buffer.alloc(0);
  const note = (what: string, bytes: number, ms: number, { longestTask, total }: ThreadWork): void =>
    void lines.push(
      `${count} strokes, ${what}: ${(ms / 1000).toFixed(2)} s, ${(bytes / 1e6).toFixed(2)} MB, ` +
        `work ${total.toFixed(0)} ms, longest task ${longestTask.toFixed(1)} ms` +
        (longestTask > LONGEST_TASK ? `: NOT below ${LONGEST_TASK}` : ""),
    );
  try {
    const page = await storeBoard(context, url, storedBoard(count));
    await page.goto(`${url}app/index.html`);
    await page.evaluate(loadTimes);
    for (const format of FORMATS) {
      await page.keyboard.press("Control+s");
      await page.locator("#export-format").selectOption(format);
      const { result: ms, ...work } = await threadWorkOf(page, async () => {
        const start = performance.now();
        const [download] = await Promise.all([
          page.waitForEvent("download", { timeout: 600_000 }),
          page.locator("#export-save").click(),
        ]);
        const after = performance.now() - start;
        const parts: Buffer[] = [];
        for await (const chunk of await download.createReadStream()) parts.push(chunk as Buffer);
        file = Buffer.concat(parts);
        return after;
      });
      note(format, file.length, ms, work);
    }
    for (const way of count > FITS_TWICE ? [] : (["file", "text"] as const)) {
      await page.evaluate(keepForPaste, { text: boardText(file), bytes: file.toString("base64") });
      const { result: ms, ...work } = await threadWorkOf(page, () => bring(page, way));
      note(`${way} brought back`, file.length, ms, work);
      await page.keyboard.press("Control+z");
      await page.keyboard.press("Escape");
      await page.evaluate(loadTimes);
    }
  } finally {
    await context.close();
  }
  return lines;
}

interface Kept {
  benchText: string;
  benchFile: File;
}

/** In the page, before it is measured: what comes from a test's process costs more than all that is done with it. */
function keepForPaste({ text, bytes }: { readonly text: string; readonly bytes: string }): void {
  const content = Uint8Array.from(atob(bytes), (char) => char.charCodeAt(0));
  Object.assign(window, { benchText: text, benchFile: new File([content], "a.inkmesh") });
}

/** Onto the page that is shown, until it is painted; gives how long a person waits. */
async function bring(page: Page, way: "file" | "text"): Promise<number> {
  const start = performance.now();
  await page.evaluate((its) => {
    const { benchText, benchFile } = window as unknown as Kept;
    const data = new DataTransfer();
    const options = { bubbles: true, cancelable: true };
    if (its === "file") {
      data.items.add(benchFile);
      document
        .getElementById("stage")!
        .dispatchEvent(new DragEvent("drop", { dataTransfer: data, ...options }));
    } else {
      data.setData("text/plain", benchText);
      document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, ...options }));
    }
  }, way);
  await page.getByText("things selected").first().waitFor({ timeout: 600_000 });
  await page.evaluate(loadTimes);
  return performance.now() - start;
}
