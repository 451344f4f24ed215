import { beforeAll, describe, expect, test, vi } from "vitest";
import type { InkPoint } from "../../src/ink/stroke.ts";
import { createArrival } from "../../src/board/document/arrival.ts";
import { TILE_SIZE } from "../../src/render/layers/tiles.ts";
import { PEN } from "../support/strokes.ts";
import { createFakeBoard, type FakeBoard } from "./fake-board.ts";
import type { FakeCanvas } from "./fake-canvas.ts";
import { stubPath2D } from "./fake-path.ts";
import {
  createStage,
  differences,
  freshPixels,
  HIGHLIGHTER,
  inkOn,
  line,
  MARKER,
  WIDTH,
  type Stage,
} from "./stage.ts";

beforeAll(stubPath2D);

const STROKES = 400;

/** A board with ink everywhere in view, and far around. */
function fullBoard(): FakeBoard {
  const board = createFakeBoard();
  for (let i = 0; i < STROKES; i++) {
    board.insert(
      i,
      { ...[PEN, MARKER, HIGHLIGHTER][i % 3]!, color: i },
      line((i % 20) * 12 - 120, Math.floor(i / 20) * 12 - 120),
    );
  }
  return board;
}

/** Time goes on by a millisecond each time somebody looks: a slice is so many strokes. */
function slowClock(): () => number {
  let time = 0;
  return () => time++;
}

function frameByFrame({ frame, work }: Stage): number[] {
  const paths: number[] = [];
  for (let before = work().paths; frame(); before = work().paths) paths.push(work().paths - before);
  return paths;
}

describe("slices", () => {
  test("no frame paints more than its slice, however much there is, and it all gets painted", () => {
    const board = fullBoard();
    const stage = createStage(board, { now: slowClock(), settled: false });
    const paths = frameByFrame(stage);
    expect(paths.length).toBeGreaterThan(STROKES / 12);
    expect(Math.max(...paths)).toBeLessThanOrEqual(13);
    expect(differences(stage.cached.pixels(), freshPixels(board, stage.renderer).cached)).toEqual([]);
  });

  test.each(["when it is opened", "when much comes at once"])(
    "it is found out by parts where all of a board's ink is, %s, and nothing of it is painted before",
    (when) => {
      const board = createFakeBoard();
      const known = vi.fn<() => void>();
      let time = 0;
      const now = (): number => (time += known.mock.calls.length === 0 ? 10 : 1);
      const open = (): Stage => createStage(board, { now, settled: false, onKnown: known });
      const early = when === "when it is opened" ? undefined : open();
      early?.settle();
      for (let i = 0; i < 5 * STROKES; i++) board.insert(i, PEN, line((i % 20) * 3 - 30, (i % 30) - 15));
      const stage = early ?? open();
      let frames = 0;
      for (; known.mock.calls.length === 0; frames++) {
        expect(inkOn(stage.cached)).toBe(0);
        expect(stage.frame()).toBe(true);
      }
      expect(frames).toBeGreaterThan(1);
      stage.settle();
      expect(known).toHaveBeenCalledTimes(1);
      expect(differences(stage.cached.pixels(), freshPixels(board, stage.renderer).cached)).toEqual([]);
    },
  );

  test("ink is seen as it is painted, long before a tile is complete", () => {
    const board = createFakeBoard();
    for (let i = 0; i < STROKES; i++) board.insert(i, PEN, line((i % 20) * 3 - 30, (i % 30) - 15));
    const stage = createStage(board, { now: slowClock(), settled: false });
    stage.frame();
    expect(inkOn(stage.cached)).toBeGreaterThan(0);
    expect(stage.renderer.idle()).toBe(false);
  });

  test("while the view moves a frame paints less, and shows the overview where nothing better is", () => {
    const stage = createStage(fullBoard(), { now: slowClock() });
    for (let i = 1; i <= 20; i++) {
      stage.renderer.setCamera({ x: (i % 2) * 60, y: 0, zoom: 1 + i / 100 });
      const before = stage.work().paths;
      stage.frame();
      expect(stage.work().paths - before).toBeLessThanOrEqual(7);
      expect(inkOn(stage.cached)).toBeGreaterThan(100);
    }
  });

  test("a pointer's event paints no tiles: what is under the pen comes first", () => {
    const stage = createStage(fullBoard(), { now: slowClock() });
    stage.renderer.setCamera({ x: 0, y: 0, zoom: 1.7 });
    stage.frame();
    stage.renderer.setPreviews([{ header: PEN, points: line(0, 0) }]);
    const before = stage.work().paths;
    stage.renderer.paintNow();
    expect(stage.work().paths - before).toBe(1);
    expect(inkOn(stage.live)).toBeGreaterThan(0);
  });

  test("a stroke that ends while its tiles are not ready stays on the live canvas until they are", () => {
    const board = fullBoard();
    const stage = createStage(board, { now: slowClock() });
    stage.renderer.setCamera({ x: 0, y: 0, zoom: 1.7 });
    stage.renderer.setPreviews([{ header: MARKER, points: line(0, 0) }]);
    stage.frame();
    const inked = inkOn(stage.live);
    board.insert(STROKES, MARKER, line(0, 0));
    stage.renderer.setPreviews([]);
    stage.renderer.paintNow();
    expect(inkOn(stage.live)).toBe(inked);
    stage.settle();
    expect(inkOn(stage.live)).toBe(0);
    expect(differences(stage.cached.pixels(), freshPixels(board, stage.renderer).cached)).toEqual([]);
  });

  test("hundreds of strokes that arrive at once are painted slice by slice too", () => {
    const board = createFakeBoard();
    const stage = createStage(board, { now: slowClock() });
    for (let i = 0; i < STROKES; i++)
      board.insert(i, PEN, line((i % 20) * 3 - 30, Math.floor(i / 20) * 2 - 20));
    const paths = frameByFrame(stage);
    expect(paths.length).toBeGreaterThan(STROKES / 13);
    expect(Math.max(...paths)).toBeLessThanOrEqual(13);
    expect(differences(stage.cached.pixels(), freshPixels(board, stage.renderer).cached)).toEqual([]);
  });
});

