import { describe, expect, it } from "vitest";
import type { ItemId } from "../../src/board/document/board.ts";
import { createSelectTool } from "../../src/tools/select-tool.ts";
import { createSelection, type Selection } from "../../src/tools/selection.ts";
import type { Tool } from "../../src/tools/tool.ts";
import { createFakeBoard, type FakeBoard } from "./support/fake-board.ts";
import { drag } from "./support/gesture.ts";
import { hitsOn } from "./support/hits.ts";

interface Setting {
  readonly board: FakeBoard;
  readonly selection: Selection;
  readonly select: Tool;
  readonly lasso: Tool;
  /** A square of 100 by 100 around 150, 150. */
  readonly square: ItemId;
  /** A line across the square's middle, and beyond it. */
  readonly line: ItemId;
}

function setUp(): Setting {
  const board = createFakeBoard();
  const hits = hitsOn(board);
  const onError = (error: unknown): never => {
    throw error;
  };
  const selection = createSelection({ board, hits, onError });
  const square = board.draw([
    [100, 100],
    [200, 100],
    [200, 200],
    [100, 200],
    [100, 100],
  ]);
  const line = board.draw([
    [150, 150],
    [400, 150],
  ]);
  const sizeOf = (): { width: number; height: number } => ({ width: 200, height: 20 });
  const deps = { board, hits, selection, sizeOf };
  return {
    board,
    selection,
    select: createSelectTool({ ...deps, encloses: "box" }),
    lasso: createSelectTool({ ...deps, encloses: "lasso" }),
    square,
    line,
  };
}

const tap = (tool: Tool, x: number, y: number, constrain = false): void => {
  drag(
    tool,
    [
      [x, y],
      [x + 2, y],
    ],
    { constrain },
  );
  tool.up();
};

describe("select", () => {
  it("a tap selects the topmost, another place nothing", () => {
    const { select, selection, square, line } = setUp();
    tap(select, 200, 150);
    expect(selection.ids()).toEqual([line]);
    tap(select, 100, 150);
    expect(selection.ids()).toEqual([square]);
    tap(select, 600, 600);
    expect(selection.ids()).toEqual([]);
  });

  it("with the constraint a tap adds and takes away; the order is the board's", () => {
    const { select, selection, square, line } = setUp();
    tap(select, 300, 150);
    tap(select, 100, 120, true);
    expect(selection.ids()).toEqual([square, line]);
    tap(select, 300, 150, true);
    expect(selection.ids()).toEqual([square]);
  });

  it("pieces of one stroke are selected together", () => {
    const { board, select, selection, square, line } = setUp();
    board.join([square, line]);
    tap(select, 300, 150);
    expect(selection.ids()).toEqual([square, line]);
  });

  it("a drag over the paper encloses with a box, and shows it", () => {
    const { board, select, selection, square } = setUp();
    drag(select, [
      [50, 50],
      [60, 90],
      [250, 250],
    ]);
    expect(select.marquee!()).toEqual([
      { x: 50, y: 50 },
      { x: 250, y: 50 },
      { x: 250, y: 250 },
      { x: 50, y: 250 },
    ]);
    expect(select.preview(0)).toBeUndefined();
    select.up();
    expect(select.marquee!()).toBeUndefined();
    // The line has one of its two points in it.
    expect(selection.ids()).toHaveLength(2);
    expect(selection.ids()).toContain(square);
    expect(board.calls).toEqual([]);
  });

  it("a lasso goes round what it takes, even where it begins on ink", () => {
    const { lasso, selection, square } = setUp();
    const round = [
      [300, 150],
      [90, 90],
      [90, 210],
      [210, 210],
      [210, 160],
    ] as const;
    drag(lasso, round);
    expect(lasso.marquee!()).toHaveLength(round.length);
    lasso.up();
    expect(selection.ids()).toContain(square);
  });

  it("moves what is selected with one change at the end", () => {
    const { board, select, selection, square } = setUp();
    selection.set([square]);
    drag(select, [
      [150, 170],
      [160, 170],
      [180, 150],
    ]);
    const matrix = { a: 1, b: 0, c: 0, d: 1, e: 30, f: -20 };
    expect(select.preview(0)).toEqual({ kind: "transform", ids: [square], matrix });
    expect(selection.matrix()).toEqual(matrix);
    expect(selection.corners()[0]!.x).toBe(128);
    expect(board.calls).toEqual([]);
    select.up();
    expect(board.calls).toEqual([{ name: "transform", ids: [square], matrix }]);
    expect(selection.frame()!.box.minX).toBe(128);
    expect(select.preview(0)).toBeUndefined();
    expect(selection.corners()[0]!.x).toBe(128);
  });

  it("a press on what is not selected takes it along in place of the rest; only straight with the constraint", () => {
    const { board, select, selection, square, line } = setUp();
    selection.set([square]);
    drag(
      select,
      [
        [350, 150],
        [370, 160],
      ],
      { constrain: true },
    );
    select.up();
    expect(selection.ids()).toEqual([line]);
    expect(board.calls).toMatchObject([{ ids: [line], matrix: { e: 20, f: 0 } }]);
  });

  it("a handle resizes, another one rotates", () => {
    const { board, select, selection, square } = setUp();
    selection.set([square]);
    const at = (name: string): readonly [number, number] => {
      const { x, y } = selection.handles(1).find((handle) => handle.name === name)!.at;
      return [x, y];
    };
    const [x, y] = at("e");
    drag(select, [
      [x, y],
      [x + 104, y],
    ]);
    select.up();
    // The ink gets wider, but not as much as it gets longer.
    expect(Math.abs(selection.frame()!.box.maxX - 306)).toBeLessThan(2);
    const [top, left] = at("rotate");
    drag(
      select,
      [
        [top, left],
        [top + 500, left + 150],
      ],
      { constrain: true },
    );
    expect(select.preview(0)).toMatchObject({ kind: "transform", ids: [square] });
    select.up();
    expect(board.calls).toHaveLength(2);
  });

  it("what is dropped was nothing", () => {
    const { board, select, selection, square } = setUp();
    selection.set([square]);
    drag(select, [
      [150, 170],
      [180, 150],
    ]);
    select.drop();
    select.up();
    expect(board.calls).toEqual([]);
    expect(selection.ids()).toEqual([square]);
    expect(selection.matrix()).toMatchObject({ e: 0, f: 0 });
  });

  it("what somebody erases meanwhile is not moved", () => {
    const { board, select, selection, square, line } = setUp();
    selection.set([square, line]);
    drag(select, [
      [150, 170],
      [180, 150],
    ]);
    board.hide([square]);
    expect(select.preview(0)).toMatchObject({ ids: [line] });
    board.hide([line]);
    expect(select.preview(0)).toBeUndefined();
    select.up();
    expect(board.calls).toEqual([]);
  });
});

