/*
 * Undo where the other person has changed the same: nobody takes back what is not theirs.
 */
import { describe, expect, test } from "vitest";
import { translation } from "../../../src/base/matrix.ts";
import type { ItemId } from "../../../src/board/document/board.ts";
import { createPair, createPeer, drawn, HEADER, seen, sync, words } from "../peers.ts";
import type { Peer } from "../peers.ts";

/** Where the strokes are that were drawn at x = 0. */
function lefts({ board }: Peer): number[] {
  return board.items().map((item) => (item.kind === "stroke" ? item.points[0]!.x : NaN));
}

/** A stroke of `a`, who moved it from 0 to 10; then `b` moved it on to 15. */
function movedByBoth(): { readonly a: Peer; readonly b: Peer; readonly id: ItemId } {
  const [a, b] = createPair();
  const id = drawn(a, 0);
  a.board.transform([id], translation(10, 0));
  sync(a, b);
  b.board.transform([id], translation(5, 0));
  sync(a, b);
  return { a, b, id };
}

describe("undo after the other person erased my latest", () => {
  test("says so, takes nothing else back, and the next press takes back what was before", () => {
    const [a, b] = createPair();
    drawn(a, 1);
    const latest = drawn(a, 2);
    sync(a, b);
    b.board.erase([latest]);
    sync(a, b);
    expect(a.board.history.undo()).toBe("skipped");
    expect(seen(a)).toEqual([[1]]);
    expect(a.board.history.canRedo()).toBe(false);
    expect(a.board.history.undo()).toBe("done");
    sync(a, b);
    expect([seen(a), seen(b)]).toEqual([[], []]);
    b.board.history.undo();
    sync(a, b);
    expect([seen(a), seen(b)]).toEqual([[[2]], [[2]]]);
  });

  test("says so of a move, a colour and words of what is gone as well, and leaves them as they are", () => {
    const [a, b] = createPair();
    const id = drawn(a, 0);
    const text = a.board.addText({ ...HEADER, tool: "text" }, { x: 0, y: 0 }, undefined, "a");
    a.board.transform([id], translation(5, 0));
    a.board.changeItems([id], { color: 7 });
    const editor = a.board.editText(text)!;
    editor.change("a", "ab");
    editor.end();
    sync(a, b);
    b.board.erase([id, text]);
    sync(a, b);
    expect(a.board.history.undo()).toBe("skipped");
    expect(a.board.history.undo()).toBe("skipped");
    expect(a.board.history.undo()).toBe("skipped");
    b.board.history.undo();
    sync(a, b);
    expect(a.board.item(id)).toMatchObject({ header: { color: 7 }, points: [{ x: 5 }] });
    expect(words(a)).toEqual(["ab"]);
  });
});

describe("undo of what both did", () => {
  test("both clear and both undo: everything is back, once", () => {
    const [a, b] = createPair();
    drawn(a, 1);
    drawn(b, 2);
    sync(a, b);
    a.board.clear();
    b.board.clear();
    sync(a, b);
    expect(a.board.history.undo()).toBe("shared");
    sync(a, b);
    expect(seen(b)).toEqual([]);
    expect(b.board.history.undo()).toBe("done");
    sync(a, b);
    expect(new Set(seen(a).flat())).toEqual(new Set([1, 2]));
    expect(seen(a).length).toBe(2);
    expect(seen(b)).toEqual(seen(a));
  });

  test("both erase the same and both undo: it is back, once", () => {
    const [a, b] = createPair();
    const id = drawn(a, 1);
    sync(a, b);
    a.board.erase([id]);
    b.board.erase([id]);
    sync(a, b);
    // Before they hear of one another.
    a.board.history.undo();
    b.board.history.undo();
    sync(a, b);
    expect([seen(a), seen(b)]).toEqual([[[1]], [[1]]]);
  });

  test("one undoes an erase that the other also made: it stays erased", () => {
    const [a, b] = createPair();
    const id = drawn(a, 1);
    sync(a, b);
    a.board.erase([id]);
    b.board.erase([id]);
    sync(a, b);
    expect(a.board.history.undo()).toBe("shared");
    sync(a, b);
    expect([seen(a), seen(b)]).toEqual([[], []]);
  });

  test("where the other erased only some of it, the rest is taken back, and said so", () => {
    const [a, b] = createPair();
    const [first, second] = [drawn(a, 1), drawn(a, 2)];
    sync(a, b);
    a.board.erase([first, second]);
    b.board.erase([first]);
    sync(a, b);
    expect(a.board.history.undo()).toBe("partly");
    sync(a, b);
    expect([seen(a), seen(b)]).toEqual([[[2]], [[2]]]);
    b.board.history.undo();
    sync(a, b);
    expect([seen(a), seen(b)]).toEqual([
      [[1], [2]],
      [[1], [2]],
    ]);
  });

  test("of three people who erased the same, the last one's undo brings it back", () => {
    const [a, b, c] = [createPeer(1), createPeer(2), createPeer(3)];
    const id = drawn(a, 1);
    sync(a, b, c);
    for (const { board } of [a, b, c]) board.erase([id]);
    sync(a, b, c);
    expect([a, b, c].map(({ board }) => board.history.undo())).toEqual(["shared", "shared", "shared"]);
    sync(a, b, c);
    expect([a, b, c].map(seen)).toEqual([[[1]], [[1]], [[1]]]);
  });
});

