/*
 * An item's box holds all of its ink: what stood out of it would be cut off after a reload, and stay as a
 * ghost when the item goes. Measured over all kinds, painted alone, in a real engine.
 */
import { describe, expect, it } from "vitest";
import { IDENTITY, multiply, translation, type Matrix } from "../../src/base/matrix.ts";
import { createPrng } from "../../src/base/prng.ts";
import type { StrokeItem, TextItem } from "../../src/board/document/board.ts";
import { shapePoints } from "../../src/ink/shape.ts";
import { INK_TOOLS, SHAPE_TOOLS, type InkPoint } from "../../src/ink/stroke.ts";
import { PEN } from "../support/strokes.ts";
import type { FinishedStroke } from "./render-page.ts";
import { useRenderPages } from "./render-tab.ts";

const pages = useRenderPages();

const TURNED: Matrix = { a: 0.7, b: 0.6, c: -0.5, d: 0.8, e: 0, f: 0 };
type Words = Pick<TextItem, "header" | "matrix" | "size" | "text"> & Partial<Pick<TextItem, "attributes">>;

const ZALGO = "Z\u0300\u0301\u0302\u0303\u0308\u030a\u030b\u030c\u0311\u0316\u0317\u0323\u0330\u0331".repeat(
  3,
);
const TEXTS = [
  "fjf ÅÅÅ jgy",
  ZALGO,
  `above\n${"a" + "\u0301".repeat(40)}`,
  "𝘪𝘵𝘢𝘭𝘪𝘤𝘴 ƒƒƒ 𝑓𝑓",
  "שלום ﷺ ﷽ مرحبا",
  "one\ttwo\tthree",
  "word ".repeat(40).trim(),
  "👨‍👩‍👧🎉 ꧁꧂ ༒",
  "_____|||||",
];
const OVERFULL = [
  "A great deal of text has to become small, so that all of it fits. ".repeat(60),
  "line\n".repeat(80),
  ZALGO.repeat(20),
];

const at = (x: number, y: number, turned: Matrix): Matrix => multiply(translation(x, y), turned);

const words: Words[] = [IDENTITY, TURNED].flatMap((turned) => [
  ...TEXTS.flatMap((text) => [
    {
      header: { ...PEN, tool: "text", width: 24 },
      matrix: at(-150, -150, turned),
      size: undefined,
      text,
    } as const,
    {
      header: { ...PEN, tool: "text", width: 24 },
      matrix: at(-100, -150, turned),
      size: undefined,
      text,
      attributes: { width: 110 },
    } as const,
    {
      header: { ...PEN, tool: "note", width: 20, color: 0xffe27a },
      matrix: at(-60, -60, turned),
      size: { width: 120, height: 90 },
      text,
    } as const,
  ]),
  ...OVERFULL.map(
    (text) =>
      ({
        header: { ...PEN, tool: "note", width: 20, color: 0xffe27a },
        matrix: at(-60, -120, turned),
        size: { width: 120, height: 60 },
        text,
      }) as const,
  ),
]);

/** Wild ink: sharp turns, dots, pressure up and down. */
function scrawl(seed: number, count: number): InkPoint[] {
  const prng = createPrng(seed);
  return Array.from({ length: count }, () => ({
    x: prng.next() * 260 - 130,
    y: prng.next() * 260 - 130,
    pressure: prng.next(),
  }));
}

const strokes: FinishedStroke[] = [
  ...INK_TOOLS.flatMap((tool, i) =>
    [1, 6, 40].flatMap((width) =>
      [true, false].flatMap((pressure) =>
        [1, 2, 3, 12].map((count) => ({
          header: { ...PEN, tool, width, pressure } as StrokeItem["header"],
          points: scrawl(i * 1000 + width * 10 + count, count),
        })),
      ),
    ),
  ),
  ...SHAPE_TOOLS.flatMap((tool) =>
    [1, 5, 40].flatMap((width) =>
      [
        [200, 100],
        [5, 3],
        [-120, 0],
        [0, 0],
        [3, -150],
      ].map(([x = 0, y = 0]) => ({
        header: { ...PEN, tool, width } as StrokeItem["header"],
        points: shapePoints(tool, { x: 0, y: 0 }, { x, y }, width),
      })),
    ),
  ),
];

describe("the box of an item", () => {
  it.each([1, 0.3, 2.5])("holds all of its ink, whatever it is, at zoom %f", async (zoom) => {
    const page = await pages.open(1);
    await page.evaluate((lab, list) => lab.fill(list), strokes);
    await page.evaluate((lab, list) => lab.write(list), words);
    const found = await page.evaluate((lab, near) => lab.strays(near), zoom);
    expect(found).toHaveLength(strokes.length + words.length);
    const all = [...strokes, ...words];
    const wrong = found.flatMap(({ outside, ink }, i) => {
      const item = all[i]!;
      const about = "text" in item ? item.text.slice(0, 20) : item.points.length;
      return outside > 0 ? [`${item.header.tool} ${item.header.width} ${about}: ${outside} of ${ink}`] : [];
    });
    expect(wrong).toEqual([]);
    expect(found.filter(({ ink }) => ink > 0).length).toBeGreaterThan(all.length * 0.8);
  });

  it("of what partial erasers left of a stroke holds it", async () => {
    const page = await pages.open(1);
    await page.evaluate((lab, list) => lab.fill(list), strokes);
    await page.evaluate((lab) => lab.cutAll());
    const found = await page.evaluate((lab) => lab.strays(1));
    expect(found.filter(({ outside }) => outside > 0)).toEqual([]);
  });

  it("leaves no ghost when all of it goes", async () => {
    const page = await pages.open(1);
    const empty = await page.evaluate(async (lab) => {
      await lab.rest();
      return lab.picture();
    });
    for (const text of words) {
      await page.evaluate((lab, one) => lab.write([one]), text);
    }
    await page.evaluate((lab, list) => lab.fill(list), strokes);
    await page.evaluate((lab) => lab.rest());
    expect(await page.evaluate((lab) => lab.picture())).not.toBe(empty);
    await page.evaluate((lab) => lab.hideAll());
    await page.evaluate((lab) => lab.rest());
    expect(await page.evaluate((lab) => lab.picture())).toBe(empty);
  });
});
