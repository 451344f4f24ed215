/*
 * What most files of browser tests begin with: the app alone, or two people who have met, opened for a
 * test and closed after it, where nothing may have gone wrong meanwhile. Each function is called once, at
 * the head of a file or of a `describe`; what it returns stands for what is open at the moment.
 */
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterEach, beforeEach } from "vitest";
import { drawOn, openAlone, type AloneApp } from "./alone.ts";
import { closeClean } from "./closing.ts";
import { meet, type Meeting } from "./meeting.ts";
import { standIn } from "../support/stand-in.ts";
import { type Place } from "./picture.ts";
import { countInked, inkOf, untilIdle } from "./state.ts";
import { createTouch, type Touch } from "./touch.ts";

/** A phone that the app has for itself, in a browser without a messenger. */
export interface AppFixture {
  /** Opens the app, for one test; `options` beside those of the file. */
  open(options?: BrowserContextOptions): Promise<void>;
  readonly page: Page;
  /** Fingers and a pen on the page. */
  readonly touch: Touch;
  /** Draws with the mouse through the places, and waits until it is painted. */
  draw(...places: readonly Place[]): Promise<void>;
  /** Waits until everything is painted and still. */
  idle(): Promise<void>;
  /** How many pixels have ink when everything is painted. */
  inked(): Promise<number>;
  /** How many of the places do. */
  inkedPlaces(...places: readonly Place[]): Promise<number>;
}

/** The app alone, on a phone of 390 x 844 with a touch screen unless the options say otherwise. */
export function useApp(forAll: BrowserContextOptions = {}): AppFixture {
  let opened: { readonly app: AloneApp; readonly page: Page; readonly touch: Touch } | undefined;
  const page = standIn(() => shown(opened).page);
  const idle = (): Promise<void> => untilIdle(page);

  afterEach(async () => {
    const ended = opened;
    opened = undefined;
    if (ended) await closeClean(ended.app);
  });

  return {
    async open(options) {
      const app = await openAlone({
        viewport: { width: 390, height: 844 },
        hasTouch: true,
        ...forAll,
        ...options,
      });
      const first = await app.open();
      opened = { app, page: first, touch: await createTouch(first) };
    },
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

  return {
    simulator: standIn(() => shown(opened).simulator),
    alice: standIn(() => shown(opened).alice),
    bob: standIn(() => shown(opened).bob),
    alices: standIn(() => shown(opened).alices),
    bobs: standIn(() => shown(opened).bobs),
  };
}

function shown<Opened>(opened: Opened | undefined): Opened {
  if (opened === undefined) throw new Error("Nothing is open outside of a test.");
  return opened;
}
