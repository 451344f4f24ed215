import * as encoding from "lib0/encoding";
import { describe, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { boardIdOf } from "../src/board/storage/board-id.ts";
import { newerRegister } from "./support/newer-register.ts";
import { TEST_APP } from "./support/phones.ts";
import { createRoom, HEADER } from "./support/room.ts";
import type { Room } from "./support/room.ts";

const ALL = ["ann", "bo", "carol"];
const CHAT = boardIdOf({ own: "ann", remotes: ["bo"] });
/** Long enough for everything to be stored and on disk. */
const ON_DISK_MS = 12_000;

/** Ann and Bo have drawn 1 and 2 with one another, and closed the app. */
async function afterChat(seed: number, names: readonly string[] = ALL): Promise<Room> {
  const room = createRoom({ seed, names });
  room.open("ann", ["bo"]);
  room.open("bo", ["ann"]);
  await room.ready();
  room.dot("ann", 1);
  room.dot("bo", 2);
  expect(await room.untilEqual()).toBeDefined();
  await room.clock.advance(ON_DISK_MS);
  room.leave("ann");
  room.leave("bo");
  await room.clock.advance(1000);
  return room;
}

async function open(room: Room, ...names: readonly string[]): Promise<void> {
  for (const name of names) room.open(name);
  await room.ready();
  // The register is read after the board.
  await room.clock.advance(1000);
}

function offerOf(room: Room, name: string) {
  return room.at(name).session.carryOffer();
}

function seen(room: Room, name: string): number[] {
  return room
    .seen(name)
    .flat()
    .sort((a, b) => a - b);
}

/** Everything that a device has stored of a board, byte by byte. */
function storedOf(room: Room, name: string, boardId: string): string {
  const storage = room.world.phone(name).storage(TEST_APP);
  const tables = storage.tables().filter((table) => table.startsWith(boardId));
  return JSON.stringify(
    tables.map((table) => [
      table,
      storage.keys(table).map((key) => [key, [...(storage.get(table, key) ?? [])]]),
    ]),
  );
}

/** Damages the newest value of each table of the chat on this phone. */
function damage(room: Room, name: string, isDamaged: (table: string) => boolean): void {
  const storage = room.world.phone(name).storage(TEST_APP);
  for (const table of storage.tables().filter((each) => each.startsWith(CHAT) && isDamaged(each))) {
    for (const key of storage.keys(table)) storage.set(table, key, new Uint8Array([1, 9, 9, 9]));
  }
}

describe("a chat of two becomes a group of three", () => {
  test("[S15] who was not there sees the drawing only after somebody brings it", async () => {
    const room = await afterChat(1);
    await open(room, ...ALL);
    expect(offerOf(room, "ann")).toEqual({ members: ["bo"], added: ["carol"], gone: [] });
    expect(offerOf(room, "bo")).toEqual({ members: ["ann"], added: ["carol"], gone: [] });
    expect(offerOf(room, "carol")).toBeUndefined();
    room.dot("carol", 7);
    expect(await room.untilEqual()).toBeDefined();
    await room.clock.advance(60_000);
    for (const name of ALL) expect(seen(room, name)).toEqual([7]);

    room.at("ann").session.answerCarry(true);
    expect(offerOf(room, "ann")).toBeUndefined();
    expect(await room.untilEqual(10_000)).toBeDefined();
    await room.clock.runUntil(() => seen(room, "carol").length === 3, 10_000);
    for (const name of ALL) expect(seen(room, name)).toEqual([1, 2, 7]);
    expect(room.difference()).toBeUndefined();
    expect(room.at("carol").notices).toEqual([]);
    expect(room.warnings()).toEqual([]);
  });

  test("what was brought is kept, and nobody is asked again", async () => {
    const room = await afterChat(2);
    await open(room, "ann");
    room.at("ann").session.answerCarry(true);
    await room.clock.advance(ON_DISK_MS);
    room.killMessenger("ann");
    await open(room, "ann", "carol");
    expect(offerOf(room, "ann")).toBeUndefined();
    expect(seen(room, "ann")).toEqual([1, 2]);
    expect(await room.untilEqual()).toBeDefined();
    expect(seen(room, "carol")).toEqual([1, 2]);
  });

  test("declined, it is never offered again, and nothing was brought", async () => {
    const room = await afterChat(3);
    await open(room, "ann");
    room.at("ann").session.answerCarry(false);
    expect(offerOf(room, "ann")).toBeUndefined();
    await room.clock.advance(ON_DISK_MS);
    for (const kill of [() => room.kill("ann"), () => room.killMessenger("ann"), () => room.leave("ann")]) {
      kill();
      await room.clock.advance(1000);
      await open(room, "ann");
      expect(offerOf(room, "ann")).toBeUndefined();
      expect(room.seen("ann")).toEqual([]);
    }
    // Bo, on a device of his own, was not asked yet.
    await open(room, "bo");
    expect(offerOf(room, "bo")).toBeDefined();
  });

  test("without an answer it is offered again, also when something was drawn meanwhile", async () => {
    const room = await afterChat(4);
    await open(room, "ann");
    room.dot("ann", 5);
    await room.clock.advance(ON_DISK_MS);
    room.kill("ann");
    await open(room, "ann");
    expect(offerOf(room, "ann")).toBeDefined();
    room.at("ann").session.answerCarry(true);
    await room.clock.advance(3000);
    expect(seen(room, "ann")).toEqual([1, 2, 5]);
  });

  test("a messenger that dies before the copy is stored loses nothing: the question comes again", async () => {
    const room = await afterChat(5);
    await open(room, "ann");
    room.at("ann").session.answerCarry(true);
    await room.clock.runUntil(() => seen(room, "ann").length === 2, 5000);
    room.killMessenger("ann", "lost");
    await open(room, "ann");
    expect(seen(room, "ann")).toEqual([]);
    expect(offerOf(room, "ann")).toBeDefined();
    room.at("ann").session.answerCarry(true);
    await room.clock.advance(ON_DISK_MS);
    room.killMessenger("ann");
    await open(room, "ann");
    expect(seen(room, "ann")).toEqual([1, 2]);
    expect(offerOf(room, "ann")).toBeUndefined();
  });

  test("who leaves right after the copy came has it, and is not asked again", async () => {
    const room = await afterChat(6);
    await open(room, "ann");
    room.at("ann").session.answerCarry(true);
    await room.clock.runUntil(() => seen(room, "ann").length === 2, 5000);
    room.leave("ann");
    await room.clock.advance(ON_DISK_MS);
    await open(room, "ann");
    expect(seen(room, "ann")).toEqual([1, 2]);
    expect(offerOf(room, "ann")).toBeUndefined();
  });

  test("[S15] both bring it, at the same time or one after the other: nothing doubles", async () => {
    for (const pause of [0, 20_000]) {
      const room = await afterChat(7);
      await open(room, ...ALL);
      room.at("ann").session.answerCarry(true);
      await room.clock.advance(pause);
      room.at("bo").session.answerCarry(true);
      expect(await room.untilEqual()).toBeDefined();
      await room.clock.runUntil(() => seen(room, "carol").length > 0, 20_000);
      expect(await room.untilEqual()).toBeDefined();
      for (const name of ALL) expect(seen(room, name)).toEqual([1, 2]);
    }
  });

  test("the old board is a board of its own: nothing is written there, and it is as it was", async () => {
    const room = await afterChat(8);
    const before = ["ann", "bo"].map((name) => storedOf(room, name, CHAT));
    await open(room, ...ALL);
    room.at("ann").session.answerCarry(true);
    await room.clock.runUntil(() => seen(room, "carol").length === 2, 20_000);
    room.dot("carol", 9);
    room.at("carol").session.board()!.clear();
    room.dot("carol", 10);
    expect(await room.untilEqual()).toBeDefined();
    await room.clock.advance(ON_DISK_MS);
    for (const name of ALL) room.kill(name);
    expect(["ann", "bo"].map((name) => storedOf(room, name, CHAT))).toEqual(before);
    room.open("ann", ["bo"]);
    await room.ready();
    await room.clock.advance(2000);
    expect(seen(room, "ann")).toEqual([1, 2]);
    // The group goes on with something of its own, and so does the chat.
    expect(offerOf(room, "ann")).toBeUndefined();
  });

  test("own strokes can be taken back before and after, and what was brought stays", async () => {
    const room = await afterChat(9);
    await open(room, "ann");
    const { session } = room.at("ann");
    room.dot("ann", 5);
    session.answerCarry(true);
    await room.clock.runUntil(() => seen(room, "ann").length === 3, 5000);
    room.dot("ann", 6);
    const { history } = session.board()!;
    expect([history.undo(), history.undo(), history.undo()]).toEqual(["done", "done", "nothing"]);
    expect(seen(room, "ann")).toEqual([1, 2]);
    expect([history.redo(), history.redo()]).toEqual(["done", "done"]);
    expect(seen(room, "ann")).toEqual([1, 2, 5, 6]);
  });

  test("a stroke that is under the pen while the copy comes goes on", async () => {
    const room = await afterChat(10);
    await open(room, "ann");
    const writer = room.at("ann").session.board()!.startStroke(HEADER);
    writer.add([{ x: 40, y: 0, pressure: 0.5 }]);
    room.at("ann").session.answerCarry(true);
    await room.clock.advance(2000);
    writer.add([{ x: 41, y: 5, pressure: 0.5 }]);
    writer.end();
    expect(new Set(room.seen("ann").map((xs) => xs.join()))).toEqual(new Set(["1", "2", "40,41"]));
  });
});

describe("what was cleared, erased or changed before", () => {
  test("is so on the copy, and nobody is told of a clear that is long over", async () => {
    const room = createRoom({ seed: 20, names: ALL });
    room.open("ann", ["bo"]);
    room.open("bo", ["ann"]);
    await room.ready();
    room.dot("ann", 1);
    await room.untilEqual();
    room.at("bo").session.board()!.clear();
    room.at("bo").session.board()!.setBackground("grid");
    room.dot("bo", 2);
    await room.untilEqual();
    await room.clock.advance(ON_DISK_MS);
    for (const name of ["ann", "bo"]) room.kill(name);
    await open(room, "ann", "carol");
    room.at("ann").session.answerCarry(true);
    await room.clock.runUntil(() => seen(room, "carol").length > 0, 20_000);
    expect(await room.untilEqual()).toBeDefined();
    expect(seen(room, "ann")).toEqual([2]);
    expect(room.at("ann").session.board()!.background()).toBe("grid");
    expect(room.at("ann").notices).toEqual([]);
  });

  test("a board on which nothing is left to be seen is not offered", async () => {
    const room = await afterChat(21);
    room.open("ann", ["bo"]);
    await room.ready();
    await room.clock.advance(2000);
    room.at("ann").session.board()!.clear();
    await room.clock.advance(ON_DISK_MS);
    room.kill("ann");
    await open(room, "ann");
    expect(offerOf(room, "ann")).toBeUndefined();
  });
});

describe("nobody is asked", () => {
  test("where three people are new", async () => {
    const room = await afterChat(30, ["ann", "bo", "c", "d", "e"]);
    await open(room, "ann");
    expect(offerOf(room, "ann")).toBeUndefined();
    room.at("ann").session.answerCarry(true);
    await room.clock.advance(ON_DISK_MS);
    expect(room.seen("ann")).toEqual([]);
  });

  test("in a chat with somebody else, or alone", async () => {
    const room = await afterChat(31);
    for (const contacts of [["carol"], []]) {
      room.open("ann", contacts);
      await room.ready();
      await room.clock.advance(2000);
      expect(offerOf(room, "ann")).toBeUndefined();
      room.kill("ann");
    }
  });

  test("where a newer version wrote the register, which is left as it is", async () => {
    const room = await afterChat(32);
    const storage = room.world.phone("ann").storage(TEST_APP);
    // Behind the byte that the app puts before each value.
    const newer = Uint8Array.of(1, ...newerRegister());
    storage.set("boards-1", "0", newer);
    await open(room, "ann");
    expect(offerOf(room, "ann")).toBeUndefined();
    room.dot("ann", 5);
    await room.clock.advance(ON_DISK_MS);
    expect(storage.get("boards-1", "0")).toEqual(newer);
  });
});

describe("the old board", () => {
  test("that is damaged in part is brought as far as it is intact, in words", async () => {
    const room = createRoom({ seed: 40, names: ALL });
    room.open("ann", ["bo"]);
    await room.ready();
    // Long enough for several records of the journal.
    for (let i = 0; i < 12; i++) {
      room.draw("ann", 300);
      await room.clock.advance(10_000);
    }
    await room.clock.advance(ON_DISK_MS);
    room.kill("ann");
    const storage = room.world.phone("ann").storage(TEST_APP);
    for (const table of storage.tables().filter((each) => each.startsWith(`${CHAT}-j0`))) {
      storage.set(table, "1", new Uint8Array([1, 9, 9, 9]));
    }
    await open(room, "ann");
    room.at("ann").session.answerCarry(true);
    await room.clock.advance(ON_DISK_MS);
    expect(room.at("ann").notices).toEqual([{ kind: "carry-partly" }]);
    expect(room.seen("ann").length).toBeGreaterThan(0);
    room.kill("ann");
    await open(room, "ann");
    expect(offerOf(room, "ann")).toBeUndefined();
  });

  test("of which nothing is intact leaves this one as it is, in words, once", async () => {
    const room = await afterChat(41);
    damage(room, "ann", () => true);
    await open(room, "ann");
    room.dot("ann", 5);
    room.at("ann").session.answerCarry(true);
    await room.clock.advance(ON_DISK_MS);
    expect(room.at("ann").notices).toEqual([{ kind: "carry-failed" }]);
    expect(seen(room, "ann")).toEqual([5]);
    room.kill("ann");
    await open(room, "ann");
    expect(offerOf(room, "ann")).toBeUndefined();
    expect(seen(room, "ann")).toEqual([5]);
  });

  test("that the storage does not give back now is asked about once more", async () => {
    const room = await afterChat(42);
    await open(room, "ann");
    const { page, session, notices } = room.at("ann");
    const read = vi.spyOn(page.storage, "read").mockResolvedValue({ ok: false, error: "busy" });
    session.answerCarry(true);
    await room.clock.advance(ON_DISK_MS);
    read.mockRestore();
    expect(notices).toEqual([{ kind: "carry-failed" }]);
    expect(session.carryOffer()).toBeUndefined();
    room.kill("ann");
    await open(room, "ann");
    expect(offerOf(room, "ann")).toBeDefined();
    room.at("ann").session.answerCarry(true);
    await room.clock.advance(2000);
    expect(seen(room, "ann")).toEqual([1, 2]);
  });
});

describe("without a yes", () => {
  test("[S15] nothing of the old board is read, is in memory, or is sent", async () => {
    const room = await afterChat(50);
    const old = sessionsOn(room.pages()[0]!.session.exportUpdate()!);
    expect(old).toHaveLength(2);
    const read: string[] = [];
    let sent: Buffer[] = [];
    room.world.onEvent((event) => {
      if (event.type === "storage-read" && event.phone === "ann") read.push(event.table);
      if (event.type === "navigation" && event.phone === "ann") sent.push(...messageOf(event.url));
    });
    const told = (): number[] =>
      old.filter((session) => sent.some((message) => message.includes(varUint(session))));
    await open(room, ...ALL);
    expect(offerOf(room, "ann")).toBeDefined();
    room.dot("ann", 5);
    await room.clock.advance(60_000);
    expect(read.filter((table) => table.startsWith(CHAT))).toEqual([]);
    expect(read).toContain("boards-0");
    expect(sent.length).toBeGreaterThan(5);
    expect(told()).toEqual([]);
    for (const name of ALL) {
      const sessions = sessionsOn(room.at(name).session.exportUpdate()!);
      expect(sessions.filter((session) => old.includes(session))).toEqual([]);
      expect(room.seen(name)).toEqual([[5]]);
    }
    // What is looked for is found where there is a yes.
    sent = [];
    room.at("ann").session.answerCarry(true);
    await room.clock.runUntil(() => seen(room, "carol").length === 3, 10_000);
    expect(told()).toEqual(old);
  });

  test("a no leaves nothing of the old board in what is stored with the new one", async () => {
    const room = await afterChat(51);
    await open(room, "ann");
    room.dot("ann", 5);
    room.at("ann").session.answerCarry(false);
    await room.clock.advance(ON_DISK_MS);
    room.kill("ann");
    await open(room, "ann");
    expect(room.seen("ann")).toEqual([[5]]);
    expect(sessionsOn(room.at("ann").session.exportUpdate()!)).toHaveLength(1);
  });
});

/** The bytes of a message that a page hands to the messenger; none for anything else. */
function messageOf(url: string): Buffer[] {
  const [, command] = /^xa:(.*)$/u.exec(decodeURIComponent(url)) ?? [];
  const { c, d } = JSON.parse(Buffer.from(command ?? "e30=", "base64").toString()) as Record<string, string>;
  return c === "ds" ? [Buffer.from(d!, "base64")] : [];
}

function varUint(value: number): Buffer {
  return Buffer.from(encoding.encode((encoder) => encoding.writeVarUint(encoder, value)));
}

function sessionsOn(update: Uint8Array): number[] {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  return [...doc.store.clients.keys()];
}
