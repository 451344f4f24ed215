import { describe, expect, test } from "vitest";
import type { StrokeWriter } from "../../src/board/document/board.ts";
import { createPeer, draw, HEADER, points, seen, sync, type Peer } from "./peers.ts";

/** Begins a stroke that everybody is told of, and leaves the pen down. */
function penDown({ board, flush }: Peer): StrokeWriter {
  const writer = board.startStroke(HEADER);
  writer.add(points(10, 20));
  flush();
  return writer;
}

describe("clear", () => {
  test("hides everything on both boards, and its undo brings it back", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    draw(a.board, 1);
    draw(b.board, 2);
    sync(a, b);
    expect(a.board.clear()).toBe(true);
    sync(a, b);
    expect([seen(a), seen(b)]).toEqual([[], []]);
    expect(a.board.history.undo()).toBe("done");
    sync(a, b);
    expect(seen(b)).toEqual(seen(a));
    expect(seen(a).length).toBe(2);
    a.board.history.redo();
    sync(a, b);
    expect([seen(a), seen(b)]).toEqual([[], []]);
  });

  test("of an empty board is nothing, not even in the history", () => {
    const { board } = createPeer(1);
    expect(board.clear()).toBe(false);
    expect(board.history.canUndo()).toBe(false);
  });

  test("leaves what was drawn at the same time, and what comes after", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    draw(a.board, 1);
    sync(a, b);
    draw(b.board, 2);
    a.board.clear();
    draw(a.board, 3);
    sync(a, b);
    expect(new Set(seen(a).flat())).toEqual(new Set([2, 3]));
    expect(seen(b)).toEqual(seen(a));
  });

  test("leaves a stroke whole that is under the other's pen", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    draw(b.board, 1);
    const writer = penDown(b);
    sync(a, b);
    a.present.add(2);
    a.board.clear();
    writer.add(points(30));
    writer.end();
    sync(a, b);
    expect(seen(a)).toEqual([[10, 20, 30]]);
    expect(seen(b)).toEqual([[10, 20, 30]]);
  });

  test("leaves all pieces of a long stroke under a pen, also with another finger's stroke between them", () => {
    const peer = createPeer(1);
    const writer = peer.board.startStroke(HEADER);
    const xs = Array.from({ length: 5000 }, (_, i) => (i % 2) * 40 + i);
    writer.add(points(...xs.slice(0, 100)));
    peer.flush();
    const finger = peer.board.startStroke({ ...HEADER, color: 0 });
    finger.add(points(7));
    finger.end();
    writer.add(points(...xs.slice(100)));
    peer.flush();
    const pieces = (): number => seen(peer).filter(({ length }) => length > 1).length;
    const before = pieces();
    expect(before).toBeGreaterThan(1);
    peer.board.clear();
    expect(pieces()).toBe(before);
  });

  describe("while an answer is coming in", () => {
    /** What `b` erased is to be seen again, and more was drawn, of which the page of `a` shows nothing yet. */
    function createHeld() {
      const [a, b] = [createPeer(1), createPeer(2)];
      draw(b.board, 1);
      draw(b.board, 2);
      draw(b.board, 3);
      const [first] = b.board.items();
      b.board.erase([first!.id]);
      sync(a, b);
      expect(seen(a)).toEqual([[2], [3]]);
      a.hold(true);
      b.board.history.undo();
      draw(b.board, 4);
      sync(a, b);
      expect(seen(a)).toEqual([[2], [3]]);
      return { a, b };
    }

    test("hides all that was seen, and of what was not yet nothing", () => {
      const { a, b } = createHeld();
      expect(a.board.clear()).toBe(true);
      a.hold(false);
      expect(seen(a)).toEqual([[1], [4]]);
      sync(a, b);
      expect(seen(b)).toEqual([[1], [4]]);
    });

    test("is taken back and done again as a whole", () => {
      const { a, b } = createHeld();
      a.board.clear();
      a.hold(false);
      expect(a.board.undoClear()).toBe("done");
      sync(a, b);
      expect([seen(a), seen(b)]).toEqual([
        [[1], [2], [3], [4]],
        [[1], [2], [3], [4]],
      ]);
      expect(a.board.history.redo()).toBe("done");
      sync(a, b);
      expect([seen(a), seen(b)]).toEqual([
        [[1], [4]],
        [[1], [4]],
      ]);
    });

    test("is told, also where every item goes by itself", () => {
      const { a, b } = createHeld();
      const told: number[] = [];
      b.onForeignClear((clients) => told.push(...clients));
      a.board.clear();
      sync(a, b);
      expect(told).toEqual([1]);
    });
  });

  test("hides what a session drew beside a stroke under its pen, before and after that began", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    draw(b.board, 1);
    const writer = penDown(b);
    draw(b.board, 2);
    sync(a, b);
    a.present.add(2);
    a.board.clear();
    writer.add(points(30));
    writer.end();
    sync(a, b);
    expect([seen(a), seen(b)]).toEqual([[[10, 20, 30]], [[10, 20, 30]]]);
    expect(a.board.history.undo()).toBe("done");
    expect(seen(a)).toEqual([[1], [10, 20, 30], [2]]);
  });

  test("hides a stroke that was never ended by somebody who is gone", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const writer = b.board.startStroke(HEADER);
    writer.add(points(10));
    b.flush();
    sync(a, b);
    expect(a.board.clear()).toBe(true);
    expect(seen(a)).toEqual([]);
  });

  test("that both did comes back only when both take theirs back, once", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    draw(a.board, 1);
    sync(a, b);
    a.board.clear();
    b.board.clear();
    sync(a, b);
    a.board.history.undo();
    sync(a, b);
    expect(seen(a)).toEqual([]);
    b.board.history.undo();
    sync(a, b);
    expect([seen(a), seen(b)]).toEqual([[[1]], [[1]]]);
  });

  test("by the other is told, an undo of it and an own clear are not", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const told: number[] = [];
    b.onForeignClear((clients) => told.push(...clients));
    draw(a.board, 1);
    sync(a, b);
    a.board.clear();
    sync(a, b);
    expect(told).toEqual([1]);
    a.board.history.undo();
    sync(a, b);
    b.board.clear();
    expect(told).toEqual([1]);
  });
});
