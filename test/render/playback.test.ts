/*
 * Ink that is on the board and comes as if it were drawn now.
 */
import { beforeAll, describe, expect, test } from "vitest";
import type { ItemId } from "../../src/board/document/board.ts";
import { PEN } from "../support/strokes.ts";
import { createFakeBoard } from "./fake-board.ts";
import type { FakeBoard } from "./fake-board.ts";
import { stubPath2D } from "./fake-path.ts";
import {
  createStage,
  differences,
  freshPixels,
  HIGHLIGHTER,
  inkOn,
  line,
  longLine,
  MARKER,
} from "./stage.ts";
import type { Stage } from "./stage.ts";

beforeAll(stubPath2D);

/** The picture is the one that anybody has who opens the board now. */
function expectTrue(board: FakeBoard, { renderer, cached, live }: Stage): void {
  const fresh = freshPixels(board, renderer);
  expect(differences(cached.pixels(), fresh.cached)).toEqual([]);
  expect(inkOn(live)).toBe(0);
}

const anyInk = ({ cached, live }: Stage): number => inkOn(cached) + inkOn(live);

describe("ink that is kept back", () => {
  test("is on no canvas, grows on the live one when it is played, and comes to rest as it is", () => {
    const board = createFakeBoard();
    const stage = createStage(board);
    const id = board.insert(0, PEN, longLine(-20, 0, 40));
    expect(stage.renderer.playback.keepBack([id])).toEqual([id]);
    stage.settle();
    expect(anyInk(stage)).toBe(0);
    stage.renderer.playback.play(id, 160);
    const seen: number[] = [];
    for (let i = 0; i < 9; i++) {
      stage.frame();
      seen.push(inkOn(stage.live));
    }
    for (const i of [1, 3, 5, 7]) expect(seen[i]).toBeGreaterThan(seen[i - 1]!);
    expect(seen[8]).toBeGreaterThan(3 * seen[0]!);
    stage.settle();
    expectTrue(board, stage);
  });

  test("is shown at once where it is let go, whether it was being played or not", () => {
    const board = createFakeBoard();
    const stage = createStage(board);
    const ids = Array.from({ length: 20 }, (_, i) =>
      board.insert(i, i % 2 ? PEN : MARKER, line(3 * i - 30, i)),
    );
    stage.renderer.playback.keepBack(ids);
    stage.settle();
    expect(anyInk(stage)).toBe(0);
    stage.renderer.playback.play(ids[0]!, 500);
    stage.frame();
    stage.renderer.playback.letGo();
    stage.settle();
    expectTrue(board, stage);
  });

  test("is let go by what becomes of it: erased while it waits it never comes", () => {
    const board = createFakeBoard();
    const stage = createStage(board);
    const ids = [board.insert(0, PEN, line(-20, 0)), board.insert(1, PEN, line(10, 0))];
    stage.renderer.playback.keepBack(ids);
    stage.settle();
    board.hide([ids[0]!]);
    for (const id of ids) stage.renderer.playback.play(id, 0);
    stage.settle();
    expectTrue(board, stage);
    expect(inkOn(stage.cached)).toBeGreaterThan(0);
  });

  test("may have been on the canvas before, and goes from there", () => {
    const board = createFakeBoard();
    const stage = createStage(board);
    board.insert(0, MARKER, line(-20, 0));
    const id = board.insert(1, PEN, line(10, 0));
    stage.settle();
    const before = inkOn(stage.cached);
    stage.renderer.playback.keepBack([id]);
    stage.settle();
    expect(inkOn(stage.cached)).toBeLessThan(before);
    stage.renderer.playback.play(id, 100);
    stage.settle();
    expectTrue(board, stage);
  });

  test("of a highlighter's stroke in several items all or none is kept back, and grows together", () => {
    const board = createFakeBoard();
    const stage = createStage(board);
    const pieces: ItemId[] = [0, 1, 2].map((i) => board.insert(i, HIGHLIGHTER, longLine(12 * i - 20, 0)));
    stage.settle();
    const whole = inkOn(stage.cached);
    expect(stage.renderer.playback.keepBack(pieces.slice(1))).toEqual([]);
    stage.settle();
    expect(inkOn(stage.cached)).toBe(whole);
    expect(stage.renderer.playback.keepBack(pieces)).toEqual(pieces);
    stage.settle();
    expect(anyInk(stage)).toBe(0);
    stage.renderer.playback.play(pieces[0]!, 100);
    stage.settle();
    expectTrue(board, stage);
  });

  test("that still grows is not kept back", () => {
    const board = createFakeBoard();
    const stage = createStage(board);
    const id = board.insert(0, PEN, line(0, 0), false);
    expect(stage.renderer.playback.keepBack([id])).toEqual([]);
    stage.frame();
    expect(inkOn(stage.live)).toBeGreaterThan(0);
  });

  test("costs nothing of what lies elsewhere, and no more canvases with each stroke", () => {
    const board = createFakeBoard();
    for (let i = 0; i < 300; i++)
      board.insert(i, MARKER, line((i % 20) * 4 - 38, Math.floor(i / 20) * 2 - 28));
    const stage = createStage(board);
    const ids = Array.from({ length: 100 }, (_, i) =>
      board.insert(300 + i, PEN, line((i % 20) * 4 - 38, 12 + Math.floor(i / 20) * 3)),
    );
    stage.renderer.playback.keepBack(ids);
    stage.settle();
    const canvases = stage.others.length;
    const from = stage.work().paths;
    for (const id of ids) {
      stage.renderer.playback.play(id, 32);
      for (let i = 0; i < 3; i++) stage.frame();
    }
    stage.settle();
    expectTrue(board, stage);
    expect(stage.others.length - canvases).toBeLessThanOrEqual(2);
    // Each on the live canvas a few times, and on the other one.
    expect(stage.work().paths - from).toBeLessThan(12 * ids.length);
  });
});
