/*
 * The boards that a device stores: their sizes, and how one of them is removed, also where the messenger is killed at
 * any moment of that.
 */
import { describe, expect, test } from "vitest";
import { boardIdOf } from "../../src/board/storage/board-id.ts";
import { encodeRegister } from "../../src/board/storage/register-codec.ts";
import type { KnownBoard } from "../../src/board/storage/register-codec.ts";
import { headTable } from "../../src/board/storage/stored-set.ts";
import type { StoredBoard, StoredBoards } from "../../src/session/stored-boards.ts";
import type { HostStorage, TearMode } from "../../src/simulator/host-storage.ts";
import { inkOn } from "../support/ink.ts";
import { newerHead } from "../support/newer-register.ts";
import { TEST_APP } from "../support/phones.ts";
import { createRoom } from "../support/room.ts";
import type { Room } from "../support/room.ts";

const NAMES = ["ann", "bo", "cy"];
const WITH_BO = boardIdOf({ own: "ann", remotes: ["bo"] });
const WITH_CY = boardIdOf({ own: "ann", remotes: ["cy"] });
/** Long enough for everything to be stored and on disk, and for a board to be emptied. */
const ON_DISK_MS = 15_000;

type Values = readonly (readonly [table: string, key: string, value: Uint8Array])[];

const filesOf = (room: Room): HostStorage => room.world.phone("ann").storage(TEST_APP);

/** As the page would give it to the host, which keeps one byte more. */
function put(room: Room, table: string, value: Uint8Array): void {
  filesOf(room).set(table, "0", Uint8Array.of(0, ...value));
}

/** All that is stored of a board, but for what is empty. */
function valuesOf(files: HostStorage, boardId = ""): Values {
  return files
    .tables()
    .filter((table) => table.startsWith(boardId))
    .flatMap((table) =>
      files.keys(table).flatMap((key) => {
        const value = files.get(table, key)!;
        return value.length > 0 ? [[table, key, value] as const] : [];
      }),
    );
}

function boardsOf(room: Room): StoredBoards {
  return room.at("ann").session.storedBoards()!;
}

async function result<T>(room: Room, promise: Promise<T>): Promise<T> {
  let settled: { readonly value: T } | undefined;
  void promise.then((value) => (settled = { value }));
  expect(await room.clock.runUntil(() => settled !== undefined, 60_000)).toBe(true);
  return settled!.value;
}

async function openWith(room: Room, ...contacts: readonly string[]): Promise<void> {
  room.open("ann", contacts);
  await room.ready();
  await room.clock.advance(2000);
}

async function leave(room: Room): Promise<void> {
  await room.clock.advance(ON_DISK_MS);
  room.leave("ann");
  await room.clock.advance(5000);
}

/** Ann drew 1 on the first page, 2 and 3 on two further ones of which the last is removed, with Bo; 5 with Cy. */
async function drawn(seed: number): Promise<Room> {
  const room = createRoom({ seed, names: NAMES });
  await openWith(room, "bo");
  room.dot("ann", 1);
  const pages = room.at("ann").session.pages()!;
  for (const x of [2, 3]) {
    const id = pages.add()!;
    pages.show(id);
    await room.clock.runUntil(() => pages.current() === id, 1000);
    room.dot("ann", x);
    await room.clock.advance(3000);
  }
  pages.show("");
  pages.remove(pages.list()[2]!.id);
  await leave(room);
  await openWith(room, "cy");
  room.dot("ann", 5);
  await leave(room);
  return room;
}

let stored: Values | undefined;

/** The same on a phone of its own. */
async function device(seed: number): Promise<Room> {
  stored ??= valuesOf(filesOf(await drawn(1)));
  const room = createRoom({ seed, names: NAMES });
  for (const [table, key, value] of stored) filesOf(room).set(table, key, value);
  await room.clock.advance(5000);
  return room;
}

/** The ink on all pages of the board that is open, removed ones too. */
async function inkOf(room: Room): Promise<number[]> {
  const pages = room.at("ann").session.pages()!;
  const all = [...pages.list(), ...pages.removed()].map(({ id }) => pages.glance(id, inkOn));
  const ink = await result(room, Promise.all(all));
  return ink
    .flatMap((strokes) => strokes?.flatMap(({ points }) => points.map(({ x }) => x)) ?? [])
    .sort((a, b) => a - b);
}

/** Nothing but heads that say that there is nothing. */
function isCleared(values: Values): boolean {
  return values.every(([table, , { length }]) => /-h[01]$/u.test(table) && length < 50);
}

const plain = ({ people, isOpen, bytes }: StoredBoard): unknown => [people, isOpen, (bytes ?? 0) > 0];

