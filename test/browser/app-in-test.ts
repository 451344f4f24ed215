/*
 * The app alone as a test has it in the hand, whether it is opened for one test or kept for many.
 */
import type { BrowserContextOptions, Page } from "playwright-core";
import { standIn, whileOpen } from "../support/stand-in.ts";
import { drawOn, openAlone, type AloneApp } from "./alone.ts";
import { areInked, readPicture, type Place } from "./picture.ts";
import { lookWhenIdle, untilIdle } from "./state.ts";
import { createTouch, type Touch } from "./touch.ts";

export interface OpenApp {
  readonly app: AloneApp;
  readonly page: Page;
  readonly touch: Touch;
}

export interface AppInTest {
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

/** On a phone of 390 x 844 with a touch screen unless the options say otherwise. */
export async function openApp(options: BrowserContextOptions): Promise<OpenApp> {
  const app = await openAlone({ viewport: { width: 390, height: 844 }, hasTouch: true, ...options });
  const page = await app.open();
  return { app, page, touch: await createTouch(page) };
}

/** Stands for the app that is open at the moment. */
export function appInTest(opened: () => OpenApp | undefined): AppInTest {
  const page = standIn(() => whileOpen(opened()).page);
  const idle = (): Promise<void> => untilIdle(page);
  /** Asked twice whether it is idle: right after a click, it may not have begun to paint what that did. */
  const look = async <Given, Seen>(from: (given: Given) => Seen, given: Given): Promise<Seen> => {
    await idle();
    return lookWhenIdle(page, from, given);
  };
  return {
    page,
    touch: standIn(() => whileOpen(opened()).touch),
    async draw(...places) {
      await drawOn(page, places);
      await idle();
    },
    idle,
    inked: async () => (await look(readPicture, undefined)).inked,
    inkedPlaces: async (...places) => (await look(areInked, places)).filter(Boolean).length,
  };
}
