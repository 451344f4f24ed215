import { expect, test } from "vitest";
import { translation } from "../../src/base/matrix.ts";
import { BACKGROUND_KEY, itemKey, layerKey } from "../../src/board/document/keys.ts";
import { markKey, undoneKey } from "../../src/board/document/marks.ts";
import { rootsOf } from "../../src/board/document/document.ts";
import { beginningKey } from "../../src/board/document/session-records.ts";
import { createPeer, draw, drawn, HEADER, points, sync } from "./peers.ts";
import type { Peer } from "./peers.ts";

/** What the calendar of `createHandTime` says when its clock starts. */
const START = Date.UTC(2030, 0, 1);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function beginningsOf({ doc }: Peer): string[] {
  return [...rootsOf(doc).sessions.keys()].filter((key) => key.startsWith("b"));
}

test("a reader knows when each stroke, mark and attribute was made, and so does every other", () => {
  const [a, b] = [createPeer(1), createPeer(2)];
  a.time.pass(5000);
  const first = drawn(a, 1);
  a.time.pass(2125);
  const second = drawn(a, 2);
  a.time.pass(1000);
  a.board.transform([first], translation(5, 5));
  a.time.pass(1000);
  a.board.erase([second]);
  a.time.pass(500);
  a.board.history.undo();
  a.time.pass(90_000);
  const [shape] = [a.board.addShape({ ...HEADER, tool: "line" }, { x: 0, y: 0 }, { x: 9, y: 9 })];
  a.board.setBackground("grid");
  sync(a, b);
  b.time.pass(HOUR);
  const late = drawn(b, 3);
  sync(a, b);
  for (const { moments } of [a, b]) {
    expect(moments.ofItem(first)).toBe(START + 5000);
    expect(moments.ofItem(second)).toBe(START + 7125);
    expect(moments.ofItem(shape)).toBe(START + 99_625);
    expect(moments.ofItem(late)).toBe(START + HOUR);
    expect(moments.ofAttribute(itemKey(first, "t"))).toBe(START + 8125);
    expect(moments.ofAttribute(BACKGROUND_KEY)).toBe(START + 99_625);
    expect(moments.ofMark(markKey(1, 0))).toBe(START + 9125);
    expect(moments.ofMark(undoneKey(markKey(1, 0)))).toBe(START + 9625);
    expect(moments.ofItem("1.999")).toBeUndefined();
    expect(moments.ofMark(markKey(1, 1))).toBeUndefined();
    expect(moments.ofAttribute(itemKey(second, "t"))).toBeUndefined();
  }
});

test("what was taken back to nothing still says when", () => {
  const a = createPeer(1);
  const item = drawn(a, 1);
  a.board.changeItems([item], { color: 0xff0000 });
  a.time.pass(3000);
  a.board.history.undo();
  expect(a.board.item(item)!.header.color).toBe(HEADER.color);
  expect(a.moments.ofAttribute(itemKey(item, "c"))).toBe(START + 3000);
  a.time.pass(1000);
  expect(a.board.history.redo()).toBe("done");
  expect(a.board.item(item)!.header.color).toBe(0xff0000);
  expect(a.moments.ofAttribute(itemKey(item, "c"))).toBe(START + 4000);
});

test("a session that only looks, or tries what does nothing, writes nothing", () => {
  const [a, b] = [createPeer(1), createPeer(2)];
  drawn(a, 1);
  sync(a, b);
  expect(b.board.erase(["7.7"])).toBe(false);
  expect(b.board.setBackground("plain")).toBe(false);
  expect(b.board.moveToLayer([], "")).toBe(false);
  expect(b.doc.store.clients.has(2)).toBe(false);
});

test("a pen that is down for long makes each piece of its stroke begin when it does", () => {
  const a = createPeer(1);
  const writer = a.board.startStroke(HEADER);
  a.time.pass(1000);
  writer.add(points(1, 2));
  a.flush();
  a.time.pass(60_000);
  writer.add(points(...Array.from({ length: 4500 }, (_, i) => i)));
  writer.end();
  const pieces = a.board.items().map(({ id }) => a.moments.ofItem(id));
  expect(pieces).toEqual([START, START + 61_000]);
});

