import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ItemId, PathRange, StrokeItem } from "../../src/board/document/board.ts";
import { pointOn, segmentBetween } from "../../src/ink/curve.ts";
import { createCutter } from "../../src/tools/cutter.ts";
import { createEraser } from "../../src/tools/eraser.ts";
import { distanceToLine } from "../../src/tools/sweep.ts";
import type { Tool } from "../../src/tools/tool.ts";
import { createFakeBoard, type FakeBoard } from "./support/fake-board.ts";
import { drag, sampleAt, type Place } from "./support/gesture.ts";
import { hitsOn } from "./support/hits.ts";

function setUp(create: typeof createEraser): { board: FakeBoard; tool: Tool } {
  const board = createFakeBoard();
  return { board, tool: create({ board, hits: hitsOn(board) }) };
}

describe("eraser", () => {
  it("a swipe takes several strokes, whole, in one step at its end", () => {
    const { board, tool } = setUp(createEraser);
    const first = board.draw([
      [0, 0],
      [0, 100],
    ]);
    const second = board.draw([
      [50, 0],
      [50, 100],
    ]);
    const further = board.draw([
      [50, 100],
      [50, 900],
    ]);
    board.join([second, further]);
    const word = board.write("word", [80, 40]);
    const left = board.draw([
      [300, 0],
      [300, 100],
    ]);
    drag(tool, [
      [-20, 50],
      [120, 50],
    ]);
    expect(board.calls).toEqual([]);
    expect(tool.preview(0)).toEqual({ kind: "erase", ids: [first, second, further, word], cuts: new Map() });
    tool.up();
    expect(board.calls).toEqual([{ name: "erase", ids: [first, second, further, word] }]);
    expect(board.items().map(({ id }) => id)).toEqual([left]);
    expect(tool.preview(0)).toBeUndefined();
  });

  it("a touch is enough, and what somebody is drawing goes too", () => {
    const { board, tool } = setUp(createEraser);
    const id = board.draw(
      [
        [0, 0],
        [0, 100],
      ],
      { ended: false },
    );
    tool.down(sampleAt([5, 50]), {
      zoom: 1,
      size: 20,
      color: 0,
      input: "touch",
      constrain: false,
      provisional: true,
    });
    tool.up();
    expect(board.calls).toEqual([{ name: "erase", ids: [id] }]);
  });

  it("is as large on the screen at any zoom", () => {
    const { board, tool } = setUp(createEraser);
    board.draw([
      [0, 0],
      [0, 100],
    ]);
    drag(tool, [[8, 50]], { zoom: 4 });
    expect(tool.preview(0)).toBeUndefined();
    tool.drop();
    drag(tool, [[30, 50]], { zoom: 0.25 });
    expect(tool.preview(0)).toBeDefined();
  });

  it("does nothing where it hits nothing, or is dropped, or has no gesture", () => {
    const { board, tool } = setUp(createEraser);
    board.draw([
      [0, 0],
      [0, 100],
    ]);
    drag(tool, [
      [40, 0],
      [40, 100],
    ]);
    tool.up();
    drag(tool, [
      [0, 50],
      [40, 50],
    ]);
    tool.drop();
    tool.move([sampleAt([0, 50])], false);
    tool.up();
    expect(board.calls).toEqual([]);
  });

  it("a second press ends the gesture before it", () => {
    const { board, tool } = setUp(createEraser);
    const id = board.draw([
      [0, 0],
      [0, 100],
    ]);
    drag(tool, [[0, 50]]);
    drag(tool, [[90, 50]]);
    expect(board.calls).toEqual([{ name: "erase", ids: [id] }]);
  });
});

/** The ranges of one call of `cut`. */
function cutsOf({ calls }: FakeBoard): ReadonlyMap<ItemId, readonly PathRange[]> {
  expect(calls.map(({ name }) => name)).toEqual(["cut"]);
  const [call] = calls;
  return call?.name === "cut" ? call.ranges : new Map<ItemId, readonly PathRange[]>();
}

describe("cutter", () => {
  it("takes a stretch as wide as it looks out of a line: the round ends just touch the eraser", () => {
    const { board, tool } = setUp(createCutter);
    const id = board.draw([
      [0, 0],
      [100, 0],
    ]);
    drag(tool, [
      [50, -30],
      [50, 30],
    ]);
    tool.up();
    const [range, ...others] = cutsOf(board).get(id)!;
    expect(others).toEqual([]);
    // 10 of the eraser and half of a width of 4.
    expect(range!.from * 100).toBeCloseTo(38, 0);
    expect(range!.to * 100).toBeCloseTo(62, 0);
  });

  it("cuts several strokes and takes dots in one step; words are left alone", () => {
    const { board, tool } = setUp(createCutter);
    const line = board.draw([
      [0, 0],
      [100, 0],
    ]);
    const growing = board.draw(
      [
        [0, 40],
        [100, 40],
      ],
      { ended: false },
    );
    const dot = board.draw([[50, 60]]);
    board.write("word", [40, 70]);
    drag(tool, [
      [50, -30],
      [50, 20],
      [50, 100],
    ]);
    const preview = tool.preview(0);
    tool.up();
    expect(board.calls).toMatchObject([{ name: "cut", ids: [dot] }]);
    expect([...cutsOf(board).keys()]).toEqual([line, growing]);
    expect(preview).toEqual({ kind: "erase", ids: [dot], cuts: cutsOf(board) });
  });

  it("goes over the same place without asking for more, and is no step where it takes nothing", () => {
    const { board, tool } = setUp(createCutter);
    board.draw([
      [0, 0],
      [100, 0],
    ]);
    drag(tool, [[50, 0]]);
    const before = tool.preview(0);
    tool.move([sampleAt([50, 0]), sampleAt([50, 0])], false);
    expect(tool.preview(0)).toBe(before);
    tool.drop();
    drag(tool, [
      [50, 90],
      [80, 90],
    ]);
    tool.up();
    expect(board.calls).toEqual([]);
  });

  it("leaves ink exactly where the eraser has not been", () => {
    const coordinate = fc.integer({ min: -100, max: 100 });
    const way = fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 6 });
    const points = fc
      .uniqueArray(fc.tuple(coordinate, coordinate), { minLength: 2, maxLength: 6, selector: String })
      .map((places) => places as Place[]);
    fc.assert(
      fc.property(points, way, fc.constantFrom(0.25, 1, 4), (places, path, zoom) => {
        const { board, tool } = setUp(createCutter);
        const id = board.draw(places);
        const stroke = board.item(id) as StrokeItem;
        drag(tool, path, { zoom });
        const preview = tool.preview(0);
        const ranges = (preview?.kind === "erase" ? preview.cuts.get(id) : undefined) ?? [];
        const reach = 10 / zoom + 2;
        const visited = path.map(([x, y]) => ({ x, y }));
        const wrong: unknown[] = [];
        for (let i = 0; i < 50 * (places.length - 1); i++) {
          const span = Math.floor(i / 50);
          const { points: kept } = stroke;
          const segment = segmentBetween(kept[span - 1], kept[span]!, kept[span + 1]!, kept[span + 2]);
          const place = pointOn(segment, (i % 50) / 50);
          const nearest = Math.min(
            ...visited.map((to, n) => distanceToLine(place, visited[n - 1] ?? to, to)),
          );
          const taken = ranges.some(({ from, to }) => i / 50 >= from && i / 50 <= to);
          const off = nearest - reach;
          // Half a pixel of the screen it is done on.
          if (Math.abs(off) > 0.5 / zoom && taken !== off < 0) wrong.push({ i, off, taken });
        }
        expect(wrong).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
