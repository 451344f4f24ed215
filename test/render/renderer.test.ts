import { NO_PICTURES } from "../../src/render/shapes/bitmaps.ts";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { createPreviewedBoard } from "../../src/board/previews/previewed-board.ts";
import type { Cancel } from "../../src/env/clock.ts";
import { createRenderer } from "../../src/render/renderer.ts";
import { createItemIndex } from "../../src/board/spatial/item-index.ts";
import { createWords } from "../../src/render/shapes/words.ts";
import type { InkPoint } from "../../src/ink/stroke.ts";
import { PEN } from "../support/strokes.ts";
import { createFakeBoard, type FakeBoard } from "./fake-board.ts";
import { createFakeCanvas } from "./fake-canvas.ts";
import { fakeLineBreaker } from "./fake-line-breaker.ts";
import { stubPath2D } from "./fake-path.ts";
import {
  createStage,
  differences,
  freshPixels,
  HEIGHT,
  HIGHLIGHTER,
  inkOn,
  line,
  MARKER,
  WIDTH,
  type Stage,
} from "./stage.ts";

beforeAll(stubPath2D);

describe("what is painted where", () => {
  test("a finished stroke on the kept canvas, a growing one on the live canvas", () => {
    const board = createFakeBoard();
    const stage = createStage(board);
    board.insert(0, MARKER, line(-20, 0));
    const id = board.insert(1, PEN, line(10, 0), false);
    stage.frame();
    expect(inkOn(stage.cached)).toBeGreaterThan(0);
    expect(inkOn(stage.live)).toBeGreaterThan(0);
    board.extend(id, line(20, 5), true);
    stage.settle();
    expect(inkOn(stage.live)).toBe(0);
    expect(differences(stage.cached.pixels(), freshPixels(board, stage.renderer).cached)).toEqual([]);
  });

  test("a preview stands for its item until it is taken away", () => {
    const board = createFakeBoard();
    const stage = createStage(board);
    const points = line(0, 0);
    stage.renderer.setPreviews([{ header: PEN, points }]);
    stage.renderer.paintNow();
    const before = stage.live.pixels();
    const itemId = board.insert(0, PEN, points.slice(0, 1), false);
    stage.renderer.setPreviews([{ header: PEN, points, itemId }]);
    stage.frame();
    expect(differences(stage.live.pixels(), before)).toEqual([]);
    board.extend(itemId, points.slice(1), true);
    stage.frame();
    expect(differences(stage.live.pixels(), before)).toEqual([]);
    expect(inkOn(stage.cached)).toBe(0);
    stage.renderer.setPreviews([]);
    stage.settle();
    expect(inkOn(stage.live)).toBe(0);
    expect(inkOn(stage.cached)).toBe(before.filter((pixel) => pixel.includes(" ")).length);
  });

  test("a preview has no ink where its item has none: an eraser of the other one reaches under the pen", () => {
    const board = createFakeBoard();
    const stage = createStage(board);
    const points = [...line(0, 0, 10), ...line(25, 0, 10)];
    const itemId = board.insert(0, PEN, points.slice(0, 3), false);
    stage.renderer.setPreviews([{ header: PEN, points, itemId }]);
    const inkedColumns = (): Set<number> => {
      stage.frame();
      const columns = stage.live.pixels().map((pixel, i) => (pixel.includes(" ") ? i % WIDTH : -1));
      return new Set(columns.filter((column) => column >= 0));
    };
    const whole = inkedColumns();
    expect(whole.size).toBe(Math.max(...whole) - Math.min(...whole) + 1);
    board.alter(itemId, { cuts: [{ from: 1, to: 2 }], parts: [points.slice(0, 2), points.slice(2, 3)] });
    const cut = inkedColumns();
    expect([Math.min(...cut), Math.max(...cut)]).toEqual([Math.min(...whole), Math.max(...whole)]);
    expect(cut.size).toBeLessThan(whole.size - 10);
  });

  test("a growing highlighter blends with the finished ink below it, as when it is finished", () => {
    const board = createFakeBoard();
    const stage = createStage(board);
    board.insert(0, MARKER, line(0, 0));
    const points = line(-2, 0, 12);
    stage.renderer.setPreviews([{ header: HIGHLIGHTER, points }]);
    stage.frame();
    const growing = stage.live.pixels();
    board.insert(1, HIGHLIGHTER, points);
    stage.renderer.setPreviews([]);
    stage.frame();
    const finished = stage.cached.pixels();
    const inked = finished.flatMap((pixel, at) => (pixel.includes("multiply") ? at : []));
    expect(inked.length).toBeGreaterThan(0);
    expect(inked.map((at) => growing[at])).toEqual(inked.map((at) => finished[at]));
  });

  test("a growing highlighter follows changes below it", () => {
    const board = createFakeBoard();
    const stage = createStage(board);
    const preview = { header: HIGHLIGHTER, points: line(-2, 0, 12) };
    stage.renderer.setPreviews([preview]);
    stage.frame();
    const id = board.insert(0, MARKER, line(0, 0));
    stage.frame();
    expect(differences(stage.live.pixels(), freshPixels(board, stage.renderer, [preview]).live)).toEqual([]);
    board.hide([id]);
    stage.frame();
    expect(differences(stage.live.pixels(), freshPixels(board, stage.renderer, [preview]).live)).toEqual([]);
  });

  test("the dark theme changes paper and ink", () => {
    const board = createFakeBoard();
    board.insert(0, PEN, line(0, 0));
    board.insert(1, HIGHLIGHTER, line(20, 0));
    const { renderer, cached, frame } = createStage(board);
    renderer.setTheme({ dark: true });
    frame();
    const kinds = new Set(cached.pixels());
    expect(kinds).toEqual(
      new Set(["#17181a", "#17181a #e0e0e2/1/source-over", "#17181a #b29400/0.45/screen"]),
    );
  });
});

