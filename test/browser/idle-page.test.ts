import type { BrowserContext, Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { openSimulator, type SimulatorPage } from "./simulator.js";

/*
 * What a page does while nobody does anything: a phone's battery pays for each timer and each frame.
 */

interface Work {
  timers: number;
  frames: number;
}

/** Before any script: notes in each phone's page what runs by itself. The page's clock is the test's. */
async function countWork(context: BrowserContext): Promise<void> {
  await context.clock.install();
  await context.addInitScript(() => {
    if (window === window.top) return;
    const work: Work = { timers: 0, frames: 0 };
    Object.assign(window, { work });
    const { setTimeout: after, setInterval: every, requestAnimationFrame: frame } = window;
    const counted =
      (run: TimerHandler) =>
      (...given: unknown[]): void => {
        work.timers++;
        (run as (...args: unknown[]) => void)(...given);
      };
    Object.assign(window, {
      setTimeout: (run: TimerHandler, ms?: number, ...given: unknown[]) => after(counted(run), ms, ...given),
      setInterval: (run: TimerHandler, ms?: number, ...given: unknown[]) => every(counted(run), ms, ...given),
      requestAnimationFrame: (run: FrameRequestCallback) =>
        frame((at) => {
          work.frames++;
          run(at);
        }),
    });
  });
}

/** Of the phones' pages since this was asked last. */
async function workOf(page: Page): Promise<Work> {
  return page.evaluate(() => {
    const sum: Work = { timers: 0, frames: 0 };
    for (const { contentWindow } of document.querySelectorAll("iframe")) {
      const { work } = contentWindow as Window & { work: Work };
      sum.timers += work.timers;
      sum.frames += work.frames;
      Object.assign(work, { timers: 0, frames: 0 });
    }
    return sum;
  });
}

/** The clock of each frame goes on for itself, so by steps that are shorter than an answer is waited for. */
async function pass(page: Page, seconds: number): Promise<void> {
  for (let i = 0; i < 2 * seconds; i++) await page.clock.runFor(500);
}

async function openAtRest(): Promise<SimulatorPage> {
  const simulator = await openSimulator({ prepare: countWork });
  onTestFinished(() => simulator.close());
  const alice = simulator.phone("Alice");
  await alice.ready();
  await simulator.phone("Bob").ready();
  await alice.draw([
    [60, 200],
    [200, 260],
    [260, 320],
  ]);
  await simulator.boardsEqual();
  await simulator.page.clock.pauseAt(Date.now() + 60_000);
  await pass(simulator.page, 30);
  await workOf(simulator.page);
  return simulator;
}

/** Of both phones, up to now. */
async function navigationsOf({ page }: SimulatorPage): Promise<number> {
  const counts = await page
    .locator(".meter")
    .evaluateAll((meters: HTMLElement[]) => meters.map(({ dataset }) => Number(dataset["navigations"])));
  expect(counts).toHaveLength(2);
  return counts[0]! + counts[1]!;
}

test("two pages at rest paint nothing, and wake up only for signs of life, less than once in 5 s", async () => {
  const simulator = await openAtRest();
  const before = await navigationsOf(simulator);
  await pass(simulator.page, 60);
  const { timers, frames } = await workOf(simulator.page);
  expect(frames).toBe(0);
  expect(timers).toBeGreaterThan(0);
  expect(timers).toBeLessThanOrEqual((2 * 60) / 5);
  const signs = (await navigationsOf(simulator)) - before;
  expect(signs).toBeGreaterThan(0);
  expect(signs).toBeLessThanOrEqual(8);
});

test("hidden pages do nothing at all", async () => {
  const simulator = await openAtRest();
  const { page } = simulator;
  await page.evaluate(() => {
    for (const { contentDocument } of document.querySelectorAll("iframe")) {
      Object.defineProperty(contentDocument, "visibilityState", { value: "hidden" });
      contentDocument!.dispatchEvent(new Event("visibilitychange"));
    }
  });
  // What they still had to say and to store; and until the other one counts as away.
  await pass(page, 90);
  await workOf(page);
  const before = await navigationsOf(simulator);
  await pass(page, 60);
  expect(await workOf(page)).toEqual({ timers: 0, frames: 0 });
  expect(await navigationsOf(simulator)).toBe(before);
});
