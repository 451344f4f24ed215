/*
 * The pages of a board, as two contacts have them: each sees one of their own choice, and all of them come to be
 * equal, whether or not somebody has them open.
 */
import { describe, expect, test } from "vitest";
import type { Board } from "../../src/board/document/board.ts";
import type { Pages } from "../../src/session/pages.ts";
import { inkOn } from "../support/ink.ts";
import { TEST_APP } from "../support/phones.ts";
import { createRoom, HEADER } from "../support/room.ts";
import type { Room } from "../support/room.ts";
import { smallLimits } from "../support/small-limits.ts";

const BOTH = ["ann", "bo"];

const pagesOf = (room: Room, name: string): Pages => room.at(name).session.pages()!;
const names = (room: Room, name: string): string[] =>
  pagesOf(room, name)
    .list()
    .map((page) => page.name);
const seen = (room: Room, name: string): number[] =>
  room
    .seen(name)
    .flat()
    .sort((a, b) => a - b);

async function both(seed: number): Promise<Room> {
  const room = createRoom({ seed, names: BOTH });
  for (const name of BOTH) room.open(name);
  await room.ready();
  await room.clock.advance(2000);
  return room;
}

/** Adds a page, goes there, and gives its id. */
async function addPage(room: Room, name: string): Promise<string> {
  const id = pagesOf(room, name).add()!;
  await turnTo(room, name, id);
  return id;
}

async function turnTo(room: Room, name: string, id: string): Promise<void> {
  pagesOf(room, name).show(id);
  expect(await room.clock.runUntil(() => pagesOf(room, name).current() === id, 1000)).toBe(true);
}

/** All pages of both are the same, whichever is shown; the milliseconds it took, undefined after two minutes. */
async function untilSame(room: Room): Promise<number | undefined> {
  const from = room.clock.now();
  const digests = (): Set<string | undefined> => new Set(BOTH.map((name) => room.at(name).session.digest()));
  const areSame = (): boolean => digests().size === 1 && !digests().has(undefined);
  return (await room.clock.runUntil(areSame, 120_000)) ? room.clock.now() - from : undefined;
}

/** What is on a page of this person's, whichever is shown. */
async function inkOf(room: Room, name: string, id: string): Promise<number[]> {
  let found: number[] | undefined;
  const look = (board: Board): number[] => inkOn(board).flatMap(({ points }) => points.map(({ x }) => x));
  void pagesOf(room, name)
    .glance(id, look)
    .then((ink) => (found = ink ?? []));
  expect(await room.clock.runUntil(() => found !== undefined, 10_000)).toBe(true);
  return found!.sort((a, b) => a - b);
}

