/*
 * Pages that are being made, from a file or as a copy, while the app is killed at any moment of it: all of them are
 * there afterwards, or nothing is left of them anywhere.
 */
import { describe, expect, test } from "vitest";
import { delay } from "../../src/base/delay.ts";
import { IDENTITY } from "../../src/base/matrix.ts";
import { FIRST_LAYER, type CopiedItem } from "../../src/board/document/board.ts";
import { sha256 } from "../../src/base/sha256.ts";
import type { LoosePage } from "../../src/session/board-file.ts";
import type { PageInfo } from "../../src/session/pages.ts";
import { blobBytes, pictureOf } from "../support/pictures.ts";
import { TEST_APP } from "../support/phones.ts";
import { createRoom, HEADER } from "../support/room.ts";
import type { Room } from "../support/room.ts";

const BYTES = blobBytes(3000);
const LAYER = { id: FIRST_LAYER, name: "", hidden: false, locked: false, opacity: 1 };

/** With so many strokes, and a picture. */
function loosePage(name: string, strokes: number): LoosePage {
  const items = Array.from({ length: strokes }, (_, x): CopiedItem => ({
    kind: "stroke",
    header: HEADER,
    points: [
      { x, y: 0, pressure: 0.5 },
      { x, y: 50, pressure: 0.5 },
    ],
    matrix: IDENTITY,
    attributes: {},
  }));
  const picture: CopiedItem = {
    kind: "picture",
    header: { ...HEADER, tool: "picture" },
    size: { width: 64, height: 48 },
    matrix: IDENTITY,
    attributes: {},
    picture: pictureOf(BYTES),
  };
  return { name, content: { background: "grid", layers: [{ layer: LAYER, items: [...items, picture] }] } };
}

const PAGES = [loosePage("a", 300), loosePage("b", 20), loosePage("c", 1)];
const ALL = ["", "a 301", "b 21", "c 2"];

async function result<T>(room: Room, promise: Promise<T>): Promise<T> {
  let settled: { readonly value: T } | undefined;
  void promise.then((value) => (settled = { value }));
  expect(await room.clock.runUntil(() => settled !== undefined, 60_000)).toBe(true);
  return settled!.value;
}

/** Ann's pages with the number of things on them; removed ones last, in brackets. */
async function pagesOf(room: Room, name: string): Promise<string[]> {
  const pages = room.at(name).session.pages()!;
  const look = async ({ id, name: title }: PageInfo): Promise<string> => {
    const items = await result(
      room,
      pages.glance(id, (board) => board.items().length),
    );
    return items === 0 ? title : `${title} ${items}`;
  };
  const found: string[] = [];
  for (const page of pages.list()) found.push(await look(page));
  for (const page of pages.removed()) found.push(`(${await look(page)})`);
  return found;
}

/** The tables of ann's messenger in which something is, but for what is noted of pages and pictures. */
function fullTables(room: Room): string[] {
  const files = room.world.phone("ann").storage(TEST_APP);
  return files
    .tables()
    .filter(
      (table) =>
        !/-[kn]\d$/u.test(table) && files.keys(table).some((key) => files.get(table, key)!.length > 1),
    );
}

async function opened(seed: number, names: readonly string[]): Promise<Room> {
  const room = createRoom({ seed, names: ["ann", "bo"] });
  for (const name of names) room.open(name);
  await room.ready();
  await room.clock.advance(5000);
  return room;
}

/** Begins to make the pages; each moment's work takes 20 ms. */
function insert(room: Room): Promise<readonly string[] | undefined> {
  const { page, session } = room.at("ann");
  session.blobs.put(BYTES);
  return session.pages()!.insert(PAGES, async () => {
    await delay(page.env.clock, 20);
    return true;
  });
}

function kill(room: Room, what: "page" | "messenger"): void {
  if (what === "page") room.kill("ann");
  else room.killMessenger("ann", "lost");
}

async function reopen(room: Room): Promise<void> {
  await room.clock.advance(1000);
  room.open("ann");
  await room.ready();
  // What is left of pages goes after a minute, and then their pictures.
  await room.clock.advance(100_000);
}

const MOMENTS = Array.from({ length: 40 }, (_, i) => 10 + i * 67);

describe.each(["page", "messenger"] as const)("a %s that is killed while pages are made", (what) => {
  test("leaves all of them, or nothing at all", async () => {
    const ends = new Set<string>();
    for (const [i, ms] of MOMENTS.entries()) {
      const room = await opened(i, ["ann"]);
      const before = fullTables(room);
      void insert(room);
      await room.clock.advance(ms);
      kill(room, what);
      await reopen(room);
      const pages = await pagesOf(room, "ann");
      ends.add(pages.join());
      // What the messenger had not written of what is noted leaves bytes that nothing leads to.
      if (pages.length > 1 || what === "messenger") continue;
      expect(
        fullTables(room).filter((table) => !before.includes(table)),
        `${ms}`,
      ).toEqual([]);
      expect(await result(room, room.at("ann").session.blobs.bytesOf(sha256(BYTES)))).toBeUndefined();
    }
    expect([...ends].sort()).toEqual(["", ALL.join()]);
  });

  test("takes nothing from a contact who has heard of them", async () => {
    let heard = 0;
    const ends = new Set<string>();
    for (const [i, ms] of MOMENTS.entries()) {
      const room = await opened(i, ["ann", "bo"]);
      void insert(room);
      await room.clock.advance(ms);
      kill(room, what);
      await room.clock.advance(500);
      const had = await pagesOf(room, "bo");
      if (had.length > 1) heard++;
      await reopen(room);
      // What the messenger had not written is gone; what it had is found when pages are looked through.
      kill(room, what);
      await reopen(room);
      const bos = await pagesOf(room, "bo");
      expect(await pagesOf(room, "ann"), `${ms}`).toEqual(bos);
      expect(bos.length, `${ms}`).toBe(heard > 0 ? ALL.length : 1);
      expect(had.filter((page) => page.includes(" ") && !bos.includes(page))).toEqual([]);
      ends.add(bos.join());
    }
    // What the messenger had not written may lack on pages that were listed.
    expect([...ends].filter((end) => what === "page" && end !== "" && end !== ALL.join())).toEqual([]);
    expect(heard).toBeGreaterThan(5);
    expect(heard).toBeLessThan(MOMENTS.length - 5);
  });
});
