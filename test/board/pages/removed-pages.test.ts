/*
 * Pages that were removed: how they come back, that one is always left, and what becomes of those that are emptied.
 */
import { describe, expect, test } from "vitest";
import { FIRST_PAGE } from "../../../src/board/pages/page-id.ts";
import { createIndexPeer, createPair, ids, reloaded, shown, sync } from "./index-peer.ts";
import type { IndexPeer } from "./index-peer.ts";

describe("removed pages", () => {
  test("are listed, the latest first, and come back where they were", () => {
    const [a, b] = createPair();
    const [one, two, three] = [a.index.add()!, a.index.add()!, a.index.add()!];
    for (const id of [two, FIRST_PAGE, three]) expect(a.index.setRemoved(id, true)).toBe(true);
    expect(a.index.setRemoved(two, true)).toBe(false);
    sync(a, b);
    expect(ids(b.index.list())).toEqual([one]);
    expect(ids(b.index.removed())).toEqual([three, FIRST_PAGE, two]);
    expect(b.index.setRemoved(two, false)).toBe(true);
    expect(b.index.setRemoved(two, false)).toBe(false);
    expect(b.index.setRemoved(FIRST_PAGE, false)).toBe(true);
    expect(ids(b.index.list())).toEqual([FIRST_PAGE, one, two]);
    b.index.setRemoved(two, true);
    sync(a, b);
    expect(ids(a.index.removed())).toEqual([two, three]);
  });

  test("keep their places among others that are moved or added meanwhile", () => {
    const { index } = createIndexPeer(1);
    const [one, two] = [index.add()!, index.add()!];
    index.setRemoved(one, true);
    const three = index.add(1)!;
    const four = index.add()!;
    index.move(FIRST_PAGE, 3);
    index.setRemoved(one, false);
    expect(ids(index.list())).toEqual([one, three, two, four, FIRST_PAGE]);
    index.move(two, 0);
    index.setRemoved(two, true);
    index.setRemoved(two, false);
    expect(ids(index.list())).toEqual([two, one, three, four, FIRST_PAGE]);
  });

  test("can be renamed, but not moved", () => {
    const { index } = createIndexPeer(1);
    const one = index.add()!;
    index.setRemoved(one, true);
    expect([index.rename(one, "gone"), index.move(one, 0)]).toEqual([true, false]);
    expect(index.removed()).toMatchObject([{ id: one, name: "gone" }]);
  });

  test("are never all: the only one left stays, and of all that several people removed at once the last", () => {
    const [a, b] = createPair();
    const one = a.index.add()!;
    sync(a, b);
    expect(a.index.setRemoved(FIRST_PAGE, true)).toBe(true);
    expect(a.index.setRemoved(one, true)).toBe(false);
    expect(b.index.setRemoved(one, true)).toBe(true);
    sync(a, b);
    // Both were removed as the first: the one that is first in the order is shown.
    for (const { index } of [a, b]) {
      expect(ids(index.list())).toEqual([FIRST_PAGE]);
      expect(ids(index.removed())).toEqual([one]);
      expect(index.setRemoved(FIRST_PAGE, true)).toBe(false);
    }
    expect(reloaded(a)).toEqual(shown(b));
  });

  test("of which one is shown all the same: it is the one that was removed after the others", () => {
    const [a, b] = createPair();
    const [one, two] = [a.index.add()!, a.index.add()!];
    sync(a, b);
    a.index.setRemoved(FIRST_PAGE, true);
    a.index.setRemoved(one, true);
    b.index.setRemoved(two, true);
    sync(a, b);
    expect(ids(a.index.list())).toEqual([one]);
    expect(shown(a)).toEqual(shown(b));
  });

  test.each([
    ["adds one", ({ index }: IndexPeer) => index.add(), [FIRST_PAGE, "1.1"], ["1.0"]],
    [
      "brings another back",
      ({ index }: IndexPeer) => index.setRemoved("1.0", false),
      [FIRST_PAGE, "1.0"],
      [],
    ],
    ["brings it back", ({ index }: IndexPeer) => index.setRemoved(FIRST_PAGE, false), [FIRST_PAGE], ["1.0"]],
  ] as const)("of which one is shown all the same: it stays when a person %s", (_, act, list, removed) => {
    const [a, b] = createPair();
    a.index.add();
    sync(a, b);
    a.index.setRemoved(FIRST_PAGE, true);
    b.index.setRemoved("1.0", true);
    sync(a, b);
    expect(act(a)).toBeTruthy();
    sync(a, b);
    for (const { index } of [a, b])
      expect([ids(index.list()), ids(index.removed())]).toEqual([list, removed]);
  });
});

describe("emptying", () => {
  test("takes removed pages only, and never the first one", () => {
    const [a, b] = createPair();
    const [one, two] = [a.index.add()!, a.index.add()!];
    a.index.setRemoved(one, true);
    a.index.setRemoved(FIRST_PAGE, true);
    expect(a.index.empty([FIRST_PAGE, one, two, "9.9", one])).toEqual([one]);
    expect(a.index.empty([one])).toEqual([]);
    sync(a, b);
    for (const { index } of [a, b]) {
      expect([ids(index.list()), ids(index.removed()), [...index.emptied()]]).toEqual([
        [two],
        [FIRST_PAGE],
        [one],
      ]);
      expect([index.setRemoved(one, false), index.rename(one, "x"), index.move(one, 0)]).toEqual([
        false,
        false,
        false,
      ]);
    }
  });

  test("wins against whoever brings the page back at the same time", () => {
    const [a, b] = createPair();
    const one = a.index.add()!;
    a.index.setRemoved(one, true);
    sync(a, b);
    a.index.empty([one]);
    b.index.setRemoved(one, false);
    b.index.empty([one]);
    sync(a, b);
    expect(shown(a)).toEqual(shown(b));
    expect(ids(a.index.list())).toEqual([FIRST_PAGE]);
    expect([...b.index.emptied()]).toEqual([one]);
  });

  test("of all pages by two who each left another one leaves the first", () => {
    const [a, b] = createPair();
    const one = a.index.add()!;
    const two = a.index.add()!;
    a.index.setRemoved(FIRST_PAGE, true);
    sync(a, b);
    a.index.setRemoved(one, true);
    a.index.empty([one]);
    b.index.setRemoved(two, true);
    b.index.empty([two]);
    sync(a, b);
    expect(ids(a.index.list())).toEqual([FIRST_PAGE]);
    expect(shown(a)).toEqual(shown(b));
  });
});