describe("the first sheet", () => {
  const hasMemory = ({ element }: FakeCanvas): boolean => element.width === WIDTH;

  test("takes memory when there is ink on it; the live canvas does when nothing else is to be done", () => {
    const board = createFakeBoard();
    for (let i = 0; i < 5 * STROKES; i++) board.insert(i, PEN, line((i % 20) * 3 - 30, (i % 30) - 15));
    const known = vi.fn<() => void>();
    let time = 0;
    const now = (): number => (time += known.mock.calls.length === 0 ? 10 : 1);
    const stage = createStage(board, { now, settled: false, onKnown: known });
    let frames = 0;
    for (; known.mock.calls.length === 0; frames++) {
      expect(hasMemory(stage.cached)).toBe(false);
      expect(stage.frame()).toBe(true);
    }
    expect(frames).toBeGreaterThan(1);
    // Finding all of it has taken this frame's slice.
    expect([inkOn(stage.cached), hasMemory(stage.cached)]).toEqual([0, false]);
    expect(stage.frame()).toBe(true);
    expect(inkOn(stage.cached)).toBeGreaterThan(0);
    expect(hasMemory(stage.live)).toBe(false);
    while (!hasMemory(stage.live)) expect(stage.frame()).toBe(true);
    const cached = stage.cached.pixels();
    expect(stage.frame()).toBe(false);
    expect(differences(cached, freshPixels(board, stage.renderer).cached)).toEqual([]);
  });

  test("is there when the view has no ink, though all ink is elsewhere", () => {
    const board = fullBoard();
    const stage = createStage(board, { settled: false });
    stage.renderer.setCamera({ x: 9000, y: 0, zoom: 1 });
    stage.settle();
    expect([hasMemory(stage.cached), hasMemory(stage.live)]).toEqual([true, true]);
    expect(inkOn(stage.cached)).toBe(0);
  });

  test("waits a moment for what is stored, and no longer", () => {
    const arrival = createArrival(() => {});
    const board: FakeBoard = { ...createFakeBoard(), arrival };
    let time = 0;
    const stage = createStage(board, { now: () => time, settled: false });
    expect(stage.frame()).toBe(true);
    time = 60;
    expect(stage.frame()).toBe(true);
    expect(hasMemory(stage.cached)).toBe(false);
    time = 150;
    expect(stage.frame()).toBe(true);
    expect(hasMemory(stage.cached)).toBe(true);
    stage.settle();
    expect(hasMemory(stage.live)).toBe(true);
  });

  test("does not wait for what is stored where somebody draws", () => {
    const board: FakeBoard = { ...createFakeBoard(), arrival: createArrival(() => {}) };
    const stage = createStage(board, { now: () => 0, settled: false });
    stage.renderer.setPreviews([{ header: HIGHLIGHTER, points: line(0, 0) }]);
    stage.renderer.paintNow();
    expect([hasMemory(stage.cached), hasMemory(stage.live)]).toEqual([true, true]);
    expect(inkOn(stage.live)).toBeGreaterThan(0);
  });
});

