import { beforeAll, describe, expect, test } from "vitest";
import { apply, cornersOf, multiply, scaleOf, translation } from "../../src/base/matrix.ts";
import { FIRST_LAYER, type TextItem } from "../../src/board/document/board.ts";
import { paintBackground } from "../../src/render/canvas/appearance.ts";
import { PEN } from "../support/strokes.ts";
import { createFakeBoard } from "./fake-board.ts";
import { createFakeCanvas } from "./fake-canvas.ts";
import { stubPath2D } from "./fake-path.ts";
import { createStage, differences, freshPixels, HIGHLIGHTER, inkOn, line, MARKER, WIDTH } from "./stage.ts";

beforeAll(stubPath2D);

const NOTE: Pick<TextItem, "header" | "matrix" | "size" | "text"> = {
  header: { ...PEN, tool: "note", width: 6, color: 0xffe27a },
  matrix: translation(-10, -10),
  size: { width: 30, height: 20 },
  text: "hello",
};

describe("what gestures move", () => {
  test("is on the live canvas meanwhile, and costs only itself from step to step", () => {
    const board = createFakeBoard();
    for (let i = 0; i < 40; i++) board.insert(i, MARKER, line((i % 8) * 8 - 30, (i >> 3) * 8 - 20));
    const stage = createStage(board);
    const drag = (x: number): void => {
      const matrix = translation(x, 0);
      stage.previewed.setPreview("me", { kind: "transform", ids: ["1.3", "1.9"], matrix });
    };
    drag(1);
    stage.settle();
    expect(inkOn(stage.live)).toBeGreaterThan(0);
    const finished = stage.cached.pixels();
    for (let x = 2; x < 12; x++) {
      const before = stage.work();
      drag(x);
      expect(stage.settle()).toBe(1);
      expect(stage.work().paths - before.paths).toBe(2);
    }
    expect(differences(stage.cached.pixels(), finished)).toEqual([]);
    const gesture = { kind: "transform", ids: ["1.3", "1.9"], matrix: translation(11, 0) } as const;
    const fresh = freshPixels(board, stage.renderer, [], [gesture]);
    expect(differences(stage.live.pixels(), fresh.live)).toEqual([]);
  });

  test.each([
    ["moved", translation(7, -3)],
    ["turned", { a: 0.6, b: 0.8, c: -0.8, d: 0.6, e: 2, f: 1 }],
    ["mirrored and larger", { a: -1.5, b: 0, c: 0, d: 1.5, e: 0, f: 3 }],
    ["stretched", { a: 2, b: 0, c: 0, d: 1, e: 0, f: 0 }],
  ])("looks under the hand as it does for good: %s", (_, matrix) => {
    const board = createFakeBoard();
    const id = board.insert(0, { ...MARKER, width: 6 }, line(-6, -4, 14));
    const stage = createStage(board);
    stage.previewed.setPreview("me", { kind: "transform", ids: [id], matrix });
    stage.settle();
    const under = stage.live.pixels();
    const item = board.item(id)!;
    if (item.kind !== "stroke") return;
    const scale = scaleOf(matrix);
    board.alter(id, {
      header: { ...item.header, width: 6 * scale, scale: -Math.log2(scale), pressure: scale !== 1 },
      points: item.points.map((point) => ({ ...point, ...apply(matrix, point) })),
    });
    stage.previewed.setPreview("me", undefined);
    stage.settle();
    const appearance = "#fdfdfb";
    expect(
      differences(
        stage.cached.pixels().map((pixel) => pixel.replace(appearance, "")),
        under,
      ),
    ).toEqual([]);
  });

  test("is never away: hundreds that come to rest stay on the live canvas until their tiles are ready", () => {
    let time = 0;
    const board = createFakeBoard();
    for (let i = 0; i < 300; i++) {
      board.insert(i, { ...PEN, color: i }, line((i % 20) * 3 - 30, Math.floor(i / 20) * 3 - 20));
    }
    const stage = createStage(board, { now: () => time++ });
    const ids = board.items().map(({ id }) => id);
    stage.previewed.setPreview("me", { kind: "transform", ids, matrix: translation(4, 0) });
    stage.settle();
    const inked = inkOn(stage.live);
    for (const id of ids) {
      const item = board.item(id)!;
      if (item.kind !== "stroke") continue;
      board.alter(id, { points: item.points.map((point) => ({ ...point, x: point.x + 4 })) });
    }
    stage.previewed.setPreview("me", undefined);
    stage.frame();
    expect(inkOn(stage.live)).toBe(inked);
    stage.settle();
    expect(inkOn(stage.live)).toBe(0);
    expect(differences(stage.cached.pixels(), freshPixels(board, stage.renderer).cached)).toEqual([]);
  });
});

