/*
 * What ann does while an answer is held back: her board has taken in what bo did, and does not show it yet. All
 * that she does is about what she sees.
 */
import { describe, expect, test } from "vitest";
import { translation } from "../../src/base/matrix.ts";
import { FIRST_LAYER } from "../../src/board/document/board.ts";
import type { Board, ItemId } from "../../src/board/document/board.ts";
import { inkOn } from "../support/ink.ts";
import { createPair, drawn, HEADER, points, seen, stretches, sync, words } from "./peers.ts";
import type { Peer } from "./peers.ts";
import { type, write } from "./typing.ts";

/** Both see the same; from then on ann is not shown what bo does. */
function holding(ann: Peer, bo: Peer): void {
  sync(ann, bo);
  ann.hold(true);
}

function release(ann: Peer, bo: Peer): void {
  ann.hold(false);
  sync(ann, bo);
}

/** The ways to take a stroke away that is seen. */
const TAKES: Readonly<Record<string, (board: Board, id: ItemId) => unknown>> = {
  "a clear": (board) => board.clear(),
  "an eraser of whole strokes": (board, id) => board.erase([id]),
  "an eraser of stretches, over all of it": (board, id) => board.cut(new Map(), [id]),
  "an eraser of stretches, over most of it": (board, id) => board.cut(new Map([[id, [{ from: 0, to: 9 }]]])),
  "an undo of what was drawn": (board) => board.history.undo(),
};

describe.each(Object.entries(TAKES))("%s", (name, take) => {
  test("takes what another has erased and is still to be seen: the other's undo does not bring it back", () => {
    const [ann, bo] = createPair();
    const id = drawn(ann, 0, 10, 20);
    holding(ann, bo);
    bo.board.erase([id]);
    sync(ann, bo);
    expect(seen(ann)).toEqual([[0, 10, 20]]);
    take(ann.board, id);
    release(ann, bo);
    expect(bo.board.history.undo()).toBe(name.includes("most") ? "done" : "shared");
    sync(ann, bo);
    expect([stretches(ann), stretches(bo)].flat(3)).toEqual([]);
  });

  test.each(["is back", "is new"])("takes nothing that %s and not shown yet", (what) => {
    const [ann, bo] = createPair();
    const id = drawn(bo, 0, 10, 20);
    bo.board.erase([id]);
    holding(ann, bo);
    bo.board.history.undo();
    const late = drawn(bo, 5, 6);
    sync(ann, bo);
    expect(seen(ann)).toEqual([]);
    take(ann.board, what === "is new" ? late : id);
    expect(ann.board.history.canUndo()).toBe(false);
    release(ann, bo);
    expect([seen(ann), seen(bo)]).toEqual([
      [
        [0, 10, 20],
        [5, 6],
      ],
      [
        [0, 10, 20],
        [5, 6],
      ],
    ]);
  });
});

test("a clear with a locked layer takes what is seen as well, and nothing else", () => {
  const [ann, bo] = createPair();
  const [first, second] = [drawn(bo, 0, 10), drawn(bo, 20, 30)];
  ann.board.changeLayer(ann.board.addLayer("locked"), { locked: true });
  bo.board.erase([second]);
  holding(ann, bo);
  bo.board.history.undo();
  bo.board.erase([first]);
  sync(ann, bo);
  ann.board.clear();
  release(ann, bo);
  bo.board.history.undo();
  sync(ann, bo);
  expect([seen(ann), seen(bo)]).toEqual([[[20, 30]], [[20, 30]]]);
});

test("a clear spares a stroke that is seen to be under way", () => {
  const [ann, bo] = createPair();
  ann.present.add(bo.doc.clientID);
  const writer = bo.board.startStroke(HEADER);
  writer.add(points(0, 10));
  bo.flush();
  holding(ann, bo);
  writer.add(points(20));
  writer.end();
  sync(ann, bo);
  expect(seen(ann)).toEqual([[0, 10]]);
  expect(inkOn(ann.board)[0]!.ended).toBe(false);
  expect(ann.board.clear()).toBe(false);
  release(ann, bo);
  expect(seen(ann)).toEqual([[0, 10, 20]]);
  expect(inkOn(ann.board)[0]!.ended).toBe(true);
});

test("an eraser takes the pieces of a long stroke that are seen, and no piece that came since", () => {
  const [ann, bo] = createPair();
  const writer = bo.board.startStroke(HEADER);
  const run = (from: number) => points(...Array.from({ length: 1500 }, (_, i) => from + ((i * 37) % 900)));
  writer.add(run(0));
  bo.flush();
  holding(ann, bo);
  const before = ann.board.items();
  writer.add(run(1000));
  writer.add(run(2000));
  writer.end();
  sync(ann, bo);
  expect(ann.board.items()).toEqual(before);
  ann.board.erase(before.map(({ id }) => id));
  const left = bo.board.items().length - before.length;
  release(ann, bo);
  expect(left).toBeGreaterThan(0);
  expect(ann.board.items()).toHaveLength(left);
});

