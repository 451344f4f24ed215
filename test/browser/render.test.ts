import type { JSHandle } from "playwright-core";
import { describe, expect, it } from "vitest";
import { createPrng } from "../../src/base/prng.ts";
import { createSimplifier } from "../../src/ink/simplify.ts";
import { INK_TOOLS, type InkPoint, type InkTool } from "../../src/ink/stroke.ts";
import { generateStrokes, PEN } from "../support/strokes.ts";
import type { Difference, DrawnStroke } from "./render-comparisons.ts";
import type { FinishedStroke, RenderPage } from "./render-page.ts";
import { useRenderPages } from "./render-tab.ts";

/*
 * The renderer in a real engine, pixel by pixel. Two pictures of the same ink differ for these reasons
 * only:
 * - A path that leads over the edge of a canvas is cut there before it is filled, and the engine works
 *   out the soft edges of a cut path in another way: single pixels on the rim of what crosses from
 *   tile to tile.
 * - Elsewhere its numbers have fewer digits the farther a path lies from the canvas's corner.
 * - The live canvas lies over the finished ink with eight bits of opacity, which rounds once more.
 */
const CUT = { share: 0.04, most: 192 };
const ROUNDED = 32;

/** Strokes of all kinds and widths, scattered over a few screens. */
function scatter(count: number): FinishedStroke[] {
  const prng = createPrng(5);
  return generateStrokes(5, count).map((samples, i) => {
    const pressure = i % 3 === 0;
    const header: FinishedStroke["header"] = {
      tool: INK_TOOLS[i % 4] ?? "pen",
      width: [0.5, 2, 4, 14][(i >> 2) % 4]!,
      color: (i * 7919) & 0xcfcfcf,
      input: pressure ? "pen" : "touch",
      pressure,
      scale: 0,
    };
    const simplifier = createSimplifier(header);
    const points: InkPoint[] = [];
    const [dx, dy] = [prng.next() * 2400 - 1700, prng.next() * 2400 - 1500];
    for (const sample of samples) {
      points.push(...simplifier.push({ ...sample, x: sample.x + dx, y: sample.y + dy }));
    }
    points.push(...simplifier.end());
    return { header, points };
  });
}

/** Lines across a square of so many world units around the middle, one each `spacing`. */
function lattice(side: number, spacing: number): FinishedStroke[] {
  const lines: FinishedStroke[] = [];
  for (let at = -side / 2; at <= side / 2; at += spacing) {
    const ends = [-side / 2, side / 2];
    const header = { ...PEN, width: 12 };
    lines.push({ header, points: ends.map((end) => ({ x: end, y: at, pressure: 0.5 })) });
    lines.push({ header, points: ends.map((end) => ({ x: at, y: end, pressure: 0.5 })) });
  }
  return lines;
}

const pages = useRenderPages();
/** Four tiles and parts of more: a larger screen has nothing else to show, and each of its pixels is looked at. */
const SIZE = { width: 350, height: 300 };
const open = (pixelRatio: number): Promise<JSHandle<RenderPage>> => pages.open(pixelRatio, SIZE);

const scrawl = (tool: InkTool, points: number, { zoom = 1, away = 0, width = 9 } = {}): DrawnStroke => ({
  header: { ...PEN, tool, width: width / zoom, color: tool === "highlighter" ? 0xffe14d : 0x2050a0 },
  points,
  zoom,
  away,
});

function expectAlike({ pixels, most, inked }: Difference): void {
  expect(inked).toBeGreaterThan(500);
  expect(pixels / inked).toBeLessThan(CUT.share);
  expect(most).toBeLessThanOrEqual(CUT.most);
}

