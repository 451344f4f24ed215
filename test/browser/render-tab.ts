import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { BrowserContext, JSHandle, Page } from "playwright-core";
import { afterEach, beforeAll } from "vitest";
import type { RenderPage } from "./render-page.ts";
import type { ScreenSize } from "./render-screen.ts";
import { sharedBrowser } from "./shared-browser.ts";

const SIZE: ScreenSize = { width: 700, height: 600 };

/** What render-page.ts leaves in the page. */
interface PageScript {
  createRenderPage(size: ScreenSize, pixelRatio: number): RenderPage;
}

export interface RenderPages {
  /** A page with nothing but a board and its renderer, 700 by 600 pixels of CSS where no size is given. */
  open(pixelRatio: number, size?: ScreenSize): Promise<JSHandle<RenderPage>>;
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
    async open(pixelRatio, size = SIZE) {
      const browser = await sharedBrowser();
      const context = await browser.newContext({
        viewport: size,
        deviceScaleFactor: pixelRatio,
      });
      contexts.push(context);
      latest = await context.newPage();
      await latest.addScriptTag({ content: script });
      return latest.evaluateHandle(
        ([given, ratio]) => (window as unknown as PageScript).createRenderPage(given, ratio),
        [size, pixelRatio] as const,
      );
    },
    tab: () => latest,
  };
}
