import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { BrowserContext, JSHandle, Page } from "playwright-core";
import { afterEach, beforeAll } from "vitest";
import type { RenderPage } from "./render-page.ts";
import { sharedBrowser } from "./shared-browser.ts";

export interface RenderPages {
  /** A page with nothing but a board and its renderer, 700 by 600 pixels of CSS. */
  open(pixelRatio: number): Promise<JSHandle<RenderPage>>;
  /** The tab that was opened last. */
  tab(): Page;
}

/** Pages for the tests of a file, which are closed after each of them. */
export function useRenderPages(): RenderPages {
  let script: string;
  let latest: Page;
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL("render-page.ts", import.meta.url))],
      bundle: true,
      format: "iife",
      write: false,
    });
    script = outputFiles[0]!.text;
  });
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
  });

  return {
    async open(pixelRatio) {
      const browser = await sharedBrowser();
      const context = await browser.newContext({
        viewport: { width: 700, height: 600 },
        deviceScaleFactor: pixelRatio,
      });
      contexts.push(context);
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
