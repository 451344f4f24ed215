import { describe, expect, it } from "vitest";
import { boxThrough, IDENTITY, multiply, translation, type Matrix } from "../../src/base/matrix.ts";
import type { Item, ItemId, TextItem } from "../../src/board/document/board.ts";
import { createPeer, sync, type Peer } from "../board/peers.ts";
import { AT, NOTE, TEXT } from "../board/typing.ts";
import { createSelectTool } from "../../src/tools/select-tool.ts";
import { createSelection, type Selection } from "../../src/tools/selection.ts";
import type { Tool } from "../../src/tools/tool.ts";
import { drag } from "./support/gesture.ts";
import { createHitTest } from "../../src/tools/hit.ts";
import { createItemIndex } from "../../src/board/spatial/item-index.ts";

interface Setting {
  readonly peer: Peer;
  readonly contact: Peer;
  readonly id: ItemId;
  readonly selection: Selection;
  readonly select: Tool;
  item(): TextItem;
  grab(name: string): readonly [number, number];
}

const SIZE = { width: 200, height: 20 };

/** A text of 200 by 20 at 10, 20, or where a matrix takes it, that is selected. */
function setUp(matrix: Matrix = IDENTITY, isNote = false): Setting {
  const [peer, contact] = [createPeer(1), createPeer(2)];
  const { board } = peer;
  const id = isNote
    ? board.addText(NOTE, AT, { width: 200, height: 60 }, "words on a note")
    : board.addText(TEXT, AT, undefined, "words that go on");
  if (matrix !== IDENTITY) board.transform([id], matrix);
  const sizeOf = (text: TextItem): { width: number; height: number } =>
    text.size ?? { width: text.attributes.width ?? SIZE.width, height: SIZE.height };
  const index = createItemIndex(board, (text) => {
    const { width, height } = sizeOf(text);
    return boxThrough(text.matrix, { minX: 0, minY: 0, maxX: width, maxY: height });
  });
  const onError = (error: unknown): never => {
    throw error;
  };
  const hits = createHitTest({ board, index, sizeOf });
  const selection = createSelection({ board, hits, onError });
  selection.set([id]);
  return {
    peer,
    contact,
    id,
    selection,
    select: createSelectTool({ board, hits, selection, sizeOf, encloses: "box" }),
    item: () => textOf(board.item(id)),
    grab(name) {
      const { at } = selection.handles(1).find((handle) => handle.name === name)!;
      return [at.x, at.y];
    },
  };
}

function textOf(item: Item | undefined): TextItem {
  if (item?.kind !== "text") throw new Error("no text");
  return item;
}

describe("a side of words", () => {
  it("is there to take however low they are, and sets the width at which lines break, as one step", () => {
    const { peer, contact, id, select, item, grab } = setUp();
    const [x, y] = grab("e");
    drag(select, [
      [x, y],
      [x - 30, y],
      [x - 80, y + 5],
    ]);
    expect(select.preview(0)).toEqual({ kind: "width", id, width: 120, matrix: item().matrix });
    expect(item().attributes.width).toBeUndefined();
    select.up();
    expect(item()).toMatchObject({ attributes: { width: 120 }, matrix: { a: 1, d: 1, e: 10, f: 20 } });
    sync(peer, contact);
    expect(contact.board.item(id)).toMatchObject({ attributes: { width: 120 } });
    peer.board.history.undo();
    sync(peer, contact);
    expect(contact.board.item(id)!.attributes.width).toBeUndefined();
    peer.board.history.redo();
    expect(item().attributes.width).toBe(120);
  });

  it("where lines begin goes along with the drag, and the other stays", () => {
    const { select, item, grab, peer } = setUp();
    const [x, y] = grab("w");
    drag(select, [
      [x, y],
      [x + 20, y],
      [x + 50, y],
    ]);
    expect(select.preview(0)).toMatchObject({ width: 150, matrix: { e: 60, f: 20 } });
    select.up();
    expect(item()).toMatchObject({ attributes: { width: 150 }, matrix: { a: 1, e: 60, f: 20 } });
    peer.board.history.undo();
    expect(item()).toMatchObject({ attributes: { width: undefined }, matrix: { e: 10, f: 20 } });
  });

  it("of words that stand upright is at the top and at the bottom", () => {
    const upright = multiply(translation(300, 0), { a: 0, b: 2, c: -2, d: 0, e: 0, f: 0 });
    const { select, item, grab } = setUp(upright);
    const [x, y] = grab("s");
    drag(select, [
      [x, y],
      [x, y + 20],
      [x, y + 60],
    ]);
    select.up();
    expect(item().attributes.width).toBeCloseTo(230);
    expect(item().matrix).toMatchObject({ a: 0, b: 2 });
  });

  it("never leaves less room than a letter needs", () => {
    const { select, item, grab } = setUp();
    const [x, y] = grab("e");
    drag(select, [
      [x, y],
      [x - 100, y],
      [x - 500, y],
    ]);
    select.up();
    expect(item().attributes.width).toBe(TEXT.width);
  });

  it("of a note, and a corner, changes the size as ever", () => {
    for (const [isNote, name] of [
      [true, "e"],
      [false, "se"],
    ] as const) {
      const { select, item, grab } = setUp(IDENTITY, isNote);
      const [x, y] = grab(name);
      drag(select, [
        [x, y],
        [x + 30, y + 3],
        [x + 100, y + 10],
      ]);
      select.up();
      expect(item().attributes.width).toBeUndefined();
      expect(item().matrix.a).toBeGreaterThan(1.2);
    }
  });
});
