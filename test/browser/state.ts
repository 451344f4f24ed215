import { expect, vi } from "vitest";
import { readPicture } from "./picture.ts";

/** A page with the app in it, in whatever browser. */
export interface AppPage {
  evaluate<Result, Given>(task: (given: Given) => Result, given: Given): Promise<Result>;
  evaluate<Result>(task: () => Result): Promise<Result>;
}

/**
 * Waits until the app's root says `value`. It is asked from outside each time: in an iframe a wait of the
 * browser's own may begin in the empty document that the app's replaces, and then never ends.
 */
async function untilSays(app: AppPage, name: string, value: string): Promise<void> {
  await vi.waitFor(
    async () => {
      const said = await app.evaluate((key) => document.documentElement.dataset[key], name);
      expect(said, `the app's data-${name}`).toBe(value);
    },
    { timeout: 30_000, interval: 20 },
  );
}

/** Waits until the app has opened its board. */
export const untilReady = (app: AppPage): Promise<void> => untilSays(app, "phase", "ready");

/** Waits until everything is painted and still. */
export const untilIdle = (app: AppPage): Promise<void> => untilSays(app, "idle", "true");

/** Waits until the device's storage has taken everything that is on the board. */
export const untilStored = (app: AppPage): Promise<void> => untilSays(app, "stored", "true");

/** How many pixels have ink when everything is painted. */
export async function inkOf(app: AppPage): Promise<number> {
  await untilIdle(app);
  return (await app.evaluate(readPicture)).inked;
}
