/*
 * A board that comes piece by piece: what is seen of it on the way.
 */
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { createPrng } from "../../../src/base/prng.ts";
import { createArrival } from "../../../src/board/document/arrival.ts";
import type { ArrivalControl } from "../../../src/board/document/arrival.ts";
import type { Board, Item } from "../../../src/board/document/board.ts";
import { nextChunk } from "../../../src/board/document/chunks.ts";
import { createDocument, STORAGE_ORIGIN } from "../../../src/board/document/document.ts";
import { stateVectorOf } from "../../../src/board/document/state.ts";
import type { StateVector } from "../../../src/board/document/state.ts";
import { changedItems, itemsChangedBy } from "../../../src/board/storage/changed-items.ts";
import { createBoard } from "../../../src/board/yjs-board.ts";
import { createHandTime } from "../../support/hand-time.ts";
import { createPeer, draw, sync } from "../peers.ts";
import { RandomChanges } from "../random-changes.ts";

/** What is on a document beyond `known`, in pieces of so many bytes. */
function piecesOf(doc: Y.Doc, known: StateVector, bytes: number): Uint8Array[] {
  const to = stateVectorOf(doc);
  const pieces: Uint8Array[] = [];
  for (let next = nextChunk(doc, known, bytes, to); next; next = nextChunk(doc, next.to, bytes, to)) {
    pieces.push(next.chunk);
  }
  return pieces;
}

function openEmpty(client: number): { doc: Y.Doc; board: Board; arrival: ArrivalControl; flush(): void } {
  const doc = createDocument();
  doc.clientID = client;
  const onError = (error: unknown): void => {
    throw error;
  };
  const arrival = createArrival(onError);
  const { board, flush } = createBoard({
    doc,
    time: createHandTime(),
    isPresent: () => false,
    onError,
    arrival,
  });
  return { doc, board, arrival, flush };
}

/** All that can be seen of an item, but how far a stroke has grown. */
function looks(item: Item): unknown {
  const { id, layer, attributes, header } = item;
  const own = item.kind === "stroke" ? [item.parts && item.points, item.cuts] : [{ ...item }];
  return [id, layer, attributes, header, own];
}

/** Each item that is seen is as it will be in the end, and they lie on one another as they will. */
function expectPartOf(board: Board, end: Board): void {
  const seen = board.items();
  const last = end.items();
  const places = new Map(last.map(({ id }, place) => [id, place] as const));
  const found = seen.map(({ id }) => places.get(id) ?? -1);
  expect(found).toEqual([...found].sort((a, b) => a - b));
  expect(found).not.toContain(-1);
  for (const [i, item] of seen.entries()) {
    const then = last[found[i]!]!;
    expect(looks(item)).toEqual(looks(then));
    if (item.kind !== "stroke" || then.kind !== "stroke") continue;
    expect(then.points.slice(0, item.points.length)).toEqual(item.points);
  }
}