describe("tiles", () => {
  it("show at every zoom and place what a plain painting does", async () => {
    const page = await pages.open(2);
    await page.evaluate((lab, strokes) => lab.fill(strokes), scatter(300));
    for (const [zoom, x, y] of [
      [1, 0, 0],
      [1, -300.3, 211.7],
      [0.1, 0, 0],
      [0.37, 120, -90.1],
      [2.6, 33.3, -50],
      [8, -400.125, 300],
    ] as const) {
      expectAlike(await page.evaluate((lab, camera) => lab.againstPlain(camera), { x, y, zoom }));
    }
  });

  it("show just that where nothing leads over an edge", async () => {
    const page = await open(2);
    for (const tool of INK_TOOLS) {
      await page.evaluate((lab, stroke) => lab.liveAgainstFinished(stroke), scrawl(tool, 200, { away: 128 }));
    }
    const { pixels, most, inked } = await page.evaluate((lab) =>
      lab.againstPlain({ x: 128, y: 128, zoom: 1 }),
    );
    expect(inked).toBeGreaterThan(5000);
    expect(pixels / inked).toBeLessThan(0.001);
    expect(most).toBeLessThanOrEqual(ROUNDED);
  });

  it("are the same on a screen of another size and pixel ratio, in their own way", async () => {
    const page = await open(1.5);
    await page.evaluate((lab, strokes) => lab.fill(strokes), scatter(300));
    expectAlike(await page.evaluate((lab) => lab.againstPlain({ x: -80, y: 40, zoom: 1.3 })));
  });

  it("come back when the engine has thrown all canvases away", async () => {
    const page = await open(1);
    await page.evaluate((lab, strokes) => lab.fill(strokes), scatter(300));
    const camera = { x: 0, y: 0, zoom: 0.7 };
    const before = await page.evaluate((lab, view) => lab.againstPlain(view), camera);
    await page.evaluate((lab) => lab.loseAll());
    expect(await page.evaluate((lab, view) => lab.againstPlain(view), camera)).toEqual(before);
  });

  it("leave no frame of a zoom or a long pan without ink", async () => {
    const page = await open(1);
    // Lines from edge to edge: each view has ink, so a screen without any is a blank one.
    await page.evaluate((lab, strokes) => lab.fill(strokes), lattice(4000, 160));
    const inked = await page.evaluate((lab) => lab.inkWhileMoving());
    expect(inked.length).toBeGreaterThan(60);
    expect(Math.min(...inked)).toBeGreaterThan(0.5);
  });

  it("show a hairline at 10 %", async () => {
    const page = await open(1);
    const points = [-3000, 3000].map((x) => ({ x, y: 5, pressure: 0.5 }));
    for (const tool of ["pen", "marker"] as const) {
      await page.evaluate(
        (lab, strokes) => lab.fill(strokes),
        [{ header: { ...PEN, tool, width: 0.5 }, points }],
      );
    }
    const { inked } = await page.evaluate((lab) => lab.againstPlain({ x: 0, y: 0, zoom: 0.1 }));
    // From one side of the screen to the other.
    expect(inked).toBeGreaterThanOrEqual(SIZE.width);
  });
});

describe("growing ink", () => {
  it.each(INK_TOOLS)("a %s is the same live and finished", async (tool) => {
    const page = await open(2);
    for (const [points, zoom] of [
      [1, 1],
      [3, 1],
      [40, 1],
      [400, 1],
      [200, 0.3],
      [200, 4],
    ] as const) {
      const stroke = scrawl(tool, points, { zoom, away: 128 });
      const { most, inked } = await page.evaluate((lab, drawn) => lab.liveAgainstFinished(drawn), stroke);
      expect(inked).toBeGreaterThan(100);
      expect(most).toBeLessThanOrEqual(ROUNDED);
    }
  });

  it("each is alike live and finished on a full board, from tile to tile", async () => {
    const page = await open(2);
    await page.evaluate((lab, strokes) => lab.fill(strokes), scatter(300));
    for (const [i, tool] of INK_TOOLS.entries()) {
      const drawn = scrawl(tool, 300);
      // Each lies on the one before, in another colour: what is missing of it is seen.
      const header = { ...drawn.header, color: [0x2050a0, 0xa03020, 0xffe14d][i]! };
      const stroke = { ...drawn, header };
      expectAlike(await page.evaluate((lab, given) => lab.liveAgainstFinished(given), stroke));
    }
  });

  it("a contact's is the same when it has ended", async () => {
    const page = await open(2);
    const stroke = scrawl("pen", 300, { away: 128, width: 4 });
    const { most, inked } = await page.evaluate((lab, drawn) => lab.remoteAgainstFinished(drawn), stroke);
    expect(inked).toBeGreaterThan(1000);
    expect(most).toBeLessThanOrEqual(ROUNDED);
  });

  it("is shown with the rest of the page: a canvas with a time of its own is late on a slow processor", async () => {
    const page = await open(1);
    expect(await page.evaluate((lab) => lab.hasOwnTime())).toBe(false);
  });
});
