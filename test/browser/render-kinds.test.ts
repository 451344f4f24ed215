import type { JSHandle } from "playwright-core";
import { describe, expect, it } from "vitest";
import { IDENTITY, multiply, translation, type Matrix } from "../../src/base/matrix.ts";
import { BACKGROUNDS } from "../../src/board/document/backgrounds.ts";
import type { TextItem } from "../../src/board/document/board.ts";
import { shapePoints } from "../../src/ink/shape.ts";
import { SHAPE_TOOLS, type InkPoint } from "../../src/ink/stroke.ts";
import { PEN } from "../support/strokes.ts";
import type { Difference } from "./render-comparisons.ts";
import type { FinishedStroke, RenderPage } from "./render-page.ts";
import { useRenderPages } from "./render-tab.ts";

/*
 * What is not plain ink, in a real engine: shapes, words, notes, cut and moved items, layers, backgrounds,
 * light. Why two pictures of the same may differ a little: see render.test.ts.
 */
const CUT = { share: 0.04, most: 192 };

const pages = useRenderPages();

const ROTATED: Matrix = { a: 0.9, b: 0.35, c: -0.35, d: 0.9, e: 0, f: 0 };
const HIGHLIGHTER = { ...PEN, tool: "highlighter", width: 20, color: 0xffe14d } as const;
const MARKER = { ...PEN, tool: "marker", width: 12 } as const;

const bar = (x1: number, y1: number, x2: number, y2: number): InkPoint[] => [
  { x: x1, y: y1, pressure: 0.5 },
  { x: x2, y: y2, pressure: 0.5 },
];

const shapes: FinishedStroke[] = SHAPE_TOOLS.map((tool, i) => ({
  header: { ...PEN, tool, width: 5, color: [0x2050a0, 0xd02020, 0x208040, 0x804090][i]! },
  points: shapePoints(tool, { x: -310 + i * 160, y: -270 }, { x: -180 + i * 160, y: -170 }, 5),
}));

const words = (text: string, width: number, x: number, y: number, turned = IDENTITY): Text => ({
  header: { ...PEN, tool: "text", width },
  matrix: multiply(translation(x, y), turned),
  size: undefined,
  text,
});

const note = (text: string, color: number, x: number, y: number, turned = IDENTITY): Text => ({
  header: { ...PEN, tool: "note", width: 20, color },
  matrix: multiply(translation(x, y), turned),
  size: { width: 140, height: 140 },
  text,
});

type Text = Pick<TextItem, "header" | "matrix" | "size" | "text">;

const texts: Text[] = [
  words("Hello, board!\nSecond line 🎉👩‍👩‍👧", 24, -320, -130),
  words("שלום עולם\nabc", 24, -20, -130),
  words("Turned", 30, 200, -140, ROTATED),
  note("Buy milk, and think of the long word Donaudampfschifffahrt", 0xffe27a, -320, 0),
  note("مرحبا بالعالم", 0xa7e3b0, -150, 0),
  note("A great deal of text has to become small, so that all of it fits. ".repeat(6), 0xffb3c1, 20, 0),
  note("Dark", 0x1d1d1f, 220, 10, ROTATED),
];

async function fill(page: JSHandle<RenderPage>): Promise<void> {
  await page.evaluate((lab, strokes) => lab.fill(strokes), shapes);
  await page.evaluate((lab, list) => lab.write(list), texts);
  const crossing: FinishedStroke[] = [
    { header: { ...MARKER, color: 0xd02020 }, points: bar(-300, 220, -100, 220), layer: "a" },
    { header: { ...MARKER, color: 0x2050a0 }, points: bar(-200, 170, -200, 280), layer: "a" },
    { header: HIGHLIGHTER, points: bar(-300, 240, -50, 200), layer: "a" },
    { header: HIGHLIGHTER, points: [...bar(0, 180, 200, 260), ...bar(200, 180, 20, 260)] },
    { header: MARKER, points: bar(0, 220, 220, 220) },
  ];
  await page.evaluate((lab, strokes) => lab.fill(strokes), crossing);
  await page.evaluate((lab) => lab.setLayers([{}, { id: "a", opacity: 0.4 }]));
}

function expectAlike({ pixels, most, inked }: Difference): void {
  expect(inked).toBeGreaterThan(500);
  expect(pixels / inked).toBeLessThan(CUT.share);
  expect(most).toBeLessThanOrEqual(CUT.most);
}

