/*
 * The app alone, kept open from one test of a file to the next (kept-meeting.ts is for two): `open` brings
 * the page back to a bare board at 100 % with the pen, which takes far less time than a new page. The
 * history, the settings and whether a pen was seen stay as they are; whoever looks at those asks for a new
 * page.
 */
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll } from "vitest";
import { drawOn, openAlone, type AloneApp } from "./alone.ts";
import { closeClean } from "./closing.ts";
import type { AppFixture } from "./fixture.ts";
import { standIn } from "../support/stand-in.ts";
import { countInked, inkOf, untilIdle } from "./state.ts";
import { createTouch, type Touch } from "./touch.ts";

interface KeptApp extends AppFixture {
  /** A page of its own, for one test that looks at or leaves what `open` does not bring back. */
  openNew(): Promise<void>;
}

/** Takes away panel, field, selection and everything on the board, with keys, as a person does. */
async function bringBack(press: (key: string) => Promise<void>): Promise<void> {
  for (const key of ["Escape", "Escape", "v", "Control+a", "Delete", "Escape", "p", "Home"]) await press(key);
}

/** On a phone of 390 x 844 with a touch screen; a page with other options than the last is a new one. */
export function useKeptApp(): KeptApp {
  let opened: { readonly app: AloneApp; readonly page: Page; readonly touch: Touch } | undefined;
  /** The options of the page if the next test may have it. */
  let kept: string | undefined;
  const page = standIn(() => shown(opened).page);
  const idle = (): Promise<void> => untilIdle(page);

  async function close(): Promise<void> {
    const ended = opened;
    opened = undefined;
    kept = undefined;
    if (ended) await closeClean(ended.app);
  }

  async function start(options: BrowserContextOptions): Promise<void> {
    await close();
    const app = await openAlone({ viewport: { width: 390, height: 844 }, hasTouch: true, ...options });
    const first = await app.open();
    opened = { app, page: first, touch: await createTouch(first) };
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
      await bringBack((key) => page.keyboard.press(key));
      if ((await inkOf(page)) > 0) throw new Error("The board is not bare again.");
    },
    openNew: () => start({}),
    page,
    touch: standIn(() => shown(opened).touch),
    async draw(...places) {
      await drawOn(page, places);
      await idle();
    },
    idle,
    inked: () => inkOf(page),
    async inkedPlaces(...places) {
      await idle();
      return countInked(page, places);
    },
  };
}

function shown<Opened>(opened: Opened | undefined): Opened {
  if (opened === undefined) throw new Error("Nothing is open outside of a test.");
  return opened;
}