describe("where items are", () => {
  test("the box of words is around them as they are turned, and all boxes go with a gesture", () => {
    const board = createFakeBoard();
    const quarter = { a: 0, b: 1, c: -1, d: 0, e: 0, f: 0 };
    const note = board.insertText(0, { ...NOTE, matrix: multiply(translation(5, 0), quarter) });
    const ink = board.insert(1, MARKER, line(0, 0));
    const { renderer, previewed } = createStage(board);
    expect(renderer.shown.boundsOf(note)).toEqual({ minX: -15, minY: 0, maxX: 5, maxY: 30 });
    expect(renderer.shown.boundsOf(ink)).toEqual({ minX: -1.5, minY: -1.5, maxX: 7.5, maxY: 3.5 });
    previewed.setPreview("me", { kind: "transform", ids: [ink], matrix: translation(10, 0) });
    expect(renderer.shown.boundsOf(ink)).toEqual({ minX: 8.5, minY: -1.5, maxX: 17.5, maxY: 3.5 });
    expect(renderer.shown.boundsOf("7.7")).toBeUndefined();
  });

  test("what is left of a stroke is what counts", () => {
    const board = createFakeBoard();
    const id = board.insert(0, MARKER, line(0, 0, 50));
    const { renderer } = createStage(board);
    board.alter(id, { parts: [line(0, 0)], cuts: [{ from: 0.1, to: 1 }] });
    expect(renderer.shown.boundsOf(id)).toEqual({ minX: -1.5, minY: -1.5, maxX: 7.5, maxY: 3.5 });
    expect(renderer.shown.bounds()).toEqual({ minX: -3, minY: -3, maxX: 9, maxY: 5 });
    board.alter(id, { parts: [] });
    expect(renderer.shown.bounds()).toBeUndefined();
    expect(renderer.shown.boundsOf(id)).toBeUndefined();
  });
});

describe("layers", () => {
  test("what lies on one that shows through is laid over the rest as a whole", () => {
    const board = createFakeBoard();
    board.setLayers([{}, { id: "a", opacity: 0.5 }]);
    const stage = createStage(board);
    board.insert(0, PEN, line(0, 0));
    for (const header of [HIGHLIGHTER, MARKER]) {
      board.alter(board.insert(board.items().length, header, line(0, 0)), { layer: "a" });
    }
    stage.settle();
    const marks = "#ffe14d/0.45/multiply+#d02020/0.5/source-over";
    expect(stage.cached.pixels()).toContain(`#fdfdfb #1d1d1f/1/source-over ${marks}`);
    board.setLayers([{}, { id: "a", opacity: 1 }]);
    stage.settle();
    expect(stage.cached.pixels().join()).not.toContain("+");
    expect(differences(stage.cached.pixels(), freshPixels(board, stage.renderer).cached)).toEqual([]);
  });

  test("a name or an order that is other, without another look, paints nothing", () => {
    const board = createFakeBoard();
    board.insert(0, PEN, line(0, 0));
    const stage = createStage(board);
    const before = stage.work();
    board.setLayers([{ id: FIRST_LAYER, name: "Sketch", locked: true }, { id: "a" }]);
    stage.settle();
    expect(stage.work()).toEqual(before);
  });
});

