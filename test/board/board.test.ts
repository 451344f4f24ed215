/*
 * Boards that exchange all that they have: strokes, their order, undo, and what cannot be read.
 */
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { translation } from "../../src/base/matrix.ts";
import { createPrng } from "../../src/base/prng.ts";
import { REMOTE_ORIGIN } from "../../src/board/document/document.ts";
import { createPointDecoder } from "../../src/ink/codec.ts";
import { decodeHeader } from "../../src/ink/header.ts";
import { MAX_STROKE_CHARS } from "../../src/ink/stroke.ts";
import { causalChunks } from "../../src/board/document/chunks.ts";
import { inkOn } from "../support/ink.ts";
import { createPeer, draw, drawn, HEADER, points, seen, sync } from "./peers.ts";

describe("a stroke", () => {
  test("is on the other board with the points that were drawn", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    draw(a.board, 0, 10, 25);
    sync(a, b);
    expect(seen(b)).toEqual([[0, 10, 25]]);
    expect(b.board.items()[0]).toMatchObject({ kind: "stroke", client: 1, ended: true, header: HEADER });
  });

  test("grows there batch by batch, as one item of the document", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const writer = a.board.startStroke(HEADER);
    for (const x of [0, 10, 20, 30]) {
      writer.add(points(x));
      a.flush();
      sync(a, b);
      expect(b.board.items()[0]?.ended).toBe(false);
    }
    expect(b.isDrawing(1)).toBe(true);
    writer.end();
    sync(a, b);
    expect(seen(b)).toEqual([[0, 10, 20, 30]]);
    expect(b.isDrawing(1)).toBe(false);
    expect(b.changes.map(({ shown, extended }) => [shown.length, extended.length])).toEqual([
      [1, 0],
      [0, 1],
      [0, 1],
      [0, 1],
      [0, 1],
    ]);
    // The array's entry, the merged text, and the document's format.
    expect(a.doc.store.clients.get(1)?.length).toBeLessThanOrEqual(4);
  });

  test("is not in the document before the first flush, and can be dropped until then", () => {
    const { board, doc } = createPeer(1);
    const writer = board.startStroke(HEADER);
    writer.add(points(0, 5));
    expect(writer.itemId()).toBeUndefined();
    expect(writer.cancel()).toBe(true);
    expect(board.items()).toEqual([]);
    expect(Y.encodeStateAsUpdate(doc).length).toBe(2);
    expect(board.history.canUndo()).toBe(false);
  });

  test("that was sent in part is ended, not dropped, by a cancel", () => {
    const peer = createPeer(1);
    const writer = peer.board.startStroke(HEADER);
    writer.add(points(0, 5));
    peer.flush();
    expect(writer.cancel()).toBe(false);
    expect(peer.board.items()[0]?.ended).toBe(true);
  });

  test("without a point leaves nothing", () => {
    const { board, doc } = createPeer(1);
    board.startStroke(HEADER).end();
    expect(Y.encodeStateAsUpdate(doc).length).toBe(2);
  });

  test("of a second pointer does not cut the first one into pieces", () => {
    const peer = createPeer(1);
    const first = peer.board.startStroke(HEADER);
    const second = peer.board.startStroke({ ...HEADER, color: 0 });
    for (let i = 0; i < 20; i++) {
      first.add(points(i));
      second.add(points(100 + i));
      peer.flush();
    }
    second.end();
    first.end();
    expect(seen(peer).map((xs) => xs.length)).toEqual([20, 20]);
    expect(peer.doc.store.clients.get(1)!.length).toBeLessThan(8);
  });

  test("that gets too long goes on in a next item from the same point", () => {
    const peer = createPeer(1);
    const writer = peer.board.startStroke(HEADER);
    const xs = Array.from({ length: 9000 }, (_, i) => (i % 2) * 40 + i);
    for (const x of xs) writer.add(points(x));
    writer.end();
    const items = inkOn(peer.board);
    expect(items.length).toBeGreaterThan(2);
    const joined = items.flatMap((item, i) => item.points.slice(i === 0 ? 0 : 1).map(({ x }) => x));
    expect(joined).toEqual(xs);
    for (const text of peer.doc.getArray("items").toArray()) {
      expect((text as Y.Text).length).toBeLessThanOrEqual(MAX_STROKE_CHARS);
    }
    peer.board.history.undo();
    expect(peer.board.items()).toEqual([]);
  });

  test("order is the same on all boards, also of what was drawn at once", () => {
    const [a, b, c] = [createPeer(1), createPeer(2), createPeer(3)];
    draw(a.board, 1);
    draw(b.board, 2);
    draw(a.board, 3);
    draw(c.board, 4);
    sync(a, b, c);
    sync(c, b, a);
    expect(seen(b)).toEqual(seen(a));
    expect(seen(c)).toEqual(seen(a));
    expect(seen(a).length).toBe(4);
  });
});