describe("when it is painted", () => {
  test("many changes make one frame, and none when nothing changed", () => {
    const board = createFakeBoard();
    const { renderer, frame } = createStage(board);
    board.insert(0, PEN, line(0, 0));
    board.insert(1, PEN, line(9, 0));
    renderer.setCamera({ x: 1, y: 0, zoom: 1 });
    expect(renderer.idle()).toBe(false);
    expect(frame()).toBe(true);
    expect(renderer.idle()).toBe(true);
    renderer.setCamera({ x: 1, y: 0, zoom: 1 });
    renderer.setTheme({ dark: false });
    renderer.setViewport(WIDTH, HEIGHT, 1);
    renderer.setPreviews([]);
    expect(renderer.idle()).toBe(true);
    expect(frame()).toBe(false);
  });

  test("paintNow does not wait for the frame", () => {
    const board = createFakeBoard();
    const { renderer, live, frame } = createStage(board);
    renderer.setPreviews([{ header: PEN, points: line(0, 0) }]);
    renderer.paintNow();
    expect(inkOn(live)).toBeGreaterThan(0);
    expect(renderer.idle()).toBe(true);
    expect(frame()).toBe(false);
  });

  test("while nothing but a pen moves, nothing is asked about the rest of the board", () => {
    const board = createFakeBoard();
    board.insert(0, PEN, line(-20, 0));
    board.insert(1, MARKER, line(-10, 0), false);
    const stage = createStage(board);
    const preview = { header: PEN, points: line(0, 0) };
    const draw = (points: readonly InkPoint[]): void => {
      stage.renderer.setPreviews([{ ...preview, points }]);
      stage.renderer.paintNow();
    };
    const expectFresh = (points: readonly InkPoint[]): void => {
      stage.settle();
      const fresh = freshPixels(board, stage.renderer, [{ ...preview, points }]);
      expect(differences(stage.live.pixels(), fresh.live)).toEqual([]);
      expect(differences(stage.cached.pixels(), fresh.cached)).toEqual([]);
    };
    const more = [...preview.points, ...line(9, 3)];
    const most = [...more, ...line(18, 6)];
    draw(preview.points);
    const asked = (["background", "items", "inOrder", "layers"] as const).map((name) =>
      vi.spyOn(stage.previewed, name),
    );
    draw(more);
    draw(most);
    for (const each of asked) expect(each).not.toHaveBeenCalled();
    expectFresh(most);
    // And what else moves is seen, whether the pen moves or not.
    board.setBackground("lines");
    board.hide([board.items()[1]!.id]);
    draw(more);
    expectFresh(more);
    stage.renderer.setCamera({ x: 3, y: 0, zoom: 1 });
    draw(most);
    expectFresh(most);
  });

  test("nothing happens after close", () => {
    const board = createFakeBoard();
    const { renderer, cached, frame } = createStage(board);
    board.insert(0, PEN, line(0, 0));
    renderer.close();
    expect(frame()).toBe(false);
    board.insert(1, PEN, line(9, 0));
    renderer.setCamera({ x: 5, y: 5, zoom: 2 });
    renderer.paintNow();
    expect(frame()).toBe(false);
    expect(inkOn(cached)).toBe(0);
  });

  test("nothing is painted before the size is known", () => {
    const canvas = createFakeCanvas();
    const requestFrame = vi.fn<(task: () => void) => Cancel>(() => () => {});
    const createCanvas = (): HTMLCanvasElement => createFakeCanvas().element;
    const deps = { cached: canvas.element, live: createCanvas(), requestFrame, createCanvas, now: () => 0 };
    const board = createFakeBoard();
    const renderer = createRenderer({
      ...deps,
      board: createPreviewedBoard(board),
      index: createItemIndex(board, () => undefined),
      words: createWords(createCanvas, fakeLineBreaker),
      pictures: NO_PICTURES,
      onKnown: () => undefined,
    });
    renderer.paintNow();
    expect(canvas.work()).toEqual({ paths: 0, cleared: 0 });
  });

  test("a lost canvas is painted again when it is back", () => {
    const board = createFakeBoard();
    board.insert(0, PEN, line(0, 0));
    board.insert(1, PEN, line(9, 0), false);
    const stage = createStage(board);
    const before = [stage.cached.pixels(), stage.live.pixels()];
    for (const canvas of [stage.cached, stage.live, ...stage.others]) canvas.loseContext();
    stage.settle();
    expect(inkOn(stage.cached)).toBe(0);
    for (const canvas of [stage.cached, stage.live, ...stage.others]) canvas.restoreContext();
    expect(stage.settle()).toBeGreaterThan(0);
    expect(differences(stage.cached.pixels(), before[0]!)).toEqual([]);
    expect(differences(stage.live.pixels(), before[1]!)).toEqual([]);
  });
});