describe("the list of stored boards", () => {
  test("has each with its people, what it takes and when it changed, and says which one is open", async () => {
    const room = await device(2);
    await openWith(room);
    expect(boardsOf(room).list().map(plain)).toEqual([
      [[], true, false],
      [["cy"], false, true],
      [["bo"], false, true],
    ]);
    const [, , withBo] = boardsOf(room).list();
    expect(withBo).toMatchObject({ id: WITH_BO });
    expect(withBo!.changedAt).toBeGreaterThan(0);
    room.dot("ann", 7);
    await room.clock.advance(ON_DISK_MS);
    const own = boardsOf(room).list()[0]!;
    expect(plain(own)).toEqual([[], true, true]);
    const total = valuesOf(filesOf(room), own.id).reduce((sum, [, , { length }]) => sum + length, 0);
    expect(own.bytes).toBeLessThanOrEqual(total);
    expect(own.bytes).toBeGreaterThan(total / 3);
  });

  test("reads nothing of other boards", async () => {
    const room = await device(3);
    room.open("ann", []);
    await room.ready();
    const { storage } = room.at("ann").page;
    const read: string[] = [];
    const before = storage.read;
    Object.assign(storage, {
      read: (table: string, key: string) => {
        read.push(table);
        return before(table, key);
      },
    });
    await room.clock.advance(ON_DISK_MS);
    expect(boardsOf(room).list()).toHaveLength(3);
    expect(read.filter((table) => [WITH_BO, WITH_CY].some((id) => table.startsWith(id)))).toEqual([]);
  });
});

describe("a register", () => {
  const registered = (...boards: readonly KnownBoard[]): Uint8Array =>
    encodeRegister({ boards, answers: [] }, 1000);
  const withBo = { participants: { own: "ann", remotes: ["bo"] }, holdsSomething: true };

  async function openWithRegister(seed: number, ...copies: readonly Uint8Array[]): Promise<Room> {
    const room = await device(seed);
    for (const [i, copy] of copies.entries()) put(room, `boards-${i}`, copy);
    await openWith(room, "cy");
    return room;
  }
  const listed = (room: Room): unknown =>
    boardsOf(room)
      .list()
      .map(({ people, bytes }) => [people.join(), bytes]);

  test("of a version without sizes is read: they are not known before a board is opened", async () => {
    const room = await openWithRegister(20, registered(withBo));
    const [open] = boardsOf(room).list();
    expect(listed(room)).toEqual([
      ["cy", open!.bytes],
      ["bo", undefined],
    ]);
    await leave(room);
    await openWith(room, "bo");
    await leave(room);
    await openWith(room, "cy");
    expect(boardsOf(room).list()[1]!.bytes).toBeGreaterThan(100);
  });

  test("that is damaged, or says what cannot be, costs nobody a board", async () => {
    const room = await openWithRegister(21, new Uint8Array(90), new Uint8Array(30));
    expect(listed(room)).toEqual([["cy", expect.any(Number)]]);
    await leave(room);
    // The open board is removed, it says, and another one that is not; one has the open one's people.
    const says = [
      { participants: { own: "ann", remotes: ["cy"] }, holdsSomething: false, isRemoved: true },
      { ...withBo, holdsSomething: false, isRemoved: true, bytes: 2 ** 50 },
      { participants: { own: undefined, remotes: ["cy"] }, holdsSomething: true },
      {
        participants: { own: "", remotes: ["", "bo", "bo"] },
        holdsSomething: true,
        bytes: 0,
        changedAt: 2 ** 52,
      },
    ];
    const before = valuesOf(filesOf(room), WITH_BO);
    for (const turn of [0, 1]) put(room, `boards-${turn}`, registered(...says));
    await openWith(room, "cy");
    await room.clock.advance(3 * ON_DISK_MS);
    expect(await inkOf(room)).toEqual([5]);
    expect(valuesOf(filesOf(room), WITH_BO)).toEqual(before);
    expect(
      boardsOf(room)
        .list()
        .map(({ people }) => people.join()),
    ).toEqual(["cy", "bo", ",bo,bo"]);
    const strange = boardsOf(room).list()[2]!;
    expect(await result(room, boardsOf(room).remove(strange.id))).toBe(true);
    await room.clock.advance(3 * ON_DISK_MS);
    expect(boardsOf(room).list()).toHaveLength(2);
    expect(valuesOf(filesOf(room), WITH_BO)).toEqual(before);
  });
});