describe("a value is put back only where the present one is still mine", () => {
  test("not where the other has moved it since", () => {
    const { a, b } = movedByBoth();
    expect(a.board.history.undo()).toBe("skipped");
    sync(a, b);
    expect([lefts(a), lefts(b)]).toEqual([[15], [15]]);
    expect(b.board.history.undo()).toBe("done");
    sync(a, b);
    expect([lefts(a), lefts(b)]).toEqual([[10], [10]]);
  });

  test("nor where I have moved it on from there: only my own way is taken back", () => {
    const { a, id } = movedByBoth();
    a.board.transform([id], translation(100, 0));
    expect(a.board.history.undo()).toBe("done");
    expect(lefts(a)).toEqual([15]);
    expect(a.board.history.undo()).toBe("skipped");
    expect(lefts(a)).toEqual([15]);
    a.board.history.redo();
    expect(lefts(a)).toEqual([115]);
  });

  test("of two moves at once the later undo of the loser changes nothing", () => {
    const [a, b] = createPair();
    const id = drawn(a, 0);
    sync(a, b);
    a.board.transform([id], translation(10, 0));
    b.board.transform([id], translation(5, 0));
    sync(a, b);
    expect(lefts(a)).toEqual(lefts(b));
    const [left] = lefts(a);
    const [loser, winner] = left === 10 ? [b, a] : [a, b];
    expect(loser.board.history.undo()).toBe("skipped");
    sync(a, b);
    expect([lefts(a), lefts(b)]).toEqual([[left], [left]]);
    expect(winner.board.history.undo()).toBe("done");
    sync(a, b);
    expect([lefts(a), lefts(b)]).toEqual([[0], [0]]);
  });

  test("where some of it is the other's, the rest is put back, and redone", () => {
    const [a, b] = createPair();
    const [first, second] = [drawn(a, 0), drawn(a, 0)];
    a.board.transform([first, second], translation(10, 0));
    sync(a, b);
    b.board.transform([first], translation(5, 0));
    sync(a, b);
    expect(a.board.history.undo()).toBe("partly");
    expect(lefts(a)).toEqual([15, 0]);
    expect(a.board.history.redo()).toBe("partly");
    expect(lefts(a)).toEqual([15, 10]);
  });
});

