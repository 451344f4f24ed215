/*
 * When nobody is asked whether a drawing is to be brought along, and that nothing of it is used without
 * a yes.
 */
import * as encoding from "lib0/encoding";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { newerRegister } from "../support/newer-register.ts";
import { TEST_APP } from "../support/phones.ts";
import { ALL, CHAT, ON_DISK_MS, afterChat, open, offerOf, seen } from "./carry-room.ts";

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