describe("of a board that comes piece by piece", () => {
  test.each(Array.from({ length: 40 }, (_, i) => i + 1))(
    "what is seen is a part of what it will be, at every moment (seed %i)",
    (seed) => {
      const prng = createPrng(seed);
      const changes = new RandomChanges(prng);
      const third = createPeer(77);
      for (let i = 0; i < 60; i++) {
        changes.step();
        if (i % 4 === 0) draw(third.board, prng.below(100), prng.below(100), prng.below(100));
      }
      third.flush();
      sync(third, changes.own, changes.contact);
      // What was written since, as a run of its own and as what is recent.
      const known = stateVectorOf(changes.own.doc);
      const before = changedItems(changes.own.doc);
      const first = piecesOf(changes.own.doc, new Map(), 400);
      for (let i = 0; i < 15; i++) changes.step();
      changes.settle();
      const { doc, board } = changes.own;
      const later = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(new Map(known)));
      const opened = openEmpty(9);
      opened.arrival.expect([before, itemsChangedBy(Y.decodeUpdate(later).structs)], undefined);
      let most = 0;
      for (const piece of [...first, later]) {
        Y.applyUpdate(opened.doc, piece, STORAGE_ORIGIN);
        expectPartOf(opened.board, board);
        most = Math.max(most, opened.board.items().length);
      }
      opened.arrival.end();
      expect(opened.board.items().map(looks)).toEqual(board.items().map(looks));
      expect(opened.board.items().length).toBeGreaterThanOrEqual(most);
    },
  );

  test("plain ink is seen with its piece, and what was erased since never is, nor what was moved before it is", () => {
    const { doc, board, flush } = createPeer(1);
    for (let i = 0; i < 300; i++) draw(board, i, i + 1, i + 2);
    flush();
    const ids = board.items().map(({ id }) => id);
    const erased = ids.slice(10, 20);
    const moved = ids.slice(20, 30);
    board.erase(erased);
    board.transform(moved, { a: 1, b: 0, c: 0, d: 1, e: 50, f: 0 });
    const pieces = piecesOf(doc, new Map(), 1000);
    expect(pieces.length).toBeGreaterThan(5);
    const opened = openEmpty(9);
    const seen = new Set<string>();
    opened.board.onChange((change) => {
      for (const id of change.shown) seen.add(id);
    });
    opened.arrival.expect([changedItems(doc)], undefined);
    const counts = pieces.map((piece) => {
      Y.applyUpdate(opened.doc, piece, STORAGE_ORIGIN);
      expectPartOf(opened.board, board);
      return opened.board.items().length;
    });
    expect(counts[0]).toBeGreaterThan(5);
    expect(counts.at(-1)).toBe(280);
    expect(moved.filter((id) => seen.has(id))).toEqual([]);
    opened.arrival.end();
    expect(opened.board.items().length).toBe(290);
    expect(erased.filter((id) => seen.has(id))).toEqual([]);
  });

  test("what a person draws and erases meanwhile is as they see it", () => {
    const { doc, board, flush } = createPeer(1);
    board.changeLayer("", { opacity: 0.5 });
    for (let i = 0; i < 100; i++) draw(board, i, i + 1);
    flush();
    const opened = openEmpty(9);
    // All of it is held back: the layer looks otherwise than at first.
    opened.arrival.expect([changedItems(doc)], undefined);
    const [first, ...others] = piecesOf(doc, new Map(), 1000);
    Y.applyUpdate(opened.doc, first!, STORAGE_ORIGIN);
    for (const x of [500, 600]) draw(opened.board, x, x + 1);
    opened.flush();
    const [kept, gone] = opened.board.items().map(({ id }) => id);
    opened.board.erase([gone!]);
    expect(opened.board.items().map(({ id }) => id)).toEqual([kept]);
    for (const piece of others) Y.applyUpdate(opened.doc, piece, STORAGE_ORIGIN);
    expect(opened.board.items().map(({ id }) => id)).toEqual([kept]);
    opened.arrival.end();
    expect(opened.board.items()).toHaveLength(101);
  });

  test("it is told once what comes, and once that all is there", () => {
    const { arrival } = openEmpty(9);
    const told: string[] = [];
    arrival.onExpected(() => told.push("expected"));
    arrival.onOver(() => told.push("over"));
    const extent = { minX: 1, minY: 2, maxX: 3, maxY: 4 };
    arrival.expect([], extent);
    expect([arrival.isOver(), arrival.extent()]).toEqual([false, extent]);
    arrival.end();
    arrival.end();
    arrival.expect([], undefined);
    expect([told, arrival.isOver(), arrival.extent()]).toEqual([["expected", "over"], true, extent]);
  });

  test("who loads it waits for its first ink where somebody shows it, and nowhere else", async () => {
    const { arrival } = openEmpty(9);
    await arrival.untilShown();
    arrival.setMeasure(() => undefined);
    let isSeen = false;
    const waiting = arrival.untilShown().then(() => (isSeen = true));
    await Promise.resolve();
    expect(isSeen).toBe(false);
    arrival.shown();
    await waiting;
    expect(isSeen).toBe(true);
    await arrival.untilShown();
  });
});
