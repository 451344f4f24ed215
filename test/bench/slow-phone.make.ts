import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { openMiniApp } from "../../src/package/files.ts";
import { serveSimulator } from "../../src/package/server.ts";
import { spiral } from "../browser/places.ts";
import { sharedBrowser } from "../browser/shared-browser.ts";
import { frameTimes, goal, longestTaskOf, quantile, SCREEN, slowDown, storeBoard } from "./app-page.ts";
import { loadTimes, penFrames, watchPenFrames, zoomToFull, type LoadTimes } from "./in-page.ts";

/*
 * A part of npm run bench:browser
 *
 * The built app on a phone whose processor is four times as slow as this one, with 1,000 strokes: how long it takes
 * to open, whether it pans, and how far the ink is behind the pen.
 */

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const COUNT = 1000;
const RATE = 4;
const OPENINGS = 3;
const MOVES = 90;
const SAMPLE_MS = 1000 / 60;
const FRAME_MS = 1000 / 60;
const STEPS_TO_FULL = 5;

it("measures a slow phone", { timeout: 600_000 }, async () => {
  const server = await serveSimulator({ page: ROOT, app: await openMiniApp(ROOT), isOwnApp: true, port: 0 });
  const browser = await sharedBrowser();
  const context = await browser.newContext(SCREEN);
  try {
    const page = await storeBoard(context, server.url, COUNT);
    await slowDown(page, RATE);
    const inks: number[] = [];
    const tasks: number[] = [];
    const open = async (): Promise<LoadTimes> => {
      // The end of the page before is no part of an opening.
      await page.goto("about:blank");
      await page.goto(`${server.url}app/index.html`);
      return page.evaluate(loadTimes);
    };
    for (let i = 0; i < OPENINGS; i++) {
      inks.push((await open()).firstInk);
      // A page that is traced is slower, so another one is.
      tasks.push((await longestTaskOf(page, open)).longestTask);
    }
    await page.evaluate(zoomToFull, STEPS_TO_FULL);
    const { frames } = await frameTimes(page, false);
    const { delays, reached } = await drawSteadily(page);
    expect(reached).toBeGreaterThan(0);
    console.log(
      [
        `The processor ${RATE} times as slow, ${COUNT} strokes. A task counts by what its thread worked.`,
        goal("first ink after opening, the middle of three", quantile(inks, 0.5), 1200, "ms"),
        goal("the longest task on the way", quantile(tasks, 0.5), 100, "ms"),
        goal("95th frame while panning", quantile(frames, 0.95), 34, "ms"),
        goal(
          "from a move of the pen to the end of its frame, median",
          quantile(delays, 0.5),
          2 * FRAME_MS,
          "ms",
        ),
        `the same, 95th: ${quantile(delays, 0.95).toFixed(1)} ms; ${reached} of ${MOVES} moves reached the page`,
      ].join("\n"),
    );
  } finally {
    await context.close();
    await server.close();
  }
});

/** Draws as a hand does: the moves come at their times, whether the page keeps up or not. */
async function drawSteadily(
  page: Page,
): Promise<{ readonly delays: readonly number[]; readonly reached: number }> {
  await page.evaluate(watchPenFrames);
  const [first, ...places] = spiral([195, 400], 20, 120, MOVES + 1, 3);
  await page.mouse.move(...first!);
  await page.mouse.down();
  const start = performance.now();
  const sent: Promise<void>[] = [];
  for (const [i, place] of places.entries()) {
    const wait = (i + 1) * SAMPLE_MS - (performance.now() - start);
    if (wait > 0) await setTimeout(wait);
    sent.push(page.mouse.move(...place));
  }
  await Promise.all(sent);
  await page.mouse.up();
  await page.evaluate(loadTimes);
  const delays = await page.evaluate(penFrames);
  return { delays, reached: delays.length };
}