describe("tiles", () => {
  it("show every kind as a plain painting does, on every background, at every zoom, light and dark", async () => {
    const page = await pages.open(2);
    await fill(page);
    for (const [i, zoom] of [1, 0.4, 2.7, 1].entries()) {
      await page.evaluate((lab, background) => lab.setBackground(background), BACKGROUNDS[i]!);
      await page.evaluate((lab, dark) => lab.setTheme({ dark }), i === 3);
      expectAlike(await page.evaluate((lab, camera) => lab.againstPlain(camera), { x: 3.3, y: -7.1, zoom }));
    }
  });

  it("are the same for two people, whoever drew and in whatever steps it came", async () => {
    const pictures: string[] = [];
    for (const live of [true, false]) {
      const page = await pages.open(1);
      if (live) {
        for (const tool of ["pen", "highlighter"] as const) {
          const stroke = { header: { ...PEN, tool, width: 6 }, points: 120, zoom: 1, away: 90 };
          await page.evaluate((lab, drawn) => lab.liveAgainstFinished(drawn), stroke);
        }
        await fill(page);
        await page.evaluate((lab) => lab.setBackground("grid"));
        await page.evaluate((lab) => lab.rest());
      } else {
        await page.evaluate((lab) => lab.setBackground("grid"));
        for (const tool of ["pen", "highlighter"] as const) {
          const stroke = { header: { ...PEN, tool, width: 6 }, points: 120, zoom: 1, away: 90 };
          await page.evaluate((lab, drawn) => lab.remoteAgainstFinished(drawn), stroke);
        }
        await fill(page);
        await page.evaluate((lab) => lab.rest());
      }
      pictures.push(await page.evaluate((lab) => lab.picture()));
    }
    expect(pictures[0]).toBe(pictures[1]);
  });
});

describe("colours on the screen", () => {
  it("a highlighter lies under ink, and is no darker where it crosses itself", async () => {
    const page = await pages.open(1);
    const loop = [...bar(-100, -50, 100, 50), ...bar(100, -50, -100, 50)];
    await page.evaluate(
      (lab, strokes) => lab.fill(strokes),
      [
        { header: HIGHLIGHTER, points: loop },
        { header: { ...MARKER, color: 0x2050a0 }, points: bar(0, -100, 0, 100) },
      ],
    );
    await page.evaluate((lab) => lab.rest());
    const [crossed, once, ink] = await page.evaluate((lab) => [
      lab.colorAt(9, 0),
      lab.colorAt(-60, -30),
      lab.colorAt(0, 60),
    ]);
    expect(crossed).toEqual(once);
    expect(once).not.toEqual([0xfd, 0xfd, 0xfb]);
    expect(ink).toEqual([0x20, 0x50, 0xa0]);
    expect(await page.evaluate((lab) => lab.colorAt(0, 0))).toEqual([0x20, 0x50, 0xa0]);
  });

  it("the strokes of a layer that shows through do not show through one another", async () => {
    const page = await pages.open(1);
    const cross = [
      { header: { ...MARKER, color: 0x2050a0 }, points: bar(-100, 0, 100, 0), layer: "a" },
      { header: { ...MARKER, color: 0xd02020 }, points: bar(0, -100, 0, 100), layer: "a" },
    ];
    await page.evaluate((lab) => lab.setLayers([{}, { id: "a", opacity: 0.5 }]));
    await page.evaluate((lab, strokes) => lab.fill(strokes), cross);
    await page.evaluate((lab) => lab.rest());
    const [middle, arm] = await page.evaluate((lab) => [lab.colorAt(0, 0), lab.colorAt(0, 60)]);
    expect(middle).toEqual(arm);
    expect(arm[1]).toBeGreaterThan(0x80);
    await page.evaluate((lab) => lab.setLayers([{}, { id: "a", opacity: 1 }]));
    await page.evaluate((lab) => lab.rest());
    expect(await page.evaluate((lab) => lab.colorAt(0, 60))).toEqual([0xd0, 0x20, 0x20]);
  });

  it("a highlighter's stroke of several items has no seam, whatever is done with it", async () => {
    /** 201 points along a way. */
    const along = (...way: readonly (readonly [number, number])[]): InkPoint[] =>
      Array.from({ length: 201 }, (_, i) => {
        const at = (i / 200) * (way.length - 1);
        const [from, to] = [way[Math.floor(at)]!, way[Math.ceil(at)]!];
        const part = at - Math.floor(at);
        const [x, y] = [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part];
        return { x, y, pressure: 0.5 };
      });
    const first = { header: HIGHLIGHTER, points: along([-200, 0], [0, 0]) };
    const second = { header: HIGHLIGHTER, points: along([0, 0], [0, 120], [-100, 120], [-100, -120]) };
    /** Of the first item alone, of the second alone, where they meet and where they cross. */
    const places = [
      [-180, 0],
      [0, 60],
      [0, 0],
      [-4, 4],
      [-100, 0],
      [-104, 3],
    ] as const;
    for (const [ratio, dark] of [
      [1, false],
      [2, true],
    ] as const) {
      const page = await pages.open(ratio);
      await page.evaluate((lab, isDark) => lab.setTheme({ dark: isDark }), dark);
      const look = async (by = 0): Promise<string[]> => {
        await page.evaluate((lab) => lab.rest());
        return page.evaluate((lab, [all, dx]) => all.map(([x, y]) => lab.colorAt(x + dx, y).join()), [
          places,
          by,
        ] as const);
      };
      const [paper] = await look();
      const expectOne = (colors: readonly string[], message: string): void => {
        expect(new Set(colors).size, `${message}: ${colors.join(" | ")}`).toBe(1);
        expect(colors[0], message).not.toBe(paper);
      };
      await page.evaluate((lab, strokes) => lab.fill(strokes), [first, { ...second, ended: false }]);
      expectOne(await look(), "while it grows");
      await page.evaluate((lab) => lab.preview({ kind: "erase", ids: ["1.1"], cuts: new Map() }));
      await look();
      await page.evaluate((lab) => lab.preview(undefined));
      await page.evaluate((lab) => lab.alter("1.1", { ended: true }));
      expectOne(await look(), "finished");
      // One of its tiles is painted anew in part.
      await page.evaluate((lab, strokes) => lab.fill(strokes), [
        { header: MARKER, points: bar(-60, -14, -20, -14) },
      ] satisfies FinishedStroke[]);
      await look();
      await page.evaluate((lab) => lab.preview({ kind: "erase", ids: ["1.2"], cuts: new Map() }));
      expectOne(await look(), "beside what was erased");
      await page.evaluate((lab) =>
        lab.preview({ kind: "erase", ids: ["1.2"], cuts: new Map([["1.0", [{ from: 40, to: 60 }]]]) }),
      );
      expectOne(await look(), "under an eraser");
      const matrix = translation(37, 0);
      await page.evaluate(
        (lab, by) => lab.preview({ kind: "transform", ids: ["1.0", "1.1"], matrix: by }),
        matrix,
      );
      expectOne(await look(37), "under a gesture");
    }
  });

  it("a cut leaves no ink in its gap, under an eraser and for good", async () => {
    const page = await pages.open(1);
    const paper = [0xfd, 0xfd, 0xfb];
    await page.evaluate(
      (lab, strokes) => lab.fill(strokes),
      [{ header: MARKER, points: bar(-100, 0, 100, 0) }],
    );
    await page.evaluate((lab) => lab.rest());
    const look = (): Promise<(readonly number[])[]> =>
      page.evaluate((lab) => [lab.colorAt(-60, 0), lab.colorAt(0, 0), lab.colorAt(60, 0)]);
    const ink = [0x1d, 0x1d, 0x1f];
    expect(await look()).toEqual([ink, ink, ink]);
    await page.evaluate((lab) =>
      lab.preview({ kind: "erase", ids: [], cuts: new Map([["1.0", [{ from: 0.35, to: 0.65 }]]]) }),
    );
    await page.evaluate((lab) => lab.rest());
    expect(await look()).toEqual([ink, paper, ink]);
    await page.evaluate(
      (lab, parts) => lab.alter("1.0", { parts }),
      [bar(-100, 0, -30, 0), bar(30, 0, 100, 0)],
    );
    await page.evaluate((lab) => lab.preview(undefined));
    await page.evaluate((lab) => lab.rest());
    expect(await look()).toEqual([ink, paper, ink]);
  });
});

