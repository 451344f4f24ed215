import { describe, expect, test } from "vitest";
import { translation } from "../../../src/base/matrix.ts";
import { createPeer, draw, drawn, HEADER, points, seen, stretches, sync, words } from "../peers.ts";
import type { Peer } from "../peers.ts";

function pair(): [Peer, Peer] {
  return [createPeer(1), createPeer(2)];
}

/** Where the strokes are that were drawn at x = 0. */
function lefts({ board }: Peer): number[] {
  return board.items().map((item) => (item.kind === "stroke" ? item.points[0]!.x : NaN));
}

describe("undo after the other person erased my latest", () => {
  test("says so, takes nothing else back, and the next press takes back what was before", () => {
    const [a, b] = pair();
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
    const [a, b] = pair();
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
    const [a, b] = pair();
    drawn(a, 1);
    drawn(b, 2);
    sync(a, b);
    a.board.clear();
    b.board.clear();
    sync(a, b);
    expect(a.board.history.undo()).toBe("skipped");
    sync(a, b);
    expect(seen(b)).toEqual([]);
    expect(b.board.history.undo()).toBe("done");
    sync(a, b);
    expect(new Set(seen(a).flat())).toEqual(new Set([1, 2]));
    expect(seen(a).length).toBe(2);
    expect(seen(b)).toEqual(seen(a));
  });

  test("both erase the same and both undo: it is back, once", () => {
    const [a, b] = pair();
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
    const [a, b] = pair();
    const id = drawn(a, 1);
    sync(a, b);
    a.board.erase([id]);
    b.board.erase([id]);
    sync(a, b);
    expect(a.board.history.undo()).toBe("skipped");
    sync(a, b);
    expect([seen(a), seen(b)]).toEqual([[], []]);
  });

  test("where the other erased only some of it, the rest is taken back, and said so", () => {
    const [a, b] = pair();
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
    expect([a, b, c].map(({ board }) => board.history.undo())).toEqual(["skipped", "skipped", "skipped"]);
    sync(a, b, c);
    expect([a, b, c].map(seen)).toEqual([[[1]], [[1]], [[1]]]);
  });
});

