import { describe, expect, test } from "vitest";
import type { BlobHash } from "../../src/board/document/picture.ts";
import { countChunks } from "../../src/board/blobs/chunks.ts";
import type { StoredBoard } from "../../src/session/stored-boards.ts";
import type { Address } from "../../src/env/host.ts";
import { blobBytes, pictureOf } from "../support/pictures.ts";
import { framesOf } from "../support/messages.ts";
import { createReplicaRoom } from "../support/replicas.ts";
import { TEST_APP } from "../support/phones.ts";
import { createRoom } from "../support/room.ts";
import type { Room } from "../support/room.ts";

const BOX = { minX: 0, minY: 0, maxX: 100, maxY: 75 };
const LARGE = 300 * 1024;

/** Puts a picture of such bytes on the board that the person looks at. */
function put(room: Room, name: Address, bytes: Uint8Array): BlobHash {
  const { session } = room.at(name);
  const hash = session.blobs.put(bytes)!;
  session.board()!.addPicture(pictureOf(bytes), BOX);
  return hash;
}

/** Waits until a person has these bytes, as somebody does who looks at the picture; the milliseconds it took. */
async function untilHere(
  room: Room,
  name: Address,
  bytes: Uint8Array,
  limit = 120_000,
): Promise<number | undefined> {
  const { hash } = pictureOf(bytes);
  const from = room.clock.now();
  let found: Uint8Array | undefined;
  const look = (): void =>
    void room
      .at(name)
      .session.blobs.bytesOf(hash)
      .then((its) => (found = its));
  room.at(name).session.blobs.onBytes(look);
  look();
  if (!(await room.clock.runUntil(() => found !== undefined, limit))) return undefined;
  expect(found).toEqual(bytes);
  return room.clock.now() - from;
}

async function openRoom(names: readonly Address[], network = {}, seed = 1): Promise<Room> {
  const room = createRoom({ seed, names, network, host: "next" });
  for (const name of names) room.open(name);
  await room.ready();
  await room.clock.advance(3000);
  return room;
}

