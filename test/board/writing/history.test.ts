/*
 * The steps that a person takes back and does again, and the clear that the notice takes back.
 */
import { describe, expect, test } from "vitest";
import { translation } from "../../../src/base/matrix.ts";
import type { ItemId } from "../../../src/board/document/board.ts";
import { createPair, createPeer, draw, drawn, HEADER, points, seen, stretches, sync } from "../peers.ts";
import type { Peer } from "../peers.ts";

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
    const [a, b] = createPair();
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
          .map((item) =>
            item.kind !== "stroke" ? item : { ...item, points: item.points, parts: item.parts },
          ),
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
    const [a, b] = createPair();
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
    expect(peer.board.items()).toHaveLength(ids.length);
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
    const [a, b] = createPair();
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

describe("what is revoked", () => {
  test("goes for good, whatever it was, and leaves the history as it was before", () => {
    const acts: ((peer: Peer, id: string) => void)[] = [
      (peer) => void drawn(peer, 7),
      ({ board }, id) => board.erase([id]),
      ({ board }, id) => board.cut(new Map([[id, [{ from: 0.5, to: 1 }]]])),
      ({ board }, id) => board.transform([id], translation(3, 4)),
      ({ board }, id) => board.changeItems([id], { color: 9 }),
      ({ board }) => board.clear(),
      (peer) => {
        drawn(peer, 7);
        drawn(peer, 8);
      },
    ];
    for (const act of acts) {
      const [a, b] = createPair();
      const id = drawn(a, 0, 10, 20);
      drawn(a, 2);
      a.board.history.undo();
      sync(a, b);
      const before = seen(a);
      const revoke = a.board.revocable(() => act(a, id));
      sync(a, b);
      expect(a.board.history.canRedo()).toBe(false);
      revoke();
      revoke();
      sync(a, b);
      expect([seen(a), seen(b)]).toEqual([before, before]);
      expect(a.board.history.redo()).toBe("done");
      expect(a.board.history.undo()).toBe("done");
      expect(a.board.history.undo()).toBe("done");
      expect(a.board.history.canUndo()).toBe(false);
      expect(seen(a)).toEqual([]);
    }
  });

  test("goes also from under later steps, and from among those that were undone", () => {
    const peer = createPeer(1);
    const revoke = peer.board.revocable(() => void drawn(peer, 1));
    drawn(peer, 2);
    revoke();
    expect(seen(peer)).toHaveLength(1);
    expect(peer.board.history.undo()).toBe("done");
    expect(peer.board.history.canUndo()).toBe(false);
    const other = peer.board.revocable(() => void drawn(peer, 3));
    peer.board.history.undo();
    other();
    expect(peer.board.history.canRedo()).toBe(false);
    expect(seen(peer)).toEqual([]);
  });

  const ACTS: Readonly<Record<string, (peer: Peer, id: ItemId) => unknown>> = {
    "what was drawn": (peer) => drawn(peer, 1),
    "what was moved": ({ board }, id) => board.transform([id], translation(3, 0)),
    "what was erased": ({ board }, id) => board.erase([id]),
  };
  test.each(Object.entries(ACTS))(
    "stays so when the other person brings back what that one had erased: %s",
    (_, act) => {
      const [a, b] = createPair();
      const id = drawn(a, 0);
      sync(a, b);
      const revoke = a.board.revocable(() => act(a, id));
      b.board.erase([id]);
      sync(a, b);
      b.board.clear();
      sync(a, b);
      expect(a.board.items()).toEqual([]);
      revoke();
      sync(a, b);
      while (b.board.history.canUndo()) b.board.history.undo();
      sync(a, b);
      expect([seen(a), seen(b)]).toEqual([[[0]], [[0]]]);
    },
  );

  test("stays away when its layer is shown again", () => {
    const [a, b] = createPair();
    const layer = b.board.addLayer("top");
    sync(a, b);
    a.board.setActiveLayer(layer);
    const revoke = a.board.revocable(() => void drawn(a, 1));
    sync(a, b);
    b.board.changeLayer(layer, { hidden: true });
    sync(a, b);
    revoke();
    sync(a, b);
    b.board.history.undo();
    sync(a, b);
    expect([seen(a), seen(b)]).toEqual([[], []]);
  });

  test("takes nothing from what the other person did to it", () => {
    const [a, b] = createPair();
    let id = "";
    const revoke = a.board.revocable(() => {
      id = drawn(a, 1);
    });
    sync(a, b);
    b.board.erase([id]);
    drawn(b, 2);
    revoke();
    sync(a, b);
    expect(seen(a)).toHaveLength(1);
    expect(seen(b)).toEqual(seen(a));
    expect(a.board.history.canUndo()).toBe(false);
    b.board.history.undo();
    b.board.history.undo();
    sync(a, b);
    expect(seen(b)).toEqual([]);
  });
});
