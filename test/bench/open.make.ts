import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openMiniApp } from "../../src/package/files.ts";
import { serveSimulator, type SimulatorServer } from "../../src/package/server.ts";
import { sharedBrowser } from "../browser/shared-browser.ts";
import { goal, heapOf, SCREEN, storeBoard } from "./app-page.ts";
import { openOnSlowPhone, openRepeatedly, SLOW_PHONE, slowPhoneGoals } from "./openings.ts";
import { judgedTable, judgeOpenings } from "./storage-openings.ts";
import { storedBoard } from "./stored-board.ts";

/*
 * npm run bench:open
 *
 * All that is wanted of opening a board: how soon it is there behind the simulated messenger, whose time is the
 * same on every machine, and how soon its ink is seen in a real Chromium, whose time is this machine's.
 */

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const FULL = [
  { count: 10_000, firstInk: 400, heap: 25 },
  { count: 50_000, firstInk: 900, heap: 80 },
];

let server: SimulatorServer;

beforeAll(async () => {
  server = await serveSimulator({ page: ROOT, app: await openMiniApp(ROOT), isOwnApp: true, port: 0 });
});

afterAll(() => server.close());

it.each(["android", "ios"] as const)("opens behind the messenger on %s", { timeout: 600_000 }, async (on) => {
  const judged = await judgeOpenings(on);
  expect(judged.length).toBeGreaterThan(0);
  console.log(`${judgedTable(`opening on ${on}`, judged)}\n`);
});

it.each(FULL)("opens a board of $count strokes", { timeout: 600_000 }, async ({ count, firstInk, heap }) => {
  const context = await (await sharedBrowser()).newContext(SCREEN);
  try {
    const page = await storeBoard(context, server.url, storedBoard(count));
    const openings = await openRepeatedly(page, server.url);
    expect(openings.inkFromRead).toBeGreaterThan(0);
    console.log(
      [
        `${count.toLocaleString("en")} strokes in a real Chromium, all of them in view; the middle of three openings`,
        goal("first ink after the storage was read first", openings.inkFromRead, firstInk, "ms"),
        `the same from the navigation on: ${openings.firstInk.toFixed(2)} ms`,
        goal("the longest task on the way", openings.longestTask, 50, "ms"),
        goal("heap", await heapOf(page), heap, "MB"),
        "",
      ].join("\n"),
    );
  } finally {
    await context.close();
  }
});

it("opens on a slow phone", { timeout: 600_000 }, async () => {
  const context = await (await sharedBrowser()).newContext(SCREEN);
  try {
    const { openings } = await openOnSlowPhone(context, server.url);
    expect(openings.firstInk).toBeGreaterThan(0);
    console.log([SLOW_PHONE, ...slowPhoneGoals(openings), ""].join("\n"));
  } finally {
    await context.close();
  }
});