describe("a value is put back only where the present one is still mine", () => {
  test("not where the other has moved it since", () => {
    const [a, b] = pair();
    const id = drawn(a, 0);
    a.board.transform([id], translation(10, 0));
    sync(a, b);
    b.board.transform([id], translation(5, 0));
    sync(a, b);
    expect(a.board.history.undo()).toBe("skipped");
    sync(a, b);
    expect([lefts(a), lefts(b)]).toEqual([[15], [15]]);
    expect(b.board.history.undo()).toBe("done");
    sync(a, b);
    expect([lefts(a), lefts(b)]).toEqual([[10], [10]]);
  });

  test("nor where I have moved it on from there: only my own way is taken back", () => {
    const [a, b] = pair();
    const id = drawn(a, 0);
    a.board.transform([id], translation(10, 0));
    sync(a, b);
    b.board.transform([id], translation(5, 0));
    sync(a, b);
    a.board.transform([id], translation(100, 0));
    expect(a.board.history.undo()).toBe("done");
    expect(lefts(a)).toEqual([15]);
    expect(a.board.history.undo()).toBe("skipped");
    expect(lefts(a)).toEqual([15]);
    a.board.history.redo();
    expect(lefts(a)).toEqual([115]);
  });

  test("of two moves at once the later undo of the loser changes nothing", () => {
    const [a, b] = pair();
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
    const [a, b] = pair();
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

describe("redo", () => {
  test("is kept until the next change, of any kind", () => {
    const changes: ((peer: Peer) => void)[] = [
      (peer) => void draw(peer.board, 9),
      (peer) => peer.board.changeItems([peer.board.items()[0]!.id], { color: 9 }),
      (peer) => peer.board.setBackground("dots"),
      (peer) => peer.board.addLayer("new"),
      (peer) => peer.board.clear(),
    ];
    for (const change of changes) {
      const peer = createPeer(1);
      drawn(peer, 1);
      drawn(peer, 2);
      peer.board.history.undo();
      expect(peer.board.history.canRedo()).toBe(true);
      change(peer);
      expect(peer.board.history.canRedo()).toBe(false);
      expect(peer.board.history.redo()).toBe("nothing");
    }
  });

  test("is kept while the other person changes things, and while something that does nothing is tried", () => {
    const [a, b] = pair();
    const id = drawn(a, 1);
    drawn(a, 2);
    a.board.history.undo();
    sync(a, b);
    drawn(b, 3);
    sync(a, b);
    a.board.changeItems([id], { color: HEADER.color });
    a.board.erase(["9.9"]);
    expect(a.board.history.redo()).toBe("done");
    expect(seen(a).length).toBe(3);
  });

  test("does everything again that was taken back, step by step", () => {
    const peer = createPeer(1);
    const { board } = peer;
    const id = drawn(peer, 0, 10, 20);
    const steps: (() => void)[] = [
      () => board.transform([id], translation(3, 4)),
      () => board.changeItems([id], { color: 0xff0000 }),
      () => board.cut(new Map([[id, [{ from: 0.5, to: 1 }]]])),
      () => board.addShape({ ...HEADER, tool: "ellipse" }, { x: 0, y: 0 }, { x: 9, y: 9 }),
      () => board.addText({ ...HEADER, tool: "note" }, { x: 0, y: 0 }, { width: 50, height: 40 }, "hi"),
      () => board.restack([id], "front"),
      () => board.moveToLayer([id], board.addLayer("top")),
      () => board.paste(board.copy([id]), translation(1, 1)),
      () => board.setBackground("grid"),
      () => board.removeLayer(board.layers()[1]!.id),
      () => board.erase([id]),
      () => board.clear(),
    ];
    const look = (): string =>
      JSON.stringify([
        board
          .items()
          .map((item) => (item.kind === "text" ? item : { ...item, points: item.points, parts: item.parts })),
        board.layers(),
        board.background(),
      ]);
    const looks = [look()];
    for (const step of steps) {
      step();
      looks.push(look());
    }
    // Adding the layer and moving to it are two steps.
    let last = looks.length - 1;
    while (board.history.canUndo()) {
      expect(board.history.undo()).toBe("done");
      if (look() === looks[last - 1]) last--;
    }
    expect(last).toBe(0);
    expect(board.items()).toEqual([]);
    while (board.history.canRedo()) expect(board.history.redo()).toBe("done");
    expect(look()).toBe(looks.at(-1));
  });
});

describe("a clear that is taken back from the notice", () => {
  test("is, whatever was done since, and what was done since stays", () => {
    const [a, b] = pair();
    drawn(a, 1);
    drawn(b, 2);
    sync(a, b);
    a.board.clear();
    drawn(a, 3);
    sync(a, b);
    drawn(b, 4);
    sync(a, b);
    expect(a.board.undoClear()).toBe("done");
    sync(a, b);
    expect(new Set(seen(a).flat())).toEqual(new Set([1, 2, 3, 4]));
    expect(seen(b)).toEqual(seen(a));
    expect(a.board.undoClear()).toBe("nothing");
    expect(a.board.history.undo()).toBe("done");
    expect(new Set(seen(a).flat())).toEqual(new Set([1, 2, 4]));
  });

  test("is not once more where undo took it back; a later clear is another", () => {
    const peer = createPeer(1);
    drawn(peer, 1);
    peer.board.clear();
    peer.board.history.undo();
    expect(peer.board.undoClear()).toBe("nothing");
    expect(seen(peer)).toEqual([[1]]);
    peer.board.clear();
    expect(peer.board.undoClear()).toBe("done");
    expect(seen(peer)).toEqual([[1]]);
    expect(createPeer(2).board.undoClear()).toBe("nothing");
  });
});

describe("the history", () => {
  test("has one step for a stroke of many pieces", () => {
    const peer = createPeer(1);
    const writer = peer.board.startStroke(HEADER);
    for (let i = 0; i < 9000; i++) writer.add(points((i % 2) * 40 + i));
    writer.end();
    const ids = peer.board.items().map(({ id }) => id);
    peer.board.erase([ids[1]!]);
    expect(seen(peer)).toEqual([]);
    peer.board.history.undo();
    peer.board.transform([ids[0]!], translation(0, 1));
    expect(peer.board.items().every((item) => item.kind === "stroke" && item.points[0]!.y !== 0)).toBe(true);
    peer.board.history.undo();
    peer.board.history.undo();
    expect(seen(peer)).toEqual([]);
    expect(peer.board.history.canUndo()).toBe(false);
  });

  test("goes back 200 steps, and tells of every change of it", () => {
    const peer = createPeer(1);
    let told = 0;
    peer.board.history.onChange(() => told++);
    for (let i = 0; i < 205; i++) drawn(peer, i);
    expect(told).toBe(205);
    let steps = 0;
    while (peer.board.history.undo() !== "nothing") steps++;
    expect(steps).toBe(200);
    expect(seen(peer).length).toBe(5);
    expect(told).toBe(405);
  });

  test("takes back what was erased while the other person cut it: what is cut stays cut", () => {
    const [a, b] = pair();
    const id = drawn(a, 0, 10, 20);
    sync(a, b);
    a.board.erase([id]);
    b.board.cut(new Map([[id, [{ from: 1, to: 2 }]]]));
    sync(a, b);
    expect(a.board.history.undo()).toBe("done");
    sync(a, b);
    expect([stretches(a), stretches(b)]).toEqual([[[[0, 10]]], [[[0, 10]]]]);
  });
});
