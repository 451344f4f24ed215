import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { expect, it } from "vitest";
import { openMiniApp } from "../../../src/package/files.ts";
import { serveSimulator } from "../../../src/package/server.ts";
import { spiral } from "../../browser/places.ts";
import { sharedBrowser } from "../../browser/shared-browser.ts";
import { frameTimes, heapOf, quantile, SCREEN, threadWorkOf, type FrameTimes } from "../app-page.ts";
import { comparisonTable, notAhead, type ComparedRow } from "./comparison.ts";
import { makePages, VERSIONS } from "./packages.ts";
import { excalidraw, inkmesh, tldraw, type App } from "./peer-apps.ts";
import { firstInkTime, settled } from "./peer-in-page.ts";

/*
 * npm run bench:peers
 *
 * The same strokes in Inkmesh, Excalidraw and tldraw, in turns in one Chromium, on a phone's screen. All figures of
 * one run come from one machine at one time, so it is their ratios that mean something. Each round opens every app
 * anew, in a context of its own; what is said is the middle of the rounds, and of frames, the 95th of a hundred of all rounds.
 *
 * - open: from the navigation to the first ink, which is looked for in each frame. Of tldraw, whose ink is SVG, the
 *   frame counts in which it is laid out and painted first.
 * - pan, zoom: the wheel is turned once a frame, the frame is what passes until the next one; all zoom about as far.
 * - work: what the page's own thread works, as the browser's trace says, painting included; in pan and zoom for each
 *   frame, in draw for each move of a real mouse, which waits until the page has taken the one before.
 * - heap: JavaScript's objects after a collection. What the browser keeps for SVG or canvases is not in it.
 * - at rest: the characters of what the app stores: base64 of Inkmesh, compact JSON of the others.
 */

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const COUNTS = [1000, 10_000];
const ROUNDS = 3;
const TURNS = 60;
const STROKES = 3;
const MOVES = 60;
const SAMPLE_MS = 1000 / 60;
const MIDDLE = [195, 422] as const;

interface Scripts {
  readonly bytes: number;
  readonly gzip: number;
}

/** One round of one app. */
interface Measured {
  readonly scripts: Scripts;
  readonly open: number;
  readonly panFar: FrameTimes;
  readonly zoom: FrameTimes;
  readonly panNear: FrameTimes;
  /** Milliseconds of the page's thread for each move, of each stroke. */
  readonly draw: readonly number[];
  readonly heap: number;
}

it("compares Inkmesh with other apps", { timeout: 3_600_000 }, async () => {
  await makePages(ROOT);
  const server = await serveSimulator({ page: ROOT, app: await openMiniApp(ROOT), isOwnApp: true, port: 0 });
  const browser = await sharedBrowser();
  const apps = [inkmesh(server.url), excalidraw(server.url, ROOT), tldraw(server.url, ROOT)];
  const names = apps.map(({ name }) => name);
  console.log(`Inkmesh, ${VERSIONS}; less is better\n`);
  try {
    for (const count of COUNTS) {
      const stored: number[] = [];
      for (const app of apps) stored.push(await app.prepare(browser, count));
      const rounds = apps.map((): Measured[] => []);
      for (let round = 0; round < ROUNDS; round++) {
        for (const [i, app] of apps.entries()) rounds[i]!.push(await measure(browser, app, count));
      }
      const rows = rowsOf(rounds, stored);
      expect(Math.min(...rows.flatMap(({ figures }) => figures))).toBeGreaterThan(0);
      const behind = notAhead(rows).map(({ what }) => `not ahead: ${what}`);
      const title = `${count.toLocaleString("en")} strokes`;
      console.log([comparisonTable(title, names, rows), "", ...behind, ""].join("\n"));
    }
  } finally {
    await server.close();
  }
});