describe("a board that is removed", () => {
  test("leaves nothing that could be read, and other boards as they are", async () => {
    const room = await device(4);
    await openWith(room, "cy");
    const before = valuesOf(filesOf(room), WITH_CY);
    expect(await result(room, boardsOf(room).remove(WITH_BO))).toBe(true);
    expect(boardsOf(room).list().map(plain)).toEqual([[["cy"], true, true]]);
    await room.clock.advance(2 * ON_DISK_MS);
    expect(isCleared(valuesOf(filesOf(room), WITH_BO))).toBe(true);
    expect(valuesOf(filesOf(room), WITH_CY)).toEqual(before);
    expect(await inkOf(room)).toEqual([5]);
    await leave(room);
    await openWith(room, "bo");
    expect(await inkOf(room)).toEqual([]);
    expect(room.at("ann").session.pages()!.list()).toHaveLength(1);
    expect(room.at("ann").notices).toEqual([]);
    // What is drawn from now on is kept.
    room.dot("ann", 9);
    await room.clock.advance(3000);
    room.killMessenger("ann", "none");
    await openWith(room, "bo");
    expect(await inkOf(room)).toEqual([9]);
    expect(room.warnings()).toEqual([]);
  });

  test("comes back from whom it is shared with", async () => {
    const room = createRoom({ seed: 5, names: NAMES });
    room.open("ann", ["bo"]);
    room.open("bo", ["ann"]);
    await room.ready();
    room.dot("bo", 4);
    expect(await room.untilEqual()).toBeDefined();
    await leave(room);
    await openWith(room, "cy");
    expect(await result(room, boardsOf(room).remove(WITH_BO))).toBe(true);
    await leave(room);
    await openWith(room, "bo");
    expect(await room.untilEqual()).toBeDefined();
    expect(await inkOf(room)).toEqual([4]);
  });

  test("is none that is open, and none that is not there", async () => {
    const room = await device(6);
    await openWith(room, "bo");
    const before = valuesOf(filesOf(room), WITH_BO);
    expect(await result(room, boardsOf(room).remove(WITH_BO))).toBe(false);
    expect(await result(room, boardsOf(room).remove("b0"))).toBe(false);
    await room.clock.advance(ON_DISK_MS);
    expect(valuesOf(filesOf(room), WITH_BO)).toEqual(before);
  });

  test("stays whole where the storage does not take the removal, and where a newer version wrote it", async () => {
    const room = await device(7);
    await openWith(room, "cy");
    const { storage } = room.at("ann").page;
    const before = valuesOf(filesOf(room), WITH_BO);
    const { write } = storage;
    Object.assign(storage, { write: async () => ({ ok: false, error: "full" }) });
    expect(await result(room, boardsOf(room).remove(WITH_BO))).toBe(false);
    Object.assign(storage, { write });
    expect(valuesOf(filesOf(room), WITH_BO)).toEqual(before);
    put(room, headTable(WITH_BO, 1), newerHead(WITH_BO));
    expect(await result(room, boardsOf(room).remove(WITH_BO))).toBe(false);
    expect(valuesOf(filesOf(room), WITH_BO)).toHaveLength(before.length);
    expect(boardsOf(room).list()).toHaveLength(2);
  });

  test("is kept where another page has it open and writes", async () => {
    const room = await device(8);
    await openWith(room, "cy");
    const first = room.at("ann");
    // A second page of the same phone.
    room.open("ann", ["bo"]);
    await room.clock.runUntil(() => room.at("ann").session.phase() === "ready", 10_000);
    await room.clock.advance(2000);
    expect(await result(room, first.session.storedBoards()!.remove(WITH_BO))).toBe(true);
    room.dot("ann", 6);
    await room.clock.advance(3 * ON_DISK_MS);
    first.session.close();
    await leave(room);
    await openWith(room, "bo");
    expect(await inkOf(room)).toEqual([1, 2, 3, 6]);
  });
});

/** What a kill leaves of a board is all of it or nothing, and what is begun comes to its end. */
async function killedAt(ms: number, tear: TearMode, seed: number): Promise<"whole" | "gone"> {
  const room = await device(seed);
  await openWith(room, "cy");
  void boardsOf(room).remove(WITH_BO);
  await room.clock.advance(ms);
  room.killMessenger("ann", tear);
  // The board itself is opened next, or another one.
  const wasEmptied = seed % 2 === 0 || (await isFinished(room));
  await openWith(room, "bo");
  const ink = await inkOf(room);
  const { session } = room.at("ann");
  const pages = session.pages()!;
  const count = pages.list().length + pages.removed().length;
  room.dot("ann", 8);
  const isStored = await room.clock.runUntil(() => session.isStored(), 60_000);
  await leave(room);
  await openWith(room, "bo");
  const later = await inkOf(room);
  expect({ wasEmptied, ink, count, isStored, later }).toEqual({
    wasEmptied: true,
    isStored: true,
    ...(ink.length === 0
      ? { ink: [], count: 1, later: [8] }
      : { ink: [1, 2, 3], count: 3, later: [1, 2, 3, 8] }),
  });
  return ink.length === 0 ? "gone" : "whole";
}

/** The other board is as it was, and what is not listed is emptied. */
async function isFinished(room: Room): Promise<boolean> {
  await openWith(room, "cy");
  await room.clock.advance(2 * ON_DISK_MS);
  const isListed = boardsOf(room)
    .list()
    .some(({ id }) => id === WITH_BO);
  const [x, ...others] = await inkOf(room);
  await leave(room);
  const isEmptied = isListed || isCleared(valuesOf(filesOf(room), WITH_BO));
  return isEmptied && x === 5 && others.length === 0;
}

describe("a messenger that is killed while a board is removed", () => {
  const moments = Array.from({ length: 34 }, (_, i) => 120 + i * 530);
  test.each(["none", "lost", "truncated"] as const)(
    "leaves all of it or nothing (%s)",
    async (tear) => {
      const ends = new Set<string>();
      for (const [i, ms] of moments.entries()) ends.add(await killedAt(ms, tear, 100 + i));
      expect([...ends].sort()).toEqual(["gone", "whole"]);
    },
    240_000,
  );
});