describe("a held board", () => {
  test("shows nothing of what comes until it is released, then all at once", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    draw(b.board, 5);
    b.changes.length = 0;
    b.hold(true);
    for (const x of [1, 2, 3]) {
      draw(a.board, x);
      sync(a, b);
    }
    expect(b.changes).toEqual([]);
    expect(seen(b)).toEqual([[5]]);
    a.board.clear();
    draw(a.board, 4);
    sync(a, b);
    b.hold(false);
    expect(b.changes.length).toBe(1);
    expect(seen(b)).toEqual(seen(a));
    expect(b.changes[0]!.shown.length).toBe(1);
  });

  test("goes on holding back when this person has drawn: what nobody has been shown is not cleared", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    b.hold(true);
    draw(b.board, 2);
    draw(a.board, 1);
    sync(a, b);
    expect(b.board.clear()).toBe(true);
    b.hold(false);
    expect(seen(b)).toEqual([[1]]);
    draw(a.board, 3);
    b.hold(true);
    draw(b.board, 4);
    sync(a, b);
    expect(seen(b)).toEqual([[1], [4]]);
    b.hold(false);
    expect(seen(b)).toEqual([[1], [3], [4]]);
  });

  test("tells what became of an item while it was away, where it is back before the release", () => {
    const [a, b, c] = [createPeer(1), createPeer(2), createPeer(3)];
    const writer = a.board.startStroke(HEADER);
    writer.add(points(1, 2));
    a.flush();
    const grown = writer.itemId()!;
    const moved = drawn(a, 9);
    sync(a, b, c);
    b.changes.length = 0;
    b.hold(true);
    c.board.erase([grown, moved]);
    sync(c, b);
    a.board.transform([moved], translation(5, 0));
    writer.add(points(3));
    a.flush();
    sync(a, b);
    c.board.history.undo();
    sync(c, b);
    b.hold(false);
    expect(b.changes).toMatchObject([{ shown: [], hidden: [], altered: [moved], extended: [grown] }]);
    expect(seen(b)).toEqual([[1, 2, 3], [14]]);
  });

  test("shows everything when this person draws", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    b.hold(true);
    draw(a.board, 1);
    sync(a, b);
    draw(b.board, 2);
    expect(seen(b).length).toBe(2);
    b.hold(false);
    expect(seen(b).length).toBe(2);
  });
});

describe("the order of items", () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])("is that of the document, however they arrive (seed %i)", (seed) => {
    const prng = createPrng(seed);
    const peers = [createPeer(1), createPeer(2), createPeer(3)];
    for (let step = 0; step < 60; step++) {
      const peer = peers[prng.below(3)]!;
      for (let i = prng.below(step === 30 ? 200 : 4); i >= 0; i--) draw(peer.board, step * 1000 + i);
      if (prng.chance(0.5)) sync(peer, peers[prng.below(3)]!);
      for (const { doc, board } of peers) {
        const inDocument = doc
          .getArray<Y.Text>("items")
          .toArray()
          .map((text) => text.toJSON());
        const onBoard = inkOn(board).map((item) => item.points[0]!.x);
        expect(onBoard).toEqual(inDocument.map(firstX));
      }
    }
  });
});

/** Decodes anew, apart from the board. */
function firstX(text: string): number {
  const { header, length } = decodeHeader(text)!;
  return createPointDecoder(header).decode(text.slice(length))[0]!.x;
}

describe("undo", () => {
  test("takes back and restores this session's strokes, newest first", () => {
    const peer = createPeer(1);
    draw(peer.board, 1);
    draw(peer.board, 2);
    peer.board.history.undo();
    expect(seen(peer)).toEqual([[1]]);
    peer.board.history.undo();
    expect(seen(peer)).toEqual([]);
    expect(peer.board.history.undo()).toBe("nothing");
    peer.board.history.redo();
    peer.board.history.redo();
    expect(seen(peer)).toEqual([[1], [2]]);
    peer.board.history.undo();
    expect(seen(peer)).toEqual([[1]]);
    draw(peer.board, 3);
    expect(peer.board.history.canRedo()).toBe(false);
  });

  test("never touches what the other drew, and skips what the other hid", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    draw(a.board, 1);
    draw(b.board, 2);
    sync(a, b);
    b.board.clear();
    sync(a, b);
    expect(a.board.history.undo()).toBe("skipped");
    expect(a.board.history.undo()).toBe("nothing");
    b.board.history.undo();
    sync(a, b);
    expect(seen(a)).toEqual(seen(b));
    expect(seen(a).length).toBe(2);
  });
});

describe("a board that comes write by write", () => {
  test("shows every stroke, also one whose text comes after it", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    for (let x = 0; x < 5; x++) draw(a.board, x, x + 10);
    for (const chunk of causalChunks(a.doc, new Map(), false, 1)) {
      expect(Y.decodeUpdate(chunk).structs.length).toBe(1);
      Y.applyUpdate(b.doc, chunk, REMOTE_ORIGIN);
    }
    expect(seen(b)).toEqual(seen(a));
    const last = b.board.items().at(-1)!;
    expect(last.ended).toBe(true);
    expect(b.board.item(last.id)).toBe(last);
    expect(b.changes.flatMap(({ shown }) => shown)).toEqual(b.board.items().map(({ id }) => id));
    expect(b.isDrawing(1)).toBe(false);
  });
});

describe("what this version cannot read", () => {
  test("stays in the document, is not shown, and disturbs nothing", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    a.doc.transact(() => a.doc.getArray("items").push([new Y.Text("9 from the future"), new Y.Map(), 7]));
    draw(a.board, 1);
    sync(a, b);
    draw(b.board, 2);
    sync(a, b);
    expect(new Set(seen(b).flat())).toEqual(new Set([1, 2]));
    expect(b.doc.getArray("items").length).toBe(5);
  });
});
