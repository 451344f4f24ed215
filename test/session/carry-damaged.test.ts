/*
 * A drawing that is to be brought along and cannot be read, or only in part.
 */
import { describe, expect, test, vi } from "vitest";
import { TEST_APP } from "../support/phones.ts";
import { createRoom } from "../support/room.ts";
import type { Room } from "../support/room.ts";
import { ALL, CHAT, ON_DISK_MS, afterChat, open, offerOf, seen } from "./carry-room.ts";

/** Damages the values of such tables of the chat on this phone. */
function damage(room: Room, name: string, isDamaged: (table: string) => boolean): void {
  const storage = room.world.phone(name).storage(TEST_APP);
  for (const table of storage.tables().filter((each) => each.startsWith(CHAT) && isDamaged(each))) {
    for (const key of storage.keys(table)) storage.set(table, key, new Uint8Array([1, 9, 9, 9]));
  }
}

describe("the old board", () => {
  test("that is damaged in part is brought as far as it is intact, in words", async () => {
    const room = createRoom({ seed: 40, names: ALL });
    room.open("ann", ["bo"]);
    await room.ready();
    // Enough for a run, with more beside it in the heads.
    for (let i = 0; i < 12; i++) {
      room.draw("ann", 300);
      await room.clock.advance(10_000);
    }
    await room.clock.advance(ON_DISK_MS);
    room.kill("ann");
    damage(room, "ann", (table) => table.includes("-h"));
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