describe("what is on the screen", () => {
  test("are items as they were: neither moved, recoloured, cut, grown, typed in nor in another order", () => {
    const [ann, bo] = createPair();
    const [a, b] = [drawn(bo, 0, 10, 20, 30), drawn(bo, 5, 15)];
    const text = write("words", bo, ann);
    const writer = bo.board.startStroke(HEADER);
    writer.add(points(40, 50));
    bo.flush();
    holding(ann, bo);
    const ids = ann.board.items().map(({ id }) => id);
    const look = (): unknown =>
      structuredClone([...ids.map((id) => lookOf(ann.board, id)), ann.board.inOrder(ids)]);
    const before = look();
    bo.board.transform([a], translation(60, 0));
    bo.board.changeItems([b], { color: 0xff0000 });
    bo.board.cut(new Map([[a, [{ from: 1, to: 2 }]]]));
    bo.board.restack([a], "front");
    type(bo, text, "other words");
    writer.add(points(60));
    bo.board.erase([b]);
    sync(ann, bo);
    expect(look()).toEqual(before);
    expect(stretches(ann)[0]).toEqual([[0, 30]]);
    release(ann, bo);
    expect(look()).not.toEqual(before);
    expect(ann.board.items().map(({ id }) => lookOf(ann.board, id))).toEqual(
      bo.board.items().map(({ id }) => lookOf(bo.board, id)),
    );
  });

  test("are the layers and the background that are seen", () => {
    const [ann, bo] = createPair();
    const layer = bo.board.addLayer("one");
    bo.board.setActiveLayer(layer);
    const id = drawn(bo, 0, 10);
    holding(ann, bo);
    const before = ann.board.layers();
    bo.board.changeLayer(layer, { name: "two", hidden: true, opacity: 0.5 });
    bo.board.setBackground("dots");
    bo.board.addLayer("three");
    sync(ann, bo);
    expect(ann.board.layers()).toEqual(before);
    expect(ann.board.background()).not.toBe("dots");
    expect(ann.board.item(id)).toBeDefined();
    release(ann, bo);
    expect(ann.board.layers().map(({ name }) => name)).toEqual(["", "two", "three"]);
    expect(ann.board.background()).toBe("dots");
    expect(ann.board.item(id)).toBeUndefined();
  });

  test("is not said to be cleared before it is", () => {
    const [ann, bo] = createPair();
    const clears: number[] = [];
    ann.onForeignClear((clients) => clears.push(...clients));
    drawn(ann, 0);
    holding(ann, bo);
    bo.board.clear();
    sync(ann, bo);
    expect(clears).toEqual([]);
    ann.hold(false);
    expect(clears).toEqual([bo.doc.clientID]);
    drawn(bo, 1);
    sync(ann, bo);
    ann.hold(true);
    bo.board.clear();
    sync(ann, bo);
    bo.board.undoClear();
    sync(ann, bo);
    release(ann, bo);
    expect(clears).toEqual([bo.doc.clientID]);
  });

  test("is what an own change shows all at once, and what came after that is held back again", () => {
    const [ann, bo] = createPair();
    const id = drawn(bo, 0, 10);
    holding(ann, bo);
    bo.board.transform([id], translation(60, 0));
    sync(ann, bo);
    drawn(ann, 5);
    expect(seen(ann)).toEqual([[60, 70], [5]]);
    bo.board.transform([id], translation(60, 0));
    bo.board.changeLayer(FIRST_LAYER, { locked: true });
    sync(ann, bo);
    expect(seen(ann)).toEqual([[60, 70], [5]]);
    expect(ann.board.erase([id])).toBe(true);
    expect(seen(ann)).toEqual([[5]]);
    expect(ann.board.layers()[0]!.locked).toBe(true);
  });
});

/** All that can be seen of an item. */
function lookOf(board: Board, id: ItemId): unknown {
  const item = board.item(id);
  if (item?.kind !== "stroke") return item;
  const { header, points: drawnPoints, parts, ended, layer } = item;
  return { header, points: drawnPoints, parts, ended, layer };
}

test("what is moved comes to where it was put, wherever another had moved it", () => {
  const [ann, bo] = createPair();
  const id = drawn(bo, 0, 10);
  holding(ann, bo);
  bo.board.transform([id], translation(100, 0));
  sync(ann, bo);
  ann.board.transform([id], translation(1, 0));
  release(ann, bo);
  expect([seen(ann), seen(bo)]).toEqual([[[1, 11]], [[1, 11]]]);
  expect(ann.board.history.undo()).toBe("done");
  expect(seen(ann)).toEqual([[100, 110]]);
});

test("what another has erased meanwhile can be recoloured, and has the colour when it comes back", () => {
  const [ann, bo] = createPair();
  const id = drawn(bo, 0, 10);
  holding(ann, bo);
  bo.board.erase([id]);
  sync(ann, bo);
  expect(ann.board.changeItems([id], { color: 0xff0000 })).toBe(true);
  release(ann, bo);
  expect(seen(ann)).toEqual([]);
  bo.board.history.undo();
  sync(ann, bo);
  expect(inkOn(ann.board)[0]!.header.color).toBe(0xff0000);
});

