import { expect, test } from "vitest";
import { createPrng } from "../../../src/base/prng.ts";
import { translation } from "../../../src/base/matrix.ts";
import { FIRST_LAYER } from "../../../src/board/document/board.ts";
import { SIZE_LIMITS } from "../../../src/board/document/size.ts";
import { whatIsOn } from "../../compat/what-is-on.ts";
import { createPeer, drawn, HEADER, seen, sync, words } from "../peers.ts";
import type { Peer } from "../peers.ts";
import { RandomChanges } from "../random-changes.ts";
import { bringBack, lookBack } from "./looking.ts";

/** Draws a stroke a second later. */
function drawLater(peer: Peer, ...xs: number[]): string {
  peer.time.pass(1000);
  return drawn(peer, ...xs);
}

/** What is to be seen, apart from which items show it. */
function looksOf(board: Parameters<typeof whatIsOn>[0]): unknown[] {
  const { items } = whatIsOn(board) as { readonly items: readonly Record<string, unknown>[] };
  return items.map(({ id: _id, client: _client, attributes: _attributes, ...look }) => look);
}

test("what another cleared comes back as one step, with its looks, its layer and in its place", () => {
  const [a, b] = [createPeer(1), createPeer(2)];
  const layer = a.board.addLayer("over");
  const low = drawLater(a, 1, 2);
  a.board.setActiveLayer(layer);
  const high = drawLater(a, 3, 4);
  a.time.pass(1000);
  a.board.transform([low], translation(5, 7));
  a.time.pass(1000);
  a.board.changeItems([high], { color: 0xff0000 });
  sync(a, b);
  const before = looksOf(a.board);
  b.time.pass(60_000);
  b.board.clear();
  b.time.pass(1000);
  const kept = drawn(b, 100);
  sync(a, b);
  expect(seen(a)).toEqual([[100]]);

  const past = lookBack(a);
  past.show(past.steps.length - 2);
  expect(past.missing()).toEqual([low, high]);
  expect(bringBack(past)).toHaveLength(2);
  sync(a, b);
  expect(looksOf(b.board)).toEqual(looksOf(a.board));
  // What b drew is on the first layer, above what was there before it.
  expect(looksOf(a.board).filter((_, i) => i !== 1)).toEqual(before);
  expect(a.board.items()[1]!.id).toBe(kept);
  expect(past.missing()).toEqual([]);

  expect(a.board.history.undo()).toBe("done");
  expect(seen(a)).toEqual([[100]]);
  expect(past.missing()).toEqual([low, high]);
  expect(a.board.history.redo()).toBe("done");
  sync(a, b);
  expect(looksOf(b.board)).toEqual(looksOf(a.board));
  expect(seen(b)).toHaveLength(3);
});

test("what comes back lies among the others as it did", () => {
  const a = createPeer(1);
  const [, middle] = [drawLater(a, 1), drawLater(a, 2), drawLater(a, 3)];
  a.time.pass(1000);
  a.board.erase([middle]);
  const past = lookBack(a);
  past.show(3);
  bringBack(past);
  expect(seen(a)).toEqual([[1], [2], [3]]);
});

test("one of several comes back where one asks for that", () => {
  const a = createPeer(1);
  const [first, second] = [drawLater(a, 1), drawLater(a, 2)];
  a.time.pass(1000);
  a.board.clear();
  const past = lookBack(a);
  past.show(2);
  bringBack(past, [second]);
  expect(seen(a)).toEqual([[2]]);
  expect(past.missing()).toEqual([first]);
});

test("what was brought back and erased again can come back again, and nothing comes twice", () => {
  const a = createPeer(1);
  const first = drawLater(a, 1, 2, 3);
  a.time.pass(1000);
  a.board.erase([first]);
  const past = lookBack(a);
  past.show(1);
  a.time.pass(1000);
  const [copy] = bringBack(past);
  expect(bringBack(past)).toEqual([]);
  expect(bringBack(past, [first])).toEqual([]);
  a.time.pass(1000);
  a.board.erase([copy!]);
  const later = lookBack(a);
  later.show(3);
  expect(later.missing()).toEqual([copy]);
  bringBack(later);
  expect(later.missing()).toEqual([]);
  later.show(1);
  expect(later.missing()).toEqual([]);
  expect(seen(a)).toEqual([[1, 2, 3]]);
});