describe("selection", () => {
  it("follows the board: what moves, is erased or locked", () => {
    const { board, selection, square, line } = setUp();
    let changes = 0;
    selection.onChange(() => changes++);
    selection.set([square, line]);
    board.shift([square], -50, 0);
    expect(selection.frame()?.box).toMatchObject({ minX: 48 });
    board.hide([square]);
    expect(selection.ids()).toEqual([line]);
    expect(selection.frame()?.box).toMatchObject({ minX: 148 });
    board.changeLayer("", { locked: true });
    expect(selection.ids()).toEqual([]);
    expect(selection.frame()).toBeUndefined();
    expect(selection.handles(1)).toEqual([]);
    expect(changes).toBe(4);
    selection.set([line]);
    expect(selection.ids()).toEqual([]);
  });

  it("a stroke that gets a further piece keeps being selected whole", () => {
    const { board, selection, line } = setUp();
    selection.set([line]);
    const group: ItemId[] = [line];
    board.join(group);
    group.push("1.2");
    expect(
      board.draw([
        [400, 150],
        [900, 150],
      ]),
    ).toBe("1.2");
    expect(selection.ids()).toEqual([line, "1.2"]);
  });

  it("has words in its box", () => {
    const { board, selection } = setUp();
    selection.set([
      board.write("hello", [0, 0]),
      board.draw([
        [0, 0],
        [9, 0],
      ]),
    ]);
    expect(selection.frame()?.box).toMatchObject({ maxX: 50 });
  });

  it("nudges, duplicates and erases in one step each, and does nothing without items", () => {
    const { board, selection, square, line } = setUp();
    expect([selection.nudge(1, 0), selection.duplicate(1), selection.erase()]).toEqual([false, false, false]);
    expect(board.calls).toEqual([]);
    selection.set([line, square]);
    selection.nudge(1, 0);
    selection.duplicate(2);
    const copies = selection.ids();
    expect(copies).toEqual(["1.2", "1.3"]);
    expect(selection.frame()?.box).toMatchObject({ minX: 107, minY: 106 });
    selection.erase();
    expect(board.calls.map(({ name }) => name)).toEqual(["transform", "paste", "erase"]);
    expect(board.items().map(({ id }) => id)).toEqual([square, line]);
  });
});
