/*
 * A storage that answers late, or never: the pen works at once, and what is drawn joins what comes.
 */
import { describe, expect, test, vi } from "vitest";
import { createRoom, HEADER } from "../support/room.ts";
import type { OpenPage, Room } from "../support/room.ts";

const BOTH = ["ann", "bo"];

/** Ann's page, whose storage answers each reading so much later, or never. */
function openSlow(room: Room, delay: number | undefined): OpenPage {
  const opened = room.open("ann");
  const { storage, view } = opened.page;
  const read = storage.read;
  vi.spyOn(storage, "read").mockImplementation(async (table, key) => {
    const result = await read(table, key);
    await new Promise<void>((resolve) => {
      if (delay !== undefined) view.clock.after(delay, resolve);
    });
    return result;
  });
  return opened;
}

async function oldBoard(seed: number): Promise<Room> {
  const room = createRoom({ seed, names: BOTH });
  room.open("ann");
  await room.ready();
  for (const x of [1, 2, 3]) room.dot("ann", x);
  await room.clock.advance(10_000);
  room.leave("ann");
  await room.clock.advance(3000);
  return room;
}

const seen = (room: Room, name: string): number[] =>
  room
    .seen(name)
    .flat()
    .sort((a, b) => a - b);

describe("a storage that answers after 10 s", () => {
  test("lets a person draw at once; what was stored comes onto the board, and all of it is kept", async () => {
    const room = await oldBoard(1);
    room.open("bo");
    await room.clock.advance(3000);
    const { session, notices } = openSlow(room, 10_000);
    await room.clock.advance(150);
    expect(session.phase()).toBe("loading");
    expect(session.board()).toBeDefined();
    room.dot("ann", 10);
    const writer = session.board()!.startStroke(HEADER);
    writer.add([{ x: 11, y: 0, pressure: 0.5 }]);
    await room.clock.advance(5000);
    expect(seen(room, "ann")).toEqual([10, 11]);
    // What is drawn is told, but not of the board, which is not known yet; nor is it said to be stored.
    expect([session.isStored(), session.digest(), session.exportUpdate()]).toEqual([
      false,
      undefined,
      undefined,
    ]);
    await room.clock.advance(7000);
    writer.end();
    expect(session.phase()).toBe("ready");
    expect(seen(room, "ann")).toEqual([1, 2, 3, 10, 11]);
    expect(await room.untilEqual()).toBeDefined();
    expect(seen(room, "bo")).toEqual([1, 2, 3, 10, 11]);
    await room.clock.advance(60_000);
    expect(session.isStored()).toBe(true);
    expect(notices).toEqual([]);
    room.kill("ann");
    room.kill("bo");
    room.open("ann");
    await room.ready();
    expect(seen(room, "ann")).toEqual([1, 2, 3, 10, 11]);
  });

  test("can be undone and cleared meanwhile: what is stored is not touched by that", async () => {
    const room = await oldBoard(2);
    const { session } = openSlow(room, 10_000);
    await room.clock.advance(150);
    room.dot("ann", 10);
    room.dot("ann", 11);
    session.board()!.history.undo();
    expect(seen(room, "ann")).toEqual([10]);
    session.board()!.clear();
    expect(seen(room, "ann")).toEqual([]);
    await room.clock.advance(15_000);
    expect(seen(room, "ann")).toEqual([1, 2, 3]);
  });
});

test("a host that never answers: the pen works, it is told once, and contacts get what is drawn", async () => {
  const room = await oldBoard(3);
  room.open("bo");
  const { session, notices, page } = room.open("ann");
  const sdk = page.globals.SpixiAppSdk as { ar: (json: unknown) => void };
  sdk.ar = () => undefined;
  await room.clock.advance(150);
  room.dot("ann", 10);
  expect(seen(room, "ann")).toEqual([10]);
  await room.clock.advance(60_000);
  expect(session.phase()).toBe("ready");
  expect(notices).toEqual([{ kind: "storage-failed" }]);
  expect(seen(room, "bo")).toContain(10);
  room.kill("ann");
  room.open("ann");
  await room.ready();
  expect(seen(room, "ann")).toEqual(expect.arrayContaining([1, 2, 3]));
});
