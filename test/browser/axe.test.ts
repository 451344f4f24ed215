import { source } from "axe-core";
import type { AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { drawOn, openAlone, type AloneApp } from "./alone.ts";
import { launchBrowser } from "./browser.ts";
import { eachPanel } from "./panels.ts";
import { circle } from "./places.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
});

/** What axe-core finds on the page as it is, one line for each element. */
async function findings(page: Page): Promise<string[]> {
  // Contrast is judged when nothing moves or fades any more.
  await page.waitForFunction(() =>
    document.getAnimations().every(({ playState }) => playState !== "running"),
  );
  const { violations } = await page.evaluate<AxeResults>("axe.run()");
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id} (${help}): ${html} ${failureSummary ?? ""}`),
  );
}

describe.each(["en", "ar"])("axe-core finds nothing in %s", (locale) => {
  let app: AloneApp;
  let page: Page;

  beforeAll(async () => {
    app = await openAlone(browser, {
      viewport: { width: 390, height: 844 },
      locale,
      reducedMotion: "reduce",
    });
    page = await app.open();
    await drawOn(page, circle([195, 320], 60));
    await page.evaluate(source);
  });
  afterAll(() => app.close());

  it.each(["light", "dark"] as const)("in %s", async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    const found: Record<string, readonly string[]> = {};
    const look = async (name: string): Promise<void> => {
      const here = await findings(page);
      if (here.length > 0) found[name] = here;
    };
    await look("at rest");
    await eachPanel(page, look);
    await page.locator("#clear-button").evaluate((button: HTMLElement) => button.click());
    await page.locator(".notice").waitFor();
    await look("with a notice");
    // The notice and its button may be gone before all of it was looked at.
    await page.locator("#undo-button").click();
    await page.locator("#undo-button").press("+");
    await page.locator("#show-all-button").waitFor();
    await look("zoomed");
    await page.locator("#show-all-button").click();
    await page.keyboard.press("v");
    await page.locator("#selection-start").waitFor();
    await look("with nothing selected");
    await page.keyboard.press("Control+a");
    for (const drawer of ["colors", "layers"]) {
      await page.locator(`#selection-menu [data-command="${drawer}"]`).click();
      await look(`a selection and its ${drawer}`);
    }
    await page.keyboard.press("n");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Enter");
    await page.keyboard.type("Words");
    await look("a note that is typed");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+z");
    await page.keyboard.press("p");
    expect(found).toEqual({});
  });
});
