import type { Page } from "playwright-core";

/** Longer than any hold takes. */
const BUSY_MS = 700;

/** The page will be busy for 700 ms from when it has heard of the next press on. */
export const busyAfterPress = (page: Page): Promise<void> =>
  page.evaluate((ms) => {
    const beBusy = (): void => {
      const end = performance.now() + ms;
      while (performance.now() < end);
    };
    document.addEventListener("pointerdown", () => setTimeout(beBusy), { once: true });
  }, BUSY_MS);

/**
 * The page is busy for 700 ms, during which `act` begins to make input: the browser takes it at once, and
 * the page hears of it when it is free again.
 */
export async function whileBusy(page: Page, act: () => Promise<unknown>): Promise<void> {
  const began = page.waitForEvent("console", (message) => message.text() === "busy");
  const busy = page.evaluate((ms) => {
    console.info("busy");
    const end = performance.now() + ms;
    while (performance.now() < end);
  }, BUSY_MS);
  await began;
  await Promise.all([busy, act()]);
}