describe("gestures", () => {
  it("nothing flashes when what was dragged is moved in earnest", async () => {
    const page = await pages.open(2);
    await fill(page);
    await page.evaluate((lab) => lab.setLayers([{}]));
    await page.evaluate((lab) => lab.rest());
    const ids = Array.from({ length: 16 }, (_, i) => `1.${i}`);
    const steps = [1, 2, 3, 4, 5].map((i) => translation(i * 8, i * 4));
    const afterEnd = await page.evaluate((lab, [moved, by]) => lab.drag(moved, by), [ids, steps] as const);
    expect(afterEnd.length).toBeGreaterThan(0);
    // Soft edges lie twice over one another for a moment; ink that is away for one would be far more.
    for (const { most } of afterEnd) expect(most).toBeLessThan(80);
  });

  it("the light of a laser fades, and then nothing moves any more", async () => {
    const page = await pages.open(1);
    const points = Array.from({ length: 20 }, (_, i) => ({ x: i * 8 - 80, y: 0, age: 300 - i * 15 }));
    const paper = await page.evaluate(async (lab) => {
      await lab.rest();
      return lab.colorAt(70, 0);
    });
    await page.evaluate((lab, trail) => lab.shine([trail]), { color: 0xe02020, points });
    const frames = await page.evaluate(async (lab) => {
      const running = lab.rest();
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      return { lit: lab.colorAt(70, 0), count: await running };
    });
    expect(frames.lit).not.toEqual(paper);
    expect(frames.count).toBeGreaterThan(5);
    expect(await page.evaluate((lab) => lab.colorAt(70, 0))).toEqual(paper);
  });
});
