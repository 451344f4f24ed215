/*
 * Boards between two contacts, from page to page: what each sees of the other, and what is kept of it.
 */
import { describe, expect, test } from "vitest";
import { createRoom } from "./support/room.ts";

const BOTH = ["ann", "bo"];

describe("two contacts", () => {
  test("[S3] see each other's ink grow while it is drawn", async () => {
    const room = createRoom({ seed: 1, names: BOTH });
    for (const name of BOTH) room.open(name);
    await room.ready();
    await room.clock.advance(2000);
    room.draw("ann", 60);
    const lengths = new Set<number>();
    const drawing = new Set<boolean>();
    for (let i = 0; i < 16; i++) {
      await room.clock.advance(100);
      lengths.add(room.seen("bo")[0]?.length ?? 0);
      drawing.add(room.at("bo").session.contacts()[0]!.drawing);
    }
    expect(drawing).toEqual(new Set([false, true]));
    expect(lengths.size).toBeGreaterThan(8);
    expect(await room.untilEqual(3000)).toBeDefined();
    expect(room.seen("bo")[0]?.length).toBe(60);
    expect(room.at("bo").session.contacts()[0]?.drawing).toBe(false);
  });

  test("know when what they drew is stored, and say so", async () => {
    const room = createRoom({ seed: 6, names: BOTH });
    room.open("ann");
    await room.ready();
    const { session } = room.at("ann");
    let said: boolean | undefined;
    session.onChange(() => (said = session.isStored()));
    room.dot("ann", 1);
    expect(session.isStored()).toBe(false);
    await room.clock.runUntil(() => said === true, 10_000);
    expect([said, session.isStored()]).toEqual([true, true]);
  });

  test("share clear and its undo, and are told who cleared", async () => {
    const room = createRoom({ seed: 2, names: BOTH });
    for (const name of BOTH) room.open(name);
    await room.ready();
    room.dot("ann", 1);
    room.dot("bo", 2);
    await room.untilEqual();
    const board = room.at("ann").session.board()!;
    board.clear();
    await room.clock.advance(1000);
    expect(room.seen("bo")).toEqual([]);
    expect(room.at("bo").notices).toContainEqual({ kind: "cleared", address: "ann" });
    expect(room.at("ann").notices).toEqual([]);
    board.history.undo();
    await room.clock.advance(1000);
    expect(room.seen("bo").length).toBe(2);
    expect(room.difference()).toBeUndefined();
  });

  test("are told whose a session is, also the own one and one that the contact had before", async () => {
    const room = createRoom({ seed: 5, names: BOTH });
    for (const name of BOTH) room.open(name);
    await room.ready();
    room.dot("bo", 1);
    await room.untilEqual();
    room.back("bo");
    await room.clock.advance(1000);
    room.open("bo");
    await room.ready();
    room.dot("bo", 2);
    await room.untilEqual();
    const { session } = room.at("ann");
    const clients = [
      ...new Set(
        session
          .board()!
          .items()
          .map(({ client }) => client),
      ),
    ];
    expect(clients.length).toBe(2);
    expect(clients.map(session.whoIs)).toEqual(["bo", "bo"]);
    room.dot("ann", 3);
    await room.untilEqual();
    const own = room.at("bo").session.board()!.items().at(-1)!.client;
    expect([session.whoIs(own), room.at("bo").session.whoIs(own)]).toEqual(["ann", "ann"]);
  });

  test("[S8] who joins late gets what was drawn before", async () => {
    const room = createRoom({ seed: 3, names: BOTH });
    room.open("ann");
    await room.ready();
    for (let i = 0; i < 50; i++) room.dot("ann", i);
    expect(room.at("ann").session.contacts()).toMatchObject([{ address: "bo", state: "waiting" }]);
    await room.clock.advance(60_000);
    room.open("bo");
    await room.ready();
    expect(await room.untilEqual(3000)).toBeDefined();
    expect(room.seen("bo").length).toBe(50);
    expect(room.at("ann").session.contacts()[0]?.state).toBe("here");
  });

  test("[S8] who comes back after leaving gets what was missed, and has what was there", async () => {
    const room = createRoom({ seed: 4, names: BOTH });
    for (const name of BOTH) room.open(name);
    await room.ready();
    room.dot("bo", 1);
    await room.untilEqual();
    room.leave("bo");
    await room.clock.advance(1000);
    expect(room.at("ann").session.contacts()[0]?.state).toBe("away");
    room.dot("ann", 2);
    await room.clock.advance(5000);
    room.open("bo");
    await room.ready();
    expect(await room.untilEqual(3000)).toBeDefined();
    expect(new Set(room.seen("bo").flat())).toEqual(new Set([1, 2]));
    expect(room.at("ann").session.contacts()[0]?.state).toBe("here");
  });

  test("leaving right after a stroke saves it", async () => {
    const room = createRoom({ seed: 21, names: BOTH });
    room.open("ann");
    await room.ready();
    room.dot("ann", 1);
    await room.clock.advance(1100);
    room.dot("ann", 2);
    room.leave("ann");
    await room.clock.advance(20_000);
    expect(room.warnings()).toEqual([]);
    expect(room.pages()[0]?.notices).toEqual([]);
    room.open("ann");
    await room.ready();
    expect(room.seen("ann")).toEqual([[1], [2]]);
  });

  test("ink drawn while the other is away is kept on both sides, also when both were closed", async () => {
    const room = createRoom({ seed: 5, names: BOTH });
    for (const name of BOTH) room.open(name);
    await room.ready();
    room.dot("ann", 1);
    await room.untilEqual();
    await room.clock.advance(5000);
    for (const name of BOTH) room.kill(name);
    await room.clock.advance(5000);
    for (const name of BOTH) {
      room.open(name, [BOTH.find((other) => other !== name)!]);
      await room.ready();
      expect(room.seen(name)).toEqual([[1]]);
      room.kill(name);
    }
  });

  test("[S9] a killed contact is away after a while, and a stale end of session does not send away who is here", async () => {
    const room = createRoom({ seed: 6, names: BOTH });
    for (const name of BOTH) room.open(name);
    await room.ready();
    await room.clock.advance(2000);
    const state = (): string => room.at("ann").session.contacts()[0]!.state;
    expect(state()).toBe("here");
    // Bo leaves while Ann's phone is offline: the news waits for it.
    room.world.phone("ann").setOnline(false);
    room.leave("bo");
    await room.clock.advance(1000);
    room.open("bo");
    await room.ready();
    room.world.phone("ann").setOnline(true);
    await room.clock.advance(10_000);
    expect(state()).toBe("here");
    room.kill("bo");
    await room.clock.advance(120_000);
    expect(state()).toBe("away");
  });

  test("[S9] who put the app away is not here because the app answers", async () => {
    const room = createRoom({ seed: 11, names: BOTH });
    for (const name of BOTH) room.open(name);
    await room.ready();
    await room.clock.advance(2000);
    room.at("bo").session.hide();
    await room.clock.advance(1000);
    const states: string[] = [];
    room.at("ann").session.onChange(() => states.push(room.at("ann").session.contacts()[0]!.state));
    room.at("ann").session.show();
    room.dot("ann", 1);
    await room.clock.advance(5000);
    expect(states.length).toBeGreaterThan(0);
    expect(states).not.toContain("here");
    expect(room.at("ann").session.contacts()[0]!.state).toBe("away");
    room.at("bo").session.show();
    await room.clock.advance(1000);
    expect(room.at("ann").session.contacts()[0]!.state).toBe("here");
  });

  test("[S9] who put the app away while the board was being loaded is not here before coming back", async () => {
    const room = createRoom({ seed: 12, names: BOTH });
    room.open("ann");
    await room.ready();
    const { session } = room.open("bo");
    await room.clock.runUntil(() => session.phase() === "loading", 5000, 1);
    session.hide();
    const states = new Set<string>();
    room.at("ann").session.onChange(() => states.add(room.at("ann").session.contacts()[0]!.state));
    await room.ready();
    await room.clock.advance(5000);
    expect([...states]).toContain("away");
    expect([...states]).not.toContain("here");
    session.show();
    await room.clock.advance(1000);
    expect(room.at("ann").session.contacts()[0]!.state).toBe("here");
  });

  test("[S6] are quiet when nobody draws", async () => {
    const room = createRoom({ seed: 7, names: BOTH });
    for (const name of BOTH) room.open(name);
    await room.ready();
    await room.clock.advance(120_000);
    const before = room.world.network.counters("ann").sent;
    await room.clock.advance(600_000);
    expect(room.world.network.counters("ann").sent - before).toBeLessThanOrEqual(30);
  });
});