describe("memory", () => {
  test("however far the view goes, tiles take no more than their share", () => {
    const stage = createStage(fullBoard());
    for (let i = 0; i < 150; i++) {
      stage.renderer.setCamera({ x: i * 500, y: -i * 300, zoom: 0.1 * 1.2 ** (i % 24) });
      stage.settle();
      expect(stage.renderer.tilePixels()).toBeLessThanOrEqual(24 * TILE_SIZE ** 2);
    }
    // Canvases are used again, not thrown away.
    expect(stage.others.length).toBeLessThan(60);
  });

  test("a large screen gets as many as it needs", () => {
    const stage = createStage(createFakeBoard());
    stage.renderer.setViewport(3840, 2160, 1);
    stage.settle();
    expect(stage.renderer.tilePixels()).toBeGreaterThanOrEqual(3840 * 2160);
    expect(stage.renderer.tilePixels()).toBeLessThanOrEqual(96 * TILE_SIZE ** 2);
  });
});

describe("growing", () => {
  const scrawl = (count: number): InkPoint[] =>
    Array.from({ length: count }, (_, i) => ({ x: (i * 7) % 60, y: (i * 11) % 40, pressure: 0.5 }));

  test.each([PEN, MARKER, HIGHLIGHTER])("a sample costs the same at the 3,000th point: $tool", (header) => {
    const stage = createStage(createFakeBoard());
    const points = scrawl(3000);
    const costs: number[] = [];
    for (let count = 1; count <= points.length; count += 5) {
      const before = stage.work().paths;
      stage.renderer.setPreviews([{ header, points: points.slice(0, count) }]);
      stage.renderer.paintNow();
      costs.push(stage.work().paths - before);
    }
    expect(Math.max(...costs)).toBeLessThanOrEqual(4);
    stage.settle();
    const fresh = freshPixels(createFakeBoard(), stage.renderer, [{ header, points: points.slice(0, 2996) }]);
    expect(differences(stage.live.pixels(), fresh.live)).toEqual([]);
  });

  test("predicted ink is painted behind the newest point, and gone with the next preview", () => {
    const stage = createStage(createFakeBoard());
    const points = line(0, 0);
    stage.renderer.setPreviews([{ header: PEN, points }]);
    stage.renderer.paintNow();
    const before = stage.live.pixels();
    const predicted = [{ x: 25, y: 2, pressure: 0.5 }];
    stage.renderer.setPreviews([{ header: PEN, points, predicted }]);
    stage.renderer.paintNow();
    expect(inkOn(stage.live)).toBeGreaterThan(before.filter((pixel) => pixel !== "").length);
    stage.renderer.setPreviews([{ header: PEN, points }]);
    stage.renderer.paintNow();
    expect(differences(stage.live.pixels(), before)).toEqual([]);
  });

  test("a contact's ink grows from frame to frame between two arrivals, and is finished after them", () => {
    const board = createFakeBoard();
    const stage = createStage(board);
    const dots = (from: number, to: number): InkPoint[] =>
      Array.from({ length: to - from }, (_, i) => ({ x: (from + i) * 3 - 35, y: 0, pressure: 0.5 }));
    const id = board.insert(0, MARKER, dots(0, 2), false);
    stage.settle();
    for (let i = 0; i < 10; i++) {
      stage.renderer.setCamera({ x: 0, y: i % 2, zoom: 1 });
      stage.frame();
    }
    board.extend(id, dots(2, 22), true);
    const reach: number[] = [];
    while (stage.frame()) reach.push(inkOn(stage.live));
    expect(reach.length).toBeGreaterThan(8);
    const growth = reach.slice(0, -1).map((inked, i) => inked - (reach[i - 1] ?? 0));
    expect(Math.min(...growth)).toBeGreaterThanOrEqual(0);
    expect(reach.at(-1)).toBe(0);
    expect(inkOn(stage.cached)).toBeGreaterThan(100);
  });

  test.each([1, 3, 7, 13, 29])(
    "ink that comes to rest while a frame is painted is whole after it (%i ms a look)",
    (step) => {
      let time = 0;
      const board = createFakeBoard();
      const stage = createStage(board, { now: () => (time += step) });
      const id = board.insert(0, PEN, line(-20, 0), false);
      stage.settle();
      for (let i = 1; i <= 20; i++) {
        board.extend(id, line(-20 + i * 3, i % 5), i === 20);
        for (let wait = 0; wait < i % 4; wait++) stage.frame();
      }
      stage.settle();
      const fresh = freshPixels(board, stage.renderer);
      expect(differences(stage.cached.pixels(), fresh.cached)).toEqual([]);
      expect(differences(stage.live.pixels(), fresh.live)).toEqual([]);
    },
  );
});
