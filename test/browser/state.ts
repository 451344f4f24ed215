import type { Frame } from "playwright-core";
import { expect, vi } from "vitest";
import { areInked, readPicture, type Place } from "./picture.ts";

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
    { timeout: 30_000, interval: 50 },
  );
}

/** Waits until the app has opened its board. */
export const untilReady = (app: AppPage): Promise<void> => untilSays(app, "phase", "ready");

/** Waits until everything is painted and still. */
export const untilIdle = (app: AppPage): Promise<void> => untilSays(app, "idle", "true");

/** Waits until the device's storage has taken everything that is on the board. */
export const untilStored = (app: AppPage): Promise<void> => untilSays(app, "stored", "true");

/**
 * What is seen where everything is painted and still: asked in one go, again and again until it is, which
 * takes a page half the time of asking for both. `look` runs in the app's page.
 */
export async function lookWhenIdle<Given, Seen>(
  app: Pick<Frame, "evaluate">,
  look: (given: Given) => Seen,
  given: Given,
): Promise<Seen> {
  const source = look.toString();
  // Kept in the page, where it is compiled once: a loop through all pixels takes much longer at first.
  const kept = `(globalThis.testLooks ??= {})[${JSON.stringify(source)}] ??= ${source}`;
  const question = `document.documentElement.dataset.idle === "true" ? [(${kept})(${JSON.stringify(given)})] : []`;
  const [seen] = await vi.waitFor(
    async () => {
      const answer = await app.evaluate<Seen[]>(question);
      expect(answer, "what is seen when the app is idle").toHaveLength(1);
      return answer;
    },
    { timeout: 30_000, interval: 50 },
  );
  return seen!;
}

/** How many of the places have ink, painted or not. */
export async function countInked(app: AppPage, places: readonly Place[]): Promise<number> {
  return (await app.evaluate(areInked, places)).filter(Boolean).length;
}

/** How many pixels have ink when everything is painted. */
export async function inkOf(app: AppPage): Promise<number> {
  await untilIdle(app);
  return (await app.evaluate(readPicture)).inked;
}
