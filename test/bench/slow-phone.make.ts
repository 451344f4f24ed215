import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { openMiniApp } from "../../src/package/files.ts";
import { serveSimulator } from "../../src/package/server.ts";
import { spiral } from "../browser/places.ts";
import { sharedBrowser } from "../browser/shared-browser.ts";
import { goal, pan, quantile, SCREEN } from "./app-page.ts";
import { loadTimes, penFrames, watchPenFrames, zoomToFull } from "./in-page.ts";
import { openOnSlowPhone, SLOW_PHONE, slowPhoneGoals } from "./openings.ts";

/*
 * A part of npm run bench:browser
 *
 * The built app on a phone whose processor is four times as slow as this one, with 1,000 strokes: how long it takes
 * to open, whether it pans, and how far the ink is behind the pen.
 */

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const MOVES = 90;
const SAMPLE_MS = 1000 / 60;
const FRAME_MS = 1000 / 60;
const STEPS_TO_FULL = 5;

it("measures a slow phone", { timeout: 600_000 }, async () => {
  const server = await serveSimulator({ page: ROOT, app: await openMiniApp(ROOT), isOwnApp: true, port: 0 });
  const browser = await sharedBrowser();
  const context = await browser.newContext(SCREEN);
  try {
    const { page, openings } = await openOnSlowPhone(context, server.url);
    await page.evaluate(zoomToFull, STEPS_TO_FULL);
    const { frames } = await pan(page);
    const { delays, reached } = await drawSteadily(page);
    expect(reached).toBeGreaterThan(0);
    console.log(
      [
        SLOW_PHONE,
        ...slowPhoneGoals(openings),
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
