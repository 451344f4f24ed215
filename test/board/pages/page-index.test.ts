import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { LIMITS } from "../../../src/board/document/limits.ts";
import { SIZE_LIMITS } from "../../../src/board/document/size.ts";
import { unsyncedWrites } from "../../../src/board/writing/rescue.ts";
import { FIRST_PAGE, makerOf, pageIdOf } from "../../../src/board/pages/page-id.ts";
import { createIndexPeer, createPair, ids, reloaded, shown, sync } from "./index-peer.ts";
import type { IndexPeer } from "./index-peer.ts";

/** What the calendar of `createHandTime` says when its clock starts. */
const START = Date.UTC(2030, 0, 1);

function names({ index }: IndexPeer): string[] {
  return index.list().map(({ name }) => name);
}

describe("an empty index", () => {
  test("has the first page, which nobody made, and was not written", () => {
    const { index, doc } = createIndexPeer(1);
    expect(index.list()).toMatchObject([{ id: FIRST_PAGE, name: "" }]);
    expect([index.removed(), index.emptied().size, index.madeAt(FIRST_PAGE)]).toEqual([[], 0, undefined]);
    expect(index.hasRoom()).toBe(true);
    expect(doc.store.clients.size).toBe(0);
  });

  test("does nothing that says so", () => {
    const { index, doc, changes } = createIndexPeer(1);
    expect([
      index.rename(FIRST_PAGE, ""),
      index.rename("9.9", "x"),
      index.move(FIRST_PAGE, 3),
      index.move("9.9", 0),
      index.setRemoved(FIRST_PAGE, true),
      index.setRemoved(FIRST_PAGE, false),
      index.setRemoved("9.9", true),
      index.setRemoved("9.9", false),
    ]).toEqual(Array.from({ length: 8 }, () => false));
    expect(index.empty([FIRST_PAGE, "9.9"])).toEqual([]);
    expect([doc.store.clients.size, changes.length]).toEqual([0, 0]);
  });
});

describe("pages", () => {
  test("are added at the end or where one says, named, moved, and the same on both devices", () => {
    const [a, b] = createPair();
    const one = a.index.add()!;
    const two = a.index.add(undefined, "two")!;
    const front = a.index.add(0, "front")!;
    const far = a.index.add(99)!;
    const before = a.index.add(-5)!;
    expect(ids(a.index.list())).toEqual([before, front, FIRST_PAGE, one, two, far]);
    expect([one, two, front, far, before]).toEqual([0, 1, 2, 3, 4].map((n) => pageIdOf(1, n)));
    sync(a, b);
    expect(b.index.rename(one, "eins")).toBe(true);
    expect(b.index.rename(one, "eins")).toBe(false);
    expect(b.index.rename(FIRST_PAGE, "cover")).toBe(true);
    expect(b.index.move(FIRST_PAGE, 0)).toBe(true);
    expect(b.index.move(two, 99)).toBe(true);
    expect(b.index.move(two, 5)).toBe(false);
    expect(b.index.move(before, 1)).toBe(false);
    sync(a, b);
    expect(ids(a.index.list())).toEqual([FIRST_PAGE, before, front, one, far, two]);
    expect(names(a)).toEqual(["cover", "", "front", "eins", "", "two"]);
    expect(shown(a)).toEqual(shown(b));
    expect(reloaded(a)).toEqual(shown(a));
    expect(makerOf(one)).toEqual({ session: 1, n: 0 });
  });

  test("are each one change, told once, with who wrote it and what came", () => {
    const [a, b] = createPair();
    let transactions = 0;
    a.doc.on("afterTransaction", () => transactions++);
    const one = a.index.add(0, "one")!;
    expect(transactions).toBe(1);
    expect(a.changes).toEqual([{ origin: "local", by: [], added: [one], emptied: [] }]);
    sync(a, b);
    expect(b.changes).toEqual([{ origin: "remote", by: [1], added: [one], emptied: [] }]);
    b.index.setRemoved(one, true);
    sync(a, b);
    expect(a.changes.slice(1)).toEqual([{ origin: "remote", by: [2], added: [], emptied: [] }]);
    b.index.empty([one]);
    b.index.add();
    sync(a, b);
    expect(a.changes.slice(2)).toEqual([
      { origin: "remote", by: [2], added: [pageIdOf(2, 0)], emptied: [one] },
    ]);
  });

  test("that came and were removed before anybody saw them are not told as added", () => {
    const [a, b] = createPair();
    const [one, two] = [a.index.add()!, a.index.add()!];
    a.index.setRemoved(one, true);
    sync(a, b);
    expect(b.changes.flatMap(({ added }) => added)).toEqual([two]);
    expect(ids(b.index.removed())).toEqual([one]);
  });

  test("have names that are cut as a contact takes them", () => {
    const [a, b] = createPair();
    const one = a.index.add(undefined, "n".repeat(500))!;
    a.index.rename(FIRST_PAGE, "\u6f22".repeat(100));
    expect(a.index.rename(one, "n".repeat(700))).toBe(false);
    sync(a, b);
    expect(names(b)).toEqual(["\u6f22".repeat(40), "n".repeat(60)]);
  });

  test("added by two at once are both there, and others can be moved between them", () => {
    const [a, b] = createPair();
    const [x, y] = [a.index.add()!, b.index.add()!];
    sync(a, b);
    expect(ids(a.index.list())).toEqual([FIRST_PAGE, x, y]);
    expect(b.index.move(FIRST_PAGE, 1)).toBe(true);
    sync(a, b);
    expect(ids(a.index.list())).toEqual([x, FIRST_PAGE, y]);
    expect(shown(a)).toEqual(shown(b));
  });

  test("of which two are added and moved at places that no number is between", () => {
    const a = createIndexPeer(1);
    const last = a.index.add()!;
    const made = Array.from({ length: 120 }, () => a.index.add(1)!);
    expect(ids(a.index.list())).toEqual([FIRST_PAGE, ...made.reverse(), last]);
  });

  test("are named, moved, removed and brought back at once, each thing by itself", () => {
    const [a, b] = createPair();
    const [one, two] = [a.index.add()!, a.index.add()!];
    sync(a, b);
    a.index.rename(one, "uno");
    a.index.move(one, 0);
    b.index.setRemoved(one, true);
    sync(a, b);
    expect(ids(a.index.list())).toEqual([FIRST_PAGE, two]);
    expect(a.index.removed()).toMatchObject([{ id: one, name: "uno" }]);
    a.index.setRemoved(one, false);
    b.index.rename(one, "ein");
    sync(a, b);
    expect(ids(b.index.list())).toEqual([one, FIRST_PAGE, two]);
    expect(names(a)).toEqual(["ein", "", ""]);
  });
});

