import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { expect, it } from "vitest";
import { openMiniApp } from "../../src/package/files.ts";
import { serveSimulator } from "../../src/package/server.ts";
import { spiral } from "../browser/places.ts";
import { sharedBrowser } from "../browser/shared-browser.ts";
import { goal, heapOf, pan, quantile, SCREEN, storeBoard, zoom, type FrameTimes } from "./app-page.ts";
import { loadTimes, pointerSpans, watchPointer, zoomToFull, type LoadTimes } from "./in-page.ts";
import { storedBoard } from "./stored-board.ts";

/*
 * npm run bench:browser
 *
 * The built app in a real Chromium, on a phone's screen, with boards of several sizes: what a person
 * waits for and feels. All figures of one run come from one machine at one time, so it is their ratios
 * that mean something.
 */

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const FULL = 10_000;
const SIZES = [0, 100, 1000, FULL, 50_000];
const ROUNDS = 5;
/** Of a move of the pen. */
const SEGMENT_MS = 0.5;
const TURNS = 3;
/** Of ten seconds of drawing each: the first is slower, as the engine has not compiled everything yet. */
const TIMES_TEN_SECONDS = 3;

interface Result {
  readonly count: number;
  readonly load: LoadTimes;
  /** Milliseconds to work on one pointer event, the painting included, in half a minute of drawing. */
  readonly segments: readonly number[];
  /** The same, in the first ten seconds of it. */
  readonly firstSegments: readonly number[];
  readonly panNear: FrameTimes;
  readonly panFar: FrameTimes;
  readonly zoomed: FrameTimes;
  /** Megabytes of JavaScript objects, after a collection. */
  readonly heap: number;
}

it("measures", { timeout: 1_200_000 }, async () => {
  const server = await serveSimulator({ page: ROOT, app: await openMiniApp(ROOT), isOwnApp: true, port: 0 });
  const browser = await sharedBrowser();
  const results: Result[] = [];
  let segmentRatio: number;
  try {
    for (const count of SIZES) results.push(await measure(browser, server.url, count));
    segmentRatio = await compareSegments(browser, server.url);
  } finally {
    await server.close();
  }
  expect(results).toHaveLength(SIZES.length);
  report(results, segmentRatio);
});

/** From all in view to about 100 %. */
function stepsToFull(count: number): number {
  return count > 1000 ? 10 : count > 100 ? 5 : 0;
}

/**
 * A segment on a full board against one on an empty board: in turns, after a first turn that does not
 * count, so that neither the warming of the engine nor the machine's other work is on one side.
 */
async function compareSegments(browser: Browser, url: string): Promise<number> {
  const contexts = [await browser.newContext(SCREEN), await browser.newContext(SCREEN)];
  const sides: { readonly page: Page; readonly spans: number[] }[] = [];
  for (const [i, count] of [FULL, 0].entries()) {
    const page = await openBoard(contexts[i]!, url, count);
    await page.evaluate(loadTimes);
    await page.evaluate(zoomToFull, stepsToFull(count));
    await page.evaluate(watchPointer);
    sides.push({ page, spans: [] });
  }
  for (let turn = 0; turn <= TURNS; turn++) {
    for (const { page, spans } of sides) {
      await page.bringToFront();
      const some = await drawSegments(page);
      if (turn > 0) spans.push(...some);
    }
  }
  for (const context of contexts) await context.close();
  const [full, empty] = sides.map(({ spans }) => typical(spans)) as [number, number];
  return full / empty;
}

async function openBoard(context: BrowserContext, url: string, count: number): Promise<Page> {
  const page = await storeBoard(context, url, storedBoard(count));
  await page.goto(`${url}app/index.html`);
  return page;
}

