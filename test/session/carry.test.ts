/*
 * The drawing of a chat is brought along into a group, if somebody there says yes.
 */
import { describe, expect, test } from "vitest";
import { inkOn } from "../support/ink.ts";
import { TEST_APP } from "../support/phones.ts";
import { createRoom, HEADER } from "../support/room.ts";
import type { Room } from "../support/room.ts";
import { ALL, CHAT, ON_DISK_MS, afterChat, open, offerOf, seen } from "./carry-room.ts";

const CHAT_NAMES = ["ann", "bo"];

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

  test("all pages come along, those too that nobody opens", async () => {
    const room = createRoom({ seed: 8, names: ALL });
    for (const [name, other] of [CHAT_NAMES, [...CHAT_NAMES].reverse()]) room.open(name!, [other!]);
    await room.ready();
    room.dot("ann", 1);
    const pages = () => room.at("ann").session.pages()!;
    const ids: string[] = [];
    for (const x of [2, 3, 4]) {
      const id = pages().add()!;
      ids.push(id);
      pages().show(id);
      expect(await room.clock.runUntil(() => pages().current() === id, 1000)).toBe(true);
      room.dot("ann", x);
    }
    pages().rename(ids[0]!, "Trees");
    pages().remove(ids[1]!);
    await room.clock.advance(ON_DISK_MS);
    for (const name of CHAT_NAMES) room.leave(name);
    await room.clock.advance(1000);
    await open(room, "ann", "carol");
    room.at("ann").session.answerCarry(true);
    const ofCarol = () => room.at("carol").session.pages()!;
    expect(await room.clock.runUntil(() => ofCarol().list().length === 3, 20_000)).toBe(true);
    expect(
      ofCarol()
        .list()
        .map(({ name }) => name),
    ).toEqual(["", "Trees", ""]);
    const digests = (): Set<string | undefined> =>
      new Set(["ann", "carol"].map((name) => room.at(name).session.digest()));
    expect(await room.clock.runUntil(() => digests().size === 1 && !digests().has(undefined), 60_000)).toBe(
      true,
    );
    await room.clock.advance(ON_DISK_MS);
    room.leave("ann");
    const found: number[] = [];
    for (const id of ids)
      void ofCarol().glance(id, (board) => found.push(...inkOn(board).map(({ points }) => points[0]!.x)));
    expect(await room.clock.runUntil(() => found.length === 3, 20_000)).toBe(true);
    expect(found).toEqual([2, 3, 4]);
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