test("the stretches that an eraser took come back, and no others", () => {
  const a = createPeer(1);
  const line = drawLater(a, 0, 10, 20, 30, 40);
  a.time.pass(1000);
  a.board.cut(new Map([[line, [{ from: 0, to: 1 }]]]));
  a.time.pass(1000);
  a.board.cut(new Map([[line, [{ from: 2, to: 3 }]]]));
  const past = lookBack(a);
  past.show(2);
  expect(past.missing()).toEqual([line]);
  const ids = bringBack(past);
  const reach = ids.map((id) => {
    const item = a.board.item(id);
    return item?.kind === "stroke" ? [item.points[0]!.x, item.points.at(-1)!.x] : [];
  });
  expect(reach).toEqual([[20, 30]]);
  expect(past.missing()).toEqual([]);
  past.show(1);
  expect(past.missing()).toEqual([line]);
  a.board.history.undo();
  expect(a.board.items()).toHaveLength(1);
});

test("words come back as they were", () => {
  const a = createPeer(1);
  a.time.pass(1000);
  const header = { ...HEADER, tool: "note", width: 8 } as const;
  const id = a.board.addText(header, { x: 3, y: 4 }, { width: 60, height: 40 }, "mine");
  a.time.pass(1000);
  a.board.erase([id]);
  const past = lookBack(a);
  past.show(1);
  const then = looksOf(past.board);
  bringBack(past);
  expect(words(a)).toEqual(["mine"]);
  expect(looksOf(a.board)).toEqual(then);
});

test("a text that went on in another one is not gone", () => {
  const a = createPeer(1);
  a.time.pass(1000);
  const id = a.board.addText(
    { ...HEADER, tool: "text", width: 8 },
    { x: 3, y: 4 },
    undefined,
    "x".repeat(9000),
  );
  a.time.pass(1000);
  const editor = a.board.editText(id)!;
  editor.change("x".repeat(9000), "y".repeat(1500));
  editor.end();
  expect(a.board.item(id)).toBeUndefined();
  const past = lookBack(a);
  past.show(1);
  expect(past.board.item(id)).toBeDefined();
  expect(past.missing()).toEqual([]);
});

test("what was moved goes back only where one asks for it, and it is known where it was", () => {
  const a = createPeer(1);
  const [once, twice] = [drawLater(a, 1, 2), drawLater(a, 10, 20)];
  a.time.pass(1000);
  a.board.transform([once, twice], translation(100, 0));
  a.time.pass(1000);
  a.board.transform([twice], translation(100, 0));
  const past = lookBack(a);
  past.show(2);
  expect(past.missing()).toEqual([]);
  expect(bringBack(past, [once])).toEqual([once]);
  expect(seen(a)).toEqual([
    [1, 2],
    [210, 220],
  ]);
  a.board.history.undo();
  expect(seen(a)[0]).toEqual([101, 102]);
  // Between its two movements nobody knows where it was.
  past.show(3);
  expect(bringBack(past, [twice])).toEqual([]);
});

test("where its layer takes nothing, or is gone, it comes back on another", () => {
  const a = createPeer(1);
  const [locked, removed] = [a.board.addLayer("locked"), a.board.addLayer("removed")];
  for (const [layer, x] of [
    [locked, 1],
    [removed, 2],
  ] as const) {
    a.board.setActiveLayer(layer);
    drawLater(a, x);
  }
  a.time.pass(1000);
  a.board.clear();
  a.board.changeLayer(locked, { locked: true });
  a.board.removeLayer(removed);
  a.board.setActiveLayer(FIRST_LAYER);
  const past = lookBack(a);
  past.show(past.steps.map(({ deed }) => deed).lastIndexOf("drew") + 1);
  bringBack(past);
  expect(a.board.items().map(({ layer }) => layer)).toEqual([FIRST_LAYER, FIRST_LAYER]);
});

