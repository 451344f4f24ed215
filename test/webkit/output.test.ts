import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Compared, OutputPage } from "../browser/output-page.ts";
import { OUTPUT_CASES, outputScript } from "../browser/output-script.ts";
import { serveBuilt } from "../browser/simulator.ts";
import { startWebKit, type WebKitTab } from "./driver.ts";
import { shareFonts } from "./fonts.ts";

/*
 * A PNG and an SVG of the same random boards, in WebKit. It softens edges otherwise in an SVG than on a canvas, and
 * puts letters of turned words a part of a pixel aside: so of all pixels with ink so many may differ by more than a
 * soft edge does, and all together by so much on average, of 255.
 */
const MOST_APART = 0.004;
const MOST_MEAN = 1;

let tab: WebKitTab;
let close: (() => Promise<void>) | undefined;

declare global {
  interface Window {
    createOutputPage(): OutputPage;
    compared: Compared | string | undefined;
  }
}

beforeAll(async () => {
  const server = await serveBuilt();
  const fonts = await shareFonts();
  const session = await startWebKit({ width: 800, height: 740 }, fonts.env);
  close = async () => {
    await session.close();
    await fonts.close();
    await server.close();
  };
  tab = await session.newTab();
  // A page without a policy.
  await tab.goto(`${server.url}app/js/inkmesh.css`);
  await tab.evaluate(
    (script) => {
      const element = document.createElement("script");
      element.textContent = script;
      document.documentElement.append(element);
    },
    await outputScript(),
  );
});
afterAll(() => close?.());

test.each(OUTPUT_CASES)("a board looks the same in WebKit as a PNG and as an SVG: %o", async (options) => {
  await tab.evaluate((given) => {
    window.compared = undefined;
    window
      .createOutputPage()
      .compare(given)
      .then(
        (came) => (window.compared = came),
        (error: unknown) => (window.compared = String(error)),
      );
  }, options);
  const compared = await vi.waitFor(
    async () => {
      const came = await tab.evaluate(() => window.compared);
      if (came === undefined || came === null) throw new Error("not yet");
      return came;
    },
    { timeout: 100_000, interval: 100 },
  );
  if (typeof compared === "string") throw new Error(compared);
  const { inked, apart, mean } = compared;
  expect(inked).toBeGreaterThan(20_000);
  expect(apart / inked).toBeLessThan(MOST_APART);
  expect(mean).toBeLessThan(MOST_MEAN);
});
