import { describe, expect, it, onTestFinished } from "vitest";
import { closeClean } from "./closing.ts";
import { sharedBrowser } from "./shared-browser.ts";
import { serveBuilt } from "./simulator.ts";
import { watchPage } from "./watch.ts";

describe("the simulator's page", () => {
  it.each([320, 390, 844])("fits a screen %i px wide: it scrolls down only", async (width) => {
    const server = await serveBuilt();
    const browser = await sharedBrowser();
    const simulator = await browser.newPage({ viewport: { width, height: 700 } });
    const { problems } = watchPage(simulator, server.url);
    const close = async (): Promise<void> => {
      await simulator.close();
      await server.close();
    };
    onTestFinished(() => closeClean({ problems, close }));
    await simulator.goto(server.url);
    await simulator.locator("iframe").nth(1).waitFor();
    const size = await simulator.evaluate(() => document.documentElement.scrollWidth);
    expect(size).toBe(width);
    const screens = await simulator
      .locator("iframe")
      .evaluateAll((frames) => frames.map((frame) => frame.getBoundingClientRect().right));
    for (const right of screens) expect(right).toBeLessThanOrEqual(width);
  });
});