describe("two pages of one contact", () => {
  test("[S9] the newer one counts, and the older one's farewell does not send it away", async () => {
    const room = createRoom({ seed: 30, names: BOTH });
    for (const name of BOTH) room.open(name);
    await room.ready();
    const first = room.at("bo");
    const second = room.open("bo");
    await room.ready();
    await room.clock.advance(3000);
    const bo = () => room.at("ann").session.contacts()[0]!;
    first.session.hide();
    await room.clock.advance(3000);
    expect(bo().state).toBe("here");
    second.session.hide();
    await room.clock.advance(3000);
    expect(bo().state).toBe("away");
  });
});

describe("boards are kept per participants", () => {
  test("who draws with one contact is not seen by another, who shares the session id", async () => {
    const room = createRoom({ seed: 8, names: ["ann", "bo", "eve"] });
    room.open("ann", ["bo"]);
    room.open("bo", ["ann"]);
    await room.ready();
    room.dot("ann", 1);
    await room.untilEqual();
    await room.clock.advance(5000);
    room.kill("ann");
    room.kill("bo");
    room.open("ann", ["eve"]);
    room.open("eve", ["ann"]);
    await room.ready();
    await room.clock.advance(30_000);
    expect(room.seen("ann")).toEqual([]);
    expect(room.seen("eve")).toEqual([]);
    room.kill("ann");
    room.open("ann", ["bo"]);
    await room.ready();
    expect(room.seen("ann")).toEqual([[1]]);
  });

  test("[S8] a contact who has the board with more people open does not mix it in", async () => {
    const room = createRoom({ seed: 9, names: ["ann", "bo", "eve"] });
    room.open("ann", ["bo"]);
    room.open("bo", ["ann", "eve"]);
    room.open("eve", ["ann", "bo"]);
    await room.ready();
    room.dot("bo", 7);
    room.dot("ann", 8);
    await room.clock.advance(60_000);
    expect(room.seen("ann")).toEqual([[8]]);
    expect(room.seen("bo")).toEqual([[7]]);
    expect(room.seen("eve")).toEqual([[7]]);
  });

  test("opened alone, the board is private and kept", async () => {
    const room = createRoom({ seed: 10, names: ["ann"] });
    room.open("ann", []);
    await room.ready();
    room.dot("ann", 1);
    await room.clock.advance(10_000);
    expect(room.world.network.counters("ann").sent).toBe(0);
    room.kill("ann");
    room.open("ann", []);
    await room.ready();
    expect(room.seen("ann")).toEqual([[1]]);
  });
});
