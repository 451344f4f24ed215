/*
 * A board of one page is opened from its heads and runs alone: what is noted of pages is read once it is shown. The
 * heads say whether that is so, and where they do not know it any better than that, nothing is lost.
 */
import { expect, test } from "vitest";
import { delay } from "../../src/base/delay.ts";
import { writeOf } from "../../src/board/document/item-id.ts";
import { HEAD_KEY } from "../../src/board/storage/stored-set.ts";
import { TEST_APP } from "../support/phones.ts";
import { createRoom } from "../support/room.ts";
import type { Room } from "../support/room.ts";

const FIRST = "";
const FRAME_MS = 17;

/** Opens the app; says how many stored values were read until the board was there. */
async function open(room: Room): Promise<number> {
  let values = 0;
  const stop = room.world.onEvent((event) => {
    if (event.type === "storage-read" && event.bytes > 0) values++;
  });
  const { session } = room.open("ann");
  // In steps so short that nothing is counted which is read after that.
  expect(await room.clock.runUntil(() => session.phase() === "ready", 1000, 1)).toBe(true);
  stop();
  return values;
}

const listed = (room: Room): string[] =>
  room
    .at("ann")
    .session.pages()!
    .list()
    .map(({ id }) => id);
const current = (room: Room): string => room.at("ann").session.pages()!.current();

async function untilStored(room: Room): Promise<void> {
  const { session } = room.at("ann");
  expect(await room.clock.runUntil(() => session.isStored(), 20_000)).toBe(true);
}

/** The app is closed once all of it is where it stays. */
async function leave(room: Room): Promise<void> {
  await room.clock.advance(5000);
  room.leave("ann");
  await room.clock.advance(3000);
}

/** A board of one page with ink, whose heads know that it is the only one. */
async function alone(seed: number): Promise<Room> {
  const room = createRoom({ seed, names: ["ann", "bo"] });
  await open(room);
  room.dot("ann", 1);
  await untilStored(room);
  return room;
}

/** Another page, which is shown then. */
async function addPage(room: Room): Promise<string> {
  const pages = room.at("ann").session.pages()!;
  const id = pages.add()!;
  pages.show(id);
  expect(await room.clock.runUntil(() => current(room) === id, 1000)).toBe(true);
  return id;
}

test("whenever the page is killed while somebody draws, at most six values are read", async () => {
  const room = createRoom({ seed: 1, names: ["ann", "bo"] });
  await open(room);
  let most = 0;
  for (let i = 0; i < 24; i++) {
    for (let k = 0; k < 10; k++) {
      room.draw("ann");
      await room.clock.advance(1200);
    }
    room.kill("ann");
    most = Math.max(most, await open(room));
  }
  expect(room.seen("ann").length).toBe(240);
  // There were as many runs as there may be.
  expect(most).toBe(6);
});

test("who went to another page and drew nowhere is there again", async () => {
  const room = await alone(2);
  const id = await addPage(room);
  await untilStored(room);
  await leave(room);
  await open(room);
  expect(current(room)).toBe(id);
  expect(listed(room)).toEqual([FIRST, id]);
});

test("heads that do not know of a new page yet do not hide it", async () => {
  const room = await alone(3);
  await room.clock.advance(5000);
  const files = room.world.phone("ann").storage(TEST_APP);
  const heads = files.tables().filter((table) => /-h[01]$/.test(table));
  const values = heads.map((table) => files.get(table, HEAD_KEY)!);
  expect(values).toHaveLength(2);
  const id = await addPage(room);
  room.draw("ann");
  await untilStored(room);
  await leave(room);
  // As if the messenger had been killed before they were written anew.
  for (const [i, table] of heads.entries()) files.set(table, HEAD_KEY, values[i]!);
  await open(room);
  expect(current(room)).toBe(FIRST);
  expect(listed(room)).toEqual([FIRST]);
  expect(await room.clock.runUntil(() => listed(room).length > 1, 2000)).toBe(true);
  expect(listed(room)).toEqual([FIRST, id]);
  expect(room.at("ann").notices).toEqual([]);
  await leave(room);
  await open(room);
  expect(listed(room)).toEqual([FIRST, id]);
});

test("a page can be added before what is noted of pages is read", async () => {
  const room = await alone(5);
  await leave(room);
  await open(room);
  const pages = room.at("ann").session.pages()!;
  const first = pages.glance(FIRST, (board) => board.items().length);
  const id = await addPage(room);
  room.dot("ann", 7);
  expect(await first).toBe(1);
  await untilStored(room);
  await leave(room);
  await open(room);
  expect([current(room), listed(room)]).toEqual([id, [FIRST, id]]);
  expect(room.seen("ann")).toEqual([[7]]);
});

test("a removed page, too, is known of", async () => {
  const room = await alone(4);
  const id = await addPage(room);
  await untilStored(room);
  const pages = room.at("ann").session.pages()!;
  pages.remove(id);
  await untilStored(room);
  await leave(room);
  await open(room);
  expect(
    room
      .at("ann")
      .session.pages()!
      .removed()
      .map((page) => page.id),
  ).toEqual([id]);
});

test("who was on a board is known before contacts get at it, and soon after it is shown", async () => {
  const room = await alone(6);
  const before = room.at("ann").session.board()!.items()[0]!;
  const session = writeOf(before.id).client;
  await room.clock.advance(5000);
  room.leave("ann");
  room.open("bo");
  await room.clock.advance(3000);
  let isSaid = false;
  room.world.onEvent((event) => {
    if (event.type !== "sent" || event.from !== "ann" || isSaid) return;
    isSaid = true;
    expect(room.at("ann").session.whoIs(session)).toBe("ann");
  });
  await open(room);
  const { session: opened } = room.at("ann");
  expect([opened.knowsPeople(), opened.whoIs(session)]).toEqual([false, undefined]);
  expect(opened.contacts().map(({ state }) => state)).toEqual(["waiting"]);
  expect(await room.clock.runUntil(() => opened.knowsPeople(), 200, 1)).toBe(true);
  expect(opened.whoIs(session)).toBe("ann");
  expect(await room.clock.runUntil(() => isSaid && opened.contacts()[0]!.state === "here", 5000)).toBe(true);
});

test("where what is noted is not read for long, contacts are met all the same", async () => {
  const room = await alone(7);
  await room.clock.advance(5000);
  room.leave("ann");
  room.open("bo");
  await room.clock.advance(3000);
  const { page, session } = room.open("ann");
  const { read } = page.storage;
  page.storage.read = async (table, key) => {
    if (/-n[01]$/.test(table)) await delay(page.view.clock, 60_000);
    return read(table, key);
  };
  const isHere = (): boolean => session.contacts()[0]?.state === "here";
  expect(await room.clock.runUntil(isHere, 5000)).toBe(true);
  expect(session.knowsPeople()).toBe(false);
  const heard: boolean[] = [];
  session.onChange(() => heard.push(session.knowsPeople()));
  expect(await room.clock.runUntil(() => session.knowsPeople(), 120_000, 1)).toBe(true);
  // Whoever shows names is told within a frame that there are some.
  await room.clock.advance(FRAME_MS);
  expect(heard).toContain(true);
});
