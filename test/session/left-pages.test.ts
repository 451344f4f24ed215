/*
 * Pages on which a person drew leave the memory, and come back with all that the person could do there: whatever the
 * storage and the contact did meanwhile.
 */
import { describe, expect, test } from "vitest";
import { storedNameOf } from "../../src/board/pages/stored-name.ts";
import type { Pages } from "../../src/session/pages.ts";
import { inkOn } from "../support/ink.ts";
import { TEST_APP } from "../support/phones.ts";
import { createRoom, HEADER } from "../support/room.ts";
import type { Room } from "../support/room.ts";

const BOTH = ["ann", "bo"];

const pagesOf = (room: Room, name: string): Pages => room.at(name).session.pages()!;
/** Where there is ink on the page that is shown. */
const seen = (room: Room, name: string): number[] =>
  room
    .seen(name)
    .flat()
    .sort((a, b) => a - b);
const history = (room: Room) => room.at("ann").session.board()!.history;

async function both(seed: number): Promise<Room> {
  const room = createRoom({ seed, names: BOTH });
  for (const name of BOTH) room.open(name);
  await room.ready();
  await room.clock.advance(2000);
  return room;
}

async function turnTo(room: Room, name: string, id: string): Promise<void> {
  pagesOf(room, name).show(id);
  expect(await room.clock.runUntil(() => pagesOf(room, name).current() === id, 1000)).toBe(true);
}

async function addPages(room: Room, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) {
    ids.push(pagesOf(room, "ann").add()!);
    await room.clock.advance(300);
  }
  return ids;
}

/** Which pages this person's device has in memory: of no other one it is known how full it is. */
const inMemory = (room: Room, name: string): string[] =>
  pagesOf(room, name)
    .list()
    .flatMap(({ id }) => (pagesOf(room, name).share(id) === undefined ? [] : [id]));

/** Ann goes elsewhere, until the page has left her memory. */
async function leave(room: Room, id: string, others: readonly [string, string]): Promise<void> {
  for (const other of others) {
    await turnTo(room, "ann", other);
    await room.clock.advance(2500);
  }
  expect(inMemory(room, "ann")).not.toContain(id);
}

async function untilSame(room: Room): Promise<void> {
  const digests = (): Set<string | undefined> => new Set(BOTH.map((name) => room.at(name).session.digest()));
  const areSame = (): boolean => digests().size === 1 && !digests().has(undefined);
  expect(await room.clock.runUntil(areSame, 120_000)).toBe(true);
}

/** Nothing of a page is stored on Ann's phone any more. */
function loseStored(room: Room, id: string): void {
  const storage = room.world.phone("ann").storage(TEST_APP);
  for (const table of storage.tables().filter((each) => each.includes(`${storedNameOf(id)}-`)))
    for (const key of storage.keys(table)) storage.set(table, key, new Uint8Array(0));
}

describe("of pages that a person draws on", () => {
  test("three are in memory at most, and each step can be taken back on its page", async () => {
    const room = await both(1);
    const ids = await addPages(room, 8);
    let most = 0;
    for (const [i, id] of ids.entries()) {
      await turnTo(room, "ann", id);
      for (const x of [1, 2]) room.dot("ann", 10 * i + x);
      for (let ms = 0; ms < 3000; ms += 300) {
        await room.clock.advance(300);
        // What was drawn has to be stored first.
        if (ms >= 1500) most = Math.max(most, inMemory(room, "ann").length);
      }
    }
    expect(most).toBe(3);
    for (const [i, id] of ids.entries()) {
      await turnTo(room, "ann", id);
      expect(seen(room, "ann")).toEqual([10 * i + 1, 10 * i + 2]);
      expect(history(room).undo()).toBe("done");
      await room.clock.advance(2500);
      expect(inMemory(room, "ann").length).toBeLessThanOrEqual(3);
    }
    for (const [i, id] of ids.entries()) {
      await turnTo(room, "ann", id);
      expect(history(room).redo()).toBe("done");
      expect([history(room).undo(), history(room).undo(), history(room).undo()]).toEqual([
        "done",
        "done",
        "nothing",
      ]);
      expect(history(room).redo()).toBe("done");
      expect(seen(room, "ann")).toEqual([10 * i + 1]);
      await room.clock.advance(1000);
    }
    await untilSame(room);
    await turnTo(room, "bo", ids[3]!);
    await room.clock.runUntil(() => seen(room, "bo").length === 1, 5000);
    expect(seen(room, "bo")).toEqual([31]);
  });

  test("one on which the pen is down stays, with what is under it", async () => {
    const room = await both(2);
    const [first, second, third] = (await addPages(room, 3)) as [string, string, string];
    await turnTo(room, "ann", first);
    const writer = room.at("ann").session.board()!.startStroke(HEADER);
    writer.add([{ x: 1, y: 0, pressure: 0.5 }]);
    for (const id of [second, third, second]) {
      await turnTo(room, "ann", id);
      await room.clock.advance(2500);
    }
    expect(inMemory(room, "ann")).toContain(first);
    writer.add([{ x: 2, y: 0, pressure: 0.5 }]);
    writer.end();
    await room.clock.advance(3000);
    await turnTo(room, "ann", third);
    await room.clock.advance(2500);
    expect(inMemory(room, "ann")).not.toContain(first);
    await turnTo(room, "bo", first);
    await untilSame(room);
    expect(seen(room, "bo")).toEqual([1, 2]);
  });

  test("one that comes back tells at once that the contact has all of it", async () => {
    const room = await both(3);
    const [page, ...others] = (await addPages(room, 3)) as [string, string, string];
    await turnTo(room, "ann", page);
    room.dot("ann", 1);
    await untilSame(room);
    // A sign of life says so.
    await room.clock.advance(20_000);
    await leave(room, page, others);
    await turnTo(room, "ann", page);
    const contact = (): unknown => room.at("ann").session.contacts()[0];
    expect(await room.clock.runUntil(() => seen(room, "ann").length === 1, 1000)).toBe(true);
    await room.clock.advance(100);
    expect(contact()).toMatchObject({ hasEverything: true, missingStrokes: 0 });
  });
});