describe("moments", () => {
  test("tell when a page was made, whoever moved it since, and when it was removed", () => {
    const [a, b] = createPair();
    a.time.pass(5000);
    const one = a.index.add()!;
    sync(a, b);
    b.time.pass(60_000);
    b.index.move(one, 0);
    b.index.rename(one, "one");
    b.time.pass(60_000);
    b.index.setRemoved(one, true);
    sync(a, b);
    for (const { index } of [a, b]) {
      expect(index.madeAt(one)).toBe(START + 5000);
      expect(index.removedAt(one)).toBe(START + 120_000);
      expect(index.removedAt(FIRST_PAGE)).toBeUndefined();
      expect(index.madeAt("9.9")).toBeUndefined();
    }
    a.index.setRemoved(one, false);
    expect(a.index.removedAt(one)).toBeUndefined();
  });

  test("are of no matter for what comes of it: a calendar may be wrong by years", () => {
    const [a, b] = createPair();
    b.time.calendar.shift(-10_000_000);
    const [one, two] = [a.index.add()!, a.index.add()!];
    a.index.setRemoved(one, true);
    sync(a, b);
    b.index.setRemoved(two, true);
    sync(a, b);
    expect(b.index.removedAt(two)! < b.index.removedAt(one)!).toBe(true);
    expect(ids(a.index.removed())).toEqual([two, one]);
  });
});

describe("room", () => {
  test("is for so many pages that were ever made; two who made as many apart take all of each other", () => {
    const [a, b] = createPair();
    for (const { index } of [a, b]) {
      for (let i = 0; i < LIMITS.pages.writes; i++) expect(index.add()).toBeDefined();
      expect([index.hasRoom(), index.add()]).toEqual([false, undefined]);
      index.setRemoved(index.list()[1]!.id, true);
      expect(index.hasRoom()).toBe(false);
    }
    sync(a, b);
    expect(a.index.list()).toHaveLength(2 * LIMITS.pages.writes - 1);
    expect(shown(a)).toEqual(shown(b));
  });

  test("is not there where the document is full: nothing is written, and that is told", () => {
    const limits = { ...SIZE_LIMITS, writes: { writes: 16, takes: 32 } };
    const { index, doc } = createIndexPeer(1, undefined, limits);
    const told: string[] = [];
    index.room.onNews(({ of, stage }) => told.push(`${of} ${stage}`));
    const made: unknown[] = [];
    while (made.length < 20 && index.add(undefined, "x") !== undefined) made.push(1);
    expect(made.length).toBeGreaterThan(2);
    expect(made.length).toBeLessThan(9);
    expect(told).toContain("writes full");
    const many = Array.from({ length: 20 }, (_, i) => `name ${i}`);
    const taken = many.filter((name) => index.rename(FIRST_PAGE, name));
    expect(taken.length).toBeLessThan(9);
    const before = Y.encodeStateVector(doc);
    expect([index.rename(FIRST_PAGE, "more"), index.add(), index.move(FIRST_PAGE, 1)]).toEqual([
      false,
      undefined,
      false,
    ]);
    expect(Y.encodeStateVector(doc)).toEqual(before);
  });
});

test("a session whose index is opened anew goes on counting behind the pages that it made", () => {
  const before = createIndexPeer(1);
  const [one] = [before.index.add()!, before.index.add()!];
  before.index.setRemoved(one, true);
  before.index.empty([one]);
  const { index } = createIndexPeer(1, Y.encodeStateAsUpdate(before.doc));
  expect(index.add()).toBe(pageIdOf(1, 2));
});

test("what a broken index had and no other has is done once more, but for pages that its session made", () => {
  const [broken, b] = createPair();
  const [one, two] = [b.index.add()!, b.index.add()!];
  sync(broken, b);
  const lost = broken.index.add(0)!;
  broken.index.rename(lost, "lost");
  broken.index.rename(FIRST_PAGE, "cover");
  broken.index.move(two, 1);
  broken.index.setRemoved(one, true);
  const next = createIndexPeer(3);
  sync(b, next);
  next.index.replay(unsyncedWrites(broken.doc, 1, 0));
  sync(b, next);
  expect(next.index.list()).toMatchObject([
    { id: two, name: "" },
    { id: FIRST_PAGE, name: "cover" },
  ]);
  expect(ids(next.index.removed())).toEqual([one]);
  expect(shown(b)).toEqual(shown(next));
  expect(next.index.madeAt(lost)).toBeUndefined();
});
