import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Browser, JSHandle, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";
import { launchBrowser } from "./browser.ts";
import type { RenderPage } from "./render-page.ts";

export interface RenderPages {
  /** A page with nothing but a board and its renderer, 700 by 600 pixels of CSS. */
  open(pixelRatio: number): Promise<JSHandle<RenderPage>>;
  /** The tab that was opened last. */
  tab(): Page;
}

/** Opens a browser for the tests of a file, and closes its pages after each of them. */
export function useRenderPages(): RenderPages {
  let browser: Browser;
  let script: string;
  let latest: Page;

  beforeAll(async () => {
    browser = await launchBrowser();
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL("render-page.ts", import.meta.url))],
      bundle: true,
      format: "iife",
      write: false,
    });
    script = outputFiles[0]!.text;
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
  });
  afterAll(async () => {
    await browser.close();
  });

  return {
    async open(pixelRatio) {
      const context = await browser.newContext({
        viewport: { width: 700, height: 600 },
        deviceScaleFactor: pixelRatio,
      });
      latest = await context.newPage();
      await latest.addScriptTag({ content: script });
      return latest.evaluateHandle(
        (ratio) =>
          (window as unknown as { createRenderPage(ratio: number): RenderPage }).createRenderPage(ratio),
        pixelRatio,
      );
    },
    tab: () => latest,
  };
}
