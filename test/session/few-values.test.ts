/*
 * A board of one page is opened from its heads and runs alone: what is noted of pages is read once it is shown. The
 * heads say whether that is so, and where they do not know it any better than that, nothing is lost.
 */
import { expect, test } from "vitest";
import { HEAD_KEY } from "../../src/board/storage/stored-set.ts";
import { TEST_APP } from "../support/phones.ts";
import { createRoom } from "../support/room.ts";
import type { Room } from "../support/room.ts";

const FIRST = "";

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

async function untilRead(room: Room): Promise<void> {
  const { session } = room.at("ann");
  expect(await room.clock.runUntil(() => session.digest() !== undefined, 2000)).toBe(true);
}

async function untilStored(room: Room): Promise<void> {
  const { session } = room.at("ann");
  expect(await room.clock.runUntil(() => session.isStored(), 20_000)).toBe(true);
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
  await room.clock.advance(5000);
  room.leave("ann");
  await room.clock.advance(3000);
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
  await room.clock.advance(5000);
  room.leave("ann");
  await room.clock.advance(3000);
  // As if the messenger had been killed before they were written anew.
  for (const [i, table] of heads.entries()) files.set(table, HEAD_KEY, values[i]!);
  await open(room);
  expect(current(room)).toBe(FIRST);
  await untilRead(room);
  expect(listed(room)).toEqual([FIRST, id]);
  await room.clock.advance(5000);
  room.leave("ann");
  await room.clock.advance(3000);
  await open(room);
  expect(listed(room)).toEqual([FIRST, id]);
});

test("a removed page, too, is known of", async () => {
  const room = await alone(4);
  const id = await addPage(room);
  await untilStored(room);
  const pages = room.at("ann").session.pages()!;
  pages.remove(id);
  await untilStored(room);
  await room.clock.advance(5000);
  room.leave("ann");
  await room.clock.advance(3000);
  await open(room);
  expect(
    room
      .at("ann")
      .session.pages()!
      .removed()
      .map((page) => page.id),
  ).toEqual([id]);
});
