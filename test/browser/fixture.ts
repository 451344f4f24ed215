/*
 * What most files of browser tests begin with: the app alone, or two people who have met, opened for a
 * test and closed after it, where nothing may have gone wrong meanwhile. Each function is called once, at
 * the head of a file or of a `describe`; what it returns stands for what is open at the moment.
 */
import type { BrowserContextOptions } from "playwright-core";
import { afterEach, beforeEach } from "vitest";
import { appInTest, openApp, type AppInTest, type OpenApp } from "./app-in-test.ts";
import { closeClean } from "./closing.ts";
import { meet, meetingInTest, type Meeting } from "./meeting.ts";

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

/** Alice and Bob, who meet anew before each test. */
export function useMeeting(): Meeting {
  let opened: Meeting | undefined;

  beforeEach(async () => {
    opened = await meet();
  });

  afterEach(async () => {
    const ended = opened;
    opened = undefined;
    if (ended) await closeClean(ended.simulator);
  });

  return meetingInTest(() => opened);
}
