import { describe, expect, it } from "vitest";
import { boundsOf, overlaps, unionOf, type Box } from "../../../src/base/geometry.ts";
import { boxThrough } from "../../../src/base/matrix.ts";
import { createPrng, type Prng } from "../../../src/base/prng.ts";
import type { Board, Item, TextItem } from "../../../src/board/document/board.ts";
import { createItemBoxes } from "../../../src/board/spatial/item-boxes.ts";
import { createItemIndex } from "../../../src/board/spatial/item-index.ts";
import { draw, createPeer, drawn, HEADER, points, sync } from "../peers.ts";
import { RandomChanges, REACH } from "../random-changes.ts";

const textBox = ({ matrix, text }: TextItem): Box =>
  boxThrough(matrix, { minX: -2, minY: -2, maxX: 10 * text.length, maxY: 20 });

const EVERYWHERE = { minX: -1e6, minY: -1e6, maxX: 1e6, maxY: 1e6 };

/** Measured anew: nothing is known from before. */
const boxOf = (item: Item): Box | undefined => createItemBoxes(textBox).painted(item);
const boundsOfAll = (items: readonly Item[]): Box | undefined =>
  items.reduce<Box | undefined>((around, item) => unionOf(around, boxOf(item)), undefined);
const byId = (items: readonly Item[]): Item[] => [...items].sort((a, b) => (a.id < b.id ? -1 : 1));

function anyBox(prng: Prng): Box {
  const at = (): { x: number; y: number } => ({
    x: REACH * (2 * prng.next() - 1),
    y: REACH * (2 * prng.next() - 1),
  });
  return boundsOf([at(), at()])!;
}

function expectTheSame(board: Board, index: ReturnType<typeof createItemIndex>, prng: Prng): void {
  const items = board.items();
  for (let i = 0; i < 3; i++) {
    const box = anyBox(prng);
    const touched = items.filter((item) => {
      const own = boxOf(item);
      return own !== undefined && overlaps(own, box);
    });
    // The very objects that the board has.
    expect(byId(index.within(box))).toEqual(byId(touched));
    for (const item of index.within(box)) expect(item).toBe(board.item(item.id));
  }
  const some = items.filter(() => prng.chance(0.3)).map(({ id }) => id);
  const others = items.filter(({ id }) => !some.includes(id));
  expect(index.boundsWithout(new Set(some))).toEqual(boundsOfAll(others));
  expect(index.boundsWithout(new Set())).toEqual(boundsOfAll(items));
  // Few of many are sorted, of which nothing is known but where each one is.
  for (let i = 0; i < 5; i++) {
    const few = items.map(({ id }) => id).filter(() => prng.chance(3 / items.length));
    expect(board.inOrder([...few].reverse())).toEqual(few);
  }
  const shuffled = items.map(({ id }) => ({ id, at: prng.next() })).sort((a, b) => a.at - b.at);
  expect(board.inOrder([...shuffled.map(({ id }) => id), "9.9"])).toEqual([
    ...items.map(({ id }) => id),
    "9.9",
  ]);
}