describe("a step that is passed over", () => {
  test("is taken back once it is seen again, also where undo was pressed while it was not", () => {
    const [a, b] = createPair();
    const id = drawn(a, 0);
    sync(a, b);
    a.board.erase([id]);
    b.board.transform([id], translation(10, 0));
    b.board.changeItems([id], { color: 7 });
    sync(a, b);
    expect([b.board.history.undo(), b.board.history.undo()]).toEqual(["skipped", "skipped"]);
    // Both were told: no press is left that does nothing.
    expect(b.board.history.canUndo()).toBe(false);
    expect(b.board.history.undo()).toBe("nothing");
    expect(a.board.history.undo()).toBe("done");
    sync(a, b);
    expect(lefts(a)).toEqual([10]);
    expect(b.board.history.canUndo()).toBe(true);
    expect([b.board.history.undo(), b.board.history.undo()]).toEqual(["done", "done"]);
    sync(a, b);
    expect(a.board.item(id)).toMatchObject({ header: { color: HEADER.color }, points: [{ x: 0 }] });
    expect([b.board.history.redo(), b.board.history.redo()]).toEqual(["done", "done"]);
    sync(a, b);
    expect(a.board.item(id)).toMatchObject({ header: { color: 7 }, points: [{ x: 10 }] });
  });

  test("keeps its place: what was done after it is taken back first", () => {
    const [a, b] = createPair();
    const id = drawn(a, 1);
    sync(a, b);
    b.board.erase([id]);
    sync(a, b);
    expect(a.board.history.undo()).toBe("skipped");
    drawn(a, 2);
    b.board.history.undo();
    sync(a, b);
    a.board.history.undo();
    expect(seen(a)).toEqual([[1]]);
    a.board.history.undo();
    expect(seen(a)).toEqual([]);
    a.board.history.redo();
    a.board.history.redo();
    expect(new Set(seen(a).flat())).toEqual(new Set([1, 2]));
  });

  test("of which some was taken back has the rest taken back later, and redo brings all of it", () => {
    const [a, b] = createPair();
    const ids = a.board.paste(a.board.copy([drawn(a, 1), drawn(a, 2)]), translation(50, 0));
    sync(a, b);
    b.board.erase([ids[0]!]);
    sync(a, b);
    expect(a.board.history.undo()).toBe("partly");
    b.board.history.undo();
    sync(a, b);
    expect(seen(a).flat()).toContain(51);
    expect(a.board.history.undo()).toBe("done");
    expect(seen(a)).toEqual([[1], [2]]);
    expect(a.board.history.redo()).toBe("done");
    sync(a, b);
    expect(seen(b)).toEqual([[1], [2], [51], [52]]);
  });

  test("is one on a layer that the other hid, until it is shown", () => {
    const [a, b] = createPair();
    const top = a.board.addLayer("top");
    a.board.setActiveLayer(top);
    drawn(a, 1);
    sync(a, b);
    b.board.changeLayer(top, { hidden: true });
    sync(a, b);
    expect([a.board.history.undo(), ...a.board.history.others()]).toEqual(["skipped", 2]);
    b.board.history.undo();
    sync(a, b);
    expect(seen(a)).toEqual([[1]]);
    expect(a.board.history.undo()).toBe("done");
    expect(seen(a)).toEqual([]);
  });
});

describe("both clear at once", () => {
  test("and both undo at once: neither is passed over, all ink is back, and redo of each hides it again", () => {
    const [a, b] = createPair();
    drawn(a, 1);
    drawn(b, 2);
    sync(a, b);
    a.board.clear();
    b.board.clear();
    sync(a, b);
    expect([a.board.history.undo(), b.board.history.undo()]).toEqual(["shared", "shared"]);
    sync(a, b);
    expect(new Set(seen(a).flat())).toEqual(new Set([1, 2]));
    expect(a.board.history.redo()).toBe("done");
    sync(a, b);
    expect([seen(a), seen(b)]).toEqual([[], []]);
    expect([b.board.history.redo(), ...b.board.history.others()]).toEqual(["shared", 1]);
    sync(a, b);
    expect([a.board.history.undo(), b.board.history.undo()]).toEqual(["shared", "shared"]);
    sync(a, b);
    expect(seen(b)).toEqual(seen(a));
    expect(seen(a).length).toBe(2);
  });
});

describe("a value that somebody put back", () => {
  test("is taken back by whose it was", () => {
    const { a, b } = movedByBoth();
    expect(a.board.history.undo()).toBe("skipped");
    b.board.history.undo();
    sync(a, b);
    expect(a.board.history.undo()).toBe("done");
    sync(a, b);
    expect([lefts(a), lefts(b)]).toEqual([[0], [0]]);
  });

  test("is, also where its undo was overruled by what came at the same time", () => {
    const [a, b] = createPair();
    const id = drawn(a, 0);
    a.board.transform([id], translation(10, 0));
    sync(a, b);
    a.board.history.undo();
    // The greater session's value counts.
    b.board.transform([id], translation(5, 0));
    sync(a, b);
    expect(lefts(a)).toEqual([15]);
    b.board.history.undo();
    sync(a, b);
    expect(lefts(a)).toEqual([10]);
    expect(a.board.history.undo()).toBe("done");
    sync(a, b);
    expect([lefts(a), lefts(b)]).toEqual([[0], [0]]);
  });

  test("is not, where I took it back and the other gave the same anew", () => {
    const [a, b] = createPair();
    const id = drawn(b, 0);
    sync(a, b);
    a.board.changeItems([id], { color: 7 });
    a.board.history.undo();
    sync(a, b);
    b.board.changeItems([id], { color: 7 });
    sync(a, b);
    expect(a.board.history.undo()).toBe("nothing");
    expect(a.board.item(id)?.header.color).toBe(7);
  });
});
