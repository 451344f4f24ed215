import { execFile } from "node:child_process";
import { readFile, stat, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { bothReady, declineName } from "./meeting.ts";
import { drawSeaside } from "./seaside.ts";
import { openSimulator } from "./simulator.ts";
import { drawSteadily } from "./steady.ts";

/*
 * `npm run readme` makes here what README shows: its picture and its tables of measurements. Not part of
 * `npm test`, which would only draw the same again.
 */
const README = new URL("../../README.md", import.meta.url);
const PICTURE = new URL("readme.png", import.meta.url);
const PACKAGE = new URL("../../dist/com.inkmesh.canvas.zspixiapp", import.meta.url);

/** Replaces what stands between `<!-- mark -->` and `<!-- /mark -->`. */
async function putIntoReadme(mark: string, text: string): Promise<void> {
  const [start, end] = [`<!-- ${mark} -->`, `<!-- /${mark} -->`];
  const readme = await readFile(README, "utf8");
  const [head, rest] = readme.split(start) as [string, string];
  await writeFile(README, `${head}${start}\n\n${text}\n\n${end}${rest.split(end)[1]!}`);
}

it("the picture: two people draw one sea", { timeout: 240_000 }, async () => {
  const simulator = await openSimulator({ context: { deviceScaleFactor: 2 } });
  try {
    const [alice, bob] = await bothReady(simulator);
    for (const phone of [alice, bob]) await declineName(phone);
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
  const simulator = await openSimulator();
  try {
    const drawn = await drawSteadily(simulator);
    expect(drawn.arrived).toBe(drawn.samples);
    const { size } = await stat(PACKAGE);

    const table = [
      "| measured | |",
      "|---|---|",
      `| package, everything included | ${Math.round(size / 1000)} kB |`,
      `| messages a second while drawing at 60 Hz | ${drawn.messagesPerSecond.toFixed(1)} |`,
      `| base64 characters per captured sample, whole messages | ${drawn.charactersPerSample.toFixed(1)} |`,
      `| samples that did not reach the contact, of ${drawn.samples} | ${drawn.samples - drawn.arrived} |`,
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
