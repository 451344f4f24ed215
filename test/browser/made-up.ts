/*
 * The built app's page with a script of a test's own in place of the app's: there the session is made up.
 */
import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { BrowserContextOptions, Page } from "playwright-core";
import { sharedBrowser } from "./shared-browser.ts";
import { watchPage } from "./watch.ts";

const APP = new URL("../../app/", import.meta.url);
/** Nobody listens there: the test answers. */
const ORIGIN = "http://made-up.test";
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".css": "text/css",
  ".js": "text/javascript",
};

export interface MadeUpPage {
  readonly page: Page;
  problems(): readonly string[];
  close(): Promise<void>;
}

/** A script that stands beside this file, once for all tests of a file. */
export async function buildScript(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(name, import.meta.url))],
    bundle: true,
    format: "iife",
    charset: "utf8",
    write: false,
  });
  return outputFiles[0]!.text;
}

export async function openMadeUp(script: string, context: BrowserContextOptions): Promise<MadeUpPage> {
  const browser = await sharedBrowser();
  const opened = await browser.newContext({ reducedMotion: "reduce", colorScheme: "light", ...context });
  const page = await opened.newPage();
  const watch = watchPage(page, ORIGIN);
  await page.route(`${ORIGIN}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    const isScript = pathname.endsWith(".js");
    const body = isScript ? script : await readFile(new URL(`.${pathname}`, APP), "utf8");
    await route.fulfill({ body, contentType: TYPES[extname(pathname)]! });
  });
  await page.goto(`${ORIGIN}/index.html`);
  return { page, problems: watch.problems, close: () => opened.close() };
}
