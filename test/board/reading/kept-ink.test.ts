/*
 * Points that were worked out are let go, and are the same when they are worked out again. That they were let
 * go shows in that they are other objects then.
 */
import { expect, test } from "vitest";
import { IDENTITY, multiply, translation } from "../../../src/base/matrix.ts";
import type { StrokeItem } from "../../../src/board/document/board.ts";
import { createItemBoxes } from "../../../src/board/spatial/item-boxes.ts";
import type { InkPoint } from "../../../src/ink/stroke.ts";
import { createPeer, drawn, HEADER, points, sync } from "../peers.ts";
import type { Peer } from "../peers.ts";

/** More points than are kept. */
const STROKES = 60;
const LENGTH = 1000;

function itemOf({ board }: Peer, id: string): StrokeItem {
  const item = board.item(id);
  if (item?.kind !== "stroke") throw new Error("no stroke");
  return item;
}

/** Draws so much, and looks at all of it, that what was worked out before is let go. */
function fill(peer: Peer): void {
  const xs = Array.from({ length: LENGTH }, (_, i) => i);
  for (let i = 0; i < STROKES; i++) {
    const id = drawn(peer, ...xs);
    expect(itemOf(peer, id).points).toHaveLength(LENGTH);
  }
}

function copyOf(all: readonly InkPoint[]): InkPoint[] {
  return all.map((point) => ({ ...point }));
}

test("decoded points of a finished stroke are let go when many others were looked at, and come back equal", () => {
  const peer = createPeer(1);
  const item = itemOf(peer, drawn(peer, 3, 1, 4, 1, 5));
  const before = item.points;
  expect(item.points).toBe(before);
  const was = copyOf(before);
  fill(peer);
  expect(item.points).not.toBe(before);
  expect(item.points).toEqual(was);
  expect(item.ended).toBe(true);
  // As long as few others are looked at, they are the same.
  expect(item.points).toBe(item.points);
});

test("points of a stroke that grows are the same object until it ends, whatever else is looked at", () => {
  const [a, b] = [createPeer(1), createPeer(2)];
  const writer = a.board.startStroke(HEADER);
  writer.add(points(1, 2));
  a.flush();
  sync(a, b);
  const item = itemOf(b, writer.itemId()!);
  const growing = item.points;
  fill(b);
  writer.add(points(3));
  a.flush();
  sync(a, b);
  expect(item.points).toBe(growing);
  expect(growing.map(({ x }) => x)).toEqual([1, 2, 3]);
  writer.end();
  sync(a, b);
  expect([item.ended, item.points]).toEqual([true, growing]);
  fill(b);
  expect(item.points).not.toBe(growing);
  expect(item.points).toEqual(growing);
});

test("points and parts of what was moved, cut or drawn as a shape are let go and come back equal", () => {
  const peer = createPeer(1);
  const moved = drawn(peer, 0, 10, 20, 30);
  const cut = drawn(peer, 0, 10, 20, 30);
  const shape = peer.board.addShape({ ...HEADER, tool: "ellipse" }, { x: 0, y: 0 }, { x: 90, y: 50 });
  const larger = multiply(translation(5, 7), { ...IDENTITY, a: 2, d: 2 });
  expect(peer.board.transform([moved, shape], larger)).toBe(true);
  expect(peer.board.cut(new Map([[cut, [{ from: 0.5, to: 1.5 }]]]))).toBe(true);
  for (const id of [moved, cut, shape]) {
    const item = itemOf(peer, id);
    const { points: before, parts } = item;
    expect(item.parts).toBe(parts);
    const was = copyOf(before);
    const wereParts = parts?.map(copyOf);
    fill(peer);
    expect(item.points).not.toBe(before);
    expect(item.points).toEqual(was);
    expect(item.parts).toEqual(wereParts);
  }
  expect(itemOf(peer, cut).parts).toHaveLength(2);
});

test("the box of a finished stroke is told without its points; that of a growing one grows", () => {
  let asked = 0;
  let ended = false;
  const all = points(1, 2);
  const item: StrokeItem = {
    kind: "stroke",
    id: "1.1",
    client: 1,
    layer: "",
    attributes: {},
    header: { ...HEADER, tool: "pen" },
    get points() {
      asked++;
      return all;
    },
    parts: undefined,
    cuts: [],
    get ended() {
      return ended;
    },
  };
  const boxes = createItemBoxes(() => undefined);
  const small = boxes.painted(item)!;
  all.push(...points(9));
  ended = true;
  const large = boxes.painted(item)!;
  expect(large.maxX).toBeGreaterThan(small.maxX);
  const before = asked;
  expect(boxes.painted(item)).toEqual(large);
  expect(boxes.nominal(item)).toBeDefined();
  expect(asked).toBe(before);
});
