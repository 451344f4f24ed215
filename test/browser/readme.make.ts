import { execFile } from "node:child_process";
import { readFile, stat, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { spiral } from "./places.ts";
import { drawSeaside } from "./seaside.ts";
import { openSimulator, type SimulatedPhone, type SimulatorPage } from "./simulator.ts";

/*
 * `npm run readme` makes here what README shows: its picture and its tables of measurements. Not part of
 * `npm test`, which would only draw the same again.
 */
const README = new URL("../../README.md", import.meta.url);
const PICTURE = new URL("readme.png", import.meta.url);
const PACKAGE = new URL("../../dist/com.inkmesh.canvas.zspixiapp", import.meta.url);

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
});

/** Replaces what stands between `<!-- mark -->` and `<!-- /mark -->`. */
async function putIntoReadme(mark: string, text: string): Promise<void> {
  const [start, end] = [`<!-- ${mark} -->`, `<!-- /${mark} -->`];
  const readme = await readFile(README, "utf8");
  const [head, rest] = readme.split(start) as [string, string];
  await writeFile(README, `${head}${start}\n\n${text}\n\n${end}${rest.split(end)[1]!}`);
}

async function twoPhones(simulator: SimulatorPage): Promise<[SimulatedPhone, SimulatedPhone]> {
  const [alice, bob] = [simulator.phone("Alice"), simulator.phone("Bob")];
  await alice.ready();
  await bob.ready();
  return [alice, bob];
}

it("the picture: two people draw one sea", { timeout: 240_000 }, async () => {
  const simulator = await openSimulator(browser, { context: { deviceScaleFactor: 2 } });
  try {
    const [alice, bob] = await twoPhones(simulator);
    await drawSeaside(alice, bob, { width: 360, height: 640 });
    await simulator.boardsEqual();
    expect((await alice.picture()).inked).toBe((await bob.picture()).inked);

    const boxes = [await alice.screen.boundingBox(), await bob.screen.boundingBox()];
    const left = Math.min(...boxes.map((box) => box!.x)) - 12;
    const top = Math.min(...boxes.map((box) => box!.y)) - 6;
    const right = Math.max(...boxes.map((box) => box!.x + box!.width)) + 12;
    const bottom = Math.max(...boxes.map((box) => box!.y + box!.height)) + 6;
    const clip = { x: left, y: top, width: right - left, height: bottom - top };
    const picture = await simulator.page.screenshot({ clip });
    await writeFile(PICTURE, picture);
    expect(simulator.problems()).toEqual([]);
  } finally {
    await simulator.close();
  }
});

it("the table: what is measured while one person draws", { timeout: 240_000 }, async () => {
  const simulator = await openSimulator(browser);
  try {
    const [alice, bob] = await twoPhones(simulator);
    const strokes = Array.from({ length: 6 }, (_, i) =>
      spiral([90 + (i % 2) * 180, 170 + Math.floor(i / 2) * 130], 4, 55, 100, 4),
    );
    const before = await alice.traffic();
    const start = performance.now();
    for (const places of strokes) await alice.drawSteadily(places);
    const seconds = (performance.now() - start) / 1000;
    await simulator.boardsEqual();
    const after = await alice.traffic();
    const arrived = (await Promise.all(strokes.map((places) => bob.inkedPlaces(places)))).reduce(
      (a, b) => a + b,
    );
    const samples = strokes.flat().length;
    expect(arrived).toBe(samples);
    const { size } = await stat(PACKAGE);

    const table = [
      "| measured | |",
      "|---|---|",
      `| package, everything included | ${Math.round(size / 1000)} kB |`,
      `| messages a second while drawing at 60 Hz | ${((after.messages - before.messages) / seconds).toFixed(1)} |`,
      `| base64 characters per captured sample, whole messages | ${((after.bytes - before.bytes) / samples).toFixed(1)} |`,
      `| samples that did not reach the contact, of ${samples} | ${samples - arrived} |`,
    ].join("\n");
    await putIntoReadme("measured", table);
  } finally {
    await simulator.close();
  }
});

it("the table of the ink: what it costs to send, keep and open", { timeout: 600_000 }, async () => {
  const bench = await promisify(execFile)("node", ["--expose-gc", "test/run.mjs", "bench/ink", "--brief"]);
  expect(bench.stderr).toBe("");
  await putIntoReadme("ink", bench.stdout.trim());
});