describe("what was done on a page that has left the memory", () => {
  test("is not done anew in other words where the storage lost it: copies stay equal", async () => {
    const room = await both(11);
    const [page, ...others] = (await addPages(room, 3)) as [string, string, string];
    for (const name of BOTH) await turnTo(room, name, page);
    for (let x = 1; x <= 6; x++) {
      // Each builds upon what the other drew.
      room.dot(x % 2 === 0 ? "bo" : "ann", x);
      await room.clock.advance(700);
    }
    await untilSame(room);
    await leave(room, page, others);
    room.world.network.block("ann", "bo");
    loseStored(room, page);
    await turnTo(room, "ann", page);
    expect(seen(room, "ann")).toEqual([1, 2, 3, 4, 5, 6]);
    room.dot("ann", 7);
    expect([history(room).undo(), history(room).undo(), history(room).redo()]).toEqual([
      "done",
      "done",
      "done",
    ]);
    await room.clock.advance(3000);
    room.world.network.heal();
    await untilSame(room);
    for (const name of BOTH) expect(seen(room, name)).toEqual([1, 2, 3, 4, 5, 6]);
    // It is stored again.
    await room.clock.advance(5000);
    room.leave("bo");
    room.kill("ann");
    await room.clock.advance(5000);
    room.open("ann");
    await room.ready();
    await turnTo(room, "ann", page);
    expect(await room.clock.runUntil(() => seen(room, "ann").length === 6, 5000)).toBe(true);
  });

  test("is there when the storage keeps the page to itself, and can be drawn on", async () => {
    const room = await both(12);
    const [page, ...others] = (await addPages(room, 3)) as [string, string, string];
    await turnTo(room, "ann", page);
    for (const x of [1, 2]) room.dot("ann", x);
    await untilSame(room);
    await leave(room, page, others);
    const { storage, view } = room.at("ann").page;
    const { read } = storage;
    storage.read = async (table, key) => {
      const result = await read(table, key);
      await new Promise<void>((resolve) => {
        view.clock.after(8000, resolve);
      });
      return result;
    };
    await turnTo(room, "ann", page);
    room.dot("ann", 3);
    expect([history(room).undo(), history(room).undo(), history(room).redo()]).toEqual([
      "done",
      "done",
      "done",
    ]);
    expect(seen(room, "ann")).toEqual([1, 2]);
    await room.clock.advance(60_000);
    await untilSame(room);
    await turnTo(room, "bo", page);
    for (const name of BOTH) expect(seen(room, name)).toEqual([1, 2]);
  });

  test("is kept by whom it is kept, who changed it meanwhile", async () => {
    const room = await both(13);
    const [page, ...others] = (await addPages(room, 3)) as [string, string, string];
    for (const name of BOTH) await turnTo(room, name, page);
    const board = room.at("ann").session.board()!;
    for (const x of [1, 2, 3]) room.dot("ann", x);
    const [one, two, three] = inkOn(board).map(({ id }) => id) as [string, string, string];
    board.changeItems([one, two], { color: 7 });
    board.erase([three]);
    await untilSame(room);
    await leave(room, page, others);
    const bos = room.at("bo").session.board()!;
    bos.changeItems([one], { color: 8 });
    bos.erase([two]);
    await untilSame(room);
    await turnTo(room, "ann", page);
    await untilSame(room);
    expect(history(room).undo()).toBe("done");
    expect(history(room).undo()).toBe("skipped");
    const [bo] = history(room).others();
    expect(room.at("ann").session.whoIs(bo!)).toBe("bo");
    expect(seen(room, "ann")).toEqual([1, 3]);
    await untilSame(room);
    expect(seen(room, "bo")).toEqual([1, 3]);
  });
});
