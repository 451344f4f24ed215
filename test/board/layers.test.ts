import { describe, expect, test } from "vitest";
import { translation } from "../../src/base/matrix.ts";
import { FIRST_LAYER } from "../../src/board/document/board.ts";
import { createPeer, draw, drawn, HEADER, seen, sync } from "./peers.ts";
import type { Peer } from "./peers.ts";

function names({ board }: Peer): string[] {
  return board.layers().map(({ name }) => name);
}

describe("layers", () => {
  test("are added on top, named, moved, and the same on both boards", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const one = a.board.addLayer("one");
    a.board.addLayer("two");
    sync(a, b);
    expect(names(b)).toEqual(["", "one", "two"]);
    expect(b.board.changeLayer(one, { name: "eins", at: 2 })).toBe(true);
    expect(b.board.changeLayer(FIRST_LAYER, { name: "paper", opacity: 0.504 })).toBe(true);
    sync(a, b);
    expect(names(a)).toEqual(["paper", "two", "eins"]);
    expect(a.board.layers()[0]).toMatchObject({ opacity: 0.5, hidden: false, locked: false });
    b.board.history.undo();
    b.board.history.undo();
    sync(a, b);
    expect(names(a)).toEqual(["", "one", "two"]);
    expect(b.board.changeLayer(one, { name: "one", at: 1, hidden: false, opacity: 1 })).toBe(false);
    expect(b.board.changeLayer("9.9", { name: "none" })).toBe(false);
  });

  test("that two people add at once are both there, and can be moved between one another", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    a.board.addLayer("a");
    b.board.addLayer("b");
    sync(a, b);
    expect(names(a)).toEqual(names(b));
    const [, low, high] = names(a);
    a.board.changeLayer(FIRST_LAYER, { at: 1 });
    sync(a, b);
    expect([names(a), names(b)]).toEqual([
      [low, "", high],
      [low, "", high],
    ]);
  });

  test("order what is painted, highlighters under the ink of their own layer only", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const top = a.board.addLayer("top");
    a.board.setActiveLayer(top);
    drawn(a, 1);
    a.board.setActiveLayer(FIRST_LAYER);
    drawn(a, 2);
    const writer = a.board.startStroke({ ...HEADER, tool: "highlighter" });
    writer.add([{ x: 3, y: 0, pressure: 0.5 }]);
    writer.end();
    sync(a, b);
    expect([seen(a), seen(b)]).toEqual([
      [[3], [2], [1]],
      [[3], [2], [1]],
    ]);
    expect(b.board.items().map(({ layer }) => layer)).toEqual([FIRST_LAYER, FIRST_LAYER, top]);
    b.board.changeLayer(top, { at: 0 });
    sync(a, b);
    expect(seen(a)).toEqual([[1], [3], [2]]);
    expect(a.changes.at(-1)).toMatchObject({ settings: true });
  });

  test("that are hidden hide what is on them, for everybody, and are no erasing", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const top = a.board.addLayer("top");
    const id = drawn(a, 1);
    drawn(a, 2);
    a.board.moveToLayer([id], top);
    sync(a, b);
    b.board.changeLayer(top, { hidden: true });
    sync(a, b);
    expect([seen(a), seen(b)]).toEqual([[[2]], [[2]]]);
    expect(a.changes.at(-1)).toMatchObject({ hidden: [id], settings: true });
    expect(a.board.erase([id])).toBe(false);
    a.board.clear();
    a.board.changeLayer(top, { hidden: false });
    sync(a, b);
    expect([seen(a), seen(b)]).toEqual([[[1]], [[1]]]);
  });

  test("that are locked keep every tool off, and not what was done at the same time", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const top = a.board.addLayer("top");
    a.board.setActiveLayer(top);
    const id = drawn(a, 0, 10, 20);
    const text = a.board.addText({ ...HEADER, tool: "text" }, { x: 0, y: 0 }, undefined, "words");
    sync(a, b);
    a.board.changeLayer(top, { locked: true });
    b.board.changeItems([id], { color: 5 });
    sync(a, b);
    expect(a.board.item(id)?.header.color).toBe(5);
    for (const { board } of [a, b]) {
      expect([
        board.erase([id, text]),
        board.cut(new Map([[id, [{ from: 0, to: 1 }]]]), [text]),
        board.transform([id], translation(1, 1)),
        board.changeItems([id], { color: 7 }),
        board.restack([id], "front"),
        board.moveToLayer([id], FIRST_LAYER),
        board.clear(),
        board.editText(text),
      ]).toEqual([false, false, false, false, false, false, false, undefined]);
    }
    expect(b.board.items().length).toBe(2);
    expect(b.board.moveToLayer([drawn(b, 1)], top)).toBe(false);
    expect(b.board.history.undo()).toBe("done");
    expect(b.board.history.undo()).toBe("done");
    b.board.changeLayer(top, { locked: false });
    expect(b.board.erase([id])).toBe(true);
  });

  test("that are locked stay when the rest is cleared, and its undo gives back the rest", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const top = a.board.addLayer("top");
    const id = drawn(a, 1);
    drawn(a, 2);
    a.board.moveToLayer([id], top);
    a.board.changeLayer(top, { locked: true });
    drawn(b, 3);
    sync(a, b);
    expect(b.board.clear()).toBe(true);
    sync(a, b);
    expect([seen(a), seen(b)]).toEqual([[[1]], [[1]]]);
    expect(b.board.undoClear()).toBe("done");
    sync(a, b);
    expect(seen(a).length).toBe(3);
  });

  test("that are removed leave what is on them to the first one, also what is moved there at once", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const top = a.board.addLayer("top");
    const [first, second] = [drawn(a, 1), drawn(a, 2)];
    a.board.moveToLayer([first], top);
    sync(a, b);
    expect(a.board.removeLayer(top)).toBe(true);
    b.board.moveToLayer([second], top);
    b.board.setActiveLayer(top);
    drawn(b, 3);
    sync(a, b);
    for (const peer of [a, b]) {
      expect(names(peer)).toEqual([""]);
      expect(peer.board.items().map(({ layer }) => layer)).toEqual(["", "", ""]);
      expect(peer.board.moveToLayer([first], top)).toBe(false);
      expect(peer.board.removeLayer(top)).toBe(false);
    }
    // New things go to the first one then.
    draw(b.board, 4);
    expect(b.board.items().at(-1)!.layer).toBe("");
    expect(a.board.history.undo()).toBe("done");
    sync(a, b);
    expect(b.board.items().filter(({ layer }) => layer === top).length).toBe(3);
    expect(a.board.removeLayer(FIRST_LAYER)).toBe(false);
  });

  test("take part of what moves there, and give it back", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const top = a.board.addLayer("top");
    const [first, second] = [drawn(a, 1), drawn(a, 2)];
    sync(a, b);
    b.board.moveToLayer([first, second], top);
    sync(a, b);
    a.board.moveToLayer([second], FIRST_LAYER);
    sync(a, b);
    expect(b.board.history.undo()).toBe("partly");
    sync(a, b);
    expect(a.board.items().map(({ layer }) => layer)).toEqual(["", ""]);
    expect(a.board.history.undo()).toBe("done");
    sync(a, b);
    expect(b.board.item(second)?.layer).toBe(top);
  });
});

test("the background is everybody's, plain at first, and one step of the history", () => {
  const [a, b] = [createPeer(1), createPeer(2)];
  expect(a.board.background()).toBe("plain");
  expect(a.board.setBackground("plain")).toBe(false);
  expect(a.board.setBackground("lines")).toBe(true);
  sync(a, b);
  expect(b.board.background()).toBe("lines");
  expect(b.changes.at(-1)).toMatchObject({ settings: true, shown: [], altered: [] });
  a.board.history.undo();
  sync(a, b);
  expect(b.board.background()).toBe("plain");
});