describe("the index of a board's items", () => {
  it.each(Array.from({ length: 12 }, (_, seed) => seed))(
    "agrees with a look at every item, whatever becomes of them (seed %i)",
    (seed) => {
      const prng = createPrng(seed + 1);
      const changes = new RandomChanges(prng);
      let index = createItemIndex(changes.own.board, textBox);
      let compared = 0;
      for (let n = 0; n < 150; n++) {
        changes.step();
        if (prng.chance(0.02)) {
          index.close();
          changes.replaceOwn();
          index = createItemIndex(changes.own.board, textBox);
        }
        if (!prng.chance(0.5)) continue;
        compared++;
        try {
          expectTheSame(changes.own.board, index, prng);
        } catch (error) {
          throw new Error(`after ${changes.told.join(", ")}`, { cause: error });
        }
      }
      changes.settle();
      expectTheSame(changes.own.board, index, prng);
      expect(compared).toBeGreaterThan(20);
    },
  );

  it("finds the boxes of very many items by parts, and whoever asks meanwhile waits for the rest", () => {
    const own = createPeer(1);
    const ids = Array.from({ length: 300 }, (_, i) => drawn(own, i, i + 1));
    const index = createItemIndex(own.board, textBox);
    let looks = 0;
    const enough = (): boolean => ++looks > 0;
    expect(index.isKnown()).toBe(false);
    expect(index.prepare(enough)).toBe(false);
    expect(looks).toBe(1);
    own.board.erase(ids.slice(0, 30));
    own.board.erase(ids.slice(270));
    expect(index.within(EVERYWHERE)).toHaveLength(240);
    expect(index.isKnown()).toBe(true);
    for (let i = 0; i < 300; i++) drawn(own, i, i + 1);
    let parts = 1;
    while (!index.prepare(enough)) parts++;
    expect(parts).toBeGreaterThan(3);
    expect(index.within(EVERYWHERE)).toHaveLength(540);
  });

  it("does not tell of what the board still holds back", () => {
    const [own, contact] = [createPeer(1), createPeer(2)];
    const ids = [drawn(own, 0, 10), drawn(own, 100, 110)];
    sync(own, contact);
    const index = createItemIndex(own.board, textBox);
    own.hold(true);
    contact.board.erase([ids[0]!]);
    drawn(contact, 200, 210);
    sync(contact, own);
    expect(byId(index.within(EVERYWHERE)).map(({ id }) => id)).toEqual([...ids].sort());
    own.hold(false);
    expect(index.within(EVERYWHERE)).toHaveLength(2);
    expect(index.item(ids[0]!)).toBeUndefined();
  });

  it("measures what has changed, and nothing else", () => {
    const { board, flush } = createPeer(1);
    for (let i = 0; i < 300; i++) draw(board, i, i + 1);
    const note = { ...HEADER, tool: "note" as const };
    const notes = Array.from({ length: 300 }, (_, i) =>
      board.addText(note, { x: i, y: 0 }, { width: 5, height: 5 }, "a"),
    );
    let measured = 0;
    const index = createItemIndex(board, (text) => {
      measured++;
      return textBox(text);
    });
    expect(index.within(EVERYWHERE)).toHaveLength(600);
    expect(measured).toBe(300);
    measured = 0;
    const writer = board.startStroke(HEADER);
    for (let i = 0; i < 50; i++) {
      writer.add(points(i));
      flush();
      expect(index.within({ minX: i, minY: -1000, maxX: i, maxY: 1000 }).length).toBeGreaterThan(0);
    }
    expect(measured).toBe(0);
    board.transform([notes[7]!, notes[9]!], { a: 1, b: 0, c: 0, d: 1, e: 5, f: 5 });
    index.boundsWithout(new Set());
    expect(measured).toBe(2);
  });

  it("asks again for the size of words that could not be measured", () => {
    const { board } = createPeer(1);
    board.addText({ ...HEADER, tool: "text" }, { x: 5, y: 5 }, undefined, "word");
    let isMeasured = false;
    const index = createItemIndex(board, (text) => (isMeasured ? textBox(text) : undefined));
    expect(index.within(EVERYWHERE)).toEqual([]);
    expect(index.boundsWithout(new Set())).toBeUndefined();
    isMeasured = true;
    expect(index.within(EVERYWHERE)).toHaveLength(1);
  });

  it("takes in that everything goes and comes back at once", () => {
    const { board } = createPeer(1);
    for (let i = 0; i < 200; i++) draw(board, i, i + 1);
    const index = createItemIndex(board, textBox);
    const before = index.boundsWithout(new Set());
    board.clear();
    expect(index.within(EVERYWHERE)).toEqual([]);
    expect(index.boundsWithout(new Set())).toBeUndefined();
    board.undoClear();
    expect(index.within(EVERYWHERE)).toHaveLength(200);
    expect(index.boundsWithout(new Set())).toEqual(before);
  });
});
