/*
 * What many files of browser tests begin with: the app alone, opened for a test and closed after it, where
 * nothing may have gone wrong meanwhile. Called once, at the head of a file or of a `describe`; what is
 * returned stands for what is open at the moment.
 */
import type { BrowserContextOptions } from "playwright-core";
import { afterEach } from "vitest";
import { appInTest, openApp, type AppInTest, type OpenApp } from "./app-in-test.ts";
import { closeClean } from "./closing.ts";

/** A phone that the app has for itself, in a browser without a messenger. */
export interface AppFixture extends AppInTest {
  /** Opens the app, for one test; `options` beside those of the file. */
  open(options?: BrowserContextOptions): Promise<void>;
}

/** The app alone, on a phone of 390 x 844 with a touch screen unless the options say otherwise. */
export function useApp(forAll: BrowserContextOptions = {}): AppFixture {
  let opened: OpenApp | undefined;

  afterEach(async () => {
    const ended = opened;
    opened = undefined;
    if (ended) await closeClean(ended.app);
  });

  return {
    async open(options) {
      opened = await openApp({ ...forAll, ...options });
    },
    ...appInTest(() => opened),
  };
}
