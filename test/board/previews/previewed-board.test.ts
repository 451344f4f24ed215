import { describe, expect, test } from "vitest";
import { translation } from "../../../src/base/matrix.ts";
import {
  createPreviewedBoard,
  type PreviewedBoard,
  type PreviewedChange,
} from "../../../src/board/previews/previewed-board.ts";
import type { InkPoint } from "../../../src/ink/stroke.ts";
import { createFakeBoard, type FakeBoard } from "../../render/fake-board.ts";
import { PEN } from "../../support/strokes.ts";

const dots = (count: number, y = 0): InkPoint[] =>
  Array.from({ length: count }, (_, i) => ({ x: i * 10, y, pressure: 0.5 }));

interface Stage {
  readonly board: FakeBoard;
  readonly shown: PreviewedBoard;
  /** What was announced since the last call, without what is empty. */
  heard(): Partial<PreviewedChange>[];
}

function stageWith(count: number): Stage {
  const board = createFakeBoard();
  for (let i = 0; i < count; i++) board.insert(i, PEN, dots(10, i));
  const shown = createPreviewedBoard(board);
  let changes: Partial<PreviewedChange>[] = [];
  shown.onChange((change) => {
    const said = Object.entries(change).filter(([, value]) => Array.isArray(value) && value.length > 0);
    changes.push(Object.fromEntries(said) as Partial<PreviewedChange>);
  });
  const heard = (): Partial<PreviewedChange>[] => {
    const all = changes;
    changes = [];
    return all;
  };
  return { board, shown, heard };
}

const idsOf = (shown: PreviewedBoard): string[] => shown.items().map(({ id }) => id);
const erase = (...ids: string[]) => ({ kind: "erase", ids, cuts: new Map() }) as const;

