import type { Frame, Page } from "playwright-core";

/** Rows that do something at once: of the menu, and ways for pictures. */
export const NO_PANEL: readonly string[] = [
  "clear-button",
  "look-back-button",
  "picture-file",
  "picture-camera",
  "picture-paste",
];

/** Opens each panel of the bar in turn, those of the menu too, and closes it after `look`. */
export async function eachPanel(app: Page | Frame, look: (panel: string) => Promise<void>): Promise<void> {
  const openers = app.locator("#bar button[aria-haspopup]");
  for (let i = 0; i < (await openers.count()); i++) {
    const open = (): Promise<void> =>
      openers.nth(i).evaluate((button: HTMLElement) => {
        // The first press may only put the tool into the hand.
        while (button.getAttribute("aria-expanded") !== "true") button.click();
      });
    await open();
    await look(await openPanel(app));
    const rows = app.locator(".panel:visible .menu-row");
    const ids = await rows.evaluateAll((all) => all.map(({ id }) => id));
    await openers.nth(i).press("Escape");
    for (const id of ids.filter((each) => !NO_PANEL.includes(each))) {
      await open();
      await app.locator(`#${id}`).evaluate((row: HTMLElement) => row.click());
      await look(await openPanel(app));
      await openers.nth(i).press("Escape");
    }
  }
}

async function openPanel(app: Page | Frame): Promise<string> {
  return ((await app.locator(".panel:visible").getAttribute("id")) ?? "").replace("panel-", "");
}