describe("how much is painted", () => {
  const crowded = (): FakeBoard => {
    const board = createFakeBoard();
    for (let i = 0; i < 40; i++) board.insert(i, PEN, line(262 + (i % 8) * 9, 274 + (i >> 3) * 10));
    return board;
  };

  /** Away from where four tiles meet. */
  const there = { x: 300, y: 300, zoom: 1 };
  const stageThere = (board: FakeBoard): Stage => {
    const stage = createStage(board, { settled: false });
    stage.renderer.setCamera(there);
    stage.settle();
    return stage;
  };

  test("a stroke on top is the only one painted, whatever is there already", () => {
    const cost = (board: FakeBoard): { paths: number; cleared: number } => {
      const { frame, work } = stageThere(board);
      const before = work();
      board.insert(board.items().length, PEN, line(290, 300, 30));
      frame();
      return { paths: work().paths - before.paths, cleared: work().cleared - before.cleared };
    };
    const empty = cost(createFakeBoard());
    expect(cost(crowded())).toEqual(empty);
    // Once in its size and once in the overview.
    expect(empty).toEqual({ paths: 2, cleared: 0 });
  });

  test("a growing stroke leaves the finished ones alone", () => {
    const board = crowded();
    const { renderer, others, frame } = stageThere(board);
    const before = others.map((canvas) => canvas.work());
    const id = board.insert(40, PEN, line(300, 300), false);
    frame();
    board.extend(id, line(310, 310), false);
    frame();
    renderer.setPreviews([{ header: PEN, points: line(300, 300) }]);
    frame();
    expect(others.map((canvas) => canvas.work())).toEqual(before);
  });

  test("a hidden stroke costs its neighbourhood", () => {
    const board = crowded();
    const { settle, work } = stageThere(board);
    const before = work();
    board.hide(["1.12"]);
    settle();
    const { paths, cleared } = work();
    expect(paths - before.paths).toBeLessThan(60);
    expect(cleared - before.cleared).toBeLessThan((WIDTH * HEIGHT) / 10);
  });

  test("what is out of view is not painted", () => {
    const board = crowded();
    const { renderer, cached, settle, work } = stageThere(board);
    renderer.setCamera({ x: 20_000, y: 0, zoom: 1 });
    settle();
    const { paths } = work();
    board.insert(40, PEN, line(300, 300));
    settle();
    expect(inkOn(cached)).toBe(0);
    expect(work().paths).toBe(paths);
  });
});

describe("size", () => {
  test.each([
    [411.4, 731.4, 2.625, 1080, 1920],
    [320, 568, 1.5, 480, 852],
    [0.1, 0.1, 1, 1, 1],
  ])("%f x %f at ratio %f has %i x %i pixels, one to one", (width, height, ratio, w, h) => {
    const { renderer, cached, live, frame } = createStage(createFakeBoard());
    renderer.setViewport(width, height, ratio);
    frame();
    for (const { element } of [cached, live]) {
      expect([element.width, element.height]).toEqual([w, h]);
      expect(Number.parseFloat(element.style.width) * ratio).toBeCloseTo(w, 6);
    }
  });

  test("bounds hold everything visible", () => {
    const board = createFakeBoard();
    const { renderer } = createStage(board);
    expect(renderer.shown.bounds()).toBeUndefined();
    board.insert(0, PEN, line(0, 0));
    const far = board.insert(1, MARKER, line(1000, -500), false);
    expect(renderer.shown.bounds()).toEqual({ minX: -4, minY: -503, maxX: 1009, maxY: 6 });
    board.hide([far]);
    expect(renderer.shown.bounds()).toEqual({ minX: -4, minY: -4, maxX: 10, maxY: 6 });
  });
});