async function measure(browser: Browser, app: App, count: number): Promise<Measured> {
  const context = await browser.newContext(SCREEN);
  try {
    const [page, address] = await app.page(context, count);
    const fromElsewhere: string[] = [];
    page.on("request", (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol.startsWith("http") && origin !== new URL(address).origin)
        fromElsewhere.push(request.url());
    });
    await page.goto(address);
    await page.evaluate(settled);
    const open = await page.evaluate(firstInkTime);
    const scripts = await scriptsOf(page);
    const heap = await heapOf(page);
    // Where the pointer is, the wheel zooms.
    await page.mouse.move(...MIDDLE);
    const pans = { selector: app.surface, count: TURNS, zoom: undefined };
    const panFar = await frameTimes(page, pans);
    const zoom = await frameTimes(page, { ...pans, zoom: app.wheelStep(count, TURNS / 2) });
    await app.zoomToFull(page, count);
    await page.evaluate(settled);
    const panNear = await frameTimes(page, pans);
    const draw = await drawStrokes(page);
    expect(fromElsewhere).toEqual([]);
    return { scripts, open, panFar, zoom, panNear, draw, heap };
  } finally {
    await context.close();
  }
}

/** The scripts that the page has loaded until now. */
async function scriptsOf(page: Page): Promise<Scripts> {
  const paths = await page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .map(({ name }) => new URL(name).pathname)
      .filter((path) => path.endsWith(".js")),
  );
  const files = await Promise.all([...new Set(paths)].map((path) => readFile(join(ROOT, path))));
  return {
    bytes: files.reduce((sum, { length }) => sum + length, 0),
    gzip: files.reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0),
  };
}

async function drawStrokes(page: Page): Promise<number[]> {
  const works: number[] = [];
  const before = await page.screenshot();
  for (let stroke = 0; stroke < STROKES; stroke++) {
    const [first, ...places] = spiral([195, 340 + stroke * 40], 5, 90, MOVES + 1, 4);
    await page.mouse.move(...first!);
    await page.mouse.down();
    const { total } = await threadWorkOf(page, async () => {
      for (const place of places) {
        const next = setTimeout(SAMPLE_MS);
        await page.mouse.move(...place);
        await next;
      }
    });
    await page.mouse.up();
    await page.evaluate(settled);
    works.push(total / MOVES);
  }
  expect(before.equals(await page.screenshot())).toBe(false);
  return works;
}

function rowsOf(rounds: readonly (readonly Measured[])[], stored: readonly number[]): ComparedRow[] {
  const middle = (of: (measured: Measured) => number | readonly number[]): number[] =>
    rounds.map((all) => quantile(all.flatMap(of), 0.5));
  const slow = (of: (measured: Measured) => FrameTimes): number[] =>
    rounds.map((all) =>
      quantile(
        all.flatMap((measured) => of(measured).frames),
        0.95,
      ),
    );
  const work = (of: (measured: Measured) => FrameTimes): number[] => middle((each) => of(each).total / TURNS);
  const kB = (bytes: readonly number[]): number[] => bytes.map((each) => each / 1000);
  const row = (what: string, figures: readonly number[], digits = 1): ComparedRow => ({
    what,
    figures,
    digits,
  });
  return [
    row("script, kB", kB(middle(({ scripts }) => scripts.bytes)), 0),
    row("script, gzip, kB", kB(middle(({ scripts }) => scripts.gzip)), 0),
    row(
      "open, ms",
      middle(({ open }) => open),
      0,
    ),
    row(
      "pan, all in view, 95th frame, ms",
      slow(({ panFar }) => panFar),
    ),
    row(
      "pan, all in view, work a frame, ms",
      work(({ panFar }) => panFar),
    ),
    row(
      "pan at 100 %, 95th frame, ms",
      slow(({ panNear }) => panNear),
    ),
    row(
      "pan at 100 %, work a frame, ms",
      work(({ panNear }) => panNear),
    ),
    row(
      "zoom, 95th frame, ms",
      slow(({ zoom }) => zoom),
    ),
    row(
      "zoom, work a frame, ms",
      work(({ zoom }) => zoom),
    ),
    row(
      "draw, work a move, ms",
      middle(({ draw }) => draw),
    ),
    row(
      "heap, MB",
      middle(({ heap }) => heap),
    ),
    row("at rest, kB", kB(stored), 0),
  ];
}
