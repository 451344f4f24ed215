/*
 * The app alone, kept open from one test of a file to the next: `open` brings the page back to a bare board
 * at 100 % with the pen, which takes far less time than a new page. The history, the settings and whether a
 * pen was seen stay as they are; whoever looks at those asks for a new page.
 */
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll } from "vitest";
import { appInTest, openApp, type OpenApp } from "./app-in-test.ts";
import { closeClean } from "./closing.ts";
import type { AppFixture } from "./fixture.ts";

interface KeptApp extends AppFixture {
  /** A page of its own, for one test that looks at or leaves what `open` does not bring back. */
  openNew(): Promise<void>;
}

/** Takes away panel, field, selection and everything on the board, with keys, as a person does. */
async function bringBack({ keyboard }: Page): Promise<void> {
  for (const key of ["Escape", "Escape", "v", "Control+a", "Delete", "Escape", "p", "Home"])
    await keyboard.press(key);
}

/** On a phone of 390 x 844 with a touch screen; a page with other options than the last is a new one. */
export function useKeptApp(): KeptApp {
  let opened: OpenApp | undefined;
  /** The options of the page if the next test may have it. */
  let kept: string | undefined;
  const app = appInTest(() => opened);

  async function close(): Promise<void> {
    const ended = opened;
    opened = undefined;
    kept = undefined;
    if (ended) await closeClean(ended.app);
  }

  async function start(options: BrowserContextOptions): Promise<void> {
    await close();
    opened = await openApp(options);
  }

  afterAll(close);

  return {
    async open(options = {}) {
      const wanted = JSON.stringify(options);
      if (wanted !== kept) {
        await start(options);
        kept = wanted;
        return;
      }
      await bringBack(app.page);
      if ((await app.inked()) > 0) throw new Error("The board is not bare again.");
    },
    openNew: () => start({}),
    ...app,
  };
}