test("a long stroke, which is several items, is one thing to bring back", () => {
  const a = createPeer(1);
  const ids = [drawLater(a, 1), drawLater(a, ...Array.from({ length: 9000 }, (_, i) => (i * 37) % 1000))];
  a.time.pass(1000);
  a.board.clear();
  const past = lookBack(a);
  past.show(past.steps.length - 1);
  const pieces = past.whole([ids[1]!]);
  expect(pieces.length).toBeGreaterThan(1);
  expect(past.whole([pieces.at(-1)!])).toEqual(pieces);
  expect(past.whole([ids[0]!])).toEqual([ids[0]]);
  bringBack(past, pieces);
  expect(seen(a).flat().length).toBeGreaterThanOrEqual(9000);
  expect(past.missing()).toEqual([ids[0]]);
});

test("what is on a layer that was hidden since is not gone", () => {
  const a = createPeer(1);
  const layer = a.board.addLayer("over");
  a.board.setActiveLayer(layer);
  drawLater(a, 1);
  a.time.pass(1000);
  a.board.changeLayer(layer, { hidden: true });
  const past = lookBack(a);
  past.show(past.steps.length - 1);
  expect(past.board.items()).toHaveLength(1);
  expect(past.missing()).toEqual([]);
});

test("two who bring back the same at once have it twice, the same on both, and each takes back their own", () => {
  const [a, b] = [createPeer(1), createPeer(2)];
  const id = drawLater(a, 1, 2);
  sync(a, b);
  b.time.pass(5000);
  b.board.erase([id]);
  sync(a, b);
  for (const peer of [a, b]) {
    const past = lookBack(peer);
    past.show(1);
    bringBack(past);
  }
  sync(a, b);
  expect(seen(a)).toEqual([
    [1, 2],
    [1, 2],
  ]);
  expect(whatIsOn(b.board)).toEqual(whatIsOn(a.board));
  expect(a.board.history.undo()).toBe("done");
  sync(a, b);
  expect(seen(b)).toEqual([[1, 2]]);
  expect(b.board.history.undo()).toBe("done");
  sync(a, b);
  expect(seen(a)).toEqual([]);
});

test("where there is no room nothing comes, and that is told", () => {
  const source = createPeer(1);
  for (let x = 0; x < 20; x++) drawn(source, x, x + 1);
  source.time.pass(1000);
  source.board.clear();
  const limits = { ...SIZE_LIMITS, writes: { writes: 60, takes: 1000 } };
  const a = createPeer(2, limits);
  sync(source, a);
  const news: string[] = [];
  a.room.onNews(({ of, stage }) => news.push(`${of} ${stage}`));
  const past = lookBack(a);
  past.show(past.steps.length - 1);
  expect(past.missing()).toHaveLength(20);
  expect(bringBack(past)).toEqual([]);
  expect(news).toContain("writes full");
  expect(a.board.items()).toEqual([]);
});

test.each(Array.from({ length: 10 }, (_, seed) => seed))(
  "whatever was done, what is gone comes back, others get the same, and it can be undone (seed %i)",
  (seed) => {
    const prng = createPrng(seed);
    const both = new RandomChanges(prng);
    for (let i = 0; i < 60; i++) {
      both.step();
      for (const { time } of [both.own, both.contact]) time.pass(1000);
    }
    both.settle();
    const { own, contact } = both;
    const told = both.told.join(", ");
    const past = lookBack(own);
    past.show(prng.below(past.steps.length + 1));
    const before = whatIsOn(own.board);
    const missing = past.missing();
    const ids = bringBack(past);
    expect(ids.length >= missing.length, told).toBe(true);
    expect(past.missing(), told).toEqual([]);
    sync(own, contact);
    expect(whatIsOn(contact.board), told).toEqual(whatIsOn(own.board));
    // Where nothing came there is nothing to take back.
    const undone = ids.length === 0 ? undefined : own.board.history.undo();
    expect(undone, told).not.toBe("nothing");
    expect(whatIsOn(own.board), told).toEqual(before);
    expect(past.missing().length, told).toBe(missing.length);
  },
);
