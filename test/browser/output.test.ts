import type { JSHandle } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { OutputPage } from "./output-page.ts";
import { OUTPUT_CASES, outputScript } from "./output-script.ts";
import { sharedBrowser } from "./shared-browser.ts";

/*
 * A PNG and an SVG of the same random boards, in a real engine. It softens the edges of paths and letters a little
 * otherwise in an SVG, hence the pixels that may differ.
 */
let page: JSHandle<OutputPage>;
let close: (() => Promise<void>) | undefined;

beforeAll(async () => {
  const context = await (await sharedBrowser()).newContext();
  const tab = await context.newPage();
  await tab.addScriptTag({ content: await outputScript() });
  page = await tab.evaluateHandle(() =>
    (window as unknown as { createOutputPage(): OutputPage }).createOutputPage(),
  );
  close = () => context.close();
});
afterAll(() => close?.());

test.each(OUTPUT_CASES)("a board looks the same as a PNG and as an SVG: %o", async (options) => {
  const { inked, apart, mean } = await page.evaluate((lab, given) => lab.compare(given), options);
  expect(inked).toBeGreaterThan(20_000);
  expect(apart / inked).toBeLessThan(0.0005);
  expect(mean).toBeLessThan(0.3);
});