test("what is brought to the front is above all that was seen", () => {
  const [ann, bo] = createPair();
  const [a, b, c] = [drawn(bo, 0), drawn(bo, 1), drawn(bo, 2)];
  holding(ann, bo);
  bo.board.restack([c], "back");
  bo.board.erase([b]);
  sync(ann, bo);
  expect(ann.board.restack([a], "front")).toBe(true);
  release(ann, bo);
  bo.board.history.undo();
  sync(ann, bo);
  expect([seen(ann), seen(bo)]).toEqual([
    [[2], [1], [0]],
    [[2], [1], [0]],
  ]);
});

test("what is copied is what is seen", () => {
  const [ann, bo] = createPair();
  const [a, b] = [drawn(bo, 0, 10, 20), drawn(bo, 5)];
  const text = write("words", bo, ann);
  holding(ann, bo);
  const before = ann.board.copy([a, b, text]);
  bo.board.transform([a], translation(60, 0));
  bo.board.cut(new Map([[a, [{ from: 0, to: 1 }]]]));
  bo.board.erase([b]);
  type(bo, text, "other words");
  const late = drawn(bo, 7);
  sync(ann, bo);
  expect(ann.board.copy([a, b, text, late])).toEqual(before);
  expect(before).toHaveLength(3);
});

test("what another has locked or put away meanwhile is still to be touched where it is seen", () => {
  const [ann, bo] = createPair();
  const layer = bo.board.addLayer("one");
  const [a, b] = [drawn(bo, 0), drawn(bo, 1)];
  bo.board.moveToLayer([b], layer);
  holding(ann, bo);
  bo.board.changeLayer(FIRST_LAYER, { locked: true });
  bo.board.changeLayer(layer, { hidden: true });
  sync(ann, bo);
  expect(ann.board.erase([a, b])).toBe(true);
  release(ann, bo);
  bo.board.history.undo();
  bo.board.history.undo();
  sync(ann, bo);
  expect([seen(ann), seen(bo)]).toEqual([[], []]);
});

describe("a text that another has erased meanwhile", () => {
  test("can be tapped, and what is typed in it is not lost", () => {
    const [ann, bo] = createPair();
    const text = write("words", bo, ann);
    holding(ann, bo);
    bo.board.erase([text]);
    sync(ann, bo);
    const editor = ann.board.editText(text)!;
    expect(editor.text()).toBe("words");
    editor.change(editor.text(), "words and more");
    expect(words(ann)).toEqual([]);
    editor.end();
    release(ann, bo);
    bo.board.history.undo();
    sync(ann, bo);
    expect(words(bo)).toEqual(["words and more"]);
  });

  test("and one that is not shown yet cannot", () => {
    const [ann, bo] = createPair();
    holding(ann, bo);
    const text = write("words", bo, ann);
    expect(ann.board.editText(text)).toBeUndefined();
  });
});

test("characters that another has erased and are still to be seen are erased, whatever the other takes back", () => {
  const [ann, bo] = createPair();
  const text = write("some words", bo, ann);
  holding(ann, bo);
  type(bo, text, "words");
  sync(ann, bo);
  const editor = ann.board.editText(text)!;
  editor.change("some words", "");
  editor.change("", "x");
  editor.end();
  release(ann, bo);
  bo.board.history.undo();
  sync(ann, bo);
  expect([words(ann), words(bo)]).toEqual([["x"], ["x"]]);
});

test("a layer that another has removed meanwhile can be renamed, and has the name when it comes back", () => {
  const [ann, bo] = createPair();
  const layer = bo.board.addLayer("one");
  holding(ann, bo);
  bo.board.removeLayer(layer);
  sync(ann, bo);
  expect(ann.board.changeLayer(layer, { name: "two" })).toBe(true);
  expect(ann.board.layers()).toHaveLength(1);
  release(ann, bo);
  bo.board.history.undo();
  sync(ann, bo);
  expect(ann.board.layers()[1]!.name).toBe("two");
});

describe("an undo", () => {
  test("of a change that another has replaced shows that first, and tells whose it is", () => {
    const [ann, bo] = createPair();
    const id = drawn(bo, 0);
    sync(ann, bo);
    ann.board.changeItems([id], { color: 0xff0000 });
    holding(ann, bo);
    bo.board.changeItems([id], { color: 0x00ff00 });
    sync(ann, bo);
    expect(inkOn(ann.board)[0]!.header.color).toBe(0xff0000);
    expect(ann.board.history.undo()).toBe("skipped");
    expect(ann.board.history.others()).toEqual([bo.doc.clientID]);
    expect(inkOn(ann.board)[0]!.header.color).toBe(0x00ff00);
  });

  test("of an erasing tells that another has erased the same, also where that was not shown yet", () => {
    const [ann, bo] = createPair();
    const id = drawn(bo, 0);
    sync(ann, bo);
    bo.board.erase([id]);
    ann.board.erase([id]);
    ann.hold(true);
    sync(ann, bo);
    expect(ann.board.history.canUndo()).toBe(true);
    expect(ann.board.history.undo()).toBe("shared");
    expect(ann.board.history.others()).toEqual([bo.doc.clientID]);
    expect(seen(ann)).toEqual([]);
  });
});
