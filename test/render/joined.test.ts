import { beforeAll, describe, expect, test } from "vitest";
import { translation, type Matrix } from "../../src/base/matrix.ts";
import type { ItemId } from "../../src/board/document/board.ts";
import { createFakeBoard, type FakeBoard, type ItemChange } from "./fake-board.ts";
import type { FakeCanvas } from "./fake-canvas.ts";
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

/*
 * A highlighter's stroke that goes on in a further item is blended as one: nowhere does its colour lie twice.
 */

beforeAll(stubPath2D);

const HUE = HIGHLIGHTER.color.toString(16).padStart(6, "0");

/** How often a highlighter was laid over the pixel that has most of it. */
const layers = (canvas: FakeCanvas): number =>
  Math.max(...canvas.pixels().map((pixel) => pixel.split("/multiply").length - 1));

interface Long {
  readonly board: FakeBoard;
  readonly first: ItemId;
  readonly second: ItemId;
}

/** To the right, and in the next item back over itself. */
function drawn(ended = true): Long {
  const board = createFakeBoard();
  const first = board.insert(0, HIGHLIGHTER, longLine(-20, 0, 30));
  const second = board.insert(1, HIGHLIGHTER, longLine(10, 0, -25), ended);
  return { board, first, second };
}

describe("a highlighter's stroke of several items", () => {
  test("is blended as one when it is finished, and what is no part of it apart", () => {
    const { board } = drawn();
    const stage = createStage(board);
    expect(stage.cached.pixels().join()).toContain(HUE);
    expect(layers(stage.cached)).toBe(1);
    board.insert(2, HIGHLIGHTER, line(-4, 0, 8));
    stage.settle();
    expect(layers(stage.cached)).toBe(2);
  });

  test("is one while it grows, under a contact's pen and under the own one", () => {
    const { board, first, second } = drawn(false);
    const stage = createStage(board);
    stage.settle();
    expect(inkOn(stage.cached)).toBe(0);
    expect(layers(stage.live)).toBe(1);
    const points = longLine(10, 0, -25);
    for (let count = 50; count < 200; count += 30) {
      const preview = { header: HIGHLIGHTER, points: points.slice(0, count), itemId: second };
      stage.renderer.setPreviews([preview]);
      stage.settle();
      expect(inkOn(stage.cached)).toBe(0);
      expect(layers(stage.live)).toBe(1);
      const fresh = freshPixels(board, stage.renderer, [preview]);
      expect(differences(stage.live.pixels(), fresh.live)).toEqual([]);
    }
    board.extend(second, [], true);
    stage.renderer.setPreviews([]);
    stage.settle();
    expect(inkOn(stage.live)).toBe(0);
    expect(layers(stage.cached)).toBe(1);
    expect(differences(stage.cached.pixels(), freshPixels(board, stage.renderer).cached)).toEqual([]);
    expect(board.item(first)).toBeDefined();
  });

  test("comes back onto the live canvas where its continuation arrives later", () => {
    const board = createFakeBoard();
    board.insert(0, HIGHLIGHTER, longLine(-20, 0, 30));
    const stage = createStage(board);
    expect(inkOn(stage.cached)).toBeGreaterThan(0);
    const second = board.insert(1, HIGHLIGHTER, longLine(10, 0, -25).slice(0, 80), false);
    stage.settle();
    expect(inkOn(stage.cached)).toBe(0);
    expect(layers(stage.live)).toBe(1);
    board.extend(second, line(0, 0), true);
    stage.settle();
    expect(layers(stage.cached)).toBe(1);
  });

  test.each([
    ["moved", translation(5, 3)],
    ["stretched", { a: 1.5, b: 0, c: 0, d: 1, e: 0, f: 0 }],
  ] satisfies [string, Matrix][])("is one under a gesture: %s", (_, matrix) => {
    const { board, first, second } = drawn();
    const stage = createStage(board);
    stage.previewed.setPreview("me", { kind: "transform", ids: [first, second], matrix });
    stage.settle();
    expect(inkOn(stage.cached)).toBe(0);
    expect(layers(stage.live)).toBe(1);
  });

  test("is one under a partial eraser and after it, also where one item goes entirely", () => {
    const { board, first, second } = drawn();
    const stage = createStage(board);
    const cuts = new Map([[first, [{ from: 20, to: 90 }]]]);
    stage.previewed.setPreview("me", { kind: "erase", ids: [], cuts });
    stage.settle();
    expect(layers(stage.cached)).toBe(1);
    stage.previewed.setPreview("me", undefined);
    board.alter(second, { parts: [longLine(10, 0, -5), longLine(2, 0, -10)], cuts: [{ from: 40, to: 60 }] });
    stage.settle();
    expect(layers(stage.cached)).toBe(1);
    board.hide([first]);
    stage.settle();
    expect(layers(stage.cached)).toBe(1);
    expect(differences(stage.cached.pixels(), freshPixels(board, stage.renderer).cached)).toEqual([]);
  });

  test("goes on from another item where the one before it is erased, and from that again when it is back", () => {
    const { board } = drawn();
    const copy = board.insert(2, HIGHLIGHTER, longLine(-20, 0, 30));
    board.insert(3, HIGHLIGHTER, longLine(10, 0, -25), false);
    const stage = createStage(board);
    expect(layers(stage.cached)).toBe(1);
    for (const change of [board.hide, board.show]) {
      change([copy]);
      stage.settle();
      expect(inkOn(stage.cached) > 0).toBe(change === board.show);
      const fresh = freshPixels(board, stage.renderer);
      expect(differences(stage.cached.pixels(), fresh.cached)).toEqual([]);
      expect(differences(stage.live.pixels(), fresh.live)).toEqual([]);
    }
  });

  test.each([
    ["of another colour", { header: { ...HIGHLIGHTER, color: 0x00b0ff } }],
    ["narrower", { header: { ...HIGHLIGHTER, width: 4 } }],
    ["on another layer", { layer: "a" }],
    ["moved", { points: longLine(-20, 9, 30) }],
  ] satisfies [string, ItemChange][])("nor does it go on from one that is %s", (_, change) => {
    const { board } = drawn();
    board.setLayers([{}, { id: "a", opacity: 0.5 }]);
    const copy = board.insert(2, HIGHLIGHTER, longLine(-20, 0, 30));
    board.insert(3, HIGHLIGHTER, longLine(10, 0, -25), false);
    const stage = createStage(board);
    board.alter(copy, change);
    stage.settle();
    const fresh = freshPixels(board, stage.renderer);
    expect(differences(stage.cached.pixels(), fresh.cached)).toEqual([]);
    expect(differences(stage.live.pixels(), fresh.live)).toEqual([]);
  });

  test("is taken elsewhere in the order as a whole with its first item", () => {
    const board = createFakeBoard();
    const first = board.insert(0, HIGHLIGHTER, longLine(-30, 0, 20));
    board.insert(0, HIGHLIGHTER, longLine(-10, 0, 40));
    board.insert(1, MARKER, line(20, 0));
    const stage = createStage(board);
    const before = stage.cached.pixels();
    board.reorder(first, 0);
    stage.settle();
    expect(differences(stage.cached.pixels(), before)).not.toEqual([]);
    expect(differences(stage.cached.pixels(), freshPixels(board, stage.renderer).cached)).toEqual([]);
  });

  test("lies where its first item lies, wherever a part of it is painted anew", () => {
    const board = createFakeBoard();
    board.insert(0, HIGHLIGHTER, longLine(-20, 0, 30));
    board.insert(1, MARKER, line(-8, 0, 30));
    const stage = createStage(board);
    board.insert(2, HIGHLIGHTER, longLine(10, 0, 20));
    const spot = board.insert(3, MARKER, line(15, 0));
    stage.settle();
    board.hide([spot]);
    stage.settle();
    const fresh = freshPixels(board, stage.renderer);
    expect(differences(stage.cached.pixels(), fresh.cached)).toEqual([]);
    expect(layers(stage.cached)).toBe(1);
  });

  test("is not taken for one with another's, another colour's or a pen's", () => {
    const board = createFakeBoard();
    board.insert(0, HIGHLIGHTER, longLine(-20, 0, 30));
    board.insert(1, { ...HIGHLIGHTER, color: 0x88ccff }, longLine(10, 0, -25));
    board.insert(2, MARKER, longLine(10, 0, -25));
    const stage = createStage(board);
    expect(layers(stage.cached)).toBe(2);
  });
});

test("a segment under the pen costs the same whatever was drawn of the stroke before", () => {
  const cost = (items: number): number => {
    const board = createFakeBoard();
    for (let i = 0; i < items; i++) {
      const x = i % 2 === 0 ? -30 : 20;
      board.insert(i, HIGHLIGHTER, longLine(x, 0, i % 2 === 0 ? 50 : -50));
    }
    const x = items % 2 === 0 ? -30 : 20;
    const points = longLine(x, 0, items % 2 === 0 ? 50 : -50);
    const itemId = board.insert(items, HIGHLIGHTER, points.slice(0, 100), false);
    const stage = createStage(board);
    const show = (count: number): void => {
      stage.renderer.setPreviews([{ header: HIGHLIGHTER, points: points.slice(0, count), itemId }]);
      stage.settle();
    };
    for (let count = 100; count < 150; count++) show(count);
    const before = stage.work();
    for (let count = 150; count < 170; count++) show(count);
    const after = stage.work();
    return after.paths - before.paths;
  };
  expect(cost(7)).toBeLessThanOrEqual(cost(1) + 1);
});
