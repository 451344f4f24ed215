import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { translation } from "../../src/base/matrix.ts";
import type { PathRange } from "../../src/board/document/board.ts";
import { partsOf, positionsOf, rangesAt } from "../../src/board/document/cuts.ts";
import { subtractRanges } from "../../src/board/document/marks.ts";
import { inkOn } from "../support/ink.ts";
import { createPeer, drawn, HEADER, points, seen, stretches, sync } from "./peers.ts";
import type { Peer } from "./peers.ts";

function cut(peer: Peer, id: string, ...ranges: [number, number][]): boolean {
  return peer.board.cut(new Map([[id, ranges.map(([from, to]): PathRange => ({ from, to }))]]));
}

describe("a partial eraser", () => {
  test("leaves what it did not touch, on both boards, and undo gives the stroke back whole", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const id = drawn(a, 0, 10, 20, 30);
    sync(a, b);
    expect(cut(b, id, [1, 2])).toBe(true);
    sync(a, b);
    expect([stretches(a), stretches(b)]).toEqual([
      [
        [
          [0, 10],
          [20, 30],
        ],
      ],
      [
        [
          [0, 10],
          [20, 30],
        ],
      ],
    ]);
    expect(a.changes.at(-1)).toMatchObject({ altered: [id], hidden: [], shown: [] });
    expect(b.board.history.undo()).toBe("done");
    sync(a, b);
    expect(inkOn(a.board)[0]!.parts).toBeUndefined();
  });

  test("cuts between two points, and further than the ends as far as them", () => {
    const peer = createPeer(1);
    const id = drawn(peer, 0, 10, 20);
    cut(peer, id, [-1, 0.5], [1.5, 9]);
    const [[[from, to] = []] = []] = stretches(peer);
    expect(from).toBeCloseTo(5, 0);
    expect(to).toBeCloseTo(15, 0);
  });

  test("of two people at once takes what either of them took", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const id = drawn(a, 0, 10, 20, 30, 40);
    sync(a, b);
    cut(a, id, [0, 2]);
    cut(b, id, [1, 3]);
    sync(a, b);
    expect([stretches(a), stretches(b)]).toEqual([[[[30, 40]]], [[[30, 40]]]]);
    expect(a.board.history.undo()).toBe("partly");
    sync(a, b);
    expect(stretches(b)).toEqual([
      [
        [0, 10],
        [30, 40],
      ],
    ]);
    expect(b.board.history.undo()).toBe("done");
    sync(a, b);
    expect([seen(a), stretches(a)]).toEqual([[[0, 10, 20, 30, 40]], [[[0, 40]]]]);
  });

  test("that both did alike comes back when both take it back", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const id = drawn(a, 0, 10, 20);
    sync(a, b);
    cut(a, id, [1, 2]);
    cut(b, id, [1, 2]);
    sync(a, b);
    expect(a.board.history.undo()).toBe("shared");
    sync(a, b);
    expect(stretches(b)).toEqual([[[0, 10]]]);
    expect(b.board.history.undo()).toBe("done");
    sync(a, b);
    expect([stretches(a), stretches(b)]).toEqual([[[[0, 20]]], [[[0, 20]]]]);
  });

  test("that goes twice over one place is taken back in two steps, each whole", () => {
    const peer = createPeer(1);
    const id = drawn(peer, 0, 10, 20, 30);
    cut(peer, id, [0, 1]);
    cut(peer, id, [0.5, 2]);
    expect(cut(peer, id, [0.25, 1.5])).toBe(false);
    expect(peer.board.history.undo()).toBe("done");
    expect(stretches(peer)).toEqual([[[10, 30]]]);
    expect(peer.board.history.undo()).toBe("done");
    expect(stretches(peer)).toEqual([[[0, 30]]]);
  });

  test("cuts a stroke that the other is still drawing: what comes then is there", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const writer = a.board.startStroke(HEADER);
    writer.add(points(0, 10, 20));
    a.flush();
    sync(a, b);
    const id = writer.itemId()!;
    cut(b, id, [0.5, 2]);
    writer.add(points(30, 40));
    a.flush();
    sync(a, b);
    expect(stretches(a)[0]!.at(-1)).toEqual([20, 40]);
    writer.add(points(50));
    writer.end();
    sync(a, b);
    expect(stretches(b)[0]!.at(-1)).toEqual([20, 50]);
    expect(stretches(a)).toEqual(stretches(b));
  });

  test("of a stroke that the other deletes or moves at once goes with it", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const [first, second] = [drawn(a, 0, 10, 20), drawn(a, 0, 10, 20)];
    sync(a, b);
    cut(a, first, [1, 2]);
    cut(a, second, [1, 2]);
    b.board.erase([first]);
    b.board.transform([second], translation(100, 0));
    sync(a, b);
    expect([stretches(a), stretches(b)]).toEqual([[[[100, 110]]], [[[100, 110]]]]);
  });

  test("takes whole items in the same step", () => {
    const peer = createPeer(1);
    const [first, second] = [drawn(peer, 0, 10, 20), drawn(peer, 5)];
    peer.board.cut(new Map([[first, [{ from: 1, to: 2 }]]]), [second]);
    expect(stretches(peer)).toEqual([[[0, 10]]]);
    peer.board.history.undo();
    expect(seen(peer)).toEqual([[0, 10, 20], [5]]);
  });

  test("cuts the outline of a shape, whatever became of the shape", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const id = a.board.addShape({ ...HEADER, tool: "rectangle" }, { x: 0, y: 0 }, { x: 20, y: 10 });
    a.board.transform([id], translation(100, 0));
    // The second of four sides.
    cut(a, id, [1, 2]);
    sync(a, b);
    const left = inkOn(b.board)[0]!.parts!;
    expect(left.map((part) => [part[0], part.at(-1)])).toMatchObject([
      [
        { x: 100, y: 0 },
        { x: 120, y: 0 },
      ],
      [
        { x: 120, y: 10 },
        { x: 100, y: 0 },
      ],
    ]);
  });
});