describe("two contacts", () => {
  test("each sees a page of their own choice; a new one is announced, and has its own ink", async () => {
    const room = await both(1);
    room.dot("ann", 1);
    const second = await addPage(room, "ann");
    room.dot("ann", 2);
    expect(await untilSame(room)).toBeDefined();
    expect(
      pagesOf(room, "bo")
        .list()
        .map(({ id }) => id),
    ).toEqual(["", second]);
    expect(room.at("bo").notices).toContainEqual({ kind: "page-added", address: "ann", page: second });
    expect(room.at("ann").notices).toEqual([]);
    expect([seen(room, "ann"), seen(room, "bo")]).toEqual([[2], [1]]);
    await turnTo(room, "bo", second);
    expect(seen(room, "bo")).toEqual([2]);
    room.dot("bo", 3);
    await room.clock.advance(1000);
    expect(seen(room, "ann")).toEqual([2, 3]);
    await turnTo(room, "ann", "");
    expect(seen(room, "ann")).toEqual([1]);
  });

  test("know on which page the other is, and of a cursor only there", async () => {
    const room = await both(2);
    const presence = {
      name: "",
      color: 0,
      tool: "pen",
      view: BOX,
      penDown: false,
      cursor: { x: 1, y: 1 },
    } as const;
    room.at("ann").session.setPresence(presence);
    await room.clock.advance(2000);
    const ann = () => room.at("bo").session.contacts()[0]!;
    expect(ann().page).toBe("");
    const second = await addPage(room, "ann");
    await room.clock.advance(2000);
    expect(ann().page).toBe(second);
  });

  test("what one drew on a page that the other never opened is there when the other is alone", async () => {
    const room = await both(3);
    const second = await addPage(room, "ann");
    for (let x = 0; x < 20; x++) room.dot("ann", x);
    await room.clock.advance(500);
    expect(await untilSame(room)).toBeDefined();
    await room.clock.advance(5000);
    room.leave("ann");
    await room.clock.advance(5000);
    expect(await inkOf(room, "bo", second)).toEqual(Array.from({ length: 20 }, (_, x) => x));
  });

  test("what was drawn on many pages while the other was away comes without either opening them", async () => {
    const room = createRoom({ seed: 4, names: BOTH });
    room.open("ann");
    await room.ready();
    const ids: string[] = [];
    for (let i = 0; i < 8; i++) {
      ids.push(await addPage(room, "ann"));
      room.dot("ann", i);
    }
    await turnTo(room, "ann", "");
    await room.clock.advance(10_000);
    room.leave("ann");
    await room.clock.advance(3000);
    room.open("ann");
    room.open("bo");
    await room.ready();
    expect(await untilSame(room)).toBeDefined();
    await room.clock.advance(2000);
    room.leave("ann");
    for (const [i, id] of ids.entries()) expect(await inkOf(room, "bo", id)).toEqual([i]);
  });

  test("name, order and remove pages at once, and have the same list", async () => {
    const room = await both(5);
    const [a, b, c] = [await addPage(room, "ann"), await addPage(room, "ann"), await addPage(room, "bo")];
    expect(await untilSame(room)).toBeDefined();
    pagesOf(room, "ann").rename(a, "Trees");
    pagesOf(room, "bo").rename(a, "Bäume");
    pagesOf(room, "ann").move(c, 0);
    pagesOf(room, "bo").move(b, 0);
    pagesOf(room, "ann").remove(b);
    pagesOf(room, "bo").remove("");
    expect(await untilSame(room)).toBeDefined();
    expect(
      pagesOf(room, "ann")
        .list()
        .map(({ id }) => id)
        .sort(),
    ).toEqual([a, c].sort());
    expect(
      pagesOf(room, "ann")
        .removed()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(["", b].sort());
    const list = (name: string): unknown =>
      pagesOf(room, name)
        .list()
        .map((page) => [page.id, page.name, page.madeAt]);
    expect(list("ann")).toEqual(list("bo"));
  });

  test("ink on a page that the other removed meanwhile stays, and comes back with it", async () => {
    const room = await both(6);
    const second = await addPage(room, "ann");
    await untilSame(room);
    room.world.network.block("ann", "bo");
    room.world.network.block("bo", "ann");
    pagesOf(room, "bo").remove(second);
    room.dot("ann", 7);
    await room.clock.advance(2000);
    room.world.network.unblock("ann", "bo");
    room.world.network.unblock("bo", "ann");
    expect(await untilSame(room)).toBeDefined();
    expect(pagesOf(room, "ann").current()).toBe(second);
    expect(
      pagesOf(room, "bo")
        .list()
        .map(({ id }) => id),
    ).toEqual([""]);
    expect(pagesOf(room, "bo").restore(second)).toBe(true);
    expect(await inkOf(room, "bo", second)).toEqual([7]);
  });

  test("undo, layers and background are each page's own", async () => {
    const room = await both(7);
    room.dot("ann", 1);
    await addPage(room, "ann");
    room.dot("ann", 2);
    const second = room.at("ann").session.board()!;
    second.setBackground("dots");
    second.addLayer("above");
    await turnTo(room, "ann", "");
    const first = room.at("ann").session.board()!;
    expect([first.background(), first.layers().length]).toEqual(["plain", 1]);
    expect(first.history.undo()).toBe("done");
    expect(seen(room, "ann")).toEqual([]);
    await turnTo(room, "ann", pagesOf(room, "ann").list()[1]!.id);
    expect(room.at("ann").session.board()).toBe(second);
    for (let i = 0; i < 3; i++) expect(second.history.undo()).toBe("done");
    expect([second.background(), second.layers().length, seen(room, "ann")]).toEqual(["plain", 1, []]);
  });
});

describe("a page", () => {
  test("is there when the app is opened again, and is the one that is shown", async () => {
    const room = createRoom({ seed: 11, names: BOTH });
    room.open("ann");
    await room.ready();
    const second = await addPage(room, "ann");
    pagesOf(room, "ann").rename(second, "Lake");
    room.dot("ann", 5);
    await room.clock.advance(10_000);
    room.leave("ann");
    await room.clock.advance(3000);
    room.open("ann");
    await room.ready();
    expect([pagesOf(room, "ann").current(), seen(room, "ann")]).toEqual([second, [5]]);
    expect(names(room, "ann")).toEqual(["", "Lake"]);
    expect(pagesOf(room, "ann").list()[1]!.changedAt).toBeDefined();
  });

  test("loses nothing older than the last write when the messenger is killed", async () => {
    const room = await both(12);
    const second = await addPage(room, "ann");
    for (let x = 0; x < 10; x++) {
      room.dot("ann", x);
      await room.clock.advance(800);
    }
    await room.clock.advance(4000);
    room.kill("bo");
    room.killMessenger("ann");
    room.open("ann");
    await room.ready();
    expect(await inkOf(room, "ann", second)).toEqual(Array.from({ length: 10 }, (_, x) => x));
  });

  test("that the storage keeps to itself is there after 100 ms, and what is drawn joins what comes", async () => {
    const room = createRoom({ seed: 13, names: BOTH });
    room.open("ann");
    await room.ready();
    const second = await addPage(room, "ann");
    room.dot("ann", 5);
    await turnTo(room, "ann", "");
    await room.clock.advance(10_000);
    room.leave("ann");
    await room.clock.advance(3000);
    const { page, session } = room.open("ann");
    await room.ready();
    const read = page.storage.read;
    page.storage.read = async (table, key) => {
      const result = await read(table, key);
      await new Promise<void>((resolve) => {
        page.view.clock.after(8000, resolve);
      });
      return result;
    };
    pagesOf(room, "ann").show(second);
    await room.clock.advance(150);
    expect(pagesOf(room, "ann").current()).toBe(second);
    const writer = session.board()!.startStroke(HEADER);
    writer.add([{ x: 6, y: 0, pressure: 0.5 }]);
    writer.end();
    expect(await room.clock.runUntil(() => seen(room, "ann").length === 2, 60_000)).toBe(true);
    expect(seen(room, "ann")).toEqual([5, 6]);
  });

  test("can be doubled with its layers, hidden and locked ones too", async () => {
    const room = await both(14);
    const board = room.at("ann").session.board()!;
    room.dot("ann", 1);
    const hidden = board.addLayer("hidden");
    board.setActiveLayer(hidden);
    room.dot("ann", 2);
    board.changeLayer(hidden, { hidden: true });
    const locked = board.addLayer("locked");
    board.setActiveLayer(locked);
    room.dot("ann", 3);
    board.changeLayer(locked, { locked: true, opacity: 0.5 });
    board.setActiveLayer("");
    board.setBackground("grid");
    let copy: string | undefined;
    void pagesOf(room, "ann")
      .duplicate("")
      .then((id) => (copy = id));
    expect(await room.clock.runUntil(() => copy !== undefined, 5000)).toBe(true);
    expect(
      pagesOf(room, "ann")
        .list()
        .map(({ id }) => id),
    ).toEqual(["", copy]);
    expect(await untilSame(room)).toBeDefined();
    await turnTo(room, "bo", copy!);
    const twin = room.at("bo").session.board()!;
    expect(twin.layers().map(({ name, hidden: h, locked: l, opacity }) => [name, h, l, opacity])).toEqual(
      board.layers().map(({ name, hidden: h, locked: l, opacity }) => [name, h, l, opacity]),
    );
    expect(twin.background()).toBe("grid");
    expect(seen(room, "bo")).toEqual([1, 3]);
    twin.changeLayer(twin.layers()[1]!.id, { hidden: false });
    expect(seen(room, "bo")).toEqual([1, 2, 3]);
    // What it was made of is as it was.
    expect(seen(room, "ann")).toEqual([1, 3]);
  });

  test("that is removed and emptied is gone from both devices, with what was stored of it", async () => {
    const room = await both(15);
    const second = await addPage(room, "ann");
    for (let x = 0; x < 30; x++) room.dot("ann", x);
    expect(await untilSame(room)).toBeDefined();
    await turnTo(room, "bo", second);
    await turnTo(room, "ann", "");
    await room.clock.advance(20_000);
    const sizeOf = (name: string): number => {
      const storage = room.world.phone(name).storage(TEST_APP);
      const sizes = storage
        .tables()
        .flatMap((table) => storage.keys(table).map((key) => storage.get(table, key)?.length ?? 0));
      return sizes.reduce((sum, each) => sum + each, 0);
    };
    const before = BOTH.map(sizeOf);
    expect(pagesOf(room, "ann").remove(second)).toBe(true);
    await pagesOf(room, "ann").emptyRemoved();
    expect(await room.clock.runUntil(() => pagesOf(room, "bo").current() === "", 10_000)).toBe(true);
    expect(await untilSame(room)).toBeDefined();
    await room.clock.advance(20_000);
    for (const [i, name] of BOTH.entries()) expect(sizeOf(name)).toBeLessThan(before[i]!);
    expect(pagesOf(room, "bo").removed()).toEqual([]);
    expect(await untilSame(room)).toBeDefined();
  });
});

const BOX = { minX: 0, minY: 0, maxX: 100, maxY: 100 };

describe("a page that is nearly full", () => {
  test("is told of to who sees it, once, and not to who sees another one", async () => {
    const limits = () => smallLimits({ writes: 200 });
    const room = createRoom({ seed: 31, names: BOTH, limits });
    for (const name of BOTH) room.open(name);
    await room.ready();
    await room.clock.advance(2000);
    const second = await addPage(room, "ann");
    const told = (name: string): number =>
      room.at(name).notices.filter(({ kind }) => kind === "room-nearly").length;
    for (let x = 0; x < 100 && told("ann") === 0; x++) room.dot("ann", x);
    expect(await untilSame(room)).toBeDefined();
    expect(pagesOf(room, "ann").share(second)).toBeGreaterThan(0.9);
    expect([told("ann"), told("bo")]).toEqual([1, 0]);
    await turnTo(room, "bo", second);
    expect(told("bo")).toBe(1);
    for (const name of BOTH) {
      await turnTo(room, name, "");
      await turnTo(room, name, second);
    }
    expect([told("ann"), told("bo")]).toEqual([1, 1]);
    // The first one has room.
    expect(pagesOf(room, "bo").share("")).toBeLessThan(0.5);
    expect(pagesOf(room, "bo").left()).toBe(499);
  });
});
