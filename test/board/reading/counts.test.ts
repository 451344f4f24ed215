import { expect, test } from "vitest";
import { createPrng } from "../../../src/base/prng.ts";
import { createStrokeEnds } from "../../../src/board/reading/stroke-ends.ts";
import { createPeer, draw, drawn, HEADER, points, sync } from "../peers.ts";

test("ends of strokes are counted as by going through all, in whatever order they come and go", () => {
  const prng = createPrng(1);
  const ends = createStrokeEnds();
  let all: { client: number; end: number }[] = [];
  for (let i = 0; i < 2000; i++) {
    const one = { client: 1 + prng.below(3), end: prng.below(60) };
    if (prng.chance(0.6)) {
      ends.add(one.client, one.end);
      all.push(one);
    } else {
      // Often there is none of it.
      ends.remove(one.client, one.end);
      const at = all.findIndex(({ client, end }) => client === one.client && end === one.end);
      all = all.filter((_, place) => place !== at);
    }
    const limit = prng.below(62) - 1;
    const counted = all.filter(({ client, end }) => client === 2 && end > limit).length;
    expect(ends.beyond(2, limit)).toBe(counted);
  }
});

test("a stroke that grows is lacked again by who had all of it", () => {
  const [a, b] = [createPeer(1), createPeer(2)];
  const missing = (): number => b.strokesBeyond(1, known);
  draw(a.board, 1, 2);
  const writer = a.board.startStroke(HEADER);
  writer.add(points(3));
  a.flush();
  sync(a, b);
  let known = 0;
  expect(missing()).toBe(2);
  known = 1000;
  expect(missing()).toBe(0);
  known = a.doc.store.clients.get(1)!.reduce((sum, { length }) => sum + length, 0);
  expect(missing()).toBe(0);
  writer.add(points(4, 5));
  a.flush();
  sync(a, b);
  expect(missing()).toBe(1);
  writer.end();
  draw(a.board, 6);
  sync(a, b);
  expect(missing()).toBe(2);
  // What is hidden is lacked all the same.
  b.board.clear();
  expect(missing()).toBe(2);
});

test("a board is empty where it shows nothing, also while changes are held back", () => {
  const [a, b] = [createPeer(1), createPeer(2)];
  const expectEmpty = (empty: boolean): void => {
    expect([a.board.isEmpty(), a.board.items().length === 0]).toEqual([empty, empty]);
  };
  expectEmpty(true);
  const id = drawn(a, 1);
  expect(a.board.isEmpty()).toBe(false);
  expectEmpty(false);
  a.board.erase([id]);
  expect(a.board.isEmpty()).toBe(true);
  a.board.history.undo();
  expectEmpty(false);
  a.board.clear();
  a.hold(true);
  drawn(b, 2);
  sync(b, a);
  expectEmpty(true);
  a.hold(false);
  expectEmpty(false);
  const layer = a.board.addLayer("");
  a.board.moveToLayer(
    a.board.items().map((item) => item.id),
    layer,
  );
  a.board.changeLayer(layer, { hidden: true });
  expectEmpty(true);
});
