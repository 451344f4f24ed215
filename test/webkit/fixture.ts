import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { clearBoard } from "../browser/clear-board.ts";
import { standIn } from "../support/stand-in.ts";
import { openWebKit, type AppTab, type WebKitApp } from "./app.ts";

/**
 * The app in WebKit, opened once for a file and emptied before each test, after which nothing may have gone
 * wrong. What it returns stands for the tab; `keys` are pressed on the empty board.
 */
export function useWebKitTab(...keys: readonly string[]): AppTab {
  let app: WebKitApp;
  let tab: AppTab;

  beforeAll(async () => {
    app = await openWebKit();
    tab = await app.open();
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await clearBoard(tab);
    await tab.press(...keys);
  });
  afterEach(async () => expect(await tab.problems()).toEqual([]));

  return standIn(() => tab);
}