describe("[S20] a picture's bytes", () => {
  test("are with the contact soon after the picture is", async () => {
    const room = await openRoom(["ann", "bo"]);
    const bytes = blobBytes(LARGE);
    put(room, "ann", bytes);
    expect(await untilHere(room, "bo", bytes)).toBeLessThan(5000);
    expect(room.warnings()).toEqual([]);
  });

  test("come also where a third of all messages is lost", async () => {
    const room = await openRoom(["ann", "bo"], { loss: 0.3 });
    const bytes = blobBytes(LARGE);
    put(room, "ann", bytes);
    expect(await untilHere(room, "bo", bytes)).toBeLessThan(60_000);
    expect(room.warnings()).toEqual([]);
  });

  test("come of all pictures, also of those that nobody looks at, one after the other", async () => {
    const room = await openRoom(["ann", "bo"]);
    const all = [1, 2, 3].map((seed) => blobBytes(120_000, seed));
    for (const bytes of all) put(room, "ann", bytes);
    await room.clock.advance(20_000);
    for (const bytes of all)
      expect(await room.at("bo").session.blobs.bytesOf(pictureOf(bytes).hash)).toEqual(bytes);
    expect(room.at("bo").session.blobs.moving()).toEqual([]);
  });

  test("are told of while they are on their way, on both sides", async () => {
    const room = await openRoom(["ann", "bo"], { latency: 300 });
    const bytes = blobBytes(LARGE);
    const parts: Record<string, number[]> = { ann: [], bo: [] };
    for (const name of ["ann", "bo"])
      room.at(name).session.onChange(() => {
        for (const { way, contact, part } of room.at(name).session.blobs.moving()) {
          expect([way, contact]).toEqual(name === "ann" ? ["out", "bo"] : ["in", "ann"]);
          parts[name]!.push(part);
        }
      });
    put(room, "ann", bytes);
    await untilHere(room, "bo", bytes);
    await room.clock.advance(2000);
    for (const name of ["ann", "bo"]) {
      const told = parts[name]!;
      expect(new Set(told).size).toBeGreaterThan(3);
      expect(told).toEqual([...told].sort((a, b) => a - b));
      expect(room.at(name).session.blobs.moving()).toEqual([]);
    }
  });

  test("go on from what is there when the page was killed on the way", async () => {
    const room = await openRoom(["ann", "bo"], { latency: 200 });
    const bytes = blobBytes(LARGE);
    const wanted: number[] = [];
    room.world.onEvent((event) => {
      if (event.type !== "sent" || event.kind !== "data") return;
      for (const frame of framesOf(event.text))
        if (frame.type === "want") wanted.push(countChunks(frame.chunks));
    });
    put(room, "ann", bytes);
    const part = (): number => room.at("bo").session.blobs.moving()[0]?.part ?? 0;
    // No more than a part of it comes, and that is on disk.
    await room.clock.runUntil(() => part() > 0.4, 20_000);
    room.world.network.setOnline("ann", false);
    await room.clock.advance(8000);
    expect(part()).toBeLessThan(1);
    room.killMessenger("bo");
    room.world.network.setOnline("ann", true);
    await room.clock.advance(1000);
    wanted.length = 0;
    room.open("bo");
    await room.ready();
    expect(await untilHere(room, "bo", bytes)).toBeDefined();
    expect(Math.max(...wanted)).toBeLessThan(7);
  });

  test("are there after the messengers of both were killed, as soon as they were on disk", async () => {
    const room = await openRoom(["ann", "bo"]);
    const bytes = blobBytes(LARGE);
    put(room, "ann", bytes);
    await untilHere(room, "bo", bytes);
    await room.clock.advance(15_000);
    for (const name of ["ann", "bo"]) room.killMessenger(name);
    await room.clock.advance(2000);
    room.open("bo");
    await room.ready();
    expect(await untilHere(room, "bo", bytes, 5000)).toBeDefined();
  });

  test("come in a group from whoever has them, when the one who put them there is away", async () => {
    const room = await openRoom(["ann", "bo", "cy", "dee"]);
    const bytes = blobBytes(LARGE);
    room.leave("cy");
    room.leave("dee");
    put(room, "ann", bytes);
    expect(await untilHere(room, "bo", bytes)).toBeDefined();
    await room.clock.advance(3000);
    room.leave("ann");
    room.open("cy");
    room.open("dee");
    await room.ready();
    expect(await untilHere(room, "cy", bytes)).toBeDefined();
    expect(await untilHere(room, "dee", bytes)).toBeDefined();
  });

  test("are sent once to a group, whoever asks", async () => {
    const names = ["ann", "bo", "cy", "dee", "eve"];
    const room = await openRoom(names);
    const bytes = blobBytes(LARGE);
    let chunks = 0;
    room.world.onEvent((event) => {
      if (event.type === "sent" && event.kind === "data" && event.to === "bo")
        chunks += framesOf(event.text).filter(({ type }) => type === "chunk").length;
    });
    put(room, "ann", bytes);
    for (const name of names) expect(await untilHere(room, name, bytes)).toBeDefined();
    expect(chunks).toBeLessThan(14);
  });

  test("of a page that is emptied go, with the page; of one that is removed or cleared they stay", async () => {
    const room = createRoom({ seed: 4, names: ["ann", "bo"] });
    room.open("ann");
    await room.ready();
    const { session } = room.at("ann");
    const pages = session.pages()!;
    const kept = blobBytes(1000, 1);
    put(room, "ann", kept);
    session.board()!.clear();
    const id = pages.add()!;
    pages.show(id);
    await room.clock.runUntil(() => pages.current() === id, 2000);
    const gone = blobBytes(2000, 2);
    put(room, "ann", gone);
    pages.show("");
    pages.remove(id);
    await room.clock.advance(100_000);
    expect(await room.at("ann").session.blobs.bytesOf(pictureOf(gone).hash)).toEqual(gone);
    await pages.emptyRemoved();
    await room.clock.advance(100_000);
    expect(await session.blobs.bytesOf(pictureOf(gone).hash)).toBeUndefined();
    expect(await session.blobs.bytesOf(pictureOf(kept).hash)).toEqual(kept);
  });

  test("count among what the board takes on this device, and go with it", async () => {
    const room = createRoom({ seed: 5, names: ["ann", "bo", "cy"] });
    room.open("ann", ["bo"]);
    await room.ready();
    put(room, "ann", blobBytes(LARGE));
    await room.clock.advance(20_000);
    const board = (): StoredBoard => room.at("ann").session.storedBoards()!.list()[0]!;
    expect(board().bytes).toBeGreaterThan(LARGE);
    const { id } = board();
    room.leave("ann");
    await room.clock.advance(5000);
    room.open("ann", ["cy"]);
    await room.ready();
    await room.clock.advance(15_000);
    let isGone: boolean | undefined;
    void room
      .at("ann")
      .session.storedBoards()!
      .remove(id)
      .then((is) => (isGone = is));
    await room.clock.advance(60_000);
    expect(isGone).toBe(true);
    const files = room.world.phone("ann").storage(TEST_APP);
    const left = files
      .tables()
      .filter((table) => table.startsWith(id))
      .flatMap((table) => files.keys(table).map((key) => files.get(table, key)!.length));
    expect(Math.max(...left)).toBeLessThan(200);
  });

  test("[S15] come along with a board that is brought to other people", async () => {
    const room = createRoom({ seed: 6, names: ["ann", "bo", "cy"] });
    room.open("ann", ["bo"]);
    await room.ready();
    const bytes = blobBytes(LARGE);
    put(room, "ann", bytes);
    await room.clock.advance(20_000);
    room.leave("ann");
    await room.clock.advance(2000);
    room.open("ann", ["bo", "cy"]);
    room.open("cy");
    await room.ready();
    await room.clock.advance(2000);
    expect(await untilHere(room, "ann", bytes, 5000)).toBeUndefined();
    room.at("ann").session.answerCarry(true);
    expect(await untilHere(room, "cy", bytes)).toBeDefined();
  });

  test("of what was erased before they came are asked for no more, and come when it is brought back", async () => {
    const room = await openRoom(["ann", "bo"], { latency: 300 });
    const bytes = blobBytes(LARGE);
    let wanted = 0;
    room.world.onEvent((event) => {
      if (event.type === "sent" && event.kind === "data")
        wanted += framesOf(event.text).filter(({ type }) => type === "want").length;
    });
    put(room, "ann", bytes);
    await room.clock.runUntil(() => (room.at("bo").session.blobs.moving()[0]?.part ?? 0) > 0.1, 20_000);
    const { history } = room.at("ann").session.board()!;
    history.undo();
    await room.clock.advance(3000);
    expect(room.at("bo").session.blobs.moving()).toEqual([]);
    expect(room.at("bo").session.blobs.nowhere()).toEqual([]);
    wanted = 0;
    await room.clock.advance(30_000);
    expect(wanted).toBe(0);
    history.redo();
    expect(await untilHere(room, "bo", bytes)).toBeDefined();
  });

  test("that nobody here has are told of, and come as soon as somebody has them", async () => {
    const room = await openRoom(["ann", "bo", "cy"]);
    const bytes = blobBytes(LARGE);
    const { hash } = pictureOf(bytes);
    const nowhere = (): unknown[] =>
      ["ann", "bo", "cy"].map((name) => room.at(name).session.blobs.nowhere().includes(hash));
    // Of the one who has them only the picture is known.
    room.at("ann").session.board()!.addPicture(pictureOf(bytes), BOX);
    expect(await room.clock.runUntil(() => nowhere().every((is) => is === true), 20_000)).toBe(true);
    // By then it is asked for rarely.
    await room.clock.advance(120_000);
    expect(nowhere()).toEqual([true, true, true]);
    room.at("cy").session.blobs.put(bytes);
    expect(await untilHere(room, "bo", bytes)).toBeLessThan(8000);
    expect(await untilHere(room, "ann", bytes)).toBeLessThan(8000);
    expect(nowhere()).toEqual([false, false, false]);
    expect(room.warnings()).toEqual([]);
  });

  test("come soon from one who comes, however long nobody else had them", async () => {
    const room = await openRoom(["ann", "bo"]);
    const bytes = blobBytes(LARGE);
    put(room, "ann", bytes);
    await room.clock.advance(500);
    room.leave("ann");
    await room.clock.advance(120_000);
    expect(room.at("bo").session.blobs.nowhere()).toEqual([pictureOf(bytes).hash]);
    room.open("ann");
    await room.ready();
    expect(await untilHere(room, "bo", bytes)).toBeLessThan(8000);
    expect(room.at("bo").session.blobs.nowhere()).toEqual([]);
  });

  test("are not asked of an app that has no pictures, which is not disturbed", async () => {
    // As 0.6.0 has it: frames of these types are passed over.
    const room = createReplicaRoom(["ann", "bo"]);
    const [ann, bo] = [room.open("ann"), room.open("bo")];
    await room.clock.advance(3000);
    ann.first.board.board.addPicture(pictureOf(blobBytes(1000)), BOX);
    ann.first.dot(5);
    await room.clock.advance(3000);
    expect(bo.first.seen()).toEqual([5]);
    expect([...ann.refusals(), ...bo.refusals()]).toEqual([]);
  });
});