async function measure(browser: Browser, url: string, count: number): Promise<Result> {
  const context = await browser.newContext(SCREEN);
  try {
    const page = await openBoard(context, url, count);
    const load = await page.evaluate(loadTimes);
    const panFar = await pan(page);
    const zoomed = await zoom(page);
    await page.evaluate(zoomToFull, stepsToFull(count));
    const panNear = await pan(page);
    await page.evaluate(watchPointer);
    const firstSegments = await drawSegments(page);
    const segments = [...firstSegments];
    for (let i = 1; i < TIMES_TEN_SECONDS; i++) segments.push(...(await drawSegments(page)));
    return { count, load, segments, firstSegments, panNear, panFar, zoomed, heap: await heapOf(page) };
  } finally {
    await context.close();
  }
}

async function drawSegments(page: Page): Promise<number[]> {
  const spans: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const places = spiral([195, 300 + round * 40], 5, 80, 120, 5);
    await page.mouse.move(...places[0]!);
    await page.mouse.down();
    for (const place of places) await page.mouse.move(...place);
    await page.mouse.up();
    spans.push(...(await page.evaluate(pointerSpans)));
  }
  return spans;
}

function report(results: readonly Result[], segmentRatio: number): void {
  const rows = results.map(({ count, load, segments, firstSegments, panNear, panFar, zoomed, heap }) => [
    String(count),
    load.ready.toFixed(0),
    count === 0 ? "-" : load.firstInk.toFixed(0),
    load.complete.toFixed(0),
    quantile(firstSegments, 0.5).toFixed(2),
    `${quantile(segments, 0.5).toFixed(2)} / ${quantile(segments, 0.95).toFixed(2)}`,
    frameText(panNear),
    frameText(panFar),
    frameText(zoomed),
    heap.toFixed(1),
  ]);
  const head = [
    "strokes",
    "ready",
    "first ink",
    "all sharp",
    "segment, first 10 s",
    "half a minute: 50/95",
    "pan at 100 %: 50/95, longest task",
    "pan, all in view",
    "zoom",
    "heap MB",
  ];
  const lines = [head, ...rows].map((row) => row.map((cell, i) => cell.padStart(head[i]!.length)).join("  "));
  const of = (count: number): Result => results.find((result) => result.count === count)!;
  const few = of(1000);
  const large = of(50_000);
  const full = of(FULL);
  const longest = Math.max(full.panNear.longestTask, full.panFar.longestTask);
  console.log(
    [
      "Milliseconds in a real Chromium, 390 x 844 at pixel ratio 2. A task counts by what its thread worked.",
      ...lines,
      "",
      ...[0, 1000, FULL].map((count) =>
        goal(
          `script of a move of the pen, median of half a minute, ${String(count)} strokes`,
          quantile(of(count).segments, 0.5),
          SEGMENT_MS,
          "ms",
        ),
      ),
      goal("a segment on 10,000 strokes, against an empty board", segmentRatio, 1.2, "times"),
      goal("the longest task while panning 10,000 strokes", longest, 50, "ms"),
      ratio("first ink, 50,000 strokes against 1,000", large.load.firstInk, few.load.firstInk),
      ratio(
        "95th frame while panning at 100 %, 50,000 strokes against 100",
        quantile(large.panNear.frames, 0.95),
        quantile(of(100).panNear.frames, 0.95),
      ),
      ratio("heap, 50,000 strokes against 10,000", large.heap, full.heap),
    ].join("\n"),
  );
}

function ratio(what: string, value: number, against: number): string {
  return `${what}: ${(value / against).toFixed(2)} times`;
}

function frameText({ frames, longestTask }: FrameTimes): string {
  return `${quantile(frames, 0.5).toFixed(1)} / ${quantile(frames, 0.95).toFixed(1)}, ${longestTask.toFixed(0)}`;
}

/** The mean of all but the slowest: the browser's clock is too coarse for a ratio of medians. */
function typical(values: readonly number[]): number {
  const most = [...values].sort((a, b) => a - b).slice(0, Math.ceil(values.length * 0.95));
  return most.reduce((sum, value) => sum + value, 0) / most.length;
}
