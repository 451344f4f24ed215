/*
 * A large board goes out in many small steps: no more is done in one than a person does not notice. And the list that
 * all is painted from.
 */
import { beforeEach, expect, test } from "vitest";
import { createFrozenInk, type FrozenInk } from "../../../src/render/output/frozen-ink.ts";
import { largestScale, paintPng } from "../../../src/render/output/png-painter.ts";
import { svgOf } from "../../../src/render/output/svg-painter.ts";
import { drawList } from "../../../src/render/scene/draw-list.ts";
import { NO_PICTURES } from "../../../src/render/shapes/bitmaps.ts";
import { createWords } from "../../../src/render/shapes/words.ts";
import { createFakeBoard, type FakeBoard } from "../fake-board.ts";
import { createFakeCanvas } from "../fake-canvas.ts";
import { fakeLineBreaker } from "../fake-line-breaker.ts";
import { stubPath2D } from "../fake-path.ts";
import { HIGHLIGHTER, line, longLine, MARKER } from "../stage.ts";

const REGION = { minX: 0, minY: 0, maxX: 1000, maxY: 100 };
const APPEARANCE = { dark: false, background: "plain", pixelRatio: 1 } as const;
const COUNT = 2000;

beforeEach(stubPath2D);

function freeze(board: FakeBoard): FrozenInk {
  const words = createWords(() => createFakeCanvas().element, fakeLineBreaker);
  return createFrozenInk({ items: board.items(), layers: board.layers(), words, pictures: NO_PICTURES });
}

function fullBoard(): FakeBoard {
  const board = createFakeBoard();
  for (let i = 0; i < COUNT; i++) board.insert(i, MARKER, line((i * 7) % 1000, (i * 13) % 100));
  return board;
}

test("boxes, tiles and the words of an SVG are made a few strokes at a time", () => {
  const ink = freeze(fullBoard());
  const measured = Array.from(ink.measure());
  expect(measured.length).toBeGreaterThan(COUNT / 40);
  const canvases: ReturnType<typeof createFakeCanvas>[] = [];
  const createCanvas = (): HTMLCanvasElement => {
    const canvas = createFakeCanvas();
    canvases.push(canvas);
    return canvas.element;
  };
  const painted = (): number => canvases.reduce((sum, canvas) => sum + canvas.work().paths, 0);
  const painting = paintPng({ ink, region: REGION, scale: 1, appearance: APPEARANCE, createCanvas });
  let [before, most, done] = [0, 0, 0];
  let step = painting.next();
  while (!step.done) {
    most = Math.max(most, painted() - before);
    before = painted();
    expect(step.value).toBeGreaterThanOrEqual(done);
    done = step.value;
    step = painting.next();
  }
  expect(done).toBe(1);
  expect(before).toBeGreaterThanOrEqual(COUNT);
  expect(most).toBeLessThanOrEqual(8);
  expect([step.value.width, step.value.height]).toEqual([1000, 100]);
  const parts = Array.from(
    svgOf({
      list: drawList(ink, ink.within(REGION)),
      region: REGION,
      zoom: 1,
      appearance: APPEARANCE,
      addressOf: () => undefined,
    }),
  );
  // The head, the paper and the end besides.
  expect(parts).toHaveLength(COUNT + 3);
});

test("the items of a layer that shows through are one group, and those of a highlighter's stroke one shape", () => {
  const board = createFakeBoard();
  board.setLayers([{}, { id: "a", opacity: 0.5 }, { id: "b" }]);
  const ids = [0, 1, 2, 3].map((i) => board.insert(i, MARKER, line(20 * i, 10)));
  board.alter(ids[1]!, { layer: "a" });
  board.alter(ids[2]!, { layer: "a" });
  board.alter(ids[3]!, { layer: "b" });
  const kinds = (): string[] => {
    const ink = freeze(board);
    Array.from(ink.measure());
    return Array.from(drawList(ink, ink.within(REGION)), ({ kind }) => kind);
  };
  expect(kinds()).toEqual(["shape", "open", "shape", "shape", "close", "shape"]);
  board.hide(ids);
  board.insert(4, HIGHLIGHTER, longLine(10, 20));
  const last = longLine(10, 20).at(-1)!;
  board.insert(5, HIGHLIGHTER, [last, { ...last, x: last.x + 9 }]);
  expect(kinds()).toEqual(["shape"]);
});

test("a picture has no more pixels than canvases may have", () => {
  expect(largestScale({ minX: 0, minY: 0, maxX: 800, maxY: 600 }, 4)).toBe(4);
  const scale = largestScale({ minX: 0, minY: 0, maxX: 8000, maxY: 6000 }, 4);
  expect(8000 * scale * 6000 * scale).toBeLessThanOrEqual(4096 ** 2 + 1);
  expect(largestScale({ minX: 0, minY: 0, maxX: 100_000, maxY: 10 }, 1)).toBeCloseTo(0.16384);
});