describe("the positions of a cut", () => {
  const clocks = fc
    .uniqueArray(fc.integer({ min: 0, max: 1000 }), { minLength: 2, maxLength: 20 })
    .map((list) => list.sort((a, b) => a - b));
  const range = fc.tuple(fc.nat(2000), fc.nat(2000)).map(([a, b]) => ({
    from: Math.min(a, b) / 100,
    to: Math.max(a, b) / 100,
  }));
  const inside = (ranges: readonly PathRange[], at: number): boolean =>
    ranges.some(({ from, to }) => from < at && at < to);

  test("say which part of the stroke it was", () => {
    fc.assert(
      fc.property(clocks, fc.array(range, { maxLength: 4 }), fc.nat(1999), (at, ranges, n) => {
        const places = { clocks: at, outline: undefined };
        const found = rangesAt(positionsOf(ranges, places), places);
        // Away from where a range begins or ends by more than a position's grain.
        const here = n / 100 + 0.005;
        const isOn = here < at.length - 1;
        expect(inside(found, here)).toBe(isOn && inside(ranges, here));
        // Ascending, and apart.
        const ends = found.flatMap(({ from, to }) => [from, to]);
        expect(ends).toEqual([...new Set(ends)].sort((a, b) => a - b));
      }),
    );
  });

  test("less those that are cut already are what is left of them", () => {
    const list = fc
      .uniqueArray(fc.nat(60), { maxLength: 12 })
      .map((numbers) => numbers.sort((a, b) => a - b))
      .map((numbers) => numbers.flatMap((start, i) => (i % 2 === 0 ? [{ start, end: numbers[i + 1]! }] : [])))
      .map((ranges) => ranges.filter(({ end }) => end !== undefined));
    const clocksOf = (ranges: readonly { start: number; end: number }[]): number[] =>
      ranges.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i));
    fc.assert(
      fc.property(list, list, (ranges, others) => {
        const gone = new Set(clocksOf(others));
        expect(clocksOf(subtractRanges(ranges, others))).toEqual(
          clocksOf(ranges).filter((clock) => !gone.has(clock)),
        );
      }),
    );
  });

  test("leave parts that follow one another", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 12 }), fc.array(range, { maxLength: 5 }), (count, ranges) => {
        const places = { clocks: Array.from({ length: count }, (_, i) => i), outline: undefined };
        const line = points(...places.clocks.map((i) => i * 10));
        const cuts = rangesAt(positionsOf(ranges, places), places);
        const left = partsOf(line, cuts);
        const length = left.reduce((sum, part) => sum + part.at(-1)!.x - part[0]!.x, 0);
        const gone = cuts.reduce((sum, { from, to }) => sum + to - from, 0);
        expect(length + gone * 10).toBeCloseTo((count - 1) * 10, 6);
      }),
    );
  });
});
