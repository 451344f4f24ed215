import type { AppPage } from "./state.ts";

/** Clears the board by the only thing that does, the row of the menu, without opening the menu. */
export const clearBoard = (app: AppPage): Promise<void> =>
  app.evaluate(() => document.querySelector<HTMLElement>("#clear-button")!.click());