describe("a board with what gestures will do to it", () => {
  test("without gestures it is the board itself", () => {
    const { board, shown, heard } = stageWith(2);
    expect(shown.items()).toEqual(board.items());
    expect(shown.item("1.1")).toBe(board.item("1.1"));
    board.hide(["1.0"]);
    expect(heard()).toEqual([{ hidden: ["1.0"] }]);
    shown.setPreview("a", undefined);
    expect(heard()).toEqual([]);
  });

  test("what is under an eraser is gone until the eraser leaves it", () => {
    const { shown, heard } = stageWith(3);
    shown.setPreview("a", erase("1.0", "1.2"));
    expect(idsOf(shown)).toEqual(["1.1"]);
    expect(shown.item("1.0")).toBeUndefined();
    shown.setPreview("a", erase("1.2"));
    shown.setPreview("a", erase("1.2"));
    expect(idsOf(shown)).toEqual(["1.0", "1.1"]);
    shown.setPreview("a", undefined);
    expect(heard()).toEqual([{ hidden: ["1.0", "1.2"] }, { shown: ["1.0"] }, { shown: ["1.2"] }]);
  });

  test("what is erased in earnest does not come back for a moment, nor goes twice", () => {
    const { board, shown, heard } = stageWith(2);
    shown.setPreview("a", erase("1.0"));
    board.hide(["1.0"]);
    shown.setPreview("a", undefined);
    expect(heard()).toEqual([{ hidden: ["1.0"] }]);
    expect(idsOf(shown)).toEqual(["1.1"]);
  });

  test("two erasers: an item is back when both have left it", () => {
    const { shown } = stageWith(1);
    shown.setPreview("a", erase("1.0"));
    shown.setPreview("b", erase("1.0"));
    shown.setPreview("a", undefined);
    expect(idsOf(shown)).toEqual([]);
    shown.setPreview("b", undefined);
    expect(idsOf(shown)).toEqual(["1.0"]);
  });

  test("a stretch under an eraser is missing from a stroke, also while that grows, and stays cut", () => {
    const { board, shown, heard } = stageWith(0);
    const id = board.insert(0, PEN, dots(5), false);
    heard();
    const cuts = new Map([[id, [{ from: 1.5, to: 3 }]]]);
    shown.setPreview("a", { kind: "erase", ids: [], cuts });
    expect(heard()).toEqual([{ altered: [id] }]);
    const reach = (): number[][] => {
      const item = shown.item(id)!;
      if (item.kind !== "stroke" || !item.parts) throw new Error("whole");
      return item.parts.map((part) => [part[0]!.x, part.at(-1)!.x]);
    };
    expect(reach()).toEqual([
      [0, 15],
      [30, 40],
    ]);
    board.extend(id, [{ x: 50, y: 0, pressure: 0.5 }], true);
    expect(heard()).toEqual([{ extended: [id] }]);
    expect(reach()).toEqual([
      [0, 15],
      [30, 50],
    ]);
    expect(shown.item(id)!.ended).toBe(true);
    // The same again is no change.
    shown.setPreview("a", { kind: "erase", ids: [], cuts: new Map([[id, [{ from: 1.5, to: 3 }]]]) });
    expect(heard()).toEqual([]);
    shown.setPreview("a", undefined);
    expect(shown.item(id)).toBe(board.item(id));
  });

  test("what was cut before stays so, and stretches beyond the ends do no harm", () => {
    const { board, shown } = stageWith(1);
    board.alter("1.0", { parts: [dots(3)], cuts: [{ from: 2, to: 9 }] });
    const cuts = new Map([
      [
        "1.0",
        [
          { from: -4, to: 1 },
          { from: 8, to: 99 },
        ],
      ],
    ]);
    shown.setPreview("a", { kind: "erase", ids: [], cuts });
    const item = shown.item("1.0")!;
    expect(item.kind === "stroke" && item.parts?.map((part) => [part[0]!.x, part.at(-1)!.x])).toEqual([
      [10, 20],
    ]);
  });

  test("a shape on its way is an item on top that has not ended", () => {
    const { shown, heard } = stageWith(1);
    const header = { ...PEN, tool: "rectangle" } as const;
    const shape = (x: number) => ({ kind: "shape", header, from: { x: 0, y: 0 }, to: { x, y: 10 } }) as const;
    shown.setPreview("a", shape(20));
    const [, item] = shown.items();
    expect(item).toMatchObject({ kind: "stroke", header, ended: false });
    expect(shown.item(item!.id)).toBe(item);
    shown.setPreview("a", shape(30));
    expect(shown.item(item!.id)).not.toBe(item);
    shown.setPreview("a", undefined);
    expect(shown.items()).toHaveLength(1);
    expect(heard()).toEqual([{ shown: [item!.id] }, { altered: [item!.id] }, { hidden: [item!.id] }]);
  });

  test("a shape on its way is on the layer where it will be, and on none of the board's where that is not told", () => {
    const { shown } = stageWith(0);
    const header = { ...PEN, tool: "rectangle" } as const;
    const shape = { kind: "shape", header, from: { x: 0, y: 0 }, to: { x: 20, y: 10 } } as const;
    shown.setPreview("me", { ...shape }, "7.0");
    shown.setPreview("a", { ...shape });
    const [mine, theirs] = shown.items();
    expect(mine!.layer).toBe("7.0");
    expect(shown.layers().map(({ id }) => id)).not.toContain(theirs!.layer);
  });

  test("what is dragged stays the same item, shown elsewhere; two drag it one after the other", () => {
    const { board, shown, heard } = stageWith(2);
    const drag = (x: number) => ({ kind: "transform", ids: ["1.0"], matrix: translation(x, 0) }) as const;
    shown.setPreview("a", drag(5));
    shown.setPreview("b", drag(3));
    expect(shown.item("1.0")).toBe(board.item("1.0"));
    expect(shown.movedBy("1.0")).toEqual(translation(8, 0));
    expect(shown.movedBy("1.1")).toBeUndefined();
    shown.setPreview("a", undefined);
    expect(shown.movedBy("1.0")).toEqual(translation(3, 0));
    expect(heard()).toEqual([{ moved: ["1.0"] }, { moved: ["1.0"] }, { moved: ["1.0"] }]);
  });

  test("words that get another width are another item meanwhile, until that has come", () => {
    const { board, shown, heard } = stageWith(0);
    const header = { ...PEN, tool: "text" } as const;
    const id = board.insertText(0, { header, matrix: translation(1, 2), size: undefined, text: "words" });
    heard();
    const preview = { kind: "width", id, width: 50, matrix: translation(3, 2) } as const;
    shown.setPreview("a", preview);
    expect(shown.item(id)).toMatchObject({ text: "words", attributes: { width: 50 }, matrix: { e: 3 } });
    expect(shown.items()).toEqual([shown.item(id)]);
    expect(shown.item(id)).toBe(shown.items()[0]);
    shown.setPreview("a", { ...preview, width: 60 });
    expect(shown.item(id)).toMatchObject({ attributes: { width: 60 } });
    // Taken further by somebody else: the gesture that did not do it must not take it back.
    board.alter(id, { matrix: translation(9, 9) });
    expect(shown.item(id)).toBe(board.item(id));
    shown.setPreview("a", undefined);
    expect(shown.item(id)).toBe(board.item(id));
    expect(heard()).toEqual([{ altered: [id] }, { altered: [id] }, { altered: [id] }]);
  });

  test("what has been moved in earnest is not moved again by the gesture that did it", () => {
    const { board, shown } = stageWith(1);
    shown.setPreview("a", { kind: "transform", ids: ["1.0"], matrix: translation(5, 0) });
    board.alter("1.0", { header: { ...PEN, color: 0xff } });
    expect(shown.movedBy("1.0")).toEqual(translation(5, 0));
    board.alter("1.0", { points: dots(10).map((point) => ({ ...point, x: point.x + 5 })) });
    expect(shown.movedBy("1.0")).toBeUndefined();
    shown.setPreview("a", { kind: "transform", ids: ["1.0"], matrix: translation(1, 0) });
    expect(shown.movedBy("1.0")).toEqual(translation(1, 0));
  });

  test("what is gone, or never was, does no harm", () => {
    const { board, shown, heard } = stageWith(1);
    board.hide(["1.0"]);
    heard();
    shown.setPreview("a", erase("1.0", "7.7"));
    shown.setPreview("b", { kind: "transform", ids: ["1.0", "7.7"], matrix: translation(1, 1) });
    shown.setPreview("c", { kind: "laser", color: 0, points: [] });
    expect(heard()).toEqual([]);
    expect(shown.items()).toEqual([]);
  });

  test("says nothing after close", () => {
    const { board, shown, heard } = stageWith(1);
    shown.close();
    board.hide(["1.0"]);
    expect(heard()).toEqual([]);
  });
});