describe("paper", () => {
  const layOn = (zoom: number, background: "grid" | "lines", pixelRatio = 1): readonly string[] => {
    const { element, pixels } = createFakeCanvas();
    [element.width, element.height] = [400, 300];
    const transform = { scale: zoom * pixelRatio, x: 0, y: 0 };
    const area = { x: 0, y: 0, width: 400, height: 300 };
    paintBackground(element.getContext("2d")!, area, transform, { dark: false, background, pixelRatio });
    return pixels();
  };
  const rowsIn = (pixels: readonly string[], column: number): number[] =>
    Array.from({ length: 300 }, (_, y) => y).filter((y) => pixels[y * 400 + column] !== "#fdfdfb");

  test.each([0.01, 0.1, 0.3, 0.99, 1, 2, 7, 60])(
    "lines are never dense and never far apart: zoom %d",
    (zoom) => {
      const rows = rowsIn(layOn(zoom, "lines"), 11);
      const gaps = rows.slice(1).map((row, i) => row - rows[i]!);
      expect(gaps.length).toBeGreaterThanOrEqual(5);
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(23);
      expect(Math.max(...gaps)).toBeLessThanOrEqual(49);
      expect(rows[0]).toBe(0);
    },
  );

  test("a fine screen has the same marks, each as large as it is seen", () => {
    const rows = rowsIn(layOn(1, "grid", 2), 21);
    expect(rows.slice(0, 4)).toEqual([0, 1, 64, 65]);
  });

  test("another background comes without what is on it going away", () => {
    const board = createFakeBoard();
    board.insert(0, PEN, line(0, 0));
    const stage = createStage(board);
    board.setBackground("grid");
    stage.settle();
    expect(stage.cached.pixels()).toContain("#e2e2dc");
    expect(inkOn(stage.cached)).toBeGreaterThan(0);
  });
});

describe("light", () => {
  const trail = {
    color: 0xff0000,
    points: [
      { x: 0, y: 0, age: 100 },
      { x: 9, y: 0, age: 0 },
    ],
  };

  test("of a laser lies over everything, fades in 1.2 s, and leaves nothing that moves", () => {
    const board = createFakeBoard();
    board.insert(0, PEN, line(0, 0), false);
    const stage = createStage(board);
    const before = stage.live.pixels();
    stage.renderer.setLasers([trail]);
    stage.frame();
    expect(inkOn(stage.live)).toBeGreaterThan(before.filter((pixel) => pixel.includes(" ")).length);
    // A frame each 16 ms.
    const frames = stage.settle();
    expect(frames).toBeGreaterThan(70);
    expect(frames).toBeLessThan(78);
    expect(differences(stage.live.pixels(), before)).toEqual([]);
    expect(stage.renderer.idle()).toBe(true);
  });

  test("costs nothing of the ink that is finished", () => {
    const board = createFakeBoard();
    for (let i = 0; i < 20; i++) board.insert(i, PEN, line(i, 0));
    const stage = createStage(board);
    const finished = (): unknown => [stage.cached, ...stage.others].map((canvas) => canvas.work());
    const before = finished();
    stage.renderer.setLasers([trail]);
    stage.settle();
    expect(finished()).toEqual(before);
  });

  test("that a gesture draws stands until it is taken away, also when the view moves", () => {
    const stage = createStage(createFakeBoard());
    const box = { minX: -10, minY: -10, maxX: 10, maxY: 10 };
    stage.renderer.setOverlay({
      ring: { at: { x: 20, y: 0 }, radius: 4 },
      lasso: cornersOf(box),
    });
    stage.settle();
    expect(stage.renderer.idle()).toBe(true);
    const inked = inkOn(stage.live);
    expect(inked).toBeGreaterThan(400);
    stage.renderer.setCamera({ x: 5, y: 0, zoom: 1 });
    stage.settle();
    expect(inkOn(stage.live)).toBeGreaterThan(inked - WIDTH);
    stage.renderer.setOverlay(undefined);
    stage.settle();
    expect(inkOn(stage.live)).toBe(0);
  });
});