test("a second finger's stroke that comes out of order does not shift what follows", () => {
  const a = createPeer(1);
  const under = a.board.startStroke(HEADER);
  under.add(points(1));
  a.flush();
  a.time.pass(1000);
  const early = a.board.startStroke(HEADER);
  early.add(points(2));
  a.time.pass(1000);
  const quick = draw(a.board, 3).itemId()!;
  early.end();
  a.time.pass(1000);
  const next = drawn(a, 4);
  under.end();
  expect(a.moments.ofItem(quick)).toBe(START + 2000);
  // It began a second before the one that is in front of it.
  expect(a.moments.ofItem(early.itemId()!)).toBe(START + 2000);
  expect(a.moments.ofItem(next)).toBe(START + 3000);
});

test("times count anew after 36 hours, and where the clock and the calendar part", () => {
  const a = createPeer(1);
  drawn(a, 1);
  a.time.pass(35 * HOUR);
  const before = drawn(a, 2);
  expect(beginningsOf(a)).toEqual([beginningKey(1, 0)]);
  a.time.pass(2 * HOUR);
  const after = drawn(a, 3);
  expect(beginningsOf(a)).toHaveLength(2);
  expect(a.moments.ofItem(before)).toBe(START + 35 * HOUR);
  expect(a.moments.ofItem(after)).toBe(START + 37 * HOUR);
  // The phone slept, and its clock with it.
  a.time.calendar.shift(600);
  const awake = drawn(a, 4);
  a.board.setBackground("dots");
  expect(beginningsOf(a)).toHaveLength(3);
  expect(a.moments.ofItem(awake)).toBe(START + 47 * HOUR);
  expect(a.moments.ofAttribute(BACKGROUND_KEY)).toBe(START + 47 * HOUR);
  // A minute more or less is none: calendars say whole ones.
  a.time.calendar.shift(1);
  drawn(a, 5);
  expect(beginningsOf(a)).toHaveLength(3);
});

test("a calendar that lies orders nothing", () => {
  const [a, b] = [createPeer(1), createPeer(2)];
  a.time.calendar.shift(2 ** 31 - 1 - a.time.calendar.minutes());
  b.time.calendar.shift(-b.time.calendar.minutes());
  const [one, two] = [drawn(a, 1), drawn(b, 2)];
  a.board.changeItems([one], { color: 1 });
  sync(a, b);
  b.board.changeItems([one], { color: 2 });
  sync(a, b);
  expect([a, b].map(({ board }) => board.item(one)!.header.color)).toEqual([2, 2]);
  expect(a.board.items().map(({ id }) => id)).toEqual(b.board.items().map(({ id }) => id));
  expect(a.moments.ofItem(two)).toBe(0);
  expect(new Date(b.moments.ofItem(one)!).getUTCFullYear()).toBe(6053);
});

test("what formats before 3 wrote has no moment, and can be changed and taken back as ever", () => {
  const a = createPeer(1);
  const item = drawn(a, 1);
  const layer = a.board.addLayer("one");
  const { attrs, marks } = rootsOf(a.doc);
  a.doc.transact(() => {
    attrs.set(itemKey(item, "c"), Uint8Array.of(9, 9, 9));
    attrs.set(layerKey(layer, "n"), Uint8Array.of(3, 111, 108, 100));
    marks.set(undoneKey(markKey(9, 0)), true);
  });
  expect(a.board.item(item)!.header.color).toBe(0x090909);
  expect(a.board.layers().at(-1)!.name).toBe("old");
  expect(a.moments.ofAttribute(itemKey(item, "c"))).toBeUndefined();
  expect(a.moments.ofMark(undoneKey(markKey(9, 0)))).toBeUndefined();
  a.board.changeItems([item], { color: 5 });
  a.board.history.undo();
  expect(a.board.item(item)!.header.color).toBe(0x090909);
});
