import { describe, expect, test } from "vitest";
import { IDENTITY, multiply, translation } from "../../src/base/matrix.ts";
import type { Matrix } from "../../src/base/matrix.ts";
import type { Board, CopiedItem } from "../../src/board/document/board.ts";
import { MAX_STROKE_CHARS } from "../../src/ink/stroke.ts";
import { inkOn } from "../support/ink.ts";
import { createPeer, drawn, HEADER, seen, stretches, sync, words } from "./peers.ts";
import type * as Y from "yjs";

const QUARTER: Matrix = { ...IDENTITY, a: 0, b: 1, c: -1, d: 0 };
const DOUBLE: Matrix = { ...IDENTITY, a: 2, d: 2 };

describe("moving, resizing and turning", () => {
  test("count from where the item is, and reach the other board in one change", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const id = drawn(a, 0, 10);
    sync(a, b);
    b.changes.length = 0;
    a.board.transform([id], DOUBLE);
    a.board.transform([id], translation(5, 0));
    a.board.transform([id], QUARTER);
    sync(a, b);
    const [item] = inkOn(b.board);
    expect(item!.points).toMatchObject([
      { x: 0, y: 5 },
      { x: -10, y: 25 },
    ]);
    // Ink gets wider with it.
    expect(item!.header).toMatchObject({ width: 8, scale: -1 });
    expect(b.changes).toMatchObject([{ altered: [id], shown: [], hidden: [], extended: [] }]);
  });

  test("move words and notes as well", () => {
    const peer = createPeer(1);
    const id = peer.board.addText(
      { ...HEADER, tool: "note" },
      { x: 10, y: 0 },
      { width: 30, height: 20 },
      "a",
    );
    peer.board.transform([id], DOUBLE);
    expect(peer.board.item(id)).toMatchObject({
      matrix: { a: 2, d: 2, e: 20, f: 0 },
      size: { width: 30, height: 20 },
    });
  });

  test("while the other deletes: it is gone, and comes back where it was moved to", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const id = drawn(a, 0, 10);
    sync(a, b);
    a.board.transform([id], translation(5, 0));
    b.board.erase([id]);
    sync(a, b);
    expect([seen(a), seen(b)]).toEqual([[], []]);
    b.board.history.undo();
    sync(a, b);
    expect([seen(a), seen(b)]).toEqual([[[5, 15]], [[5, 15]]]);
  });

  test("by two at once end where one of them moved it, on all boards", () => {
    const peers = [createPeer(1), createPeer(2), createPeer(3)];
    const id = drawn(peers[0]!, 0, 10);
    sync(...peers);
    for (const [i, { board }] of peers.entries()) board.transform([id], translation(100 * (i + 1), 0));
    sync(...peers);
    const [first, ...others] = peers.map(seen);
    for (const other of others) expect(other).toEqual(first);
    expect([100, 200, 300]).toContain(first![0]![0]);
    expect(first!.length).toBe(1);
  });

  test("and recolouring at once both count", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const id = drawn(a, 0, 10);
    sync(a, b);
    a.board.transform([id], translation(5, 0));
    b.board.changeItems([id], { color: 0xff0000 });
    sync(a, b);
    for (const { board } of [a, b]) {
      expect(board.item(id)).toMatchObject({ header: { color: 0xff0000 }, points: [{ x: 5 }, { x: 15 }] });
    }
    expect(b.board.changeItems([id], { color: 0xff0000 })).toBe(false);
  });

  test("hold for a stroke that still grows", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const writer = a.board.startStroke(HEADER);
    writer.add([{ x: 0, y: 0, pressure: 0.5 }]);
    a.flush();
    sync(a, b);
    b.board.transform([writer.itemId()!], translation(7, 0));
    sync(a, b);
    writer.add([{ x: 10, y: 0, pressure: 0.5 }]);
    writer.end();
    sync(a, b);
    expect([seen(a), seen(b)]).toEqual([[[7, 17]], [[7, 17]]]);
  });
});

describe("copies", () => {
  const plain = (board: Board): unknown[] => inkOn(board).map(({ header, points }) => ({ header, points }));

  test("look like what was copied, on another board, and are one step", () => {
    const [from, to, other] = [createPeer(1), createPeer(2), createPeer(3)];
    const ids = [
      drawn(from, 0, 10, 20),
      from.board.addShape({ ...HEADER, tool: "arrow" }, { x: 0, y: 0 }, { x: 50, y: 20 }),
      from.board.addText({ ...HEADER, tool: "text" }, { x: 3, y: 4 }, undefined, "Hi 😀"),
    ];
    from.board.transform(ids, translation(100, 0));
    from.board.changeItems([ids[0]!], { color: 0xff0000 });
    const made = to.board.paste(from.board.copy(ids), translation(0, 0));
    expect(made.length).toBe(3);
    expect(plain(to.board)).toEqual(plain(from.board));
    expect(words(to)).toEqual(["Hi 😀"]);
    expect(to.board.item(made[2]!)).toMatchObject({ matrix: { e: 103, f: 4 } });
    sync(to, other);
    expect(plain(other.board)).toEqual(plain(from.board));
    expect(to.board.history.undo()).toBe("done");
    sync(to, other);
    expect(other.board.items()).toEqual([]);
    expect(to.board.history.redo()).toBe("done");
    sync(to, other);
    expect(plain(other.board)).toEqual(plain(from.board));
  });

  test("are things of their own: the other's change of the one is none of the other", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const id = drawn(a, 0, 10);
    const [copy] = a.board.paste(a.board.copy([id]), translation(50, 0));
    sync(a, b);
    b.board.erase([id]);
    sync(a, b);
    expect(seen(a)).toEqual([[50, 60]]);
    expect(a.board.item(copy!)).toBeDefined();
  });

  test("of what an eraser left are its parts", () => {
    const peer = createPeer(1);
    const id = drawn(peer, 0, 10, 20, 30);
    peer.board.cut(new Map([[id, [{ from: 1, to: 2 }]]]));
    const copied: readonly CopiedItem[] = peer.board.copy([id]);
    expect(copied.length).toBe(2);
    peer.board.erase([id]);
    peer.board.paste(copied, translation(100, 0));
    expect(stretches(peer)).toEqual([[[100, 110]], [[120, 130]]]);
  });

  test("of long ink are as many items as it takes, and whole", () => {
    const peer = createPeer(1);
    const points = Array.from({ length: 6000 }, (_, i) => ({ x: (i % 2) * 40 + i, y: 0, pressure: 0.5 }));
    const stroke = { kind: "stroke", header: HEADER, points, matrix: IDENTITY, attributes: {} } as const;
    const ids = peer.board.paste([stroke], multiply(translation(5, 0), IDENTITY));
    expect(ids.length).toBeGreaterThan(1);
    const shown = seen(peer).flatMap((xs, i) => (i === 0 ? xs : xs.slice(1)));
    expect(shown).toEqual(points.map(({ x }) => x + 5));
    for (const text of peer.doc.getArray<Y.Text>("items"))
      expect(text.length).toBeLessThanOrEqual(MAX_STROKE_CHARS);
    peer.board.history.undo();
    expect(peer.board.items()).toEqual([]);
  });
});
