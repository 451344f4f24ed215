import { execFile } from "node:child_process";
import { readFile, stat, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import type { Browser, Frame } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import type { Place } from "./picture.ts";
import { circle, spiral } from "./places.ts";
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

async function choose(app: Frame, panel: string, choice: string): Promise<void> {
  await app.locator(panel).click();
  await app.getByRole("radio", { name: choice, exact: true }).click();
}

/** A smooth line through a function of 0 .. 1. */
function line(count: number, at: (part: number) => Place): Place[] {
  return Array.from({ length: count }, (_, i) => at(i / (count - 1)));
}

it("the picture: two people draw one sea", { timeout: 240_000 }, async () => {
  const simulator = await openSimulator(browser, { context: { deviceScaleFactor: 2 } });
  try {
    const [alice, bob] = await twoPhones(simulator);
    const [a, b] = [await alice.frame(), await bob.frame()];

    await choose(a, "#ink-button", "Orange");
    await alice.draw(circle([262, 190], 34, 44, 1.06));
    for (let ray = 0; ray < 8; ray++) {
      const angle = (ray / 8) * 2 * Math.PI + 0.2;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      await alice.draw(line(6, (t) => [262 + (46 + 16 * t) * cos, 190 + (46 + 16 * t) * sin]));
    }
    await choose(b, "#ink-button", "Blue");
    for (const [y, phase] of [
      [430, 0],
      [456, 1.4],
      [482, 2.6],
    ] as const) {
      await bob.draw(line(60, (t) => [36 + 288 * t, y + 8 * Math.sin(t * 15 + phase)]));
    }
    await choose(a, "#ink-button", "Ink");
    await alice.draw(
      line(50, (t) => [92 + 150 * t, 378 + 38 * Math.sin(Math.PI * t) - (t < 0.02 || t > 0.98 ? 4 : 0)]),
    );
    await alice.draw(line(30, (t) => [92 + 150 * t, 378 - 3 * Math.sin(Math.PI * t)]));
    await alice.draw(line(24, (t) => [162 + 2 * Math.sin(3 * t), 378 - 142 * t]));
    await choose(b, "#ink-button", "Red");
    await bob.draw(line(30, (t) => [165 + 62 * Math.sin((Math.PI / 2) * t), 242 + 118 * t]));
    await bob.draw(line(24, (t) => [226 - 62 * t, 361 + 3 * Math.sin(Math.PI * t)]));
    await choose(b, "#ink-button", "Ink");
    for (const [x, y] of [
      [84, 214],
      [122, 176],
    ] as const) {
      await bob.draw(line(18, (t) => [x + 34 * t, y - 13 * Math.abs(Math.sin(2 * Math.PI * t)) + 4 * t]));
    }
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
    for (const places of strokes) await alice.draw(places);
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
