import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPrng } from "../../src/base/prng.ts";
import type { Item } from "../../src/board/document/board.ts";
import type { HitTest } from "../../src/tools/hit.ts";
import { touchesCurve } from "../../src/tools/sweep.ts";
import { createFakeBoard, inkPoints } from "./support/fake-board.ts";
import { hitsOn } from "./support/hits.ts";

const ids = (items: readonly Item[]): string[] => items.map(({ id }) => id);
const across = (
  x: number,
): { from: { x: number; y: number }; to: { x: number; y: number }; radius: number } => ({
  from: { x, y: -1000 },
  to: { x, y: 1000 },
  radius: 5,
});

function setUp(): { board: ReturnType<typeof createFakeBoard>; hits: HitTest } {
  const board = createFakeBoard();
  return { board, hits: hitsOn(board) };
}

describe("hit test", () => {
  it("a quick swipe hits what lies between its samples, and nothing next to it", () => {
    const { board, hits } = setUp();
    const crossed = board.draw([
      [0, 0],
      [100, 0],
    ]);
    board.draw([
      [0, 50],
      [30, 50],
    ]);
    const word = board.write("hello", [40, 200]);
    expect(ids(hits.swept(across(50), 0.1))).toEqual([crossed, word]);
    expect(ids(hits.swept(across(108), 0.1))).toEqual([]);
    // The ink is 4 wide.
    expect(ids(hits.swept(across(106.9), 0.1))).toEqual([crossed]);
  });

  it("a stroke is its curve and not its box", () => {
    const { board, hits } = setUp();
    board.draw([
      [0, 0],
      [0, 100],
      [100, 100],
    ]);
    const place = { x: 60, y: 40 };
    expect(hits.swept({ from: place, to: place, radius: 20 }, 0.1)).toEqual([]);
  });

  it("words that are turned are hit where they are", () => {
    const { board, hits } = setUp();
    const word = board.write("0123456789", [0, 0], { a: 0, b: 1, c: -1, d: 0, e: 0, f: 0 });
    expect(hits.at({ x: -10, y: 90 }, 1)?.id).toBe(word);
    expect(hits.at({ x: 50, y: 10 }, 1)).toBeUndefined();
  });

  it("gives the topmost of what a tap touches, within the tolerance", () => {
    const { board, hits } = setUp();
    const below = board.draw([
      [0, 0],
      [100, 0],
    ]);
    const above = board.draw([
      [50, -50],
      [50, 50],
    ]);
    expect(hits.at({ x: 51, y: 1 }, 4)?.id).toBe(above);
    expect(hits.at({ x: 20, y: 5 }, 4)?.id).toBe(below);
    expect(hits.at({ x: 20, y: 8 }, 4)).toBeUndefined();
  });

  it("only the ink that is left is hit", () => {
    const { board, hits } = setUp();
    const id = board.draw([
      [0, 0],
      [100, 0],
    ]);
    board.leave(id, [
      inkPoints([
        [0, 0],
        [20, 0],
      ]),
      inkPoints([
        [80, 0],
        [100, 0],
      ]),
    ]);
    expect(ids(hits.swept(across(50), 0.1))).toEqual([]);
    expect(ids(hits.swept(across(90), 0.1))).toEqual([id]);
    board.leave(id, []);
    expect(hits.boxOf(board.item(id)!)).toBeUndefined();
  });

  it("a stroke that grows is hit where it has grown, one that moved where it is now", () => {
    const { board, hits } = setUp();
    const id = board.draw(
      [
        [0, 0],
        [10, 0],
      ],
      { ended: false },
    );
    expect(ids(hits.swept(across(90), 0.1))).toEqual([]);
    board.extend(id, [[100, 0]]);
    expect(ids(hits.swept(across(90), 0.1))).toEqual([id]);
    board.shift([id], 200, 0);
    expect(ids(hits.swept(across(90), 0.1))).toEqual([]);
    expect(ids(hits.swept(across(290), 0.1))).toEqual([id]);
    board.hide([id]);
    expect(ids(hits.swept(across(290), 0.1))).toEqual([]);
  });

  it("what is on a locked layer is not there", () => {
    const { board, hits } = setUp();
    const layer = board.addLayer("below");
    const id = board.draw(
      [
        [0, 0],
        [100, 0],
      ],
      { layer },
    );
    expect(hits.at({ x: 50, y: 0 }, 1)?.id).toBe(id);
    board.changeLayer(layer, { locked: true });
    expect(hits.at({ x: 50, y: 0 }, 1)).toBeUndefined();
    expect(hits.locked(board.item(id)!)).toBe(true);
  });

  it("a lasso takes that of which half of the points lie in it, and words whose middle does", () => {
    const { board, hits } = setUp();
    const inside = board.draw([
      [10, 10],
      [20, 20],
    ]);
    const half = board.draw([
      [90, 50],
      [110, 50],
    ]);
    board.draw([
      [90, 60],
      [110, 60],
      [120, 60],
    ]);
    const word = board.write("0123456789", [40, 40]);
    board.write("0123456789", [70, 40]);
    const box = [
      [0, 0],
      [100, 0],
      [100, 100],
      [0, 100],
    ].map(([x, y]) => ({ x: x!, y: y! }));
    expect(ids(hits.enclosed(box))).toEqual([inside, half, word]);
    expect(hits.enclosed([])).toEqual([]);
  });

  it("misses none of the strokes that it passes over", () => {
    const coordinate = fc.integer({ min: -200, max: 200 });
    const place = fc.tuple(coordinate, coordinate);
    const strokes = fc.array(fc.array(place, { minLength: 1, maxLength: 8 }), { maxLength: 10 });
    fc.assert(
      fc.property(strokes, place, place, (lines, [x, y], [toX, toY]) => {
        const { board, hits } = setUp();
        for (const line of lines) board.draw(line);
        const sweep = { from: { x, y }, to: { x: toX, y: toY }, radius: 6 };
        const touched = board
          .items()
          .filter(
            (item) => item.kind === "stroke" && touchesCurve(item.points, { ...sweep, radius: 8 }, 0.1),
          );
        expect(ids(hits.swept(sweep, 0.1))).toEqual(ids(touched));
      }),
      { numRuns: 300 },
    );
  });

  it("looks closely at few of many strokes", () => {
    const { board, hits } = setUp();
    const prng = createPrng(5);
    let looked = 0;
    for (let i = 0; i < 2000; i++) {
      const x = prng.next() * 2000;
      const y = prng.next() * 2000;
      const id = board.draw([
        [x, y],
        [x + 30, y + 30],
      ]);
      const item = board.item(id)!;
      const parts = [
        inkPoints([
          [x, y],
          [x + 30, y + 30],
        ]),
      ];
      // Parts are read for the box, which is kept, and for looking closely.
      Object.defineProperty(item, "parts", {
        get() {
          looked++;
          return parts;
        },
      });
    }
    hits.swept(across(1), 0.1);
    looked = 0;
    for (let i = 0; i < 50; i++) {
      const from = { x: 500 + i * 10, y: 1000 };
      hits.swept({ from, to: { x: from.x + 10, y: 1000 }, radius: 10 }, 0.1);
    }
    expect(looked).toBeGreaterThan(0);
    expect(looked).toBeLessThan(200);
  });
});
